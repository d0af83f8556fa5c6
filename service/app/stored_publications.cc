#include "app/stored_publications.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <set>
#include <utility>

#include "app/evidence.h"
#include "dijia/base/codes.h"
#include "dijia/base/sha256.h"
#include "io/file_error.h"
#include "io/file_text.h"
#include "json/publication_codec.h"
#include "json/text.h"
#include "json/zones_codec.h"

namespace dijia::app {
namespace {

std::string CanonicalOf(const Publication& publication) {
  return json::ToCanonical(json::WritePublication(publication));
}

// The document of an entry as it is kept; nothing after reports.
std::optional<Publication> DocumentOf(store::Store& store, const store::Event& event,
                                      Diagnostics& diagnostics) {
  const auto text = store.Text(event.key.county, event.content);
  if (!text) {
    diagnostics.Add(
        Code::kContentMissing, {},
        {event.key.county, std::to_string(event.entry), event.key.publication, event.content});
    return std::nullopt;
  }
  return json::ReadPublication(*text, event.key.publication, diagnostics);
}

// The field in which an entry and its document differ first; empty when they agree.
std::string DifferingField(const store::Event& event, const Publication& document) {
  const store::Arrival arrival = ArrivalOf(document);
  if (arrival.key.county != event.key.county) return "county";
  if (arrival.key.publication != event.key.publication) return "id";
  if (arrival.area != event.area) return "area";
  if (arrival.from != event.from) return "effective_from";
  if (arrival.stated_until != event.stated_until) return "effective_until";
  return "";
}

// The hash of the shapes that are kept with a publication; empty where there are none.
std::string ZonesHash(const store::Event& event) {
  for (const store::ManifestLine& line : store::ReadManifest(event.evidence)) {
    if (line.name == kZonesFile) return line.sha256;
  }
  return {};
}

using Files = std::vector<store::Arrival::File>;

// The file of the reference folder with which samples were read, by its name in the evidence;
// nothing when it is not there or is another one by now.
std::optional<std::string> ReferenceFile(const std::filesystem::path& folder,
                                         const InputRecord& input) {
  const std::filesystem::path name = std::filesystem::path(input.name).filename();
  const std::filesystem::path file =
      input.contents == "mapping" ? folder / "mappings" / name : folder / name;
  if (name.empty() || !std::filesystem::is_regular_file(file)) return std::nullopt;
  std::string bytes = io::ReadText(file);
  if (Sha256Of(bytes) != input.sha256) return std::nullopt;
  return bytes;
}

// The publications of entries, with status and period; what cannot be read is reported and left
// out.
std::vector<Publication> DocumentsOf(store::Store& store, const std::vector<store::Event>& entries,
                                     Diagnostics& diagnostics) {
  std::vector<Publication> publications;
  for (const store::Event& event : entries) {
    if (auto publication = StoredPublication(store, event, diagnostics)) {
      publications.push_back(*std::move(publication));
    }
  }
  return publications;
}

}  // namespace

std::string TimeOfAct() {
  using std::chrono::floor, std::chrono::microseconds;
  const auto now = floor<microseconds>(std::chrono::system_clock::now());
  const auto day = floor<std::chrono::days>(now);
  const std::chrono::hh_mm_ss time(now - day);
  char text[32];
  std::snprintf(text, sizeof text, "T%02d:%02d:%02d.%06dZ", static_cast<int>(time.hours().count()),
                static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()),
                static_cast<int>(time.subseconds().count()));
  return FormatDate(Date(day)) + text;
}

store::Arrival ArrivalOf(Publication publication, std::vector<store::Arrival::File> evidence) {
  publication.status = PublicationStatus::kDraft;
  store::Arrival arrival;
  arrival.key = {publication.county, publication.id};
  arrival.area = publication.area;
  arrival.document = CanonicalOf(publication);
  arrival.from = FirstDay(publication);
  arrival.stated_until = publication.effective_until;
  arrival.evidence = std::move(evidence);
  return arrival;
}

