#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/check.h"
#include "cli/check_audit.h"
#include "cli/check_keeping.h"
#include "cli/check_table.h"
#include "cli/class_store.h"
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

// The words of the command line as they are.
struct CheckWords {
  std::vector<std::string> files;
  std::string format, encoding, layer, mapping, output_format, out, as_of, diagnostics;
  std::string rules = io::kDefaultRules, language = "zh", threads = "0";
  bool explain = false, inverse = false, keep = false;
  StoreWords store;
};

struct CheckOrder {
  app::CheckRequest request;
  std::optional<AuditOrder> audit;  // instead of a check
  std::optional<StoreWords> keep;   // what was judged, in this store
  std::string rules;
  std::string class_store;  // whose land classes count where a case states none; empty = no store
  fs::path out;
  std::optional<fs::path> diagnostics;
  Language language = Language::kZh;
};

void AddInputOptions(const OptionGroup& input, CheckWords& words) {
  input.Add("FILE", words.files, "",
            "案例文件：CSV、JSON、NDJSON、XLSX、ODS、GeoPackage、Shapefile、GeoJSON；- 为标准输入\n"
            "cases in one of these formats; - = standard input");
  input.Add("--format", words.format, "NAME",
            "csv、json、ndjson、xlsx、ods、gpkg、shp、geojson；默认按扩展名\n"
            "file format, one of these; by default by the extension");
  input.Add("--encoding", words.encoding, "NAME",
            "字符编码：utf-8、gb18030、gbk；默认自动识别\n"
            "encoding: utf-8, gb18030 or gbk; detected by default");
  input.Add("--layer", words.layer, "NAME",
            "工作表或图层；默认为唯一可用的一个\n"
            "sheet or layer; by default the only fitting one");
  input.Add("--mapping", words.mapping, "landchina",
            "审查土地市场网公告的历史成交；FILE 可为多个文件或文件夹\n"
            "audit past sales of the land-market notices; FILE may be several files or a folder");
}

void AddLawOptions(const OptionGroup& law, CheckWords& words) {
  law.Add("--rules", words.rules, "PACK",
          "规则包的代号，或本单位规则包的文件夹；默认 cn-150000\n"
          "id of a rule pack, or the folder of an office's own; default cn-150000");
  law.Add("--as-of", words.as_of, "DATE",
          "一律按此日的规定判断；默认按各案例的决定日\n"
          "judge every case by the law of this day; by default by that of its decision");
  AddClassStore(law, words.store.store, ClassesFor::kCases,
                {"；存档也用它，默认 DIJIA_STORE",
                 ", and where --keep keeps; for\nthat DIJIA_STORE, else dijia.db"});
}

void AddOutputOptions(const OptionGroup& output, CheckWords& words) {
  output.Add("-o,--out", words.out, "FILE", "输出文件\nwrite the answers into this file");
  output.Add("--output-format", words.output_format, "NAME",
             "table（默认）、json、ndjson、csv、xlsx；默认按 --out 的扩展名\n"
             "one of these; by default by the extension of --out, else a table");
  output.AddFlag("--explain", words.explain,
                 "逐条说明依据和数字\nevery step with its clause and words");
  output.AddFlag("--inverse", words.inverse,
                 "另给最低合规价格、租金和最长年限，及使其合规的最少改动\n"
                 "also the lowest lawful price and rent, the longest term, and the nearest\n"
                 "facts that would make a refused price lawful");
  output.Add("--lang", words.language, "zh|en",
             "文字的语言，默认 zh\nlanguage of the texts, default zh");
  output.Add("--diagnostics", words.diagnostics, "FILE",
             "把输入的问题写入该文件（NDJSON）\n"
             "file for what is wrong with the inputs, as NDJSON");
}

void AddKeepingOptions(const OptionGroup& keeping, CheckWords& words) {
  keeping.AddFlag("--keep", words.keep,
                  "存档：案例、结论、条款、规则包、办理人、时间，不可更改\n"
                  "keep what was judged in the store, where it never changes");
  AddActor(keeping, words.store);
}

