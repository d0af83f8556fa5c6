#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/reference.h"
#include "app/value.h"
#include "app/value_workbook.h"
#include "cli/command.h"
#include "cli/data_folder.h"
#include "cli/diagnostics_output.h"
#include "cli/exit_code.h"
#include "cli/interrupt.h"
#include "cli/language_text.h"
#include "cli/status_line.h"
#include "cli/store_words.h"
#include "cli/value_table.h"
#include "dijia/base/codes.h"
#include "io/input_format.h"
#include "io/rule_packs.h"

namespace dijia::cli {
namespace {

namespace fs = std::filesystem;

// The words of the command line as they are.
struct ValueWords {
  std::vector<std::string> files, publications, zones;
  std::string store, format, encoding, layer, output_format, out, rejects, diagnostics;
  std::string rules = io::kDefaultRules, language = "zh", threads = "0";
  bool explain = false;
};

struct ValueOrder {
  app::ValueRequest request;
  std::string rules, store;
  fs::path out;
  std::optional<fs::path> rejects, diagnostics;
  Language language = Language::kZh;
};

void AddOptions(const Command& command, ValueWords& words) {
  const OptionGroup options(command);
  options.Add(
      "FILE", words.files, "",
      "宗地文件：CSV、NDJSON、JSON、XLSX、ODS、GeoPackage、Shapefile、GeoJSON；- 为标准输入\n"
      "parcels; - = standard input");
  options.Add("--publication", words.publications, "FILE",
              "基准地价文件（JSON、XLSX），可有多个，取估价期日有效的一个\n"
              "publications; the one in force on the valuation date is used");
  options.Add("--store", words.store, "PATH",
              "也取存储中已公布的基准地价\nalso what is published in this store");
  options.Add(
      "--zones", words.zones, "FILE",
      "基准地价的级别和区片图形：GeoPackage、Shapefile、GeoJSON；没有写明级别、区片的宗地按坐标"
      "评估\nmaps of its grades and zones: parcels that state neither are placed by their "
      "coordinates");
  options.Add("--format", words.format, "FORMAT",
              "csv、ndjson、json、xlsx、ods、gpkg、shp 或 geojson；默认按扩展名\n"
              "by the extension when absent");
  options.Add("--encoding", words.encoding, "ENCODING",
              "utf-8、gb18030 或 gbk；默认自动识别\ndetected when absent");
  options.Add(
      "--layer", words.layer, "SHEET",
      "含宗地的工作表或图层；默认取唯一可识别的\nsheet or layer; the only known one when absent");
  options.Add("--output-format", words.output_format, "FORMAT",
              "table（默认）、ndjson、json、csv 或 xlsx；默认按 --out 的扩展名\n"
              "by the extension of --out, else a table");
  options.Add("-o,--out", words.out, "FILE", "输出文件\nwrite the values into this file");
  options.Add("--rejects", words.rejects, "FILE",
              "没有评估结果的行原样写入此文件，改正后可再评估\n"
              "rows without a value, as they stand, to be corrected and valued again");
  options.AddFlag("--explain", words.explain,
                  "逐步说明每宗地价的由来\nevery step, and what each is worth in yuan");
  options.Add("--rules", words.rules, "PACK",
              "判断基准地价是否过期的规则包\nthe rules on the age of benchmark prices");
  AddLanguage(options, words.language);
  options.Add("--threads", words.threads, "N", "线程数，0（默认）为全部核心\n0 = all cores");
  AddDiagnostics(options, words.diagnostics);
}

// Whether the first input is one of rows that can stand in a file of rejects.
bool IsOfRows(const ValueWords& words) {
  std::string word;
  const auto format = io::InputFormat(words.files.front(), words.format, word);
  return format == "csv" || format == "ndjson";
}

// What is wrong with the words; nothing when the command can run.
std::optional<Diagnostic> FindFault(const Command& command, const ValueWords& words) {
  if (const auto unasked = command.UnexpectedWord()) return unasked;
  if (words.files.empty()) return Diagnostic{Code::kMissingWord, {}, {"FILE"}};
  if (words.publications.empty() && words.store.empty()) {
    return Diagnostic{Code::kMissingWord, {}, {"--publication FILE"}};
  }
  if (!words.zones.empty() && words.publications.size() != 1) {
    return Diagnostic{Code::kZonesForOnePublication, {}, {"--zones"}};
  }
  if (const auto common = FaultOf(words.language, words.threads)) return common;
  if (!words.rejects.empty() && (words.files.size() > 1 || !IsOfRows(words))) {
    return Diagnostic{Code::kOptionNotAllowed,
                      {},
                      {"--rejects", words.rejects, "FILE.csv, FILE.ndjson: one input"}};
  }
  const auto format = OutputFormatOf(words.output_format, words.out);
  if (!format) {
    return Diagnostic{Code::kOptionNotAllowed,
                      {},
                      {"--output-format", words.output_format, "table, json, ndjson, csv, xlsx"}};
  }
  if (*format == app::AnswerFormat::kXlsx && words.out.empty()) {
    return Diagnostic{Code::kOutputNeedsFile, {}, {"xlsx"}};
  }
  return std::nullopt;
}

ValueOrder OrderOf(const ValueWords& words) {
  ValueOrder order;
  order.language = FromCode<Language>(words.language).value_or(Language::kZh);
  order.rules = words.rules;
  order.store = words.store;
  order.out = words.out;
  if (!words.rejects.empty()) order.rejects = words.rejects;
  if (!words.diagnostics.empty()) order.diagnostics = words.diagnostics;
  app::ValueRequest& request = order.request;
  for (const std::string& file : words.files) {
    request.inputs.push_back({file, words.format, words.encoding, words.layer});
  }
  request.publications.assign(words.publications.begin(), words.publications.end());
  request.zones.assign(words.zones.begin(), words.zones.end());
  request.output.format =
      OutputFormatOf(words.output_format, words.out).value_or(app::AnswerFormat::kTable);
  request.output.language = order.language;
  request.output.explain = words.explain;
  request.reference_folder = DataFolder() / "reference";
  request.threads = ParseThreads(words.threads).value_or(0);
  return order;
}

std::optional<Answers> Work(ValueOrder order, Diagnostics& diagnostics) {
  const auto rules = io::LoadRules(order.rules, PacksFolder(), diagnostics);
  if (!rules) return std::nullopt;
  if (!order.store.empty()) {
    order.request.stored = PricesOfStore(order.store, order.request.stored_zones, diagnostics);
  }
  if (diagnostics.has_errors()) return std::nullopt;
  const app::Reference reference = app::LoadReference(order.request.reference_folder);
  if (order.request.output.format == app::AnswerFormat::kTable) {
    order.request.make_output = [&](const app::ValueOutputOptions& options,
                                    io::OutputFile& file) -> std::unique_ptr<app::ValueOutput> {
      if (options.explain) {
        return std::make_unique<ValueExplanation>(options, reference.labels, file);
      }
      return std::make_unique<ValueTable>(options, reference.labels, file);
    };
  }
  if (order.request.output.format == app::AnswerFormat::kXlsx) {
    order.request.make_output = [&](const app::ValueOutputOptions& options, io::OutputFile& file) {
      return std::make_unique<app::ValueWorkbook>(options, reference.labels, file);
    };
  }
  io::OutputFile file(order.out);
  std::optional<io::OutputFile> rejects;
  if (order.rejects) order.request.rejects = &rejects.emplace(*order.rejects);
  const InterruptWatch watch(
      [&] {
        file.Discard();
        if (rejects) rejects->Discard();
      },
      order.language);
  StatusLine line;
  order.request.after_block = [&](const app::ValueCounts& so_far) {
    if (line.IsDue()) line.Show(CountsLine(so_far, order.language));
  };
  const auto counts = app::ValueFiles(order.request, *rules, file, diagnostics);
  if (!counts) return std::nullopt;
  if (rejects) rejects->Commit();
  return Answers{CountsLine(*counts, order.language), kFine};
}

}  // namespace

void AddValueCommand(const Command& program, Action& action) {
  const Command command = program.AddCommand(
      "value", "由基准地价评估宗地地价，并说明每一步\nparcels -> prices with every step");
  const auto words = std::make_shared<ValueWords>();
  command.DressHelp("FILE... --publication FILE... [OPTIONS]");
  AddOptions(command, *words);
  ActOn(command, words, action, FindFault, [](const ValueWords& said) {
    const ValueOrder order = OrderOf(said);
    return AnswerFiles([&](Diagnostics& diagnostics) { return Work(order, diagnostics); },
                       order.diagnostics, order.language);
  });
}

}  // namespace dijia::cli