void AddEvidenceInputs(const std::filesystem::path& reference_folder, const std::string& source,
                       Files& kept, Diagnostics& diagnostics) {
  const auto named = std::ranges::find(kept, kEvidenceFile, &store::Arrival::File::name);
  if (named == kept.end()) return;
  const auto evidence = ReadEvidence(named->bytes, source, diagnostics);
  if (!evidence) return;
  std::set<std::string> hashes;
  for (const store::Arrival::File& file : kept) hashes.insert(Sha256Of(file.bytes));
  for (const InputRecord& input : evidence->inputs) {
    if (!hashes.insert(input.sha256).second) continue;
    const bool is_ours = input.contents == "reference" || input.contents == "mapping";
    auto bytes = is_ours ? ReferenceFile(reference_folder, input) : std::nullopt;
    if (!bytes) continue;
    kept.push_back({input.contents + "-" + std::filesystem::path(input.name).filename().string(),
                    *std::move(bytes)});
  }
}

void AddZones(const std::vector<std::filesystem::path>& maps, const Publication& publication,
              const std::filesystem::path& reference_folder, Files& kept,
              Diagnostics& diagnostics) {
  std::vector<io::ZoneLayerSource> sources;
  for (const std::filesystem::path& map : maps) sources.push_back({map, std::nullopt});
  auto file = std::ranges::find(kept, kZonesFile, &store::Arrival::File::name);
  if (sources.empty()) {
    if (file == kept.end()) return;
    sources.push_back({file->name, std::move(file->bytes)});
  } else if (file == kept.end()) {
    file = kept.insert(kept.end(), {std::string(kZonesFile), ""});
  } else {
    diagnostics.Add(Code::kEvidenceNameTaken, {}, {file->name});
    return;
  }
  const Result<io::Reference> reference = io::LoadReference(reference_folder);
  if (!reference) {
    throw io::FileError({reference.error().code, {}, {reference.error().detail}});
  }
  const auto places = ReadZones(sources, publication, *reference, diagnostics);
  if (places) file->bytes = json::WriteZones(*places);
}

std::optional<std::vector<store::Arrival>> ReadArrivals(
    const ArrivingFiles& files, const std::filesystem::path& reference_folder,
    Diagnostics& diagnostics) {
  if (!files.zones.empty() && files.publications.size() > 1) {
    diagnostics.Add(Code::kZonesForOnePublication, {}, {"--zones"});
    return std::nullopt;
  }
  Files kept;
  std::string source;  // of the evidence.json
  for (const std::filesystem::path& file : files.evidence) {
    kept.push_back({file.filename().string(), io::ReadText(file)});
    if (file.filename() == kEvidenceFile) source = file.string();
  }
  AddEvidenceInputs(reference_folder, source, kept, diagnostics);
  std::vector<store::Arrival> arrivals;
  for (const std::filesystem::path& file : files.publications) {
    auto read = ReadPublicationFile(file, files.format, diagnostics);
    if (!read) continue;
    Files of_this = kept;
    AddZones(files.zones, read->publication, reference_folder, of_this, diagnostics);
    arrivals.push_back(ArrivalOf(std::move(read->publication), std::move(of_this)));
  }
  if (diagnostics.has_errors() || arrivals.size() < files.publications.size()) return std::nullopt;
  return arrivals;
}

void ReportInputsNotKept(store::Store& store, const store::Event& event, Diagnostics& diagnostics) {
  for (const store::ManifestLine& line : store::ReadManifest(event.evidence)) {
    if (line.name != kEvidenceFile) continue;
    const auto text = store.Text(event.key.county, line.sha256);
    const auto evidence =
        text ? ReadEvidence(*text, event.key.publication, diagnostics) : std::nullopt;
    if (!evidence) return;
    for (const InputRecord& input : evidence->inputs) {
      if (store.Text(event.key.county, input.sha256)) continue;
      diagnostics.Add(Code::kInputNotKept, {}, {event.key.publication, input.name, input.sha256});
    }
  }
}

