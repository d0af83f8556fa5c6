#include "store/sql_store.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "dijia/base/codes.h"
#include "dijia/base/sha256.h"
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

void Append(SqlDatabase& database, Event& entry) {
  const std::optional<Event> last = LastEvent(database, entry.key.county);
  Seal(entry, last ? &*last : nullptr);
  InsertEvent(database, entry);
}

// Samples are kept by their rows, everything else as it is.
std::optional<std::string> AnyText(SqlDatabase& database, const std::string& county,
                                   const std::string& sha256) {
  auto text = KeptText(database, county, sha256);
  return text ? text : SamplesByHash(database, county, sha256);
}

// The document and the evidence, those that are not there yet.
void Keep(SqlDatabase& database, const Arrival& arrival) {
  const std::string& county = arrival.key.county;
  KeepText(database, county, arrival.document);
  for (const Arrival::File& file : arrival.evidence) {
    if (!SamplesByHash(database, county, Sha256Of(file.bytes))) {
      KeepText(database, county, file.bytes);
    }
  }
}

Verification::Chain WalkChain(SqlDatabase& database, const std::string& county,
                              const std::string& only, Diagnostics& diagnostics) {
  ChainWalk walk(
      county, [&](const std::string& sha256) { return AnyText(database, county, sha256); }, only);
  const bool is_whole =
      VisitEvents(database, county, [&walk](const Event& event) { return walk.Step(event); }) &&
      walk.Finish();
  if (!is_whole) diagnostics.Add(walk.fault());
  return {county, walk.entries(), walk.texts(), walk.head(), is_whole};
}

// Of a log that is one chain for the store; nothing where it has no entries.
template <class Entry>
std::optional<Verification::Chain> WalkLog(const std::vector<Entry>& log, Code when_broken,
                                           Diagnostics& diagnostics) {
  if (log.empty()) return std::nullopt;
  const std::int64_t broken = FirstBrokenEntry(log);
  if (broken != 0) diagnostics.Add(when_broken, {}, {std::to_string(broken)});
  const bool is_whole = broken == 0;
  const std::int64_t entries = is_whole ? static_cast<std::int64_t>(log.size()) : broken;
  return Verification::Chain{"", entries, 0, is_whole ? log.back().hash : "", is_whole};
}

Verification::Chain WalkChecks(SqlDatabase& database, const std::string& county,
                               Diagnostics& diagnostics) {
  LogEnd end;
  CheckRows rows(database, {county, "", "", "", {}});
  while (const auto kept = rows.Next()) {
    if (Follows(*kept, end)) continue;
    const std::int64_t broken = end.entry + 1;
    diagnostics.Add(Code::kCheckLogBroken, {}, {county, std::to_string(broken)});
    return {county, broken, 0, "", false};
  }
  return {county, end.entry, 0, end.hash, true};
}

Verification::Chain WalkSamples(SqlDatabase& database, const std::string& county,
                                Diagnostics& diagnostics) {
  const std::int64_t broken = FirstBrokenSamples(database, county, diagnostics);
  if (broken != 0) return {county, broken, 0, "", false};
  const SampleVersion last = SampleVersionsOf(database, county).back();
  return {county, last.version, static_cast<std::size_t>(last.version), last.hash, true};
}

// One walk over the logs of all counties, which are short.
std::vector<Verification::Chain> WalkClasses(SqlDatabase& database, Diagnostics& diagnostics) {
  std::vector<Verification::Chain> chains;
  LogEnd end;
  for (const LandClassEntry& entry : LandClassesOf(database, "")) {
    const std::string& county = entry.about.county;
    if (chains.empty() || chains.back().county != county) {
      chains.push_back({county, 0, 0, "", true});
      end = {};
    }
    Verification::Chain& chain = chains.back();
    if (!chain.is_whole) continue;
    ++chain.entries;
    chain.is_whole = Follows(entry, end);
    chain.head = chain.is_whole ? end.hash : "";
    if (chain.is_whole) continue;
    diagnostics.Add(Code::kClassLogBroken, {}, {county, std::to_string(chain.entries)});
  }
  return chains;
}

class SqlCheckKeeping : public CheckKeeping {
 public:
  explicit SqlCheckKeeping(SqlDatabase& database)
      : database_(database), transaction_(database, {kCheckLogs}) {}

