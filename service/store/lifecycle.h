// What may happen to a publication, and by whom (contract §4): draft → submitted → approved →
// published → superseded, or withdrawn. Decided here for every back-end, without SQL.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dijia/base/diagnostic.h"
#include "store/event.h"
#include "store/person.h"

namespace dijia::store {

// One permitted step. What a person asks for moves one publication; a step by succession happens to
// the predecessor in the same transaction.
struct Transition {
  std::optional<PublicationStatus> before;
  PublicationStatus status;
  bool by_succession = false;
};

// All of them, in the order of the life of a publication.
std::span<const Transition> Transitions();
bool IsPermitted(const std::optional<PublicationStatus>& before, PublicationStatus status);

// 1 to 100 bytes of UTF-8 without blanks at the ends and without control characters.
bool IsNameOfPerson(std::string_view name);
// Whether two names are the same person: ASCII letters of either case are the same.
bool IsSamePerson(std::string_view a, std::string_view b);

// What is wrong with the name or the note of an act is reported; false then.
bool CheckAct(const Act& act, Diagnostics& diagnostics);

// A publication that comes into the store.
struct Arrival {
  PublicationKey key;
  std::string area;
  std::string document;  // canonical form, its status `draft`
  Date from{};
  std::optional<Date> stated_until;
  // Files kept with it: what it was computed from. Names without folders.
  struct File {
    std::string name, bytes;
  };
  std::vector<File> evidence;
};

// The entry for an arrival; `current` is the last entry of that publication or null. A publication
// that is no draft any more, and names of evidence that stand twice, are reported: nothing then.
// Entry number, time and hashes are left to Seal.
std::optional<Event> Arrive(const Arrival& arrival, const Event* current, const Act& act,
                            Diagnostics& diagnostics);

// The role that a person needs to take a publication to `status`: a clerk submits, an approver does
// the rest.
Role LeastRoleFor(PublicationStatus status);

// The entries that take a publication to `status`, in the order in which they are to stand; first
// that of a predecessor whose period ends. `county` holds the last entry of every publication of
// the county. Where there are `people` (PeopleOf), the act is that of one of them who is in force,
// with the role that it needs, and whose county is that of the publication or none. Reported, and
// nothing then: a publication that is not there, an actor who is none of these people, a step that
// is not permitted, approval or publication by the one who submitted, a successor that does not
// start after its predecessor or leaves days without a price, and a withdrawal that does.
//
// No day without a price, no day with two: publishing ends the period of the prices in force where
// the new one begins; withdrawing published prices puts their predecessor into force again.
std::optional<std::vector<Event>> Move(std::span<const Event> county,
                                       std::span<const Person> people, const PublicationKey& key,
                                       PublicationStatus status, const Act& act,
                                       Diagnostics& diagnostics);

// The manifest of evidence as it stands in an entry, and back: pairs of hash and name.
std::string ManifestOf(const std::vector<Arrival::File>& evidence);
struct ManifestLine {
  std::string sha256, name;
};
std::vector<ManifestLine> ReadManifest(const std::string& manifest);

}  // namespace dijia::store
