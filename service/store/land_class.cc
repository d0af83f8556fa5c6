#include "store/land_class.h"

#include <algorithm>
#include <map>
#include <utility>

#include "store/chain.h"

namespace dijia::store {
namespace {

std::string DayText(const std::optional<Date>& day) { return day ? FormatDate(*day) : ""; }

bool Overlap(const NewLandClass& row, const NewLandClass& other) {
  return (!row.until || other.from < *row.until) && (!other.until || row.from < *other.until);
}

// The parts of a period that lie outside another one.
void AddOutside(const LandClassPeriod& period, const NewLandClass& other,
                std::vector<LandClassPeriod>& parts) {
  const bool begins_before = period.from < other.from;
  if (begins_before) {
    LandClassPeriod before = period;
    if (!before.until || other.from < *before.until) before.until = other.from;
    parts.push_back(before);
  }
  const bool ends_after = other.until && (!period.until || *other.until < *period.until);
  if (!ends_after) return;
  LandClassPeriod after = period;
  after.from = std::max(period.from, *other.until);
  parts.push_back(after);
}

// The last word counts.
void Lay(const LandClassEntry& entry, std::vector<LandClassPeriod>& periods) {
  std::vector<LandClassPeriod> parts;
  for (const LandClassPeriod& period : periods) AddOutside(period, entry.about, parts);
  parts.push_back({entry.about.from, entry.about.until, &entry});
  periods = std::move(parts);
}

}  // namespace

std::string HashOf(const LandClassEntry& entry) {
  const NewLandClass& about = entry.about;
  const std::string fields[] = {entry.previous,
                                about.county,
                                std::to_string(entry.entry),
                                about.town,
                                std::to_string(about.land_class),
                                FormatDate(about.from),
                                DayText(about.until),
                                about.instrument,
                                entry.source,
                                entry.source_sha256,
                                std::to_string(about.source_row),
                                entry.actor,
                                entry.reason,
                                entry.recorded_at};
  return HashOfFields("dijia-class/1", fields);
}

LandClassEntry Seal(NewLandClass row, const LandClassArrival& arrival, const Act& act,
                    LogEnd& end) {
  LandClassEntry entry;
  entry.about = std::move(row);
  entry.source = arrival.source;
  entry.source_sha256 = arrival.source_sha256;
  entry.entry = end.entry + 1;
  entry.actor = act.actor;
  entry.reason = act.reason;
  entry.recorded_at = std::max(act.at, end.recorded_at);
  entry.previous = std::move(end.hash);
  entry.hash = HashOf(entry);
  end = {entry.entry, entry.hash, entry.recorded_at};
  return entry;
}

bool Follows(const LandClassEntry& entry, LogEnd& end) {
  const bool is_next = entry.entry == end.entry + 1 && entry.previous == end.hash &&
                       entry.recorded_at >= end.recorded_at && entry.hash == HashOf(entry);
  if (is_next) end = {entry.entry, entry.hash, entry.recorded_at};
  return is_next;
}

bool IsSaid(const NewLandClass& row, std::span<const LandClassEntry> log) {
  const auto last = std::find_if(log.rbegin(), log.rend(), [&row](const LandClassEntry& entry) {
    return entry.about.town == row.town && Overlap(entry.about, row);
  });
  return last != log.rend() && last->about.land_class == row.land_class &&
         last->about.from == row.from && last->about.until == row.until &&
         last->about.instrument == row.instrument;
}

std::vector<LandClassPeriod> PeriodsOf(std::span<const LandClassEntry> log,
                                       std::string_view known_at) {
  std::map<std::pair<std::string, std::string>, std::vector<LandClassPeriod>> by_place;
  for (const LandClassEntry& entry : log) {
    if (!known_at.empty() && entry.recorded_at > known_at) continue;
    Lay(entry, by_place[{entry.about.county, entry.about.town}]);
  }
  std::vector<LandClassPeriod> all;
  for (auto& [place, periods] : by_place) {
    std::ranges::sort(periods, {}, &LandClassPeriod::from);
    std::ranges::copy_if(periods, std::back_inserter(all), [](const LandClassPeriod& period) {
      return period.entry->about.land_class != 0;
    });
  }
  return all;
}

}  // namespace dijia::store