void AddOptions(const Command& command, CheckWords& words) {
  const OptionGroup input(command, kInputHeading), law(command, kLawHeading),
      output(command, kOutputHeading), other(command, kOtherHeading);
  AddInputOptions(input, words);
  AddLawOptions(law, words);
  AddOutputOptions(output, words);
  AddKeepingOptions(OptionGroup(command, kKeepingHeading), words);
  other.Add("--threads", words.threads, "N",
            "线程数，默认 0 = 全部核心；结果相同\n"
            "threads, default 0 = all cores; the results are the same");
  command.DressHelp("FILE [OPTIONS]");
  command.SetFooter(
      "例 examples:\n"
      "  dijia check cases.csv\n"
      "  dijia check cases.xlsx -o checked.xlsx --inverse\n"
      "  dijia check lawful.json --explain --lang en\n"
      "  dijia check notices/ --mapping landchina\n"
      "  dijia check cases.csv --store county.db\n"
      "  dijia check cases.csv --keep --actor 张三 --store county.db\n\n"
      "退出码 exit codes: 0 全部合规 all lawful · 1 输入有错误 the input has errors · 2 用法 usage "
      "· "
      "3 文件读写 file trouble ·\n"
      "  4 有不合规的 one is unlawful · 5 有待定的 one is undecided");
}

// What is wrong with the words; nothing when the command can run.
std::optional<Diagnostic> FindFault(const Command& command, const CheckWords& words) {
  const auto fault = [](Code code, std::vector<std::string> arguments) {
    return Diagnostic{code, {}, std::move(arguments)};
  };
  if (const auto unasked = command.UnexpectedWord()) return unasked;
  if (words.files.empty()) return fault(Code::kMissingWord, {"FILE"});
  if (!words.mapping.empty() && words.mapping != "landchina") {
    return fault(Code::kOptionNotAllowed, {"--mapping", words.mapping, "landchina"});
  }
  const bool audit = !words.mapping.empty();
  const StoreWords& store = words.store;
  const bool names_actor = !store.actor.empty() || !store.note.empty();
  if (names_actor && !words.keep) return fault(Code::kMissingWord, {"--keep"});
  if (words.keep && audit) return fault(Code::kUnexpectedWord, {"--keep"});
  if (!audit && words.files.size() > 1) return fault(Code::kUnexpectedWord, {words.files[1]});
  if (const auto common = FaultOf(words.language, words.threads)) return common;
  if (!words.as_of.empty() && !ParseDate(words.as_of)) {
    return fault(Code::kOptionNotAllowed, {"--as-of", words.as_of, "YYYY-MM-DD"});
  }
  const auto format = OutputFormatOf(words.output_format, words.out);
  if (!format) {
    return fault(Code::kOptionNotAllowed,
                 {"--output-format", words.output_format, "table, json, ndjson, csv, xlsx"});
  }
  if (audit && (words.format == "json" || words.format == "ndjson")) {
    return fault(Code::kInputMixed, {words.format});
  }
  if (audit && (*format == app::AnswerFormat::kXlsx || *format == app::AnswerFormat::kNdjson)) {
    return fault(Code::kOptionNotAllowed,
                 {"--output-format", words.output_format, "table, json, csv"});
  }
  if (*format == app::AnswerFormat::kXlsx && words.out.empty()) {
    return fault(Code::kOutputNeedsFile, {"xlsx"});
  }
  return std::nullopt;
}

