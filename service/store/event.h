// The log of a county: what was done to its publications, one entry after the other. The log is the
// state: what a publication is now is what its last entry says, what it was on a day is what its
// last entry up to that day says.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "dijia/base/date.h"
#include "dijia/publication.h"

namespace dijia::store {

// What names a publication: the county code leads every key.
struct PublicationKey {
  std::string county;  // GB/T 2260
  std::string publication;

  friend auto operator<=>(const PublicationKey&, const PublicationKey&) = default;
};

// Who does something, when and why.
struct Act {
  std::string actor;   // name of a person, see IsNameOfPerson
  std::string reason;  // any text up to kLongestNote bytes, or empty
  std::string at;      // UTC with six decimals of a second: 2026-01-02T03:04:05.678901Z
};
inline constexpr std::size_t kLongestNote = 10'000;

// One entry. It never changes and never goes.
struct Event {
  PublicationKey key;
  std::int64_t entry = 0;                   // 1, 2, 3, … in the log of the county
  std::string area;                         // grading area; empty = the county has only one
  std::optional<PublicationStatus> before;  // none = not in the store until now
  PublicationStatus status = PublicationStatus::kDraft;
  std::string content;   // SHA-256 of the document in its canonical form
  std::string evidence;  // lines `SHA-256  NAME` of the files kept with it, ascending by name
  Date from{};           // the first day of its prices
  std::optional<Date> stated_until;  // the first day after them by the document itself
  std::optional<Date> until;         // the same as it stands now: a successor ends them earlier
  std::string submitted_by;          // empty before it was submitted
  std::string actor, reason;
  std::string recorded_at;  // never earlier than that of the entry before
  std::string previous;     // hash of the entry before; empty for the first
  std::string hash;         // see HashOf

  friend bool operator==(const Event&, const Event&) = default;
};

// Published prices, those that a successor has replaced among them.
inline bool IsLaw(PublicationStatus status) {
  return status == PublicationStatus::kPublished || status == PublicationStatus::kSuperseded;
}

// Whether the prices were the law on a day.
inline bool IsInForceOn(const Event& event, Date day) {
  return IsLaw(event.status) && event.from <= day && (!event.until || day < *event.until);
}

}  // namespace dijia::store
