// What the logs that are one chain for the store have in common: entries that follow one another.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>

#include "store/event.h"

namespace dijia::store {

// An entry after `log` by an act, without what it says and without its hash. A clock that runs
// backwards does not: the time is at least that of the entry before.
template <class Entry>
Entry NextEntry(std::span<const Entry> log, const Act& act) {
  Entry entry;
  entry.entry = static_cast<std::int64_t>(log.size()) + 1;
  entry.actor = act.actor;
  entry.reason = act.reason;
  entry.recorded_at = act.at;
  if (log.empty()) return entry;
  entry.previous = log.back().hash;
  entry.recorded_at = std::max(entry.recorded_at, log.back().recorded_at);
  return entry;
}

// The number of the first entry whose number, link, time or hash is not what it should be, or of
// which `take`(entry) says that it may not stand there; 0 for a whole log.
template <class Entry, class Take>
std::int64_t FirstBroken(std::span<const Entry> log, Take take) {
  std::string head, time;
  std::int64_t number = 0;
  for (const Entry& entry : log) {
    ++number;
    const bool is_linked = entry.entry == number && entry.previous == head &&
                           entry.recorded_at >= time && entry.hash == HashOf(entry);
    if (!is_linked || !take(entry)) return number;
    head = entry.hash;
    time = entry.recorded_at;
  }
  return 0;
}

}  // namespace dijia::store