  KeptCheck Add(NewCheck check, const Act& act) override {
    auto end = ends_.find(check.county);
    if (end == ends_.end()) {
      end = ends_.emplace(check.county, EndOfChecks(database_, check.county)).first;
    }
    KeptCheck kept = Seal(std::move(check), act, end->second);
    InsertCheck(database_, kept);
    return kept;
  }
  void Commit() override { transaction_.Commit(); }

 private:
  SqlDatabase& database_;
  Transaction transaction_;
  std::map<std::string, LogEnd> ends_;  // by county
};

}  // namespace

std::optional<std::vector<Event>> SqlStore::Import(std::span<const Arrival> arrivals,
                                                   const Act& act, Diagnostics& diagnostics) {
  if (!CheckAct(act, diagnostics)) return std::nullopt;
  const std::size_t errors = diagnostics.errors();
  std::set<std::string> counties;
  for (const Arrival& arrival : arrivals) counties.insert(arrival.key.county);
  Transaction transaction(*database_, counties);
  std::vector<Event> entries;
  for (const Arrival& arrival : arrivals) {
    const auto same = [&arrival](const Event& entry) { return entry.key == arrival.key; };
    if (std::ranges::any_of(entries, same)) {
      diagnostics.Add(Code::kImportedTwice, {}, {arrival.key.publication});
      continue;
    }
    const auto current = Current({arrival.key.county, arrival.key.publication, {}, {}, ""});
    auto entry = Arrive(arrival, current.empty() ? nullptr : &current.front(), act, diagnostics);
    if (!entry) continue;
    Keep(*database_, arrival);
    Append(*database_, *entry);
    entries.push_back(*std::move(entry));
  }
  if (diagnostics.errors() > errors) return std::nullopt;
  transaction.Commit();
  return entries;
}

std::optional<Event> SqlStore::Move(const PublicationKey& key, PublicationStatus status,
                                    const Act& act, Diagnostics& diagnostics) {
  if (!CheckAct(act, diagnostics)) return std::nullopt;
  Transaction transaction(*database_, {key.county});
  // A change of people that is committed after this counts as made after the step.
  const std::vector<Person> people = PeopleOf(PersonEntries(*database_));
  auto entries =
      store::Move(Current({key.county, "", {}, {}, ""}), people, key, status, act, diagnostics);
  if (!entries) return std::nullopt;
  for (Event& entry : *entries) Append(*database_, entry);
  transaction.Commit();
  return *std::ranges::find(*entries, key, &Event::key);
}

std::vector<Event> SqlStore::Current(const Selection& selection) {
  return CurrentEvents(*database_, selection);
}

std::vector<Event> SqlStore::History(const PublicationKey& key) {
  return HistoryOf(*database_, key);
}

std::vector<Event> SqlStore::Log(const std::string& county) {
  return AllEvents(*database_, county);
}

template <class Decide>
std::optional<PersonEntry> SqlStore::AppendPerson(Decide decide) {
  Transaction transaction(*database_, {kPersonLog});
  std::optional<PersonEntry> entry = decide(PersonEntries(*database_));
  if (!entry) return std::nullopt;
  InsertPersonEntry(*database_, *entry);
  transaction.Commit();
  return entry;
}

std::optional<PersonEntry> SqlStore::AddPerson(const NewPerson& person, const Act& act,
                                               Diagnostics& diagnostics) {
  return AppendPerson([&](const std::vector<PersonEntry>& log) {
    return store::AddPerson(log, person, act, diagnostics);
  });
}

std::optional<PersonEntry> SqlStore::ChangePerson(const std::string& name,
                                                  const PersonChange& change, const Act& act,
                                                  Diagnostics& diagnostics) {
  return AppendPerson([&](const std::vector<PersonEntry>& log) {
    return store::ChangePerson(log, name, change, act, diagnostics);
  });
}

std::optional<PersonEntry> SqlStore::LeavePerson(const std::string& name, const Act& act,
                                                 Diagnostics& diagnostics) {
  return AppendPerson([&](const std::vector<PersonEntry>& log) {
    return store::LeavePerson(log, name, act, diagnostics);
  });
}

std::vector<PersonEntry> SqlStore::PersonLog() { return PersonEntries(*database_); }

std::optional<KeyEntry> SqlStore::AddKey(const NewKey& key, const Act& act,
                                         Diagnostics& diagnostics) {
  Transaction transaction(*database_, {kKeyLog});
  const std::vector<Person> people = PeopleOf(PersonEntries(*database_));
  auto entry = store::AddKey(KeyEntries(*database_), people, key, act, diagnostics);
  if (!entry) return std::nullopt;
  InsertKeyEntry(*database_, *entry);
  transaction.Commit();
  return entry;
}

