#include "app/refresh.h"

#include <algorithm>
#include <utility>

#include "app/output_names.h"
#include "app/publication_file.h"
#include "app/resampling.h"
#include "dijia/base/codes.h"
#include "io/file_text.h"
#include "io/fingerprint.h"
#include "io/refresh_plan_toml.h"

namespace dijia::app {
namespace {

namespace fs = std::filesystem;

// The files that the methods of a plan need: those of the request, else those of the plan.
class Sources {
 public:
  Sources(const RefreshRequest& request, const RefreshPlan& plan)
      : request_(request), named_(plan.sources) {}

  ComputeRequest Computation() const {
    ComputeRequest computation;
    computation.plan = Chosen(request_.compute_plan, named_.compute_plan);
    computation.samples = request_.samples;
    if (computation.samples.empty()) {
      for (const std::string& file : named_.samples) computation.samples.push_back(Beside(file));
    }
    computation.decisions = request_.decisions;
    computation.decided = request_.decided;
    computation.reading = request_.reading;
    computation.go_on = request_.go_on;
    std::string& mapping = computation.reading.mapping;
    if (mapping.empty()) {
      mapping =
          named_.mapping.ends_with(".toml") ? Beside(named_.mapping).string() : named_.mapping;
    }
    return computation;
  }
  fs::path Comparable() const { return Chosen(request_.comparable, named_.comparable); }

 private:
  fs::path Beside(const std::string& file) const { return request_.plan.parent_path() / file; }
  fs::path Chosen(const fs::path& asked, const std::string& named) const {
    return asked.empty() && !named.empty() ? Beside(named) : asked;
  }

  const RefreshRequest& request_;
  const RefreshSources& named_;
};

// The files of the refresh itself, as the evidence names them.
std::vector<InputRecord> InputsOf(const std::vector<fs::path>& files) {
  static constexpr const char* kContents[] = {"plan", "previous", "comparable"};
  const auto names = DisplayNames(files);
  std::vector<InputRecord> inputs(files.size());
  for (std::size_t i = 0; i < files.size(); ++i) {
    io::FileFingerprint fingerprint = io::FingerprintOf(files[i]);
    inputs[i].name = names[i];
    inputs[i].contents = kContents[i];
    inputs[i].bytes = fingerprint.bytes;
    inputs[i].sha256 = std::move(fingerprint.sha256);
  }
  return inputs;
}

// Adds the inputs of the computation; a name that is taken becomes one below `compute`.
void AddInputs(std::vector<InputRecord> added, std::vector<InputRecord>& inputs) {
  for (InputRecord& input : added) {
    if (std::ranges::count(inputs, input.name, &InputRecord::name) > 0) {
      input.name = "compute/" + input.name;
    }
    inputs.push_back(std::move(input));
  }
}

class Job {
 public:
  Job(const RefreshRequest& request, Diagnostics& diagnostics)
      : request_(request), diagnostics_(diagnostics) {}

  std::optional<Refreshed> Run() {
    const std::string source = request_.plan.string();
    auto plan = io::ReadRefreshPlanToml(io::ReadText(request_.plan), source, diagnostics_);
    auto before = ReadPublicationFile(request_.from, "", diagnostics_);
    if (!plan || !before) return std::nullopt;
    Refreshed refreshed;
    refreshed.before = std::move(before->publication);
    refreshed.plan = *std::move(plan);
    const Sources sources(request_, refreshed.plan);
    std::vector<fs::path> files{request_.plan, request_.from};
    const bool has_comparable = ReadComparable(sources, refreshed.plan, files);
    const bool has_samples = ReadSamples(sources, refreshed);
    if (!has_comparable || !has_samples) return std::nullopt;
    Diagnostics found;
    auto result = RefreshPublication(refreshed.before, refreshed.plan, inputs_, found);
    for (Diagnostic problem : found.kept()) {
      problem.where.source = source;
      diagnostics_.Add(problem);
    }
    if (!result) return std::nullopt;
    refreshed.result = *std::move(result);
    refreshed.inputs = InputsOf(files);
    AddInputs(std::move(computation_inputs_), refreshed.inputs);
    refreshed.comparable = std::move(inputs_.comparable);
    return refreshed;
  }

 private:
  bool ReadComparable(const Sources& sources, const RefreshPlan& plan,
                      std::vector<fs::path>& files) {
    if (!NeedsComparable(plan)) return true;
    const fs::path file = sources.Comparable();
    if (file.empty()) return Missing("sources.comparable", "FILE, --comparable FILE");
    auto comparable = ReadPublicationFile(file, "", diagnostics_);
    if (!comparable) return false;
    inputs_.comparable = std::move(comparable->publication);
    files.push_back(file);
    return true;
  }

  bool ReadSamples(const Sources& sources, Refreshed& refreshed) {
    if (!NeedsSamples(refreshed.plan)) return NeedsNoDecisions();
    ComputeRequest computation = sources.Computation();
    const bool has_plan =
        !computation.plan.empty() || Missing("sources.compute_plan", "FILE, --compute-plan FILE");
    const bool has_samples =
        !computation.samples.empty() || Missing("sources.samples", "FILE, --samples FILE");
    if (!has_plan || !has_samples) return false;
    auto resampling = Resample(std::move(computation), refreshed.before, diagnostics_);
    if (!resampling) return false;
    inputs_.resampled = std::move(resampling->draft);
    inputs_.samples = std::move(resampling->samples);
    computation_inputs_ = std::move(resampling->inputs);
    refreshed.effective_compute_plan = std::move(resampling->effective_plan);
    refreshed.computed = std::move(resampling->computed);
    return true;
  }

  // Decisions on samples that nobody reads would be lost without a word.
  bool NeedsNoDecisions() {
    if (request_.decisions.empty()) return true;
    diagnostics_.Add(
        Code::kPlanValueNotAllowed, {request_.plan.string(), 0, 0, "uses"},
        {"decisions", request_.decisions.filename().string(), "uses.*.method = resample"});
    return false;
  }

  // Reports a file that a method needs; false.
  bool Missing(const std::string& key, const std::string& allowed) {
    diagnostics_.Add(Code::kPlanValueMissing, {request_.plan.string(), 0, 0, key}, {key, allowed});
    return false;
  }

  const RefreshRequest& request_;
  Diagnostics& diagnostics_;
  RefreshInputs inputs_;
  std::vector<InputRecord> computation_inputs_;
};

}  // namespace

std::optional<Refreshed> Refresh(const RefreshRequest& request, Diagnostics& diagnostics) {
  return Job(request, diagnostics).Run();
}

}  // namespace dijia::app
