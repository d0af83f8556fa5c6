#include "app/computation.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <string_view>
#include <utility>

#include "app/computation_result.h"
#include "app/compute.h"
#include "app/decisions_file.h"
#include "app/deliverables.h"
#include "app/evidence.h"
#include "app/publication_file.h"
#include "app/refresh.h"
#include "app/refresh_output.h"
#include "dijia/base/codes.h"
#include "io/file_error.h"
#include "io/file_text.h"
#include "io/mapping.h"
#include "io/plan_toml.h"
#include "io/refresh_plan_toml.h"
#include "json/text.h"
#include "law/floor_consistency.h"

namespace dijia::app {
namespace {

namespace fs = std::filesystem;
using End = JobOutcome::End;

constexpr std::size_t kLongestNote = 10'000;  // of the log of the store

constexpr std::string_view kReading = "reading", kRefreshing = "refreshing", kWriting = "writing",
                           kImporting = "importing";

std::string_view StageOf(ComputeStep step) {
  static constexpr std::array<std::string_view, 3> kStages{"normalizing", "estimating", "ordering"};
  return kStages[static_cast<std::size_t>(step)];
}

void ReportMissing(std::string_view part, std::string_view why, Diagnostics& diagnostics) {
  diagnostics.Add(Code::kPartMissing, {"", 0, 0, std::string(part)},
                  {std::string(part), std::string(why)});
}

// What the reading of samples needs. The mapping that a plan of a refresh names counts where none
// was sent, but never a file beside it.
io::ReadSamplesOptions ReadingOf(const ComputationOrder& order, const fs::path& inputs) {
  io::ReadSamplesOptions reading;
  const bool is_file = order.mapping.ends_with(".toml");
  reading.mapping = is_file ? (inputs / order.mapping).string() : order.mapping;
  if (reading.mapping.empty() && !order.is_refresh()) reading.mapping = "canonical";
  reading.encoding = order.encoding;
  reading.layer = order.layer;
  reading.threads = order.threads;
  reading.reference_folder = order.reference_folder;
  return reading;
}

std::vector<fs::path> FilesNamed(const std::vector<std::string>& names, const fs::path& inputs) {
  std::vector<fs::path> files;
  for (const std::string& name : names) files.push_back(inputs / name);
  return files;
}

// Tells what is wrong with the decisions, under the name that the file was sent with.
void CheckDecisions(const ComputationOrder& order, const fs::path& inputs,
                    Diagnostics& diagnostics) {
  if (order.decisions.empty()) return;
  Diagnostics found;
  try {
    ReadDecisions(inputs / order.decisions, found);
  } catch (const io::FileError& error) {
    found.Add(error.diagnostic());
  }
  for (Diagnostic problem : found.kept()) {
    problem.where.source = order.decisions;
    diagnostics.Add(std::move(problem));
  }
}

std::optional<ComputationPlan> ReadComputePlan(const ComputationOrder& order,
                                               const fs::path& inputs, Diagnostics& diagnostics) {
  const auto plan = io::ReadPlanToml(io::ReadText(inputs / order.plan), order.plan, diagnostics);
  if (order.samples.empty()) ReportMissing("samples", "plan", diagnostics);
  CheckDecisions(order, inputs, diagnostics);
  if (!plan) return std::nullopt;
  return ComputationPlan{plan->id, plan->county};
}

// Parts that a plan of a refresh needs.
void ReportMissingParts(const ComputationOrder& order, const RefreshPlan& plan,
                        Diagnostics& diagnostics) {
  if (NeedsSamples(plan)) {
    if (order.compute_plan.empty()) ReportMissing("compute_plan", order.plan, diagnostics);
    if (order.samples.empty()) ReportMissing("samples", order.plan, diagnostics);
    const std::vector<std::string> known = io::MappingNames(order.reference_folder);
    const bool names_file = std::ranges::count(known, plan.sources.mapping) == 0;
    if (order.mapping.empty() && names_file) ReportMissing("mapping", order.plan, diagnostics);
  }
  if (!NeedsSamples(plan) && !order.decisions.empty()) {
    diagnostics.Add(Code::kPartValue, {"", 0, 0, "decisions"},
                    {"decisions", order.decisions, "method = resample"});
  }
  if (NeedsComparable(plan) && order.comparable.empty()) {
    ReportMissing("comparable", order.plan, diagnostics);
  }
}

std::optional<ComputationPlan> ReadRefreshPlan(const ComputationOrder& order,
                                               const fs::path& inputs, Diagnostics& diagnostics) {
  const auto plan =
      io::ReadRefreshPlanToml(io::ReadText(inputs / order.plan), order.plan, diagnostics);
  if (!order.compute_plan.empty()) {
    io::ReadPlanToml(io::ReadText(inputs / order.compute_plan), order.compute_plan, diagnostics);
  }
  if (plan) ReportMissingParts(order, *plan, diagnostics);
  CheckDecisions(order, inputs, diagnostics);
  const auto before = ReadPublicationFile(inputs / order.from, "", diagnostics);
  if (!plan || !before) return std::nullopt;
  return ComputationPlan{plan->id, before->publication.county};
}

// The inputs of a job as evidence: all that was sent.
std::vector<EvidenceFile> InputsAsEvidence(const fs::path& inputs) {
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry : fs::directory_iterator(inputs)) {
    files.push_back(entry.path());
  }
  std::ranges::sort(files);
  std::vector<EvidenceFile> evidence;
  for (const fs::path& file : files) {
    EvidenceFile& one = evidence.emplace_back();
    one.name = file.filename().string();
    io::ReadBlocks(file, [&one](std::string_view block) { one.bytes += block; });
  }
  return evidence;
}

EvidenceFile EvidenceIn(const fs::path& folder) {
  return {std::string(kEvidenceFile), io::ReadText(folder / std::string(kEvidenceFile))};
}

class Computation {
 public:
  Computation(const ComputationOrder& order, const rules::PreparedRules* rules,
              const ImportDraft& import, JobContext& job)
      : order_(order), rules_(rules), import_(import), job_(job), inputs_(job.inputs()) {}

