// The store: publications over time, what they were made from, and the log of what was done to them
// by whom. One interface for every back-end; the tests of tests/store are written against it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "dijia/base/date.h"
#include "dijia/base/diagnostic.h"
#include "store/access_key.h"
#include "store/event.h"
#include "store/kept_check.h"
#include "store/kept_samples.h"
#include "store/land_class.h"
#include "store/lifecycle.h"
#include "store/person.h"

namespace dijia::store {

// Which publications are asked for; what is not stated restricts nothing.
struct Selection {
  std::string county, publication;
  std::optional<PublicationStatus> status;
  std::optional<Date> in_force_on;  // whose prices were the law on that day …
  std::string known_at;             // … as the log stood at this time (as Act::at); empty = now
};

// What a verification walked.
struct Verification {
  struct Chain {
    std::string county;
    std::int64_t entries = 0;
    std::size_t texts = 0;  // documents and files of evidence, each counted once
    std::string head;       // hash of the last entry; noted elsewhere it also proves the end
    bool is_whole = false;
  };
  std::vector<Chain> chains;    // ascending by county
  std::optional<Chain> people;  // the log of people, when everything is verified and there is one
  std::optional<Chain> keys;    // the log of keys, the same way
  std::vector<Chain> checks;    // the kept checks, when everything is verified, by county
  std::vector<Chain> samples;   // the versions of samples, the same way
  std::vector<Chain> classes;   // the land classes, the same way
};

// Checks that are being kept, all or none: nothing stays unless it is committed. Nothing else may
// be asked of the store meanwhile, and others who write to it wait.
class CheckKeeping {
 public:
  CheckKeeping() = default;
  virtual ~CheckKeeping() = default;
  CheckKeeping(const CheckKeeping&) = delete;
  CheckKeeping& operator=(const CheckKeeping&) = delete;

  // Adds a check to the log of its county. Preconditions: it has one, and CheckAct says nothing.
  virtual KeptCheck Add(NewCheck check, const Act& act) = 0;
  virtual void Commit() = 0;
};

// Every function throws io::FileError for what the disk or another program does not give; nothing
// is half-done then. What a caller may not do is reported to `diagnostics`, and nothing is done.
// What a function has returned is on the disk. May be used from one thread at a time; several
// stores may be open on the same data.
class Store {
 public:
  Store() = default;
  virtual ~Store() = default;
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  // Takes publications in as drafts, all or none; a draft that is there is replaced, and stays in
  // the log. Gives their entries in the order of `arrivals`; nothing after reports.
  virtual std::optional<std::vector<Event>> Import(std::span<const Arrival> arrivals,
                                                   const Act& act, Diagnostics& diagnostics) = 0;

  // Takes a publication to submitted, approved, published or withdrawn, together with what that
  // does to its predecessor, by someone who may (lifecycle.h). Gives its entry; nothing after
  // reports.
  virtual std::optional<Event> Move(const PublicationKey& key, PublicationStatus status,
                                    const Act& act, Diagnostics& diagnostics) = 0;

  // The last entry of every publication selected, ascending by county, area, first day and id.
  virtual std::vector<Event> Current(const Selection& selection) = 0;

  // All entries of a publication in order; empty when there is none.
  virtual std::vector<Event> History(const PublicationKey& key) = 0;

  // All entries of a county in order, or of every county, ascending by county.
  virtual std::vector<Event> Log(const std::string& county) = 0;

  // A document, a file of evidence or the text of a version of samples by its SHA-256; nothing when
  // it is not kept.
  virtual std::optional<std::string> Text(const std::string& county, const std::string& sha256) = 0;

  // Adds a person, gives them another role or county, or has them leave, and gives the entry;
  // nothing after reports (person_log.h). Who is meant is said by the name of a person in force.
  virtual std::optional<PersonEntry> AddPerson(const NewPerson& person, const Act& act,
                                               Diagnostics& diagnostics) = 0;
  virtual std::optional<PersonEntry> ChangePerson(const std::string& name,
                                                  const PersonChange& change, const Act& act,
                                                  Diagnostics& diagnostics) = 0;
  virtual std::optional<PersonEntry> LeavePerson(const std::string& name, const Act& act,
                                                 Diagnostics& diagnostics) = 0;
  // What was done to people, in order.
  virtual std::vector<PersonEntry> PersonLog() = 0;

  // Adds a key, or revokes one, and gives the entry; nothing after reports (key_log.h).
  virtual std::optional<KeyEntry> AddKey(const NewKey& key, const Act& act,
                                         Diagnostics& diagnostics) = 0;
  virtual std::optional<KeyEntry> RevokeKey(const std::string& id, const Act& act,
                                            Diagnostics& diagnostics) = 0;
  // What was done to keys, in order.
  virtual std::vector<KeyEntry> KeyLog() = 0;

  // Begins to keep checks.
  virtual std::unique_ptr<CheckKeeping> KeepChecks() = 0;
  // A kept check; nothing when there is none.
  virtual std::optional<KeptCheck> Check(const CheckKey& key) = 0;
  // The checks selected; the store must outlive them.
  virtual std::unique_ptr<CheckCursor> Checks(const CheckSelection& selection) = 0;

  // Adds a version of a county's samples; rows that are there are not doubled. The same file as the
  // last version, in every record, adds none: that one is given.
  virtual std::optional<SampleVersion> ImportSamples(const SampleArrival& arrival, const Act& act,
                                                     Diagnostics& diagnostics) = 0;
  // The versions of a county in order, or of every county, ascending by county.
  virtual std::vector<SampleVersion> SampleVersions(const std::string& county) = 0;

  // Adds what a file says of land classes to the logs of its counties, all or none, in order; a row
  // that says what the log says already adds no entry. Gives the entries; nothing after reports.
  virtual std::optional<std::vector<LandClassEntry>> ImportLandClasses(
      const LandClassArrival& arrival, const Act& act, Diagnostics& diagnostics) = 0;
  // The entries of a county in order, or of every county, ascending by county.
  virtual std::vector<LandClassEntry> LandClasses(const std::string& county) = 0;

  // Walks the log of every county with all texts, its kept checks, samples and land classes, and
  // the logs of people and keys, or with `key` the log of its county with the texts of that
  // publication. The first broken link of each log is reported.
  virtual Verification Verify(const std::optional<PublicationKey>& key,
                              Diagnostics& diagnostics) = 0;
};

}  // namespace dijia::store
