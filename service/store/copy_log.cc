#include "store/copy_log.h"

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "dijia/base/codes.h"
#include "io/file_error.h"
#include "store/chain.h"
#include "store/check_rows.h"
#include "store/class_rows.h"
#include "store/key_log.h"
#include "store/key_rows.h"
#include "store/person_log.h"
#include "store/person_rows.h"
#include "store/sample_rows.h"
#include "store/store_rows.h"

namespace dijia::store {
namespace {

// The chain asks for every text once, before the entry that needs it is written.
bool CopyChain(SqlDatabase& from, SqlDatabase& to, const std::string& county,
               Diagnostics& diagnostics) {
  ChainWalk walk(county, [&](const std::string& sha256) {
    std::optional<std::string> text = KeptText(from, county, sha256);
    if (text) KeepText(to, county, *text);
    return text ? text : SamplesByHash(from, county, sha256);
  });
  const bool is_whole = VisitEvents(from, county,
                                    [&](const Event& event) {
                                      const bool follows = walk.Step(event);
                                      if (follows) InsertEvent(to, event);
                                      return follows;
                                    }) &&
                        walk.Finish();
  if (!is_whole) diagnostics.Add(walk.fault());
  return is_whole;
}

// A log that is one chain for the store.
template <class Entry>
bool CopyWhole(const std::vector<Entry>& log, SqlDatabase& to,
               void (*insert)(SqlDatabase&, const Entry&), Code when_broken,
               Diagnostics& diagnostics) {
  const std::int64_t broken = FirstBrokenEntry(log);
  if (broken != 0) {
    diagnostics.Add(when_broken, {}, {std::to_string(broken)});
    return false;
  }
  for (const Entry& entry : log) insert(to, entry);
  return true;
}

bool CopyPeopleAndKeys(SqlDatabase& from, SqlDatabase& to, Diagnostics& diagnostics) {
  const bool is_whole =
      CopyWhole(PersonEntries(from), to, InsertPersonEntry, Code::kPersonLogBroken, diagnostics);
  return CopyWhole(KeyEntries(from), to, InsertKeyEntry, Code::kKeyLogBroken, diagnostics) &&
         is_whole;
}

bool HasEntries(SqlDatabase& database) {
  return !Counties(database).empty() || !PersonEntries(database).empty() ||
         !KeyEntries(database).empty() || !CountiesOfChecks(database).empty() ||
         !CountiesOfSamples(database).empty() || !LastRecordOfClasses(database).empty();
}

bool CopyChecks(SqlDatabase& from, SqlDatabase& to, Diagnostics& diagnostics) {
  std::string county;
  LogEnd end;
  CheckRows rows(from, {});
  while (const auto kept = rows.Next()) {
    if (kept->check.county != county) end = {};
    county = kept->check.county;
    if (!Follows(*kept, end)) {
      diagnostics.Add(Code::kCheckLogBroken, {}, {county, std::to_string(end.entry + 1)});
      return false;
    }
    InsertCheck(to, *kept);
  }
  return true;
}

bool CopyClasses(SqlDatabase& from, SqlDatabase& to, Diagnostics& diagnostics) {
  std::string county;
  LogEnd end;
  for (const LandClassEntry& entry : LandClassesOf(from, "")) {
    if (entry.about.county != county) end = {};
    county = entry.about.county;
    if (!Follows(entry, end)) {
      diagnostics.Add(Code::kClassLogBroken, {}, {county, std::to_string(end.entry + 1)});
      return false;
    }
    InsertLandClass(to, entry);
  }
  return true;
}

}  // namespace

void CopyLog(SqlDatabase& from, SqlDatabase& to, Diagnostics& diagnostics) {
  const Transaction reading(from);
  const std::vector<std::string> counties = Counties(from), sampled = CountiesOfSamples(from);
  std::set<std::string> logs(counties.begin(), counties.end());
  logs.insert(sampled.begin(), sampled.end());
  logs.insert({kPersonLog, kKeyLog, kCheckLogs, kClassLogs});
  Transaction writing(to, logs);
  if (HasEntries(to)) throw io::FileError({Code::kStoreNotEmpty, {}, {to.name()}});
  bool is_whole = CopyPeopleAndKeys(from, to, diagnostics);
  for (const std::string& county : sampled) {
    is_whole = CopySamples(from, to, county, diagnostics) && is_whole;
  }
  for (const std::string& county : counties) {
    is_whole = CopyChain(from, to, county, diagnostics) && is_whole;
  }
  is_whole = CopyChecks(from, to, diagnostics) && is_whole;
  is_whole = CopyClasses(from, to, diagnostics) && is_whole;
  if (is_whole) writing.Commit();
}

}  // namespace dijia::store