std::optional<KeyEntry> SqlStore::RevokeKey(const std::string& id, const Act& act,
                                            Diagnostics& diagnostics) {
  Transaction transaction(*database_, {kKeyLog});
  auto entry = store::RevokeKey(KeyEntries(*database_), id, act, diagnostics);
  if (!entry) return std::nullopt;
  InsertKeyEntry(*database_, *entry);
  transaction.Commit();
  return entry;
}

std::vector<KeyEntry> SqlStore::KeyLog() { return KeyEntries(*database_); }

std::optional<std::string> SqlStore::Text(const std::string& county, const std::string& sha256) {
  return AnyText(*database_, county, sha256);
}

std::unique_ptr<CheckKeeping> SqlStore::KeepChecks() {
  return std::make_unique<SqlCheckKeeping>(*database_);
}

std::optional<KeptCheck> SqlStore::Check(const CheckKey& key) { return CheckAt(*database_, key); }

std::unique_ptr<CheckCursor> SqlStore::Checks(const CheckSelection& selection) {
  return std::make_unique<CheckRows>(*database_, selection);
}

std::optional<SampleVersion> SqlStore::ImportSamples(const SampleArrival& arrival, const Act& act,
                                                     Diagnostics& diagnostics) {
  if (!CheckAct(act, diagnostics)) return std::nullopt;
  Transaction transaction(*database_, {arrival.county});
  const std::vector<SampleVersion> versions = SampleVersionsOf(*database_, arrival.county);
  SampleVersion version =
      AddSamples(*database_, arrival, versions.empty() ? nullptr : &versions.back(), act);
  if (!versions.empty() && version.content == versions.back().content &&
      version.mapping == versions.back().mapping) {
    return versions.back();
  }
  transaction.Commit();
  return version;
}

std::vector<SampleVersion> SqlStore::SampleVersions(const std::string& county) {
  return SampleVersionsOf(*database_, county);
}

std::optional<std::vector<LandClassEntry>> SqlStore::ImportLandClasses(
    const LandClassArrival& arrival, const Act& act, Diagnostics& diagnostics) {
  if (!CheckAct(act, diagnostics)) return std::nullopt;
  Transaction transaction(*database_, {kClassLogs});
  // Times ascend over all counties, so that those up to a time are what was known at it.
  Act timed = act;
  timed.at = std::max(act.at, LastRecordOfClasses(*database_));
  std::map<std::string, std::vector<LandClassEntry>> logs;
  std::vector<LandClassEntry> added;
  for (const NewLandClass& row : arrival.rows) {
    const auto [log, is_new] = logs.try_emplace(row.county);
    if (is_new) log->second = LandClassesOf(*database_, row.county);
    if (IsSaid(row, log->second)) continue;
    LogEnd end;
    if (!log->second.empty()) {
      const LandClassEntry& last = log->second.back();
      end = {last.entry, last.hash, last.recorded_at};
    }
    LandClassEntry entry = Seal(row, arrival, timed, end);
    InsertLandClass(*database_, entry);
    added.push_back(entry);
    log->second.push_back(std::move(entry));
  }
  transaction.Commit();
  return added;
}

std::vector<LandClassEntry> SqlStore::LandClasses(const std::string& county) {
  return LandClassesOf(*database_, county);
}

Verification SqlStore::Verify(const std::optional<PublicationKey>& key, Diagnostics& diagnostics) {
  Verification verification;
  {
    const Transaction reading(*database_);
    for (const std::string& county : key ? std::vector{key->county} : Counties(*database_)) {
      verification.chains.push_back(
          WalkChain(*database_, county, key ? key->publication : "", diagnostics));
    }
    if (!key) {
      verification.people = WalkLog(PersonEntries(*database_), Code::kPersonLogBroken, diagnostics);
      verification.keys = WalkLog(KeyEntries(*database_), Code::kKeyLogBroken, diagnostics);
      for (const std::string& county : CountiesOfChecks(*database_)) {
        verification.checks.push_back(WalkChecks(*database_, county, diagnostics));
      }
      for (const std::string& county : CountiesOfSamples(*database_)) {
        verification.samples.push_back(WalkSamples(*database_, county, diagnostics));
      }
      verification.classes = WalkClasses(*database_, diagnostics);
    }
  }
  check_(diagnostics);
  return verification;
}

}  // namespace dijia::store
