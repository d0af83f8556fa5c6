#include "store/lifecycle.h"

#include <algorithm>
#include <array>
#include <utility>

#include "dijia/base/codes.h"
#include "dijia/base/sha256.h"
#include "io/text_encoding.h"
#include "store/person_log.h"

namespace dijia::store {
namespace {

using enum PublicationStatus;

constexpr std::array<Transition, 11> kTransitions{{
    {std::nullopt, kDraft},
    {kDraft, kDraft},  // imported again
    {kDraft, kSubmitted},
    {kDraft, kWithdrawn},
    {kSubmitted, kApproved},
    {kSubmitted, kWithdrawn},
    {kApproved, kPublished},
    {kApproved, kWithdrawn},
    {kPublished, kSuperseded, true},
    {kPublished, kWithdrawn},
    {kSuperseded, kPublished, true},
}};

bool HasControl(std::string_view text) {
  return std::ranges::any_of(text, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

// The statuses that a person may take a publication to.
std::string NextOf(PublicationStatus status) {
  std::string names;
  for (const Transition& step : kTransitions) {
    if (step.before != status || step.by_succession || step.status == status) continue;
    names += (names.empty() ? "" : ", ") + std::string(CodeOf(step.status));
  }
  return names.empty() ? "–" : names;
}

bool IsPermittedToPeople(PublicationStatus before, PublicationStatus status) {
  return std::ranges::any_of(kTransitions, [&](const Transition& step) {
    return step.before == before && step.status == status && !step.by_succession;
  });
}

// Whether the names of the files can stand in a manifest.
bool CheckEvidence(const std::vector<Arrival::File>& evidence, Diagnostics& diagnostics) {
  std::vector<std::string> names;
  for (const Arrival::File& file : evidence) {
    const bool is_usable = !file.name.empty() && !HasControl(file.name) &&
                           file.name.find_first_of("/\\") == std::string::npos;
    if (!is_usable || std::ranges::find(names, file.name) != names.end()) {
      diagnostics.Add(Code::kEvidenceNameTaken, {}, {file.name});
      return false;
    }
    names.push_back(file.name);
  }
  return true;
}

// Whether the one who acts may do so by what the people of the store are; what is lacking is
// reported.
bool CheckPerson(std::span<const Person> people, const PublicationKey& key,
                 PublicationStatus status, const Act& act, Diagnostics& diagnostics) {
  if (people.empty()) return true;
  const std::vector<std::string> step{act.actor, key.publication, std::string(CodeOf(status))};
  const auto lacks = [&](Code code, std::vector<std::string> words) {
    words.insert(words.begin(), step.begin(), step.end());
    diagnostics.Add(code, {}, std::move(words));
  };
  const std::size_t errors = diagnostics.errors();
  const Person* person = FindPerson(people, act.actor);
  if (person == nullptr) {
    lacks(Code::kPersonNotRegistered, {});
  } else if (!person->left_at.empty()) {
    lacks(Code::kPersonLeft, {person->left_at});
  } else {
    const NewPerson& about = person->about;
    const Role least = LeastRoleFor(status);
    if (about.role < least) {
      lacks(Code::kPersonRoleTooLow, {std::string(CodeOf(about.role)), std::string(CodeOf(least))});
    }
    if (!about.county.empty() && about.county != key.county) {
      lacks(Code::kPersonOfOtherCounty, {about.county, key.county});
    }
  }
  return diagnostics.errors() == errors;
}

Event Next(const Event& last, PublicationStatus status, const Act& act) {
  Event next = last;
  next.before = last.status;
  next.status = status;
  next.actor = act.actor;
  next.reason = act.reason;
  next.recorded_at = act.at;
  if (status == kSubmitted) next.submitted_by = act.actor;
  return next;
}

// The last published prices of the area: those that a successor ends.
const Event* LastInForce(std::span<const Event> county, const Event& of) {
  const auto found = std::ranges::find_if(county, [&of](const Event& event) {
    return event.area == of.area && event.status == kPublished && event.key != of.key;
  });
  return found == county.end() ? nullptr : &*found;
}

// Whose period ended where that of `of` begins.
const Event* PredecessorOf(std::span<const Event> county, const Event& of) {
  const auto found = std::ranges::find_if(county, [&of](const Event& event) {
    return event.area == of.area && event.status == kSuperseded && event.until == of.from;
  });
  return found == county.end() ? nullptr : &*found;
}

std::optional<std::vector<Event>> Publish(std::span<const Event> county, const Event& last,
                                          const Act& act, Diagnostics& diagnostics) {
  std::vector<Event> entries;
  if (const Event* old = LastInForce(county, last)) {
    const std::vector<std::string> words{last.key.publication, FormatDate(last.from),
                                         old->key.publication,
                                         FormatDate(old->until.value_or(old->from))};
    if (last.from <= old->from) {
      diagnostics.Add(Code::kPeriodTaken, {},
                      {words[0], words[1], words[2], FormatDate(old->from)});
      return std::nullopt;
    }
    if (old->until && *old->until < last.from) {
      diagnostics.Add(Code::kPeriodGap, {}, words);
      return std::nullopt;
    }
    entries.push_back(Next(*old, kSuperseded, act));
    entries.back().until = last.from;
  }
  entries.push_back(Next(last, kPublished, act));
  return entries;
}

std::optional<std::vector<Event>> Withdraw(std::span<const Event> county, const Event& last,
                                           const Act& act, Diagnostics& diagnostics) {
  std::vector<Event> entries{Next(last, kWithdrawn, act)};
  if (last.status != kPublished) return entries;
  const Event* old = PredecessorOf(county, last);
  // Not where the predecessor's own document ends before the day it would have to reach.
  if (old == nullptr || (old->stated_until && *old->stated_until <= last.from)) {
    diagnostics.Add(Code::kNoPriceLeft, {}, {last.key.publication, FormatDate(last.from)});
    return std::nullopt;
  }
  entries.push_back(Next(*old, kPublished, act));
  entries.back().until = old->stated_until;
  return entries;
}

}  // namespace

std::span<const Transition> Transitions() { return kTransitions; }

bool IsPermitted(const std::optional<PublicationStatus>& before, PublicationStatus status) {
  return std::ranges::any_of(kTransitions, [&](const Transition& step) {
    return step.before == before && step.status == status;
  });
}

bool IsNameOfPerson(std::string_view name) {
  constexpr std::size_t kLongestName = 100;
  return !name.empty() && name.size() <= kLongestName && name.front() != ' ' &&
         name.back() != ' ' && io::IsUtf8(name) && !HasControl(name);
}

bool IsSamePerson(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::ranges::equal(a, b, {}, lower, lower);
}

bool CheckAct(const Act& act, Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.errors();
  if (!IsNameOfPerson(act.actor)) diagnostics.Add(Code::kActorNotUsable, {}, {act.actor});
  const bool has_zero = act.reason.find('\0') != std::string::npos;  // no text of PostgreSQL
  if (act.reason.size() > kLongestNote || !io::IsUtf8(act.reason) || has_zero) {
    diagnostics.Add(Code::kNoteNotUsable, {}, {std::to_string(kLongestNote)});
  }
  return diagnostics.errors() == before;
}

std::optional<Event> Arrive(const Arrival& arrival, const Event* current, const Act& act,
                            Diagnostics& diagnostics) {
  if (current != nullptr && current->status != kDraft) {
    diagnostics.Add(Code::kNoDraftAnyMore, {},
                    {arrival.key.publication, std::string(CodeOf(current->status))});
    return std::nullopt;
  }
  if (arrival.stated_until && *arrival.stated_until <= arrival.from) {
    diagnostics.Add(Code::kPeriodEmpty, {},
                    {FormatDate(arrival.from), FormatDate(*arrival.stated_until)});
    return std::nullopt;
  }
  if (!CheckEvidence(arrival.evidence, diagnostics)) return std::nullopt;
  Event event;
  event.key = arrival.key;
  event.area = arrival.area;
  if (current != nullptr) event.before = kDraft;
  event.content = Sha256Of(arrival.document);
  event.evidence = ManifestOf(arrival.evidence);
  event.from = arrival.from;
  event.stated_until = event.until = arrival.stated_until;
  event.actor = act.actor;
  event.reason = act.reason;
  event.recorded_at = act.at;
  return event;
}

Role LeastRoleFor(PublicationStatus status) {
  return status == kSubmitted ? Role::kClerk : Role::kApprover;
}

std::optional<std::vector<Event>> Move(std::span<const Event> county,
                                       std::span<const Person> people, const PublicationKey& key,
                                       PublicationStatus status, const Act& act,
                                       Diagnostics& diagnostics) {
  const auto last = std::ranges::find(county, key, &Event::key);
  if (last == county.end()) {
    diagnostics.Add(Code::kPublicationUnknown, {}, {key.publication});
    return std::nullopt;
  }
  if (!CheckPerson(people, key, status, act, diagnostics)) return std::nullopt;
  if (!IsPermittedToPeople(last->status, status) || status == kDraft) {
    diagnostics.Add(Code::kTransitionNotAllowed, {},
                    {key.publication, std::string(CodeOf(last->status)),
                     std::string(CodeOf(status)), NextOf(last->status)});
    return std::nullopt;
  }
  const bool needs_another = status == kApproved || status == kPublished;
  if (needs_another && IsSamePerson(act.actor, last->submitted_by)) {
    diagnostics.Add(Code::kSamePerson, {},
                    {key.publication, last->submitted_by, std::string(CodeOf(status))});
    return std::nullopt;
  }
  if (status == kPublished) return Publish(county, *last, act, diagnostics);
  if (status == kWithdrawn) return Withdraw(county, *last, act, diagnostics);
  return std::vector<Event>{Next(*last, status, act)};
}

std::string ManifestOf(const std::vector<Arrival::File>& evidence) {
  std::vector<const Arrival::File*> files;
  for (const Arrival::File& file : evidence) files.push_back(&file);
  std::ranges::sort(files, {}, &Arrival::File::name);
  std::string manifest;
  for (const Arrival::File* file : files) {
    manifest += Sha256Of(file->bytes) + "  " + file->name + "\n";
  }
  return manifest;
}

std::vector<ManifestLine> ReadManifest(const std::string& manifest) {
  constexpr std::size_t kHash = 64, kGap = 2;
  std::vector<ManifestLine> lines;
  for (std::size_t at = 0; at < manifest.size();) {
    const std::size_t end = std::min(manifest.find('\n', at), manifest.size());
    const std::string line = manifest.substr(at, end - at);
    const std::size_t name = std::min(line.size(), kHash + kGap);
    lines.push_back({line.substr(0, kHash), line.substr(name)});
    at = end + 1;
  }
  return lines;
}

}  // namespace dijia::store
