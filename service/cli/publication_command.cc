#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/publication_file.h"
#include "cli/command.h"
#include "cli/data_folder.h"
#include "cli/diagnostics_output.h"
#include "cli/exit_code.h"
#include "cli/interrupt.h"
#include "cli/language_text.h"
#include "dijia/base/codes.h"
#include "io/rule_packs.h"

namespace dijia::cli {
namespace {

namespace fs = std::filesystem;

// The words of the command line of all `publication` commands.
struct PublicationWords {
  std::vector<std::string> files, officials;
  std::string format, out, land_class, diagnostics;
  std::string rules = io::kDefaultRules, language = "zh", threads = "0";
  bool as_published = false;
};

using Outcome = std::optional<Answers>;

Language LanguageOf(const PublicationWords& words) {
  return FromCode<Language>(words.language).value_or(Language::kZh);
}

// The land class that --land-class names, 1 to 15; nothing for other words.
std::optional<int> ClassOf(const std::string& word) {
  for (int land_class = 1; land_class <= 15; ++land_class) {
    if (word == std::to_string(land_class)) return land_class;
  }
  return std::nullopt;
}

// What the lint needs; nothing after reports.
struct Lint {
  app::PublicationLintRequest request;
  rules::PreparedRules rules;
};
std::optional<Lint> PrepareLint(const PublicationWords& words, Diagnostics& diagnostics) {
  auto rules = io::LoadRules(words.rules, PacksFolder(), diagnostics);
  if (!rules) return std::nullopt;
  Lint lint{{{}, ClassOf(words.land_class)}, *std::move(rules)};
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

struct PublicationCommand {
  const char *name, *usage, *about;
  Outcome (*job)(const PublicationWords&, Diagnostics&);
  bool many_files, lints;
};

constexpr PublicationCommand kCommands[] = {
    {"import", "FILE [--out FILE] [OPTIONS]",
     "由工作簿得到基准地价文件（JSON），并检查各表\na workbook -> the publication document, its "
     "tables "
     "checked",
     Import, false, true},
    {"export", "FILE --out FILE [OPTIONS]",
     "把基准地价文件写成工作簿（XLSX），可无损读回\na publication -> a workbook that imports "
     "without "
     "loss",
     Export, false, false},
    {"lint", "FILE... [OPTIONS]",
     "检查各表：缺口、重叠、次序、单位、最低价等\nchecks tables: gaps, overlaps, order, units, "
     "minima",
     LintFiles, true, true},
};

void AddLintOptions(CLI::App& command, PublicationWords& words) {
  const OptionGroup options(command);
  options.Add(
      "--official", words.officials, "FILE",
      "官方表，可有多个：取当日有效的，逐值比较\nofficial tables to compare with, figure by "
      "figure");
  options.Add("--land-class", words.land_class, "N",
              "县的土地等别 1–15，用于工业用地最低价\nland class of the county, for the industrial "
              "minimum");
  options.Add("--rules", words.rules, "PACK",
              "最低价标准所在的规则包\nthe rules with the minimum price standard");
}

std::optional<Diagnostic> FindFault(const PublicationCommand& kind, const CLI::App& command,
                                    const PublicationWords& words) {
  if (const auto extra = command.remaining(); !extra.empty()) return UnexpectedWord(command, extra);
  if (words.files.empty()) return Diagnostic{Code::kMissingWord, {}, {"FILE"}};
  if (!kind.many_files && words.files.size() > 1) {
    return Diagnostic{Code::kUnexpectedWord, {}, {words.files[1]}};
  }
  if (kind.job == Export && words.out.empty()) {
    return Diagnostic{Code::kMissingWord, {}, {"--out FILE"}};
  }
  if (!words.land_class.empty() && !ClassOf(words.land_class)) {
    return Diagnostic{Code::kOptionNotAllowed, {}, {"--land-class", words.land_class, "1 – 15"}};
  }
  return FaultOf(words.language, words.threads);
}

void AddCommand(CLI::App& group, const PublicationCommand& kind, Action& action) {
  CLI::App* command = group.add_subcommand(kind.name, kind.about);
  const auto words = std::make_shared<PublicationWords>();
  DressHelp(*command, kind.usage);
  const OptionGroup options(*command);
  options.Add("FILE", words->files, "",
              "基准地价：JSON、XLSX、ODS\npublications as JSON or workbooks");
  options.Add("--format", words->format, "FORMAT",
              "json、xlsx 或 ods；默认按扩展名\nby the extension when absent");
  if (kind.job != LintFiles) {
    options.Add("-o,--out", words->out, "FILE", "输出文件\nwrite into this file");
  }
  if (kind.lints) AddLintOptions(*command, *words);
  if (kind.job == Import) {
    options.AddFlag("--as-published", words->as_published,
                    "检查有误也照公布的写出\nwrites what was published so, in spite of findings");
  }
  AddLanguage(options, words->language);
  AddDiagnostics(options, words->diagnostics);
  ActOn(
      *command, words, action,
      [&kind](const CLI::App& named, const PublicationWords& said) {
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

void AddPublicationCommand(CLI::App& program, Action& action) {
  CLI::App* group = program.add_subcommand(
      "publication",
      "基准地价：工作簿、检查，及存储中的办理\n"
      "publications: workbooks, check of tables, and their life in the store");
  DressHelp(*group, "import|export|lint|list|show|submit|approve|publish|withdraw|verify ...");
  for (const PublicationCommand& kind : kCommands) AddCommand(*group, kind, action);
  AddStoredPublicationCommands(*group, action);
  AddGroupHelp(*group, action);
}

}  // namespace dijia::cli
