#include <chrono>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/kept_checks.h"
#include "app/output_folder.h"
#include "app/simulate.h"
#include "app/simulation_text.h"
#include "app/stored_classes.h"
#include "app/version.h"
#include "cli/class_store.h"
#include "cli/command.h"
#include "cli/data_folder.h"
#include "cli/diagnostics_output.h"
#include "cli/exit_code.h"
#include "cli/interrupt.h"
#include "cli/language_text.h"
#include "cli/rules_list.h"
#include "cli/store_words.h"
#include "dijia/base/codes.h"
#include "io/file_error.h"
#include "io/file_text.h"
#include "io/rule_packs.h"
#include "law/diff_document.h"
#include "law/document.h"
#include "law/export.h"
#include "law/lint_text.h"

namespace dijia::cli {
namespace {

namespace fs = std::filesystem;

// The words of the command line of all `rules` commands.
struct RulesWords {
  std::vector<std::string> packs;
  std::string as_of, out, format, language = "zh";
  std::string cases, against = io::kDefaultRules, encoding, input_format, threads = "0";
  std::string store, county;
  bool force = false;
};

Language LanguageOf(const RulesWords& words) {
  return FromCode<Language>(words.language).value_or(Language::kZh);
}

std::string PackOf(const RulesWords& words) {
  return words.packs.empty() ? io::kDefaultRules : words.packs.front();
}

// A text to the standard output or to a file.
void Put(const std::string& text, const RulesWords& words) {
  if (words.out.empty()) {
    std::cout << text;
  } else {
    io::WriteText(words.out, text);
  }
}

std::optional<rules::PreparedRules> Load(const std::string& name, Language language) {
  Diagnostics diagnostics;
  auto rules = io::LoadRules(name, PacksFolder(), diagnostics);
  if (!rules) std::cerr << DiagnosticLines(diagnostics, language);
  return rules;
}

int List(const RulesWords& words) {
  Put(RulesList(PacksFolder(), LanguageOf(words)), words);
  return kFine;
}

int Lint(const RulesWords& words) {
  const Language language = LanguageOf(words);
  const std::vector<rules::PackLayer> layers = io::ReadRulePack(PackOf(words), PacksFolder());
  const auto begin = std::chrono::steady_clock::now();
  const rules::LintReport report = rules::LintLayers(layers);
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
  Diagnostics unheard;  // LintLayers reports them
  const auto pack = rules::LoadRulePackThatLoosens(layers, unheard);
  const rules::RulePack* known = pack ? &*pack : nullptr;
  Put(words.format == "ndjson" ? law::LintNdjson(report, known, language)
                               : law::LintLines(report, known, taken.count(), language),
      words);
  return report.findings.empty() ? kFine : kInputErrors;
}

int Test(const RulesWords& words) {
  const Language language = LanguageOf(words);
  const auto rules = Load(PackOf(words), language);
  if (!rules) return kInputErrors;
  Diagnostics diagnostics;
  const law::ExampleRun run = law::RunExamples(*rules, diagnostics);
  std::cerr << DiagnosticLines(diagnostics, language);
  std::cout << run.examples << In(language, " 个示例，", " examples, ") << run.failed
            << In(language, " 个不符；", " fail; ") << run.applied << In(language, " / ", " of ")
            << run.clauses << In(language, " 条条款有示例\n", " clauses have one\n");
  return run.failed > 0 ? kInputErrors : kFine;
}

// Markdown, or HTML when the file or the format says so.
std::string Written(const law::Document& document, const RulesWords& words) {
  const bool html = words.format == "html" ||
                    (words.format.empty() && fs::path(words.out).extension() == ".html");
  return html ? law::ToHtml(document, app::Version()) : law::ToMarkdown(document);
}

int Show(const RulesWords& words) {
  const Language language = LanguageOf(words);
  const auto rules = Load(PackOf(words), language);
  if (!rules) return kInputErrors;
  const Days day =
      words.as_of.empty() ? law::LastChange(rules->pack()) : ToDays(*ParseDate(words.as_of));
  Put(Written(law::LawOn(rules->pack(), day, language), words), words);
  return kFine;
}

int Diff(const RulesWords& words) {
  const Language language = LanguageOf(words);
  const auto before = Load(words.packs[0], language), after = Load(words.packs[1], language);
  if (!before || !after) return kInputErrors;
  Put(Written(law::DifferenceOf(before->pack(), after->pack(), language), words), words);
  return kFine;
}

// Tables of every era as workbook and DMN, and SQL.
int Export(const RulesWords& words) {
  const Language language = LanguageOf(words);
  const auto rules = Load(PackOf(words), language);
  if (!rules) return kInputErrors;
  const std::vector<rules::DecisionTable> tables = rules::DecisionTables(rules->pack());
  HoldInterrupts();
  const auto folder = app::OpenOutputFolder(words.out, words.force);
  const InterruptWatch watch([&folder] { folder->Discard(); }, language);
  const fs::path dmn = folder->folder() / "dmn";
  fs::create_directory(dmn);
  for (const rules::DecisionTable& table : tables) {
    if (table.rows.empty()) continue;  // before the first law
    io::WriteText(dmn / (law::EraName(table.era) + ".dmn"),
                  law::ToDmn(rules->pack(), table, language));
  }
  io::WriteText(folder->folder() / "check.sql", law::ToSql(rules->pack()));
  const fs::path workbook = folder->folder() / "decision_tables.xlsx";
  const Status written = law::WriteDecisionWorkbook(rules->pack(), tables, workbook, language);
  if (!written) {
    throw io::FileError({written.error().code, {}, {workbook.string(), written.error().detail}});
  }
  folder->Commit();
  std::cout << In(language, "已写出：", "written: ") << words.out << "\n";
  return kFine;
}

int Simulate(const RulesWords& words) {
  constexpr std::size_t kShownFlips = 20;
  const Language language = LanguageOf(words);
  auto before = Load(words.against, language), after = Load(PackOf(words), language);
  if (!before || !after) return kInputErrors;
  app::SimulationRequest request;
  std::unique_ptr<store::Store> store;
  std::unique_ptr<store::CheckCursor> kept;
  if (!words.store.empty()) {
    store = OpenStoreAt(words.store);
    // One log for both sides: what another hand imports meanwhile is no change of the law.
    const auto classes = store->LandClasses("");
    before = app::WithLandClasses(*before, classes);
    after = app::WithLandClasses(*after, classes);
  }
  if (words.cases.empty()) {
    kept = store->Checks({words.county, "", "", "", {}});
    request.input = app::CasesOf(*kept);
  } else {
    request.input = {words.cases, words.input_format, words.encoding, {}};
  }
  request.reference_folder = DataFolder() / "reference";
  request.threads = ParseThreads(words.threads).value_or(0);
  Diagnostics diagnostics;
  const auto simulation = app::Simulate(request, *before, *after, diagnostics);
  std::cerr << DiagnosticLines(diagnostics, language);
  if (!simulation) return kInputErrors;
  const std::string text = app::SimulationText(*simulation, kShownFlips, language);
  const bool csv =
      words.format == "csv" || (words.format.empty() && fs::path(words.out).extension() == ".csv");
  Put(csv ? app::SimulationCsv(*simulation) : text, words);
  if (csv && !words.out.empty()) std::cout << text;
  return diagnostics.has_errors() ? kInputErrors : kFine;
}

using Job = int (*)(const RulesWords&);

struct Rules {
  const char *name, *about;
  Job job;
  std::size_t packs_needed, packs_allowed;
  const char* formats;  // of --output-format, the default first
  const char *usage, *example;
};

constexpr Rules kCommands[] = {
    {"list", "列出规则包、版本和 SHA-256\nthe shipped packs with versions and SHA-256", List, 0, 0,
     "text", "", "dijia rules list"},
    {"show", "成文的规则\nthe law of a pack as a document", Show, 0, 1, "markdown, html", "[PACK]",
     "dijia rules show --as-of 2012-06-01 -o law.html"},
    {"lint", "证明规则包无缺漏、无重叠、无空条\nprove a pack: gaps, overlaps, holes, unused", Lint,
     0, 1, "text, ndjson", "[PACK]", "dijia rules lint office/"},
    {"test", "运行规则包的示例\nrun the examples of a pack", Test, 0, 1, "text", "[PACK]",
     "dijia rules test office/"},
    {"diff", "两个规则包的差别及影响对象\nwhat changes between two packs, and for whom", Diff, 2, 2,
     "markdown, html", "A B", "dijia rules diff cn cn-150000 -o changes.html"},
    {"simulate",
     "试算新规则：哪些案例结论改变，按条款和县汇总\nwho flips under a new pack, by clause and "
     "county",
     Simulate, 1, 1, "text, csv", "NEW --cases FILE | --store PATH",
     "dijia rules simulate office/ --cases cases.csv -o flips.csv"},
    {"export", "导出决策表（XLSX、DMN）和 SQL\ndecision tables as XLSX and DMN, and SQL", Export, 0,
     1, "", "[PACK] --out DIR", "dijia rules export --out tables/"},
};

std::optional<Diagnostic> FindFault(const Command& command, const Rules& rules,
                                    const RulesWords& words) {
  if (const auto unasked = command.UnexpectedWord()) return unasked;
  if (words.packs.size() < rules.packs_needed) {
    return Diagnostic{Code::kMissingWord, {}, {rules.packs_needed == 2 ? "A B" : "PACK"}};
  }
  if (words.packs.size() > rules.packs_allowed) {
    return Diagnostic{Code::kUnexpectedWord, {}, {words.packs.back()}};
  }
  if (rules.job == Export && words.out.empty()) {
    return Diagnostic{Code::kMissingWord, {}, {"--out DIR"}};
  }
  if (rules.job == Simulate && words.cases.empty() && words.store.empty()) {
    return Diagnostic{Code::kMissingWord, {}, {"--cases FILE | --store PATH"}};
  }
  if (!words.cases.empty() && !words.county.empty()) {
    return Diagnostic{Code::kUnexpectedWord, {}, {"--county"}};
  }
  const auto not_allowed = [](const char* option, const std::string& value, const char* allowed) {
    return Diagnostic{Code::kOptionNotAllowed, {}, {option, value, allowed}};
  };
  if (!FromCode<Language>(words.language)) return not_allowed("--lang", words.language, "zh, en");
  if (!ParseThreads(words.threads)) return not_allowed("--threads", words.threads, "0 – 1024");
  const std::string formats = std::string(rules.formats) + ",";
  if (!words.format.empty() && formats.find(words.format + ",") == std::string::npos) {
    return not_allowed("--output-format", words.format, rules.formats);
  }
  if (!words.as_of.empty() && !ParseDate(words.as_of)) {
    return not_allowed("--as-of", words.as_of, "YYYY-MM-DD");
  }
  return std::nullopt;
}

int Run(const Command& command, const Rules& rules, const RulesWords& words) {
  const Language language = LanguageOf(words);
  if (const auto fault = FindFault(command, rules, words)) return UsageError(*fault, language);
  try {
    return rules.job(words);
  } catch (const io::FileError& error) {
    std::cerr << Describe(error.diagnostic(), language) << "\n";
    return kFileTrouble;
  }
}

void AddCaseOptions(const OptionGroup& input, RulesWords& words) {
  input.Add("--cases", words.cases, "FILE",
            "案例文件：CSV、JSON、NDJSON、XLSX 等；- 为标准输入\n"
            "cases in one of the formats of dijia check; - = standard input");
  AddClassStore(input, words.store, ClassesFor::kCases,
                {"；没有 --cases 时，用其中存档的案例",
                 ";\nwithout --cases the cases of the checks that it keeps"});
  input.Add("--county", words.county, "CODE",
            "只用此县的存档案例\nof the store only the cases of this county");
  input.Add("--against", words.against, "PACK",
            "现行规则包，默认 cn-150000\nthe pack of today, default cn-150000");
  input.Add("--format", words.input_format, "NAME",
            "csv、json、ndjson、xlsx 等；默认按扩展名\n"
            "csv, json, ndjson, xlsx, …; by default by the extension");
  input.Add("--encoding", words.encoding, "NAME",
            "字符编码：utf-8、gb18030、gbk；默认自动识别\n"
            "encoding: utf-8, gb18030 or gbk; detected by default");
  input.Add("--threads", words.threads, "N",
            "线程数，默认 0 = 全部核心；结果相同\n"
            "threads, default 0 = all cores; the results are the same");
}

void AddOptions(const Command& command, const Rules& rules, RulesWords& words) {
  const OptionGroup input(command, kInputHeading), output(command, kOutputHeading);
  if (rules.packs_allowed > 0) {
    input.Add("PACK", words.packs, "",
              "规则包的代号，或含 pack.toml 的文件夹；默认 cn-150000\n"
              "a shipped pack, or a folder with a pack.toml; default cn-150000");
  }
  if (rules.job == Show) {
    input.Add("--as-of", words.as_of, "DATE",
              "此日的规定；默认为最近一次变动\nthe law of this day; by default the last change");
  }
  if (rules.job == Simulate) AddCaseOptions(input, words);
  if (rules.job == Export) {
    output.Add("-o,--out", words.out, "DIR", "输出文件夹\nwrite into this folder");
    output.AddFlag("--force", words.force,
                   "允许写入已有其他文件的文件夹，其他文件保留\n"
                   "write into a folder that holds other files, which stay");
  } else {
    output.Add("-o,--out", words.out, "FILE", "输出文件\nwrite into this file");
    output.Add("--output-format", words.format, "NAME",
               std::string("输出格式，第一个为默认\none of these, the first by default: ") +
                   rules.formats);
  }
  output.Add("--lang", words.language, "zh|en",
             "文字的语言，默认 zh\nlanguage of the texts, default zh");
  command.DressHelp(std::string(rules.usage) + (*rules.usage == '\0' ? "" : " ") + "[OPTIONS]");
  command.SetFooter(std::string("例 example:\n  ") + rules.example);
}

void AddCommand(const Command& group, const Rules& rules, Action& action) {
  const Command command = group.AddCommand(rules.name, rules.about);
  const auto words = std::make_shared<RulesWords>();
  AddOptions(command, rules, *words);
  command.KeepUnexpectedWords();
  command.WhenNamed([command, words, &rules, &action] {
    action = [command, words, &rules] { return Run(command, rules, *words); };
  });
}

}  // namespace

void AddRulesCommand(const Command& program, Action& action) {
  const Command group =
      program.AddCommand("rules",
                         "规则包：列出、成文、证明、测试、比较、试算、导出\n"
                         "the rule packs: list, show, prove, test, compare, simulate, export");
  group.DressHelp("COMMAND [OPTIONS]");
  group.SetFooter(
      "dijia rules COMMAND --help 显示该命令的选项 shows the options of a command\n"
      "退出码 exit codes: 0 正常 fine · 1 lint 有发现、示例不符或规则包有错误 lint found "
      "something, an "
      "example fails or a pack has errors ·\n"
      "  2 用法 usage · 3 文件读写 file trouble");
  for (const Rules& rules : kCommands) AddCommand(group, rules, action);
  AddGroupHelp(group, action);
}

}  // namespace dijia::cli
