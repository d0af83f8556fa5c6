#include "store/chain.h"

#include <algorithm>
#include <utility>

#include "dijia/base/codes.h"
#include "dijia/base/sha256.h"
#include "store/lifecycle.h"

namespace dijia::store {
namespace {

using enum PublicationStatus;

std::string DayText(const std::optional<Date>& day) { return day ? FormatDate(*day) : ""; }
std::string StatusText(const std::optional<PublicationStatus>& status) {
  return std::string(status ? CodeOf(*status) : "");
}

// What never changes once a publication is no draft, and who is known to have submitted it.
bool HasSameContent(const Event& event, const Event& last) {
  const std::string& submitter = event.status == kSubmitted ? event.actor : last.submitted_by;
  return event.content == last.content && event.evidence == last.evidence &&
         event.area == last.area && event.from == last.from &&
         event.stated_until == last.stated_until && event.submitted_by == submitter;
}

bool Overlaps(const Event& a, const Event& b) {
  const bool a_ends_first = a.until && *a.until <= b.from;
  const bool b_ends_first = b.until && *b.until <= a.from;
  return !a_ends_first && !b_ends_first;
}

}  // namespace

std::string HashOfFields(std::string_view format, std::span<const std::string> fields) {
  Sha256 sha256;
  sha256.Update(std::string(format) + "\n");
  for (const std::string& field : fields) {
    sha256.Update(std::to_string(field.size()) + ":" + field + "\n");
  }
  return sha256.Hex();
}

std::string HashOf(const Event& event) {
  const std::string fields[] = {event.previous,
                                event.key.county,
                                std::to_string(event.entry),
                                event.key.publication,
                                event.area,
                                StatusText(event.before),
                                StatusText(event.status),
                                event.content,
                                event.evidence,
                                FormatDate(event.from),
                                DayText(event.stated_until),
                                DayText(event.until),
                                event.submitted_by,
                                event.actor,
                                event.reason,
                                event.recorded_at};
  return HashOfFields("dijia-event/1", fields);
}

void Seal(Event& event, const Event* last) {
  event.entry = last == nullptr ? 1 : last->entry + 1;
  event.previous = last == nullptr ? "" : last->hash;
  if (last != nullptr) event.recorded_at = std::max(event.recorded_at, last->recorded_at);
  event.hash = HashOf(event);
}

bool ChainWalk::Break(Code code, std::vector<std::string> words) {
  words.insert(words.begin(), {county_, std::to_string(entries_)});
  fault_ = {code, {}, std::move(words)};
  return false;
}

bool ChainWalk::Step(const Event& event) {
  ++entries_;
  if (!CheckLink(event) || !CheckLife(event) || !CheckTexts(event)) return false;
  head_ = event.hash;
  time_ = event.recorded_at;
  current_[event.key.publication] = event;
  return true;
}

bool ChainWalk::CheckLink(const Event& event) {
  if (event.entry != entries_) return Break(Code::kEntryMissing, {});
  if (event.hash != HashOf(event)) return Break(Code::kEntryAltered, {});
  if (event.previous != head_ || event.recorded_at < time_) return Break(Code::kLinkBroken, {});
  return true;
}

bool ChainWalk::CheckLife(const Event& event) {
  const auto found = current_.find(event.key.publication);
  const Event* last = found == current_.end() ? nullptr : &found->second;
  const auto before = last == nullptr ? std::nullopt : std::optional(last->status);
  if (event.before != before || !IsPermitted(before, event.status)) {
    return Break(Code::kEntryNotPermitted, {event.key.publication + ": " + StatusText(before) +
                                            " → " + StatusText(event.status)});
  }
  const bool needs_another =
      event.status == kApproved || (event.status == kPublished && before == kApproved);
  if (needs_another && IsSamePerson(event.actor, event.submitted_by)) {
    return Break(Code::kEntryNotPermitted, {event.key.publication + ": " + event.actor});
  }
  if (event.status != kDraft && !HasSameContent(event, *last)) {
    return Break(Code::kEntryNotPermitted, {event.key.publication + ": " + event.content});
  }
  return event.status != kPublished || CheckPeriod(event);
}

bool ChainWalk::CheckPeriod(const Event& event) {
  for (const auto& [id, other] : current_) {
    if (id == event.key.publication || other.area != event.area || !IsLaw(other.status)) continue;
    if (Overlaps(event, other)) {
      return Break(Code::kEntryNotPermitted,
                   {event.key.publication + ", " + id + ": " + FormatDate(event.from)});
    }
  }
  return true;
}

bool ChainWalk::CheckTexts(const Event& event) {
  if (!only_.empty() && only_ != event.key.publication) return true;
  if (!CheckText(event.key.publication, event.content)) return false;
  return std::ranges::all_of(ReadManifest(event.evidence), [this](const ManifestLine& line) {
    return CheckText(line.name, line.sha256);
  });
}

bool ChainWalk::CheckText(const std::string& name, const std::string& sha256) {
  if (checked_.contains(sha256)) return true;
  const std::optional<std::string> text = fetch_(sha256);
  if (!text) return Break(Code::kContentMissing, {name, sha256});
  if (Sha256Of(*text) != sha256) return Break(Code::kContentAltered, {name});
  checked_.insert(sha256);
  return true;
}

bool ChainWalk::Finish() {
  for (const auto& [id, event] : current_) {
    if (event.status != kSuperseded) continue;
    const bool is_followed = std::ranges::any_of(current_, [&event = event](const auto& other) {
      return other.second.area == event.area && IsLaw(other.second.status) &&
             other.second.from == event.until;
    });
    if (!is_followed) {
      entries_ = event.entry;
      return Break(Code::kEntryNotPermitted, {id + ": " + DayText(event.until)});
    }
  }
  return true;
}

}  // namespace dijia::store
