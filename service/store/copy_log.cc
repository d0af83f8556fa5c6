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

bool CopyKeys(SqlDatabase& from, SqlDatabase& to, Diagnostics& diagnostics) {
  const std::vector<KeyEntry> log = KeyEntries(from);
  const std::int64_t broken = FirstBrokenEntry(log);
  if (broken != 0) {
    diagnostics.Add(Code::kKeyLogBroken, {}, {std::to_string(broken)});
    return false;
  }
  for (const KeyEntry& entry : log) InsertKeyEntry(to, entry);
  return true;
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
  logs.insert({kKeyLog, kCheckLogs, kClassLogs});
  Transaction writing(to, logs);
  if (!Counties(to).empty() || !KeyEntries(to).empty() || !CountiesOfChecks(to).empty() ||
      !CountiesOfSamples(to).empty() || !LastRecordOfClasses(to).empty())
    throw io::FileError({Code::kStoreNotEmpty, {}, {to.name()}});
  bool is_whole = CopyKeys(from, to, diagnostics);
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
