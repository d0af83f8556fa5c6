#include "app/compute.h"

#include <algorithm>
#include <future>
#include <utility>

#include "app/decisions_file.h"
#include "app/draft.h"
#include "app/output_names.h"
#include "dijia/base/codes.h"
#include "dijia/base/sha256.h"
#include "io/file_error.h"
#include "io/file_text.h"
#include "io/fingerprint.h"
#include "io/plan_toml.h"
#include "io/standard_input.h"
#include "json/publication_codec.h"

namespace dijia::app {
namespace {

namespace fs = std::filesystem;

bool IsStandardInput(const fs::path& file) { return file == "-"; }

// A problem of a whole file that a reader met.
[[noreturn]] void Throw(const Error& error) {
  throw io::FileError({error.code, {}, {error.detail}});
}

// Texts that were read, and their records for the evidence.
class InputFiles {
 public:
  std::string Read(const fs::path& file, const char* contents) {
    std::string text = io::ReadText(IsStandardInput(file) ? fs::path("/dev/stdin") : file);
    Add(file, contents, {text.size(), Sha256Of(text)});
    return text;
  }
  InputRecord& Add(const fs::path& file, const char* contents, io::FileFingerprint fingerprint) {
    paths_.push_back(file);
    InputRecord& record = records_.emplace_back();
    record.contents = contents;
    record.bytes = fingerprint.bytes;
    record.sha256 = std::move(fingerprint.sha256);
    return record;
  }
  std::vector<InputRecord> TakeNamed() {
    const std::vector<std::string> names = DisplayNames(paths_);
    for (std::size_t i = 0; i < records_.size(); ++i) records_[i].name = names[i];
    return std::move(records_);
  }