std::optional<Publication> StoredPublication(store::Store& store, const store::Event& event,
                                             Diagnostics& diagnostics) {
  auto publication = DocumentOf(store, event, diagnostics);
  if (!publication) return std::nullopt;
  publication->status = event.status;
  publication->effective_until = event.until;
  return publication;
}

std::shared_ptr<const ZoneMap> StoredZones(store::Store& store, const store::Event& event,
                                           const Publication& publication,
                                           Diagnostics& diagnostics) {
  const std::string sha256 = ZonesHash(event);
  if (sha256.empty()) return nullptr;
  const auto text = store.Text(event.key.county, sha256);
  if (!text) {
    diagnostics.Add(
        Code::kContentMissing, {},
        {event.key.county, std::to_string(event.entry), std::string(kZonesFile), sha256});
    return nullptr;
  }
  auto places = KeptZones(*text, publication, diagnostics);
  return places ? std::make_shared<const ZoneMap>(*std::move(places)) : nullptr;
}

std::vector<Publication> PublishedPrices(store::Store& store, ZoneMaps* zones,
                                         Diagnostics& diagnostics) {
  std::vector<Publication> prices;
  for (const store::Event& event : store.Current({})) {
    if (!store::IsLaw(event.status)) continue;
    auto publication = StoredPublication(store, event, diagnostics);
    if (!publication) continue;
    if (zones != nullptr) {
      auto map = StoredZones(store, event, *publication, diagnostics);
      if (map != nullptr) zones->Add(*publication, std::move(map));
    }
    prices.push_back(*std::move(publication));
  }
  return prices;
}

std::vector<Publication> LatestPrices(store::Store& store, Date on, Diagnostics& diagnostics) {
  std::vector<store::Event> latest;
  // Ascending by county, area and first day.
  for (const store::Event& event : store.Current({})) {
    if (!store::IsLaw(event.status)) continue;
    const bool is_same_area = !latest.empty() && latest.back().key.county == event.key.county &&
                              latest.back().area == event.area;
    if (!is_same_area) {
      latest.push_back(event);
    } else if (event.from <= on) {
      latest.back() = event;
    }
  }
  return DocumentsOf(store, latest, diagnostics);
}

std::optional<store::Event> FindPublication(store::Store& store, const std::string& county,
                                            const std::string& id, const std::string& known_at,
                                            Diagnostics& diagnostics) {
  const std::vector<store::Event> found =
      id.empty() ? std::vector<store::Event>() : store.Current({county, id, {}, {}, known_at});
  if (found.size() == 1) return found.front();
  std::string counties;
  for (const store::Event& event : found) {
    counties += (counties.empty() ? "" : ", ") + event.key.county;
  }
  diagnostics.Add(found.empty() ? Code::kPublicationUnknown : Code::kPublicationAmbiguous, {},
                  {id, counties});
  return std::nullopt;
}

store::Verification VerifyPublications(store::Store& store,
                                       const std::optional<store::PublicationKey>& key,
                                       Diagnostics& diagnostics) {
  store::Verification verification = store.Verify(key, diagnostics);
  if (diagnostics.has_errors()) return verification;
  store::Selection selection;
  if (key) selection = {key->county, key->publication, {}, {}, ""};
  for (const store::Event& event : store.Current(selection)) {
    const auto document = DocumentOf(store, event, diagnostics);
    if (document) StoredZones(store, event, *document, diagnostics);
    const std::string field = document ? DifferingField(event, *document) : "";
    if (field.empty()) continue;
    diagnostics.Add(Code::kDocumentDisagrees, {},
                    {event.key.county, std::to_string(event.entry), field});
  }
  return verification;
}

}  // namespace dijia::app