CheckOrder OrderOf(const CheckWords& words) {
  CheckOrder order;
  order.language = FromCode<Language>(words.language).value_or(Language::kZh);
  order.rules = words.rules;
  order.out = words.out;
  if (!words.diagnostics.empty()) order.diagnostics = words.diagnostics;
  app::CheckRequest& request = order.request;
  request.input = {words.files.front(), words.format, words.encoding, words.layer};
  request.output.format =
      OutputFormatOf(words.output_format, words.out).value_or(app::AnswerFormat::kTable);
  request.output.language = order.language;
  request.output.explain = words.explain;
  request.inverse = words.inverse;
  request.reference_folder = DataFolder() / "reference";
  request.threads = ParseThreads(words.threads).value_or(0);
  if (!words.as_of.empty()) request.as_of = ToDays(*ParseDate(words.as_of));
  if (words.keep) order.keep = words.store;
  if (words.keep || !words.store.store.empty()) order.class_store = StorePath(words.store);
  if (request.output.format == app::AnswerFormat::kTable) {
    request.make_output = [](const app::CheckOutputOptions& options, const rules::RulePack& pack,
                             io::OutputFile& file) -> std::unique_ptr<app::CheckOutput> {
      if (options.explain || options.inverse) {
        return std::make_unique<CheckExplanation>(options, pack, file);
      }
      return std::make_unique<CheckTable>(options, file);
    };
  }
  if (words.mapping.empty()) return order;
  AuditOrder& audit = order.audit.emplace();
  audit.files.assign(words.files.begin(), words.files.end());
  audit.reading = {words.mapping, words.encoding,  words.layer,
                   words.format,  request.threads, request.reference_folder};
  audit.format = request.output.format;
  audit.language = order.language;
  return order;
}

// What was judged, and the line that sums it up.
struct Checked {
  app::CheckCounts counts;
  std::string summary;
};

std::optional<Checked> Work(const CheckOrder& order, Diagnostics& diagnostics) {
  const auto rules = LoadRulesWithClasses(order.rules, order.class_store, diagnostics);
  if (!rules) return std::nullopt;
  app::CheckRequest request = order.request;
  std::optional<CheckKeeping> keeping;
  if (order.keep && !keeping.emplace(*order.keep).Begin(request, diagnostics)) return std::nullopt;
  io::OutputFile file(order.out);
  const InterruptWatch watch([&file] { file.Discard(); }, order.language);
  if (order.audit) {
    AuditFiles(*order.audit, *rules, file, diagnostics);
    return Checked();
  }
  const auto counts = app::CheckFile(request, *rules, file, diagnostics);
  if (!counts) return std::nullopt;
  std::string summary = CountsLine(*counts, order.language);
  if (keeping) summary += "\n" + keeping->Line(order.language);
  return Checked{*counts, std::move(summary)};
}

// The exit codes of the contract: errors come before verdicts, because an answer that is not whole
// proves nothing.
int ExitCodeOf(const app::CheckCounts& counts) {
  const auto of = [&](rules::Verdict verdict) {
    return counts.verdicts[static_cast<std::size_t>(verdict)];
  };
  if (counts.errors > 0) return kInputErrors;
  if (of(rules::Verdict::kUnlawful) > 0) return kUnlawfulFound;
  const auto open = of(rules::Verdict::kNeedsFacts) + of(rules::Verdict::kConflictReview);
  return open > 0 ? kUndecidedFound : kFine;
}

int RunCheck(const CheckOrder& order) {
  const auto work = [&order](Diagnostics& diagnostics) -> std::optional<Answers> {
    const auto checked = Work(order, diagnostics);
    if (!checked) return std::nullopt;
    return Answers{checked->summary, ExitCodeOf(checked->counts)};
  };
  return AnswerFiles(work, order.diagnostics, order.language);
}

}  // namespace

void AddCheckCommand(const Command& program, Action& action) {
  const Command command =
      program.AddCommand("check",
                         "核对底价是否符合规定，或指出缺少哪项事实\n"
                         "reserve prices -> lawful, unlawful or which fact is missing");
  const auto words = std::make_shared<CheckWords>();
  AddOptions(command, *words);
  ActOn(command, words, action, FindFault,
        [](const CheckWords& said) { return RunCheck(OrderOf(said)); });
}

}  // namespace dijia::cli
