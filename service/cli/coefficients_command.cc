#include <algorithm>
#include <filesystem>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/coefficients.h"
#include "app/compute.h"
#include "app/derived_output.h"
#include "app/publication_file.h"
#include "app/reference.h"
#include "cli/command.h"
#include "cli/data_folder.h"
#include "cli/derived_tables.h"
#include "cli/diagnostics_output.h"
#include "cli/exit_code.h"
#include "cli/interrupt.h"
#include "cli/language_text.h"
#include "dijia/base/codes.h"
#include "io/output_file.h"
#include "json/publication_codec.h"
#include "json/text.h"

namespace dijia::cli {
namespace {

namespace fs = std::filesystem;

// The words of the command line as they are.
struct CoefficientsWords {
  std::string plan, publication, into, compute_plan, output_format, out, diagnostics;
  std::vector<std::string> recover, samples;
  std::string mapping = "canonical", language = "zh", threads = "0";
};

struct CoefficientsOrder {
  CoefficientsWords words;
  app::AnswerFormat format = app::AnswerFormat::kTable;
  std::optional<fs::path> diagnostics;
  Language language = Language::kZh;
};

void AddOptions(const Command& command, CoefficientsWords& words) {
  const OptionGroup options(command);
  options.Add("PLAN", words.plan, "",
              "编表方案（TOML 文件；- 为标准输入）\n"
              "what to derive, a TOML file; - = standard input");
  options.Add("--publication", words.publication, "FILE",
              "方案未给出的级别价、区片价、还原率、年期取自该文件（JSON 或工作簿）\n"
              "prices, rates and terms that the plan does not state, from JSON or a workbook");
  options.Add("--compute-plan", words.compute_plan, "FILE",
              "测算方案：怎样把样点修正到基准条件（容积率曲线和指数需要）\n"
              "the plan of dijia compute that brings samples to the benchmark conditions");
  options.Add("--samples", words.samples, "FILE",
              "样点文件，同 dijia compute\nsale records, as of dijia compute");
  options.Add(
      "--mapping", words.mapping, "NAME|FILE",
      "样点的列名对照，同 dijia compute\ncolumn mapping of the samples, as of dijia compute");
  options.Add("--into", words.into, "FILE",
              "把表放入该草案，输出整个 publication.json\n"
              "puts the tables into this draft and writes the whole publication");
  options.Add("--recover", words.recover, "FILE",
              "反求已公布的表所用的参数及最大残差，不需要 PLAN\n"
              "instead of PLAN: the parameters that published tables were made with");
  options.Add("--output-format", words.output_format, "FORMAT",
              "table（默认）、json 或 csv；默认按 --out 的扩展名\n"
              "by the extension of --out, else a table");
  options.Add("-o,--out", words.out, "FILE", "输出文件\nwrite the tables into this file");
  AddLanguage(options, words.language);
  options.Add("--threads", words.threads, "N",
              "线程数，0（默认）为全部核心；结果相同\n0 = all cores; the results are the same");
  AddDiagnostics(options, words.diagnostics);
}

std::optional<Diagnostic> NotAllowed(const char* option, const std::string& value,
                                     const char* allowed) {
  return Diagnostic{Code::kOptionNotAllowed, {}, {option, value, allowed}};
}

// What is wrong with the words; nothing when the command can run.
std::optional<Diagnostic> FindFault(const Command& command, const CoefficientsWords& words) {
  if (const auto unasked = command.UnexpectedWord()) return unasked;
  if (words.plan.empty() && words.recover.empty()) {
    return Diagnostic{Code::kMissingWord, {}, {"PLAN"}};
  }
  if (!words.plan.empty() && !words.recover.empty()) {
    return Diagnostic{Code::kUnexpectedWord, {}, {words.plan}};
  }
  if (!words.recover.empty() && !words.into.empty()) {
    return NotAllowed("--into", words.into, "PLAN");
  }
  if (words.samples.empty() != words.compute_plan.empty()) {
    return Diagnostic{
        Code::kMissingWord, {}, {words.samples.empty() ? "--samples FILE" : "--compute-plan FILE"}};
  }
  if (const auto common = FaultOf(words.language, words.threads)) return common;
  const auto format = OutputFormatOf(words.output_format, words.out);
  using enum app::AnswerFormat;
  const bool is_written = format == kTable || format == kJson || format == kCsv;
  if (is_written && (words.into.empty() || words.output_format.empty())) return std::nullopt;
  const std::string said =
      words.output_format.empty() ? fs::path(words.out).extension().string() : words.output_format;
  return NotAllowed("--output-format", said,
                    words.into.empty() ? "table, json, csv" : "publication.json");
}

CoefficientsOrder OrderOf(const CoefficientsWords& words) {
  CoefficientsOrder order;
  order.words = words;
  order.format = OutputFormatOf(words.output_format, words.out).value_or(app::AnswerFormat::kTable);
  if (!words.diagnostics.empty()) order.diagnostics = words.diagnostics;
  order.language = FromCode<Language>(words.language).value_or(Language::kZh);
  return order;
}

// The publication of a JSON document or a workbook.
std::optional<Publication> Read(const std::string& file, Diagnostics& diagnostics) {
  auto read = app::ReadPublicationFile(file, "", diagnostics);
  if (!read) return std::nullopt;
  return std::move(read->publication);
}

// The samples with their corrections.
std::optional<app::Computed> ComputeSamples(const CoefficientsOrder& order,
                                            Diagnostics& diagnostics) {
  app::ComputeRequest request;
  request.plan = order.words.compute_plan;
  request.samples.assign(order.words.samples.begin(), order.words.samples.end());
  request.reading.mapping = order.words.mapping;
  request.reading.threads = ParseThreads(order.words.threads).value_or(0);
  request.reading.reference_folder = DataFolder() / "reference";
  return app::Compute(request, diagnostics);
}

std::optional<std::vector<app::DerivedTable>> Derive(const CoefficientsOrder& order,
                                                     Diagnostics& diagnostics) {
  const auto plan = app::ReadTablePlanFile(order.words.plan, diagnostics);
  std::optional<Publication> publication;
  if (!order.words.publication.empty()) {
    publication = Read(order.words.publication, diagnostics);
  }
  std::optional<app::Computed> computed;
  if (!order.words.samples.empty()) computed = ComputeSamples(order, diagnostics);
  const bool is_whole = plan && publication.has_value() != order.words.publication.empty() &&
                        computed.has_value() != order.words.samples.empty();
  if (!is_whole) return std::nullopt;
  return app::DeriveTables({.plan = *plan,
                            .source = order.words.plan,
                            .publication = publication ? &*publication : nullptr,
                            .computed = computed ? &*computed : nullptr,
                            .threads = ParseThreads(order.words.threads).value_or(0)},
                           diagnostics);
}

std::optional<std::vector<app::DerivedTable>> Recover(const CoefficientsOrder& order,
                                                      Diagnostics& diagnostics) {
  std::vector<app::DerivedTable> recovered;
  for (const std::string& file : order.words.recover) {
    const auto publication = Read(file, diagnostics);
    if (!publication) continue;
    std::vector<app::DerivedTable> found = app::RecoverTables(*publication);
    if (found.empty())
      diagnostics.Add(Code::kNothingToRecover, {file, 0, 0, ""}, {publication->id});
    std::ranges::move(found, std::back_inserter(recovered));
  }
  if (diagnostics.has_errors()) return std::nullopt;
  return recovered;
}

std::string TextOf(const std::vector<app::DerivedTable>& tables, const CoefficientsOrder& order) {
  if (order.format == app::AnswerFormat::kJson) return app::TablesJson(tables);
  if (order.format == app::AnswerFormat::kCsv) return app::TablesCsv(tables);
  const app::Reference reference = app::LoadReference(DataFolder() / "reference");
  return DerivedTablesText(tables, reference.labels, order.language);
}

// The draft of `--into` with the tables.
std::optional<std::string> Insert(const std::vector<app::DerivedTable>& tables,
                                  const CoefficientsOrder& order, Diagnostics& diagnostics) {
  auto draft = Read(order.words.into, diagnostics);
  if (!draft) return std::nullopt;
  const auto changed = app::WithTables(*std::move(draft), order.words.into, tables, diagnostics);
  if (!changed) return std::nullopt;
  return json::ToPretty(json::WritePublication(*changed));
}

std::optional<Answers> Work(const CoefficientsOrder& order, Diagnostics& diagnostics) {
  const auto tables =
      order.words.recover.empty() ? Derive(order, diagnostics) : Recover(order, diagnostics);
  if (!tables) return std::nullopt;
  const auto text =
      order.words.into.empty() ? TextOf(*tables, order) : Insert(*tables, order, diagnostics);
  if (!text) return std::nullopt;
  io::OutputFile file(order.words.out);
  const InterruptWatch watch([&file] { file.Discard(); }, order.language);
  file.Write(*text);
  file.Commit();
  return Answers{"", kFine};
}

}  // namespace

void AddCoefficientsCommand(const Command& program, Action& action) {
  const Command command =
      program.AddCommand("coefficients",
                         "编制修正系数表，或反求已公布的表的参数\n"
                         "correction tables from an office's data, and their parameters back");
  const auto words = std::make_shared<CoefficientsWords>();
  command.DressHelp("PLAN [--compute-plan FILE --samples FILE...] [OPTIONS]");
  command.SetFooter("dijia coefficients --recover FILE... [OPTIONS]");
  AddOptions(command, *words);
  ActOn(command, words, action, FindFault, [](const CoefficientsWords& said) {
    const CoefficientsOrder order = OrderOf(said);
    return AnswerFiles([&](Diagnostics& diagnostics) { return Work(order, diagnostics); },
                       order.diagnostics, order.language);
  });
}

}  // namespace dijia::cli
