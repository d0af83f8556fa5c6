#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/output_folder.h"
#include "app/reference.h"
#include "app/refresh.h"
#include "app/refresh_output.h"
#include "cli/command.h"
#include "cli/data_folder.h"
#include "cli/diagnostics_output.h"
#include "cli/diff_table.h"
#include "cli/exit_code.h"
#include "cli/floor_words.h"
#include "cli/interrupt.h"
#include "cli/language_text.h"
#include "cli/refresh_table.h"
#include "cli/store_words.h"
#include "dijia/base/codes.h"
#include "dijia/publication_diff.h"
#include "io/output_file.h"
#include "io/scratch_folder.h"

namespace dijia::cli {
namespace {

namespace fs = std::filesystem;

// The words of the command line as they are.
struct RefreshWords {
  std::string plan, from, out, diagnostics, language = "zh", threads = "0";
  std::string compute_plan, mapping, comparable, decisions;
  std::vector<std::string> samples;
  FloorWords floor;  // its store has the publications that ids name, too
  bool force = false;
};

void AddOptions(const Command& command, RefreshWords& words) {
  const OptionGroup options(command);
  options.Add("PLAN", words.plan, "", "更新方案（TOML 文件）\nthe plan, a TOML file");
  options.Add("--from", words.from, "FILE|ID",
              "现行基准地价：JSON、工作簿，或存储中的成果代号\n"
              "the current publication: JSON, a workbook, or its id in the store");
  options.Add("--compute-plan", words.compute_plan, "FILE",
              "重新测算的方案，代替更新方案所列\n"
              "the plan of dijia compute, in the place of the one that PLAN names");
  options.Add("--samples", words.samples, "FILE",
              "样点文件，同 dijia compute，代替更新方案所列\n"
              "sale records as of dijia compute, in the place of those that PLAN names");
  options.Add("--mapping", words.mapping, "NAME|FILE",
              "样点的列名对照，代替更新方案所列\n"
              "column mapping of the samples, in the place of the one that PLAN names");
  options.Add("--decisions", words.decisions, "FILE",
              "估价师对样点的决定（CSV），同 dijia compute\n"
              "decisions of appraisers on the samples, as of dijia compute");
  options.Add("--comparable", words.comparable, "FILE|ID",
              "可比县的成果，代替更新方案所列\n"
              "publication of a similar county, in the place of the one that PLAN names");
  options.Add("-o,--out", words.out, "DIR", "成果文件夹\nfolder for the deliverables");
  options.AddFlag("--force", words.force,
                  "允许写入已有其他文件的文件夹，其他文件保留\n"
                  "write into a folder that holds other files, which stay");
  AddFloorOptions(options, words.floor,
                  {"；成果代号也在其中", ", and which has\nthe publications that ids name"});
  options.Add("--threads", words.threads, "N",
              "线程数，0（默认）为全部核心；结果相同\n0 = all cores; the results are the same");
  AddLanguage(options, words.language);
  AddDiagnostics(options, words.diagnostics);
}

std::optional<Diagnostic> FindFault(const Command& command, const RefreshWords& words) {
  if (const auto unasked = command.UnexpectedWord()) return unasked;
  if (words.plan.empty()) return Diagnostic{Code::kMissingWord, {}, {"PLAN"}};
  if (words.from.empty()) return Diagnostic{Code::kMissingWord, {}, {"--from FILE|ID"}};
  if (words.decisions == "-") {
    return Diagnostic{Code::kOptionNotAllowed, {}, {"--decisions", "-", "decisions.csv"}};
  }
  if (const auto fault = FaultOfLandClass(words.floor.land_class)) return fault;
  return FaultOf(words.language, words.threads);
}

// The file of the comparable publication, beside which the one of `from` finds room; empty = the
// plan's. Nothing after reports of a publication that is not there.
std::optional<fs::path> ComparableFile(const RefreshWords& words, const fs::path& scratch,
                                       Diagnostics& diagnostics) {
  if (words.comparable.empty()) return fs::path();
  const auto file = FileNamed(words.comparable, words.floor.store, scratch, diagnostics);
  if (!file || file->parent_path() != scratch) return file;
  const fs::path own = scratch / "comparable.json";
  fs::rename(*file, own);
  return own;
}

// Nothing after reports of a publication that is not there.
std::optional<app::RefreshRequest> RequestOf(const RefreshWords& words, const fs::path& scratch,
                                             Diagnostics& diagnostics) {
  const auto comparable = ComparableFile(words, scratch, diagnostics);
  const auto from = FileNamed(words.from, words.floor.store, scratch, diagnostics);
  if (!comparable || !from) return std::nullopt;
  app::RefreshRequest request;
  request.plan = words.plan;
  request.from = *from;
  request.comparable = *comparable;
  request.decisions = words.decisions;
  request.compute_plan = words.compute_plan;
  request.samples.assign(words.samples.begin(), words.samples.end());
  request.reading.mapping = words.mapping;
  request.reading.threads = ParseThreads(words.threads).value_or(0);
  request.reading.reference_folder = DataFolder() / "reference";
  return request;
}

std::optional<Answers> Work(const RefreshWords& words, Language language,
                            Diagnostics& diagnostics) {
  const io::ScratchFolder scratch;
  const auto request = RequestOf(words, scratch.path(), diagnostics);
  if (!request) return std::nullopt;
  const auto refreshed = app::Refresh(*request, diagnostics);
  if (!refreshed) return std::nullopt;
  const Publication& draft = refreshed->result.draft;
  const Publication* const drafts[] = {&draft};
  if (!ReportFloor(words.floor, drafts, diagnostics)) return std::nullopt;
  if (!words.out.empty()) {
    const auto folder = app::OpenOutputFolder(words.out, words.force);
    const InterruptWatch watch([&folder] { folder->Discard(); }, language);
    app::WriteRefreshed(*refreshed, folder->folder());
    folder->Commit();
  }
  const report::Labels labels = app::LoadReference(DataFolder() / "reference").labels;
  io::OutputFile console("");
  console.Write(DiffTable(refreshed->before, draft, DiffPublications(refreshed->before, draft),
                          labels, language) +
                RefreshTable(refreshed->result, labels, language));
  console.Commit();
  return Answers{"", kFine};
}

}  // namespace

void AddRefreshCommand(const Command& program, Action& action) {
  const Command command = program.AddCommand(
      "refresh", "由现行基准地价得到下一次的草案\nthe next publication from the current one");
  const auto words = std::make_shared<RefreshWords>();
  command.DressHelp("PLAN --from FILE|ID [--out DIR] [OPTIONS]");
  AddOptions(command, *words);
  ActOn(command, words, action, FindFault,
        [](const RefreshWords& said) { return AnswerFiles(said, Work); });
}

}  // namespace dijia::cli