 private:
  std::vector<fs::path> paths_;
  std::vector<InputRecord> records_;
};

// The reference tables and the mapping that the samples were read with.
void AddReferenceFiles(const io::ReadSamplesOptions& reading, InputFiles& inputs) {
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry : fs::directory_iterator(reading.reference_folder)) {
    if (entry.path().extension() == ".csv") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  for (const fs::path& file : files) inputs.Add(file, "reference", io::FingerprintOf(file));
  fs::path mapping = reading.reference_folder / "mappings" / (reading.mapping + ".toml");
  if (!fs::exists(mapping)) mapping = reading.mapping;
  if (fs::is_regular_file(mapping)) inputs.Add(mapping, "mapping", io::FingerprintOf(mapping));
}

std::optional<ComputePlan> ReadPlan(const ComputeRequest& request, const Reference& reference,
                                    InputFiles& inputs, Diagnostics& diagnostics) {
  const std::string text = inputs.Read(request.plan, "plan");
  std::optional<ComputePlan> plan = io::ReadPlanToml(text, request.plan.string(), diagnostics);
  if (!plan) return plan;
  if (plan->county_name.empty()) plan->county_name = reference.CountyName(plan->county);
  for (UsePlan& use : plan->uses) {
    if (use.name.empty()) use.name = reference.labels.Of(CodeOf(use.use), Language::kZh);
  }
  return plan;
}

std::vector<EarlierPrice> ReadPrevious(const ComputeRequest& request, InputFiles& inputs,
                                       Diagnostics& diagnostics) {
  std::vector<EarlierPrice> prices;
  for (const fs::path& file : request.previous) {
    const std::string text = inputs.Read(file, "previous");
    const auto publication = json::ReadPublication(text, file.string(), diagnostics);
    if (!publication) continue;
    std::vector<EarlierPrice> found = EarlierPricesOf(*publication);
    std::ranges::move(found, std::back_inserter(prices));
  }
  return prices;
}

std::vector<io::FileFingerprint> FingerprintsOf(const std::vector<fs::path>& files,
                                                const io::FileFingerprint& standard_input) {
  std::vector<io::FileFingerprint> fingerprints;
  for (const fs::path& file : files) {
    fingerprints.push_back(IsStandardInput(file) ? standard_input : io::FingerprintOf(file));
  }
  return fingerprints;
}

// Reads the samples and, beside that, takes their fingerprints.
io::SamplesInput ReadSamples(const ComputeRequest& request, InputFiles& inputs) {
  io::FileFingerprint standard_input;
  if (std::ranges::any_of(request.samples, IsStandardInput)) {
    standard_input = io::RewindableStandardInput();
  }
  auto fingerprints = std::async(std::launch::async, FingerprintsOf, std::cref(request.samples),
                                 std::cref(standard_input));
  Result<io::SamplesInput> read = io::ReadSamples(request.samples, request.reading);
  if (!read) Throw(read.error());
  if (read->is_refused) return std::move(*read);
  std::vector<io::FileFingerprint> taken = fingerprints.get();
  for (std::size_t i = 0; i < taken.size(); ++i) {
    InputRecord& record = inputs.Add(request.samples[i], "samples", std::move(taken[i]));
    if (i >= read->files.size()) continue;
    const io::SamplesFile& file = read->files[i];
    record.rows = file.rows;
    record.format = file.format;
    record.encoding = file.encoding;
    record.layer = file.layer;
  }
  return std::move(*read);
}

// The decisions of the caller or of a file, none where none is named; nothing after reports.
std::optional<SampleDecisions> ReadDecisionsOf(const ComputeRequest& request, InputFiles& inputs,
                                               Diagnostics& diagnostics) {
  if (request.decided) return request.decided;
  if (request.decisions.empty()) return SampleDecisions();
  std::optional<SampleDecisions> decisions = ReadDecisions(request.decisions, diagnostics);
  if (decisions) {
    inputs.Add(request.decisions, "decisions", io::FingerprintOf(request.decisions)).rows =
        decisions->rows.size();
  }
  return decisions;
}

bool HasReadableRow(const SampleTable& samples) {
  return std::ranges::any_of(samples.fate, [](Fate fate) { return fate != Fate::kUnreadable; });
}

void Count(const Computed& computed, ComputedPublication& publication) {
  for (const std::uint32_t row : publication.scope.rows) {
    ++publication.fates[static_cast<std::size_t>(computed.samples.fate[row])];
  }
  for (const GradePrice& cell : computed.report.cells) {
    const bool inside =
        cell.key.county == publication.scope.county && cell.key.area == publication.scope.area;
    if (inside) ++publication.cells[static_cast<std::size_t>(cell.status)];
  }
}

// Rows of counties and areas that the plan is not for are told about with the first place that it
// is for: they make no publication of their own.
void FoldElsewhere(const SampleTable& samples, const ComputePlan& plan,
                   std::vector<report::PublicationScope>& scopes) {
  const auto is_planned = [&](const report::PublicationScope& scope) {
    const std::string& county = samples.counties.Name(scope.county);
    const std::string& area = samples.areas.Name(scope.area);
    return (plan.county == "*" || county.empty() || county == plan.county) &&
           (plan.area == "*" || area.empty() || area == plan.area);
  };
  const auto elsewhere = std::stable_partition(scopes.begin(), scopes.end(), is_planned);
  if (elsewhere == scopes.begin() || elsewhere == scopes.end()) return;
  std::vector<std::uint32_t>& rows = scopes.front().rows;
  for (auto scope = elsewhere; scope != scopes.end(); ++scope) {
    rows.insert(rows.end(), scope->rows.begin(), scope->rows.end());
  }
  std::ranges::sort(rows);
  scopes.erase(elsewhere, scopes.end());
}

// One publication for each county and area. A single one of a plan that names its county lies in
// the output folder itself.
void DraftPublications(Computed& computed) {
  const ComputePlan& plan = computed.plan;
  std::vector<report::PublicationScope> scopes =
      report::ScopesOf(computed.samples, plan, computed.report);
  FoldElsewhere(computed.samples, plan, scopes);
  const bool single = scopes.size() == 1 && plan.county != "*";
  std::vector<std::string> folders;
  for (report::PublicationScope& scope : scopes) {
    ComputedPublication& publication = computed.publications.emplace_back();
    publication.scope = std::move(scope);
    const auto [county, area] = std::pair(publication.scope.county, publication.scope.area);
    publication.draft = DraftOf(computed.samples, plan, computed.report, county, area, plan.id);
    publication.county_name = plan.county == "*"
                                  ? computed.reference.CountyName(publication.draft.county)
                                  : std::string_view(plan.county_name);
    folders.push_back(single ? std::string()
                             : FolderName(publication.draft.county, publication.draft.area));
    Count(computed, publication);
  }
  MakeDistinct(folders);
  for (std::size_t i = 0; i < folders.size(); ++i) {
    ComputedPublication& publication = computed.publications[i];
    publication.folder = folders[i];
    if (!single) publication.draft.id += "-" + folders[i];
  }
}

}  // namespace

std::optional<Computed> Compute(const ComputeRequest& request, Diagnostics& diagnostics) {
  request.on_stage(Stage::kReading);
  Computed computed;
  InputFiles inputs;
  computed.reference = LoadReference(request.reading.reference_folder);
  std::optional<ComputePlan> plan = ReadPlan(request, computed.reference, inputs, diagnostics);
  ComputeOptions options;
  options.threads = request.reading.threads;
  options.go_on = request.go_on;
  options.earlier = ReadPrevious(request, inputs, diagnostics);
  options.earlier.insert(options.earlier.end(), request.earlier.begin(), request.earlier.end());
  auto decisions = ReadDecisionsOf(request, inputs, diagnostics);
  if (!decisions || !plan || diagnostics.has_errors()) return std::nullopt;
  computed.plan = std::move(*plan);
  computed.decisions = std::move(*decisions);
  computed.effective_plan = io::WritePlanToml(computed.plan);

  io::SamplesInput input = ReadSamples(request, inputs);
  diagnostics.Append(input.diagnostics);
  if (input.is_refused) return std::nullopt;
  if (!HasReadableRow(input.table)) {
    diagnostics.Add(Code::kNoRowToCompute, {});
    return std::nullopt;
  }
  AddReferenceFiles(request.reading, inputs);
  computed.samples = std::move(input.table);
  const std::vector<fs::path> sources(computed.samples.sources.begin(),
                                      computed.samples.sources.end());
  computed.source_names = DisplayNames(sources);
  computed.inputs = inputs.TakeNamed();

  Diagnostics found;
  computed.decided = Decide(computed.decisions, computed.samples, found);

  request.on_stage(Stage::kComputing);
  Result<GradePriceReport> report = ComputeGradePrices(computed.samples, computed.plan, options);
  if (!report && report.error().code == Code::kStopped) {
    diagnostics.Add(Code::kStopped, {});
    return std::nullopt;
  }
  if (!report) Throw(report.error());
  computed.report = std::move(*report);
  ReportDecisions(computed.decisions, computed.decided, computed.samples, found);
  diagnostics.Append(found);
  if (found.has_errors()) return std::nullopt;
  diagnostics.Append(computed.report.diagnostics);
  DraftPublications(computed);
  return computed;
}

}  // namespace dijia::app
