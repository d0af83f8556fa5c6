#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/compute.h"
#include "app/deliverables.h"
#include "app/output_folder.h"
#include "app/stored_samples.h"
#include "cli/command.h"
#include "cli/data_folder.h"
#include "cli/diagnostics_output.h"
#include "cli/exit_code.h"
#include "cli/floor_words.h"
#include "cli/interrupt.h"
#include "cli/language_text.h"
#include "cli/price_table.h"
#include "cli/samples_words.h"
#include "cli/status_line.h"
#include "cli/store_words.h"
#include "dijia/base/codes.h"
#include "dijia/base/names.h"
#include "io/file_error.h"
#include "io/file_reason.h"
#include "io/file_text.h"
#include "io/mapping.h"
#include "io/plan_toml.h"
#include "io/scratch_folder.h"
#include "io/table_format.h"
#include "io/text_encoding.h"

namespace dijia::cli {
namespace {

namespace fs = std::filesystem;

// The words of the command line as they are.
struct ComputeWords {
  std::string plan, out, diagnostics;
  std::string mapping = "canonical", encoding, layer, format, language = "zh", threads = "0";
  std::vector<std::string> samples, previous;
  std::string samples_version;  // of those of the store
  std::string decisions;
  FloorWords floor;  // its store has samples too, where no files are named
  bool force = false;
};

struct ComputeOrder {
  app::ComputeRequest request;
  std::optional<fs::path> out, diagnostics;
  std::string store;                 // where the samples are; empty = in the files of the request
  std::int64_t samples_version = 0;  // 0 = the last
  FloorWords floor;
  Language language = Language::kZh;
  bool force = false;
};

void AddOptions(const Command& command, ComputeWords& words) {
  const OptionGroup options(command);
  options.Add("PLAN", words.plan, "",
              "测算方案（TOML 文件；- 为标准输入）\nthe plan, a TOML file; - = standard input");
  options.Add("--samples", words.samples, "FILE",
              "样点文件：CSV、XLSX、ODS、GeoPackage、Shapefile、GeoJSON；- 为标准输入\n"
              "sale records in one of these formats; - = standard input");
  options.Add("--samples-version", words.samples_version, "N",
              "所存样点的版次，默认为最近一版\nwhich version of them; the last one when absent");
  options.Add("-o,--out", words.out, "DIR", "成果文件夹\nfolder for the deliverables");
  options.Add("--mapping", words.mapping, "NAME|FILE",
              "列名对照：canonical（默认）、landchina 或 TOML 文件\n"
              "column mapping: canonical (default), landchina or a TOML file");
  options.Add("--encoding", words.encoding, "NAME",
              "字符编码：utf-8、gb18030、gbk；默认自动识别\n"
              "encoding: utf-8, gb18030 or gbk; detected by default");
  options.Add(
      "--layer", words.layer, "NAME",
      "工作表或图层；默认为唯一可用的一个\nsheet or layer; by default the only fitting one");
  options.Add("--format", words.format, "NAME",
              "文件格式：csv、xlsx、ods、gpkg、shp、geojson；默认按扩展名\n"
              "file format, one of these; by default by the extension");
  options.Add("--previous", words.previous, "FILE",
              "现行成果 publication.json，样点不足时可沿用其价格\n"
              "publication.json whose prices thin cells may carry forward");
  options.Add("--decisions", words.decisions, "FILE",
              "估价师对样点的决定（CSV）：剔除，或推翻筛选规则而采用，各有理由\n"
              "decisions of appraisers on samples, CSV: exclude, or include against a screening\n"
              "rule, each with a reason");
  AddFloorOptions(options, words.floor,
                  {"；没有 --samples 时，用其中该县的样点",
                   "; without\n--samples the samples that it keeps of the county of the plan"});
  options.Add("--lang", words.language, "zh|en",
              "文字的语言，默认 zh\nlanguage of the texts, default zh");
  options.Add("--threads", words.threads, "N",
              "线程数，默认 0 = 全部核心；结果相同\n"
              "threads, default 0 = all cores; the results are the same");
  options.Add(
      "--diagnostics", words.diagnostics, "FILE",
      "把输入的问题写入该文件（NDJSON）\nfile for what is wrong with the inputs, as NDJSON");
  options.AddFlag("--force", words.force,
                  "允许写入已有其他文件的文件夹，其他文件保留\n"
                  "write into a folder that holds other files, which stay");
}

std::optional<Diagnostic> NotAllowed(const char* option, const std::string& value,
                                     std::string allowed) {
  return Diagnostic{Code::kOptionNotAllowed, {}, {option, value, std::move(allowed)}};
}

// A mapping that is no file must be one of the reference data; where those are is not asked here.
std::optional<Diagnostic> FindMappingFault(const std::string& mapping) {
  if (mapping.ends_with(".toml")) return std::nullopt;
  std::vector<std::string> names = io::MappingNames(DataFolder() / "reference");
  if (names.empty() || std::ranges::count(names, mapping) > 0) return std::nullopt;
  names.emplace_back("*.toml");
  const std::vector<std::string_view> allowed(names.begin(), names.end());
  return NotAllowed("--mapping", mapping, JoinNames(allowed));
}

// What is wrong with the words about reading.
std::optional<Diagnostic> FindReadingFault(const ComputeWords& words) {
  if (!words.encoding.empty() && !io::EncodingByName(words.encoding)) {
    return NotAllowed("--encoding", words.encoding, "utf-8, gb18030, gbk");
  }
  const bool reads_input = std::ranges::count(words.samples, "-") > 0;
  const std::string formats = reads_input ? "csv" : "csv, xlsx, ods, gpkg, shp, geojson";
  const bool is_known = io::IsTableFormat(words.format) && (!reads_input || words.format == "csv");
  if (!words.format.empty() && !is_known) return NotAllowed("--format", words.format, formats);
  if (words.samples.size() > io::kMostSampleFiles) {
    return Diagnostic{Code::kTooManyFiles, {}, {std::to_string(words.samples.size())}};
  }
  return FindMappingFault(words.mapping);
}

// What is wrong with the words about samples of a store.
std::optional<Diagnostic> FindStoreFault(const ComputeWords& words) {
  if (words.floor.store.empty()) {
    if (words.samples_version.empty()) return std::nullopt;
    return Diagnostic{Code::kMissingWord, {}, {"--store PATH"}};
  }
  if (!words.samples.empty()) {
    if (words.samples_version.empty()) return std::nullopt;
    return Diagnostic{Code::kUnexpectedWord, {}, {"--samples-version"}};
  }
  if (words.plan == "-") return NotAllowed("PLAN", "-", "plan.toml");
  if (words.samples_version.empty() || ParseSampleVersion(words.samples_version)) {
    return std::nullopt;
  }
  return NotAllowed("--samples-version", words.samples_version, "1, 2, 3, …");
}

// What is wrong with the words; nothing when the command can run.
std::optional<Diagnostic> FindFault(const Command& command, const ComputeWords& words) {
  const auto fault = [](Code code, std::vector<std::string> arguments) {
    return Diagnostic{code, {}, std::move(arguments)};
  };
  if (const auto unasked = command.UnexpectedWord()) return unasked;
  if (words.plan.empty()) return fault(Code::kMissingWord, {"PLAN"});
  if (words.samples.empty() && words.floor.store.empty()) {
    return fault(Code::kMissingWord, {"--samples FILE | --store PATH"});
  }
  if (const auto wrong = FindStoreFault(words)) return wrong;
  if (!FromCode<Language>(words.language)) return NotAllowed("--lang", words.language, "zh, en");
  if (const auto wrong = FaultOfLandClass(words.floor.land_class)) return wrong;
  if (!ParseThreads(words.threads)) return NotAllowed("--threads", words.threads, "0 – 1024");
  if (words.decisions == "-") return NotAllowed("--decisions", "-", "decisions.csv");
  auto inputs = std::ranges::count(words.samples, "-") + (words.plan == "-" ? 1 : 0);
  if (inputs > 1) return fault(Code::kStandardInputTwice, {});
  return FindReadingFault(words);
}

ComputeOrder OrderOf(const ComputeWords& words) {
  ComputeOrder order;
  order.language = FromCode<Language>(words.language).value_or(Language::kZh);
  order.force = words.force;
  order.floor = words.floor;
  if (words.samples.empty()) order.store = words.floor.store;
  order.samples_version = ParseSampleVersion(words.samples_version).value_or(0);
  if (!words.out.empty()) order.out = words.out;
  if (!words.diagnostics.empty()) order.diagnostics = words.diagnostics;
  order.request.plan = words.plan;
  order.request.samples.assign(words.samples.begin(), words.samples.end());
  order.request.previous.assign(words.previous.begin(), words.previous.end());
  order.request.decisions = words.decisions;
  io::ReadSamplesOptions& reading = order.request.reading;
  reading.mapping = words.mapping;
  reading.encoding = words.encoding;
  reading.layer = words.layer;
  reading.format = words.format;
  reading.threads = ParseThreads(words.threads).value_or(0);
  reading.reference_folder = DataFolder() / "reference";
  return order;
}

std::string_view StageText(app::Stage stage, Language language) {
  static constexpr std::string_view kZh[] = {"读取样点…", "测算…", "写出成果…"};
  static constexpr std::string_view kEn[] = {"reading samples…", "computing…", "writing…"};
  const auto index = static_cast<std::size_t>(stage);
  return In(language, kZh[index], kEn[index]);
}

void PrintResult(const app::Computed& computed, const ComputeOrder& order) {
  std::cout << ComputedText(computed, order.language);
  if (!order.out) return;
  const fs::path page = *order.out / (computed.split() ? app::kSummaryFile : app::kReportFile);
  std::cout << In(order.language, "报告：", "report: ") << page.string() << "\n";
}

// False after reports of rules that cannot be used.
bool CheckFloor(const app::Computed& computed, const FloorWords& words, Diagnostics& diagnostics) {
  std::vector<const Publication*> drafts;
  for (const app::ComputedPublication& publication : computed.publications) {
    drafts.push_back(&publication.draft);
  }
  return ReportFloor(words, drafts, diagnostics);
}

// Has the request read the samples that the store keeps of the county of the plan, as files of
// `folder`. False after reports.
bool TakeStoredSamples(const ComputeOrder& order, const fs::path& folder,
                       app::ComputeRequest& request, Diagnostics& diagnostics) {
  Diagnostics heard;  // the plan is read again, and told about
  const auto plan = io::ReadPlanToml(io::ReadText(request.plan), request.plan.string(), heard);
  if (!plan) return true;
  const auto samples = app::WriteStoredSamples(*OpenStoreAt(order.store), plan->county,
                                               order.samples_version, folder, diagnostics);
  if (!samples) return false;
  request.samples = {samples->file};
  request.reading.mapping = samples->mapping;
  request.reading.encoding = "utf-8";
  request.reading.format = "csv";
  return true;
}

std::optional<app::Computed> Work(const ComputeOrder& order, io::StagedFolder* folder,
                                  Diagnostics& diagnostics) {
  StatusLine line;
  app::ComputeRequest request = order.request;
  std::optional<io::ScratchFolder> stored;
  if (!order.store.empty() &&
      !TakeStoredSamples(order, stored.emplace().path(), request, diagnostics)) {
    return std::nullopt;
  }
  request.on_stage = [&](app::Stage stage) { line.Show(StageText(stage, order.language)); };
  std::optional<app::Computed> computed = app::Compute(request, diagnostics);
  if (computed && !CheckFloor(*computed, order.floor, diagnostics)) return std::nullopt;
  if (!computed || folder == nullptr) return computed;
  line.Show(StageText(app::Stage::kWriting, order.language));
  app::WriteDeliverables(*computed, folder->folder(), {order.language, request.reading.threads});
  folder->Commit();
  return computed;
}

// Writes the diagnostics for programs and tells the exit code.
int Report(const Diagnostics& diagnostics, const ComputeOrder& order, bool trouble) {
  std::cerr << DiagnosticLines(diagnostics, order.language);
  trouble |= !WriteDiagnostics(diagnostics, order.diagnostics, order.language);
  trouble |= std::ranges::any_of(
      diagnostics.kept(), [](const Diagnostic& told) { return io::IsFileTrouble(told.code); });
  if (trouble) return kFileTrouble;
  return diagnostics.has_errors() ? kInputErrors : kFine;
}

int RunCompute(const ComputeOrder& order) {
  HoldInterrupts();
  Diagnostics diagnostics;
  std::optional<app::Computed> computed;
  bool trouble = false;
  try {
    const std::unique_ptr<io::StagedFolder> folder =
        order.out ? app::OpenOutputFolder(*order.out, order.force) : nullptr;
    const InterruptWatch watch(
        [&folder] {
          if (folder) folder->Discard();
        },
        order.language);
    computed = Work(order, folder.get(), diagnostics);
  } catch (const io::FileError& error) {
    diagnostics.Add(error.diagnostic());
    trouble = true;
  }
  const int exit_code = Report(diagnostics, order, trouble);
  if (computed) PrintResult(*computed, order);
  return exit_code;
}

}  // namespace

void AddComputeCommand(const Command& program, Action& action) {
  const Command command = program.AddCommand(
      "compute",
      "由样点测算各用途、各级别的基准地价\nsale records -> benchmark prices by use and grade");
  const auto words = std::make_shared<ComputeWords>();
  command.DressHelp("PLAN --samples FILE... [--out DIR] [OPTIONS]");
  command.SetFooter(
      "退出码 exit codes: 0 正常 fine · 1 输入有错误 the input has errors · 2 用法 usage · "
      "3 文件读写 file trouble");
  AddOptions(command, *words);
  ActOn(command, words, action, FindFault,
        [](const ComputeWords& said) { return RunCompute(OrderOf(said)); });
}

}  // namespace dijia::cli
