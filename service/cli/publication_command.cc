#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/impact.h"
#include "app/publication_diff_text.h"
#include "app/publication_file.h"
#include "app/reference.h"
#include "app/value.h"
#include "cli/class_store.h"
#include "cli/command.h"
#include "cli/data_folder.h"
#include "cli/diagnostics_output.h"
#include "cli/diff_table.h"
#include "cli/exit_code.h"
#include "cli/floor_words.h"
#include "cli/interrupt.h"
#include "cli/language_text.h"
#include "cli/store_words.h"
#include "dijia/base/codes.h"
#include "dijia/publication_diff.h"
#include "dijia/publication_impact.h"
#include "json/text.h"

namespace dijia::cli {
namespace {

namespace fs = std::filesystem;

// The words of the command line of all `publication` commands.
struct PublicationWords {
  std::vector<std::string> files, officials, parcels;
  std::string format, out, output_format, store, diagnostics, language = "zh", threads = "0";
  FloorWords floor;
  bool as_published = false;
};

using Outcome = std::optional<Answers>;

Language LanguageOf(const PublicationWords& words) {
  return FromCode<Language>(words.language).value_or(Language::kZh);
}

// What the lint needs; nothing after reports.
struct Lint {
  app::PublicationLintRequest request;
  rules::PreparedRules rules;
};
std::optional<Lint> PrepareLint(const PublicationWords& words, Diagnostics& diagnostics) {
  auto rules = LoadRulesWithClasses(words.floor.rules, words.floor.store, diagnostics);
  if (!rules) return std::nullopt;
  Lint lint{{{}, LandClassNamed(words.floor.land_class)}, *std::move(rules)};
  for (const std::string& file : words.officials) {
    auto official = app::ReadPublicationFile(file, "", diagnostics);
    if (!official) return std::nullopt;
    lint.request.officials.push_back(std::move(official->publication));
  }
  return lint;
}

std::string CountsLine(const Diagnostics& diagnostics, Language language) {
  const std::string errors = std::to_string(diagnostics.errors());
  const std::string warnings = std::to_string(diagnostics.count(Severity::kWarning));
  return language == Language::kZh ? errors + " 处错误，" + warnings + " 处警告"
                                   : errors + " errors, " + warnings + " warnings";
}

Outcome LintFiles(const PublicationWords& words, Diagnostics& diagnostics) {
  const auto lint = PrepareLint(words, diagnostics);
  if (!lint) return std::nullopt;
  for (const std::string& file : words.files) {
    const auto publication = app::ReadPublicationFile(file, words.format, diagnostics);
    if (!publication) continue;
    app::LintPublicationFile(*publication, lint->request, lint->rules.pack(), diagnostics);
  }
  return Answers{CountsLine(diagnostics, LanguageOf(words)), kFine};
}

Outcome Import(const PublicationWords& words, Diagnostics& diagnostics) {
  const auto lint = PrepareLint(words, diagnostics);
  if (!lint) return std::nullopt;
  const auto publication = app::ReadPublicationFile(words.files.front(), words.format, diagnostics);
  if (!publication) return std::nullopt;
  app::LintPublicationFile(*publication, lint->request, lint->rules.pack(), diagnostics);
  if (diagnostics.has_errors() && !words.as_published) return std::nullopt;
  io::OutputFile file(words.out);
  const InterruptWatch watch([&file] { file.Discard(); }, LanguageOf(words));
  app::WritePublicationJson(publication->publication, file);
  return Answers{"", kFine};
}

Outcome Export(const PublicationWords& words, Diagnostics& diagnostics) {
  const auto publication = app::ReadPublicationFile(words.files.front(), words.format, diagnostics);
  if (!publication) return std::nullopt;
  io::OutputFile file(words.out);
  const InterruptWatch watch([&file] { file.Discard(); }, LanguageOf(words));
  if (!app::WritePublicationWorkbook(publication->publication, file, diagnostics)) {
    return std::nullopt;
  }
  return Answers{"", kFine};
}

app::AnswerFormat FormatOf(const PublicationWords& words) {
  return OutputFormatOf(words.output_format, words.out).value_or(app::AnswerFormat::kTable);
}

// What the change does to the parcels of --parcels; nothing without them, and after reports.
std::optional<Impact> ImpactOn(const PublicationWords& words, const Publication& before,
                               const Publication& after, Diagnostics& diagnostics) {
  if (words.parcels.empty()) return std::nullopt;
  const io::Reference names = app::ReadParcelNames(DataFolder() / "reference");
  ImpactStudy study(before, after);
  bool is_understood = true;
  for (const std::string& file : words.parcels) {
    is_understood &= app::AddParcels({{file, "", "", ""}}, names, study, diagnostics);
  }
  return is_understood ? std::optional(study.impact()) : std::nullopt;
}

std::string DiffText(const Publication& before, const Publication& after,
                     const std::optional<Impact>& impact, const PublicationWords& words) {
  const PublicationDiff diff = DiffPublications(before, after);
  const app::AnswerFormat format = FormatOf(words);
  if (format == app::AnswerFormat::kCsv) return app::DiffCsv(diff);
  if (format == app::AnswerFormat::kJson) {
    json::Value document = app::DiffJson(before, after, diff);
    if (impact) {
      document.Add("impact", app::ImpactGroupsJson(*impact));
      document.Add("impact_withheld", app::ImpactWithheldJson(*impact, LanguageOf(words)));
      document.Add("impact_elsewhere", json::Value::Unsigned(impact->elsewhere));
    }
    return json::ToPretty(document);
  }
  const report::Labels labels = app::LoadReference(DataFolder() / "reference").labels;
  const Language language = LanguageOf(words);
  std::string text = DiffTable(before, after, diff, labels, language);
  if (impact) text += ImpactTable(*impact, labels, language);
  return text;
}

Outcome Diff(const PublicationWords& words, Diagnostics& diagnostics) {
  const auto before = PublicationNamed(words.files[0], words.format, words.store, diagnostics);
  const auto after = PublicationNamed(words.files[1], words.format, words.store, diagnostics);
  if (!before || !after) return std::nullopt;
  const auto impact = ImpactOn(words, *before, *after, diagnostics);
  if (!impact && !words.parcels.empty()) return std::nullopt;
  io::OutputFile file(words.out);
  const InterruptWatch watch([&file] { file.Discard(); }, LanguageOf(words));
  file.Write(DiffText(*before, *after, impact, words));
  file.Commit();
  return Answers{"", kFine};
}

struct PublicationCommand {
  const char *name, *usage, *about;
  Outcome (*job)(const PublicationWords&, Diagnostics&);
  bool lints;
  std::size_t least_files, most_files;
  const char* lacking;  // what the command line lacks with fewer files

