#include "app/committee_report.h"

#include <algorithm>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "app/deliverables.h"
#include "app/evidence.h"
#include "app/publication_diff_text.h"
#include "app/publication_map.h"
#include "app/reference.h"
#include "app/refresh_output.h"
#include "app/stored_publications.h"
#include "app/technical_output.h"
#include "dijia/base/sha256.h"
#include "dijia/publication_diff.h"
#include "io/file_error.h"
#include "io/file_text.h"
#include "io/fingerprint.h"
#include "json/publication_codec.h"
#include "json/text.h"
#include "workbook/publication_writer.h"

namespace dijia::app {
namespace {

namespace fs = std::filesystem;

// The publication of the same place that was the law when this one began, or is it now.
std::optional<Publication> Predecessor(store::Store& store, const store::Event& event,
                                       Diagnostics& diagnostics) {
  const store::Event* before = nullptr;
  const std::vector<store::Event> entries = store.Current({event.key.county, "", {}, {}, ""});
  for (const store::Event& entry : entries) {
    const bool is_earlier =
        entry.area == event.area && store::IsLaw(entry.status) && entry.from < event.from;
    if (is_earlier && (before == nullptr || before->from < entry.from)) before = &entry;
  }
  return before == nullptr ? std::nullopt : StoredPublication(store, *before, diagnostics);
}

// Those of the other counties of the same city, by county and area.
std::vector<Neighbour> NeighboursOf(store::Store& store, const store::Event& event,
                                    const Reference& reference, Diagnostics& diagnostics) {
  constexpr std::size_t kCityDigits = 4;
  const std::string city = event.key.county.substr(0, kCityDigits);
  std::vector<Neighbour> neighbours;
  for (const store::Event& entry : store.Current({"", "", {}, event.from, ""})) {
    if (entry.key.county == event.key.county || !entry.key.county.starts_with(city)) continue;
    auto publication = StoredPublication(store, entry, diagnostics);
    if (!publication) continue;
    neighbours.push_back(
        {std::string(reference.CountyName(entry.key.county)), *std::move(publication)});
  }
  return neighbours;
}

// What the prices came from, below `technical`.
void WriteOrigin(const Origin& origin, const fs::path& technical) {
  if (origin.refreshed) WriteRefreshed(*origin.refreshed, technical);
  if (origin.computed == nullptr) return;
  const fs::path folder = origin.refreshed ? technical / "resampling" : technical;
  fs::create_directory(folder);
  WriteDeliverables(*origin.computed, folder, {});
}

// Every file below a folder, ascending by path.
std::vector<OutputRecord> FilesBelow(const fs::path& folder) {
  std::vector<OutputRecord> files;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    files.push_back({entry.path().lexically_relative(folder).generic_string(),
                     io::FingerprintOf(entry.path())});
  }
  std::ranges::sort(files, {}, &OutputRecord::file);
  return files;
}

std::string SumsOf(std::span<const OutputRecord> files) {
  std::string sums;
  for (const OutputRecord& file : files) sums += file.fingerprint.sha256 + "  " + file.file + "\n";
  return sums;
}

// Names every file as ours, so that a later report may take the place of this one.
void WriteEvidence(const Publication& publication, std::span<const OutputRecord> files,
                   const fs::path& folder) {
  json::Value evidence = EvidenceOf({}, publication);
  AddOutputs(evidence, files);
  io::WriteText(folder / kEvidenceFile, json::ToPretty(evidence));
}

}  // namespace

std::optional<CommitteeReport> GatherReport(store::Store& store, const store::Event& event,
                                            const fs::path& reference_folder,
                                            Diagnostics& diagnostics) {
  auto publication = StoredPublication(store, event, diagnostics);
  if (!publication) return std::nullopt;
  CommitteeReport report;
  report.notice.publication = *std::move(publication);
  report.notice.before = Predecessor(store, event, diagnostics);
  const Reference reference = LoadReference(reference_folder);
  report.notice.county_name = reference.CountyName(report.notice.publication.county);
  for (const store::Event& entry : store.History(event.key)) {
    report.notice.steps.push_back(
        {std::string(CodeOf(entry.status)), entry.actor, entry.recorded_at, entry.reason});
  }
  report.zones = StoredZones(store, event, report.notice.publication, diagnostics);
  report.neighbours = NeighboursOf(store, event, reference, diagnostics);
  if (auto origin = OriginAgain(store, event, reference_folder, diagnostics)) {
    report.origin = *std::move(origin);
  }
  return report;
}

bool WriteCommitteeReport(const CommitteeReport& report, const report::Labels& labels,
                          const fs::path& folder, Diagnostics& diagnostics) {
  const Notice& notice = report.notice;
  io::WriteText(folder / "notice.html", NoticePage(notice, labels));
  io::WriteText(folder / "publication.json",
                json::ToPretty(json::WritePublication(notice.publication)));
  const Result<bool> book =
      workbook::WritePublicationBook(notice.publication, folder / "publication.xlsx", diagnostics);
  if (!book) throw io::FileError({book.error().code, {}, {book.error().detail}});
  if (!*book) return false;
  WritePublicationMap(notice.publication, report.zones.get(), report.origin.computed.get(),
                      folder / "publication.gpkg");
  if (notice.before) {
    io::WriteText(folder / "comparison.csv",
                  DiffCsv(DiffPublications(*notice.before, notice.publication)));
  }
  if (!report.neighbours.empty()) {
    io::WriteText(folder / "neighbours.csv", NeighboursCsv(notice.publication, report.neighbours));
  }
  const TechnicalSources sources{notice, report.origin, report.neighbours, labels};
  const std::vector<TechnicalTable> tables = TechnicalTables(sources);
  const fs::path technical = folder / "technical";
  if (!tables.empty() || report.origin.computed != nullptr) fs::create_directory(technical);
  if (!tables.empty()) WriteTechnicalTables(sources, tables, technical);
  WriteOrigin(report.origin, technical);
  std::vector<OutputRecord> files = FilesBelow(folder);
  const std::string sums = SumsOf(files);
  io::WriteText(folder / "SHA256SUMS", sums);
  files.push_back({"SHA256SUMS", {sums.size(), Sha256Of(sums)}});
  WriteEvidence(notice.publication, files, folder);
  return true;
}

}  // namespace dijia::app
