// The store over a database with SQL: what every back-end does alike.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "store/sql_database.h"
#include "store/store.h"

namespace dijia::store {

class SqlStore : public Store {
 public:
  // Reports what chains do not show: tables, triggers and indices that are not as they should be.
  using LayoutCheck = std::function<void(Diagnostics&)>;

  // Over a database of the newest layout.
  SqlStore(std::unique_ptr<SqlDatabase> database, LayoutCheck check)
      : database_(std::move(database)), check_(std::move(check)) {}

  std::optional<std::vector<Event>> Import(std::span<const Arrival> arrivals, const Act& act,
                                           Diagnostics& diagnostics) override;
  std::optional<Event> Move(const PublicationKey& key, PublicationStatus status, const Act& act,
                            Diagnostics& diagnostics) override;
  std::vector<Event> Current(const Selection& selection) override;
  std::vector<Event> History(const PublicationKey& key) override;
  std::vector<Event> Log(const std::string& county) override;
  std::optional<std::string> Text(const std::string& county, const std::string& sha256) override;
  std::optional<PersonEntry> AddPerson(const NewPerson& person, const Act& act,
                                       Diagnostics& diagnostics) override;
  std::optional<PersonEntry> ChangePerson(const std::string& name, const PersonChange& change,
                                          const Act& act, Diagnostics& diagnostics) override;
  std::optional<PersonEntry> LeavePerson(const std::string& name, const Act& act,
                                         Diagnostics& diagnostics) override;
  std::vector<PersonEntry> PersonLog() override;
  std::optional<KeyEntry> AddKey(const NewKey& key, const Act& act,
                                 Diagnostics& diagnostics) override;
  std::optional<KeyEntry> RevokeKey(const std::string& id, const Act& act,
                                    Diagnostics& diagnostics) override;
  std::vector<KeyEntry> KeyLog() override;
  std::unique_ptr<CheckKeeping> KeepChecks() override;
  std::optional<KeptCheck> Check(const CheckKey& key) override;
  std::unique_ptr<CheckCursor> Checks(const CheckSelection& selection) override;
  std::optional<SampleVersion> ImportSamples(const SampleArrival& arrival, const Act& act,
                                             Diagnostics& diagnostics) override;
  std::vector<SampleVersion> SampleVersions(const std::string& county) override;
  std::optional<std::vector<LandClassEntry>> ImportLandClasses(const LandClassArrival& arrival,
                                                               const Act& act,
                                                               Diagnostics& diagnostics) override;
  std::vector<LandClassEntry> LandClasses(const std::string& county) override;
  Verification Verify(const std::optional<PublicationKey>& key, Diagnostics& diagnostics) override;

 private:
  // Adds the entry that `decide`(log of people) gives.
  template <class Decide>
  std::optional<PersonEntry> AppendPerson(Decide decide);

  std::unique_ptr<SqlDatabase> database_;
  LayoutCheck check_;
};

}  // namespace dijia::store
