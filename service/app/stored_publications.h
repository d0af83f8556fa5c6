// Publications between their documents and the store: the document that is kept is the one that was
// imported, in its canonical form; what became of it stands in the log.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/publication_file.h"
#include "app/publication_zones.h"
#include "dijia/base/date.h"
#include "dijia/base/diagnostic.h"
#include "dijia/publication.h"
#include "store/store.h"

namespace dijia::app {

// Now in UTC, in the form of store::Act::at.
std::string TimeOfAct();

// A publication as it comes into the store. Its status is a draft's whatever its document says.
store::Arrival ArrivalOf(Publication publication, std::vector<store::Arrival::File> evidence = {});

// Adds the inputs that an evidence.json among the files names and that `reference_folder` has: the
// reference tables and the mapping. What is wrong with the evidence.json, called `source` in
// messages, is reported. Throws FileError.
void AddEvidenceInputs(const std::filesystem::path& reference_folder, const std::string& source,
                       std::vector<store::Arrival::File>& kept, Diagnostics& diagnostics);

// Puts the shapes of the publication's grades and zones among its files, in the form in which they
// are kept: those of `maps`, or of a file called kZonesFile. What is wrong with them is reported.
// Throws FileError.
void AddZones(const std::vector<std::filesystem::path>& maps, const Publication& publication,
              const std::filesystem::path& reference_folder,
              std::vector<store::Arrival::File>& kept, Diagnostics& diagnostics);

// What comes into the store by one command.
struct ArrivingFiles {
  std::vector<std::filesystem::path> publications;
  std::string format;                           // of the publications; empty = by extension
  std::vector<std::filesystem::path> evidence;  // kept with each of the publications
  std::vector<std::filesystem::path> zones;     // maps, of the only publication
};

// Reads publications and evidence, completed by AddEvidenceInputs and AddZones. Nothing after
// errors, of all files at once. Throws FileError.
std::optional<std::vector<store::Arrival>> ReadArrivals(
    const ArrivingFiles& files, const std::filesystem::path& reference_folder,
    Diagnostics& diagnostics);

// Warns of the inputs that the evidence of an entry names and the store does not keep: the
// publication cannot be made again without them.
void ReportInputsNotKept(store::Store& store, const store::Event& event, Diagnostics& diagnostics);

// The publication of an entry, with the status and the period that the entry gives it; nothing
// after reports where its document is not kept or cannot be read.
std::optional<Publication> StoredPublication(store::Store& store, const store::Event& event,
                                             Diagnostics& diagnostics);

// The shapes that are kept with a publication of the store; null where there are none, and after a
// report where they cannot be used.
std::shared_ptr<const ZoneMap> StoredZones(store::Store& store, const store::Event& event,
                                           const Publication& publication,
                                           Diagnostics& diagnostics);

// Everything that is or was the law: published prices and those that a successor replaced, each
// with its period; `zones` gets their maps unless it is null. What cannot be read is reported and
// left out.
std::vector<Publication> PublishedPrices(store::Store& store, ZoneMaps* zones,
                                         Diagnostics& diagnostics);

// The same for what counts on a day, without reading the documents of all rounds: of every area the
// prices that took effect last up to that day, whether or not they have ended, and where none has
// yet, those that will first.
std::vector<Publication> LatestPrices(store::Store& store, Date on, Diagnostics& diagnostics);

// The only publication of that id, as it was known at a time (as store::Selection::known_at).
// None, and several where `county` is empty, are reported.
std::optional<store::Event> FindPublication(store::Store& store, const std::string& county,
                                            const std::string& id, const std::string& known_at,
                                            Diagnostics& diagnostics);

// Store::Verify, and whether the entry of each publication says what its document says, and the
// shapes that are kept with it fit its prices.
store::Verification VerifyPublications(store::Store& store,
                                       const std::optional<store::PublicationKey>& key,
                                       Diagnostics& diagnostics);

}  // namespace dijia::app