  bool has_output() const { return job != LintFiles; }
};

constexpr PublicationCommand kCommands[] = {
    {"import", "FILE [--out FILE] [OPTIONS]",
     "由工作簿得到基准地价文件（JSON），并检查各表\na workbook -> the publication document, its "
     "tables "
     "checked",
     Import, true, 1, 1, "FILE"},
    {"export", "FILE --out FILE [OPTIONS]",
     "把基准地价文件写成工作簿（XLSX），可无损读回\na publication -> a workbook that imports "
     "without "
     "loss",
     Export, false, 1, 1, "FILE"},
    {"lint", "FILE... [OPTIONS]",
     "检查各表：缺口、重叠、次序、单位、最低价等\nchecks tables: gaps, overlaps, order, units, "
     "minima",
     LintFiles, true, 1, SIZE_MAX, "FILE"},
    {"diff", "OLD NEW [OPTIONS]",
     "两次基准地价相比：价格、条件、修正体系的变动\nwhat changed from one publication to the "
     "next",
     Diff, false, 2, 2, "OLD NEW"},
};

void AddLintOptions(const Command& command, PublicationWords& words) {
  const OptionGroup options(command);
  options.Add(
      "--official", words.officials, "FILE",
      "官方表，可有多个：取当日有效的，逐值比较\nofficial tables to compare with, figure by "
      "figure");
  AddFloorOptions(options, words.floor);
}

// The formats that a diff has; its CSV has no place for what it does to parcels.
const char* DiffFormats(const PublicationWords& words) {
  return words.parcels.empty() ? "table, csv, json" : "table, json";
}
// An extension of other answers (.xlsx) is refused as the word would be.
bool HasDiffFormat(const PublicationWords& words) {
  const auto format = OutputFormatOf(words.output_format, words.out);
  return format == app::AnswerFormat::kTable || format == app::AnswerFormat::kJson ||
         (format == app::AnswerFormat::kCsv && words.parcels.empty());
}

std::optional<Diagnostic> FindFault(const PublicationCommand& kind, const Command& command,
                                    const PublicationWords& words) {
  if (const auto unasked = command.UnexpectedWord()) return unasked;
  if (words.files.size() < kind.least_files) {
    return Diagnostic{Code::kMissingWord, {}, {kind.lacking}};
  }
  if (words.files.size() > kind.most_files) {
    return Diagnostic{Code::kUnexpectedWord, {}, {words.files[kind.most_files]}};
  }
  if (kind.job == Diff && !HasDiffFormat(words)) {
    return Diagnostic{
        Code::kOptionNotAllowed,
        {},
        {"--output-format", words.output_format.empty() ? words.out : words.output_format,
         DiffFormats(words)}};
  }
  if (kind.job == Export && words.out.empty()) {
    return Diagnostic{Code::kMissingWord, {}, {"--out FILE"}};
  }
  if (const auto fault = FaultOfLandClass(words.floor.land_class)) return fault;
  return FaultOf(words.language, words.threads);
}

void AddCommand(const Command& group, const PublicationCommand& kind, Action& action) {
  const Command command = group.AddCommand(kind.name, kind.about);
  const auto words = std::make_shared<PublicationWords>();
  command.DressHelp(kind.usage);
  const OptionGroup options(command);
  options.Add("FILE", words->files, "",
              "基准地价：JSON、XLSX、ODS\npublications as JSON or workbooks");
  options.Add("--format", words->format, "FORMAT",
              "json、xlsx 或 ods；默认按扩展名\nby the extension when absent");
  if (kind.has_output()) {
    options.Add("-o,--out", words->out, "FILE", "输出文件\nwrite into this file");
  }
  if (kind.job == Diff) {
    options.Add("--output-format", words->output_format, "FORMAT",
                "table（默认）、csv 或 json；默认按 --out 的扩展名\n"
                "by the extension of --out, else a table");
    options.Add("--store", words->store, "PATH",
                "OLD、NEW 也可以是此存储中的成果代号\nOLD and NEW may be ids of this store");
    options.Add("--parcels", words->parcels, "FILE",
                "宗地文件，同 dijia value：新旧各评估一次，列出升降\n"
                "parcels as of dijia value, valued by both: who pays more, who less");
  }
  if (kind.lints) AddLintOptions(command, *words);
  if (kind.job == Import) {
    options.AddFlag("--as-published", words->as_published,
                    "检查有误也照公布的写出\nwrites what was published so, in spite of findings");
  }
  AddLanguage(options, words->language);
  AddDiagnostics(options, words->diagnostics);
  ActOn(
      command, words, action,
      [&kind](const Command& named, const PublicationWords& said) {
        return FindFault(kind, named, said);
      },
      [&kind](const PublicationWords& said) {
        std::optional<fs::path> diagnostics;
        if (!said.diagnostics.empty()) diagnostics = said.diagnostics;
        return AnswerFiles([&](Diagnostics& found) { return kind.job(said, found); }, diagnostics,
                           LanguageOf(said));
      });
}

}  // namespace

void AddPublicationCommand(const Command& program, Action& action) {
  const Command group =
      program.AddCommand("publication",
                         "基准地价：工作簿、检查，及存储中的办理\n"
                         "publications: workbooks, check of tables, and their life in the store");
  group.DressHelp(
      "import|export|lint|diff|order|balance|list|show|submit|approve|publish|withdraw|verify ...");
  for (const PublicationCommand& kind : kCommands) AddCommand(group, kind, action);
  AddOrderCommand(group, action);
  AddBalanceCommand(group, action);
  AddStoredPublicationCommands(group, action);
  AddGroupHelp(group, action);
}

}  // namespace dijia::cli