  JobOutcome Run() {
    if (!GoOn(kReading)) return Stopped();
    const bool is_made = order_.is_refresh() ? MakeRefresh() : MakeComputation();
    if (is_stopped_) return Stopped();
    if (!is_made) return std::move(outcome_);
    if (order_.import && !ImportAll()) return is_stopped_ ? Stopped() : std::move(outcome_);
    outcome_.end = End::kDone;
    return std::move(outcome_);
  }

 private:
  fs::path DecisionsFile() const {
    return order_.decisions.empty() ? fs::path() : inputs_ / order_.decisions;
  }

  static JobOutcome Stopped() { return {End::kStopped, {}, {}}; }

  bool GoOn(std::string_view stage, std::size_t done = 0, std::size_t total = 0) {
    if (!job_.GoOn(stage, done, total)) is_stopped_ = true;
    return !is_stopped_;
  }
  std::function<bool(const ComputeProgress&)> Watch() {
    return
        [this](const ComputeProgress& now) { return GoOn(StageOf(now.step), now.done, now.total); };
  }

  void WarnOfFloor(const Publication& draft) {
    if (rules_ == nullptr) return;
    for (Diagnostic& warning : law::FloorConsistency(draft, order_.land_class, rules_->pack())) {
      outcome_.messages.Add(std::move(warning));
    }
  }

  void Add(const Publication& draft, const fs::path& folder) {
    outcome_.publications.push_back({draft.id, draft.county, draft.area, false});
    folders_.push_back(folder);
  }

  bool MakeComputation() {
    ComputeRequest request;
    request.plan = inputs_ / order_.plan;
    request.samples = FilesNamed(order_.samples, inputs_);
    request.previous = FilesNamed(order_.previous, inputs_);
    request.decisions = DecisionsFile();
    request.reading = ReadingOf(order_, inputs_);
    request.go_on = Watch();
    auto computed = Compute(request, outcome_.messages);
    if (!computed) return false;
    for (const ComputedPublication& one : computed->publications) WarnOfFloor(one.draft);
    const fs::path folder = job_.files();
    fs::create_directory(folder);
    DeliverableOptions options{order_.language, order_.threads, [this](auto done, auto total) {
                                 return GoOn(kWriting, done, total);
                               }};
    if (!WriteDeliverables(*computed, folder, options)) return false;
    io::WriteText(job_.result(), json::ToLine(ResultOf(*computed, order_.language)) + "\n");
    for (const ComputedPublication& one : computed->publications) {
      Add(one.draft, folder / one.folder);
    }
    return true;
  }

  bool MakeRefresh() {
    RefreshRequest request;
    request.plan = inputs_ / order_.plan;
    request.from = inputs_ / order_.from;
    if (!order_.compute_plan.empty()) request.compute_plan = inputs_ / order_.compute_plan;
    request.samples = FilesNamed(order_.samples, inputs_);
    if (!order_.comparable.empty()) request.comparable = inputs_ / order_.comparable;
    request.decisions = DecisionsFile();
    request.reading = ReadingOf(order_, inputs_);
    request.go_on = Watch();
    auto refreshed = Refresh(request, outcome_.messages);
    if (!refreshed || !GoOn(kRefreshing)) return false;
    WarnOfFloor(refreshed->result.draft);
    if (!GoOn(kWriting)) return false;
    const fs::path folder = job_.files();
    fs::create_directory(folder);
    WriteRefreshed(*refreshed, folder);
    io::WriteText(job_.result(), json::ToLine(ResultOf(*refreshed)) + "\n");
    Add(refreshed->result.draft, folder);
    return true;
  }

