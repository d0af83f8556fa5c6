#include "app/deliverables.h"

#include <atomic>
#include <string>
#include <utility>
#include <vector>

#include "app/evidence.h"
#include "app/grade_prices_csv.h"
#include "app/samples_csv.h"
#include "dijia/base/sha256.h"
#include "dijia/parallel.h"
#include "io/file_error.h"
#include "io/file_text.h"
#include "json/publication_codec.h"
#include "json/text.h"
#include "report/html.h"
#include "report/workbook.h"

namespace dijia::app {
namespace {

namespace fs = std::filesystem;

// Writes files into one folder and remembers their fingerprints.
class FolderWriter {
 public:
  explicit FolderWriter(fs::path folder) : folder_(std::move(folder)) {}

  void Write(const std::string& file, std::string_view text) {
    io::WriteText(folder_ / file, text);
    Add(file, {text.size(), Sha256Of(text)});
  }
  void Add(const std::string& file, io::FileFingerprint fingerprint) {
    outputs_.push_back({file, std::move(fingerprint)});
  }
  fs::path PathOf(const std::string& file) const { return folder_ / file; }
  const std::vector<OutputRecord>& outputs() const { return outputs_; }

 private:
  fs::path folder_;
  std::vector<OutputRecord> outputs_;
};

void WriteSamples(const Computed& computed, const DeliverableOptions& options,
                  FolderWriter& files) {
  const std::string file = "samples.csv";
  files.Add(file, WriteSamplesCsv(files.PathOf(file), computed, options.threads));
}

void WritePublicationFiles(const ComputedPublication& publication, const Computed& computed,
                           const report::EvidenceSummary& evidence,
                           const DeliverableOptions& options, FolderWriter& files) {
  const Language language = options.language;
  files.Write("publication.json", json::ToPretty(json::WritePublication(publication.draft)));
  files.Write("grade_prices.csv", GradePricesCsv(publication, computed, language));
  const report::PublicationView view{
      computed.samples,          computed.plan,       computed.report,      evidence,
      computed.reference.labels, publication.scope,   publication.draft.id, publication.county_name,
      computed.source_names,     &computed.decisions, computed.decided,     options.threads};
  files.Write(kReportFile, report::ReportHtml(view, language));
  const std::string workbook = "publication.xlsx";
  const fs::path path = files.PathOf(workbook);
  const Status written = report::WriteWorkbook(view, language, path.string());
  if (!written) {
    throw io::FileError({written.error().code, {}, {path.string(), written.error().detail}});
  }
  files.Add(workbook, io::FingerprintOf(path));
  files.Write(std::string(kEvidenceFile),
              json::ToPretty(EvidenceOf(publication, computed, files.outputs())));
}

void MakeFolder(const fs::path& folder) {
  std::error_code error;
  fs::create_directory(folder, error);
  if (error) io::ThrowNotWritten(folder, error.value());
}

// The folders of all publications; their files by paths below `folder`, in order. False when it was
// stopped.
bool WriteFolders(const Computed& computed, const fs::path& folder,
                  const report::EvidenceSummary& evidence, const DeliverableOptions& options,
                  FolderWriter& top) {
  const auto& publications = computed.publications;
  std::vector<std::vector<OutputRecord>> outputs(publications.size());
  std::atomic<std::size_t> done{0};
  std::atomic<bool> stopped{false};
  ForEachIndex(publications.size(), options.threads, [&](std::size_t i) {
    if (stopped || (options.go_on && !options.go_on(done, publications.size()))) {
      stopped = true;
      return;
    }
    const fs::path own = folder / publications[i].folder;
    MakeFolder(own);
    FolderWriter files(own);
    WritePublicationFiles(publications[i], computed, evidence, {options.language, 1}, files);
    outputs[i] = files.outputs();
    ++done;
  });
  if (stopped) return false;
  for (std::size_t i = 0; i < publications.size(); ++i) {
    for (OutputRecord& output : outputs[i]) {
      top.Add(publications[i].folder + "/" + output.file, std::move(output.fingerprint));
    }
  }
  return true;
}

void WriteSummary(const Computed& computed, const report::EvidenceSummary& evidence,
                  Language language, FolderWriter& files) {
  std::vector<report::SummaryEntry> entries;
  for (const ComputedPublication& publication : computed.publications) {
    entries.push_back(
        {&publication.scope, publication.county_name, publication.folder + "/" + kReportFile});
  }
  const report::SummaryView view{computed.samples,          computed.plan,
                                 computed.report,           evidence,
                                 computed.reference.labels, entries};
  files.Write("summary.csv", SummaryCsv(computed));
  files.Write("all_grade_prices.csv", AllGradePricesCsv(computed, language));
  files.Write(kSummaryFile, report::SummaryHtml(view, language));
}

}  // namespace

bool WriteDeliverables(const Computed& computed, const fs::path& folder,
                       const DeliverableOptions& options) {
  const report::EvidenceSummary evidence = EvidenceSummaryOf(computed);
  FolderWriter files(folder);
  WriteSamples(computed, options, files);
  if (!computed.split()) {
    if (options.go_on && !options.go_on(0, 1)) return false;
    WritePublicationFiles(computed.publications.front(), computed, evidence, options, files);
    return true;
  }
  WriteSummary(computed, evidence, options.language, files);
  if (!WriteFolders(computed, folder, evidence, options, files)) return false;
  files.Write(std::string(kEvidenceFile), json::ToPretty(EvidenceOfRun(computed, files.outputs())));
  return true;
}

}  // namespace dijia::app