  // Before the first one is the last moment to stop: what is in the store stays there.
  bool ImportAll() {
    if (!GoOn(kImporting, 0, folders_.size())) return false;
    for (std::size_t i = 0; i < folders_.size(); ++i) {
      job_.GoOn(kImporting, i, folders_.size());
      if (!order_.only.empty() && outcome_.publications[i].id != order_.only) continue;
      Diagnostics found;
      outcome_.publications[i].imported = ImportOne(folders_[i], found);
      outcome_.messages.Append(found);
      if (!outcome_.publications[i].imported) return false;
    }
    return true;
  }

  // The document that was written, read as any other that comes in.
  bool ImportOne(const fs::path& folder, Diagnostics& found) {
    const auto draft = ReadPublicationFile(folder / "publication.json", "", found);
    if (!draft) return false;
    std::vector<EvidenceFile> evidence = InputsAsEvidence(inputs_);
    evidence.push_back(EvidenceIn(folder));
    return import_(draft->publication, std::move(evidence), DoerWithDecisions(), found);
  }

  // The entry of the log says what was decided about the samples, beside why the computation was
  // made.
  Doer DoerWithDecisions() const {
    Doer doer = order_.doer;
    if (order_.decisions.empty()) return doer;
    Diagnostics told_before;
    const auto decisions = ReadDecisions(DecisionsFile(), told_before);
    if (!decisions || doer.note.size() >= kLongestNote) return doer;
    const std::string words =
        WordsOfDecisions(*decisions, order_.language, kLongestNote - doer.note.size() - 1);
    if (!doer.note.empty() && !words.empty()) doer.note += "\n";
    doer.note += words;
    return doer;
  }

  const ComputationOrder& order_;
  const rules::PreparedRules* rules_;
  const ImportDraft& import_;
  JobContext& job_;
  const fs::path inputs_;
  JobOutcome outcome_;
  std::vector<fs::path> folders_;  // of the files of each publication
  std::atomic<bool> is_stopped_{false};
};

}  // namespace

std::optional<ComputationPlan> ReadComputationPlan(const ComputationOrder& order,
                                                   const fs::path& inputs,
                                                   Diagnostics& diagnostics) {
  Diagnostics found;
  auto plan = order.is_refresh() ? ReadRefreshPlan(order, inputs, found)
                                 : ReadComputePlan(order, inputs, found);
  const bool is_usable = plan && !found.has_errors();
  diagnostics.Append(found);
  if (!is_usable) return std::nullopt;
  return plan;
}

std::string WordsOfDecisions(const SampleDecisions& decisions, Language language,
                             std::size_t most) {
  constexpr std::size_t kRoomForRest = 64;
  const bool is_zh = language == Language::kZh;
  const std::string count = std::to_string(decisions.rows.size());
  if (decisions.rows.empty()) return "";
  std::string words =
      is_zh ? "对样点的决定（" + count + " 项）：" : "Decisions on samples (" + count + "):";
  std::size_t left = decisions.rows.size();
  for (const AppraiserDecision& decision : decisions.rows) {
    const bool is_inclusion = decision.decision == SampleDecision::kInclude;
    const std::string verb =
        is_zh ? (is_inclusion ? "采用" : "剔除") : std::string(CodeOf(decision.decision));
    const std::string line = "\n" + decision.sample_id + " " + verb + (is_zh ? "：" : ": ") +
                             decision.reason + (is_zh ? "（" : " (") + decision.decided_by +
                             (is_zh ? "，" : ", ") + decision.decided_at + (is_zh ? "）" : ")");
    if (words.size() + line.size() + kRoomForRest > most) break;
    words += line;
    --left;
  }
  if (left == 0) return words;
  const std::string rest = std::to_string(left);
  words +=
      is_zh ? "\n另有 " + rest + " 项，见随存的文件" : "\nand " + rest + " more in the kept file";
  return words.size() <= most ? words : "";
}

JobWork ComputationWork(ComputationOrder order, std::shared_ptr<const rules::PreparedRules> rules,
                        ImportDraft import) {
  return [order = std::move(order), rules = std::move(rules), import = std::move(import)](
             JobContext& job) { return Computation(order, rules.get(), import, job).Run(); };
}

}  // namespace dijia::app
