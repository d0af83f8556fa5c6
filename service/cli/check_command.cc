#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/check.h"
#include "cli/check_audit.h"
#include "cli/check_table.h"
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
  bool explain = false, inverse = false;
};

struct CheckOrder {
  app::CheckRequest request;
  std::optional<AuditOrder> audit;  // instead of a check
  std::string rules;
  fs::path out;
  std::optional<fs::path> diagnostics;
  Language language = Language::kZh;
};

void AddOptions(CLI::App& command, CheckWords& words) {
  command.add_option("FILE", words.files,
                     "cases: CSV, JSON, NDJSON, XLSX, ODS, GeoPackage, Shapefile, GeoJSON; - = "
                     "stdin / 案例文件");
  command.add_option("--format", words.format,
                     "csv, json, ndjson, xlsx, ods, gpkg, shp or geojson; by extension when absent "
                     "/ 文件格式");
  command.add_option("--encoding", words.encoding,
                     "utf-8, gb18030 or gbk; detected when absent / 字符编码");
  command.add_option("--layer", words.layer, "sheet or layer to read / 工作表或图层");
  command.add_option("--mapping", words.mapping,
                     "landchina: audit past sales of the land-market notices; FILE may be several "
                     "files or a folder / 审查历史成交");
  command.add_option("--output-format", words.output_format,
                     "table (default), json, ndjson, csv or xlsx; by the extension of --out / "
                     "输出格式");
  command.add_option("-o,--out", words.out, "write the answers into this file / 输出文件");
  command.add_flag("--explain", words.explain,
                   "every step with its clause and words / 逐条说明依据");
  command.add_flag("--inverse", words.inverse,
                   "also the lowest lawful price, rent or longest term, and what would make a "
                   "refused price lawful / 另给最低合规价格和使其合规的事实");
  command.add_option("--as-of", words.as_of,
                     "judge every case by the law of this day / 一律按此日的规定判断");
  command.add_option("--rules", words.rules,
                     "id of a rule pack, or the folder of an office's own / 规则包");
  command.add_option("--lang", words.language, "zh (default) or en / 文字的语言");
  command.add_option("--threads", words.threads, "0 (default) = all cores / 线程数");
  command.add_option("--diagnostics", words.diagnostics,
                     "write what is wrong with the inputs as NDJSON / 诊断写入文件");
}

// What is wrong with the words; nothing when the command can run.
std::optional<Diagnostic> FindFault(const CLI::App& command, const CheckWords& words) {
  const auto fault = [](Code code, std::vector<std::string> arguments) {
    return Diagnostic{code, {}, std::move(arguments)};
  };
  if (const auto extra = command.remaining(); !extra.empty()) return UnexpectedWord(command, extra);
  if (words.files.empty()) return fault(Code::kMissingWord, {"FILE"});
  if (!words.mapping.empty() && words.mapping != "landchina") {
    return fault(Code::kOptionNotAllowed, {"--mapping", words.mapping, "landchina"});
  }
  const bool audit = !words.mapping.empty();
  if (!audit && words.files.size() > 1) return fault(Code::kUnexpectedWord, {words.files[1]});
  if (const auto common = FaultOf(words.language, words.threads)) return common;
  if (!words.as_of.empty() && !ParseDate(words.as_of)) {
    return fault(Code::kOptionNotAllowed, {"--as-of", words.as_of, "2023-05-01"});
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

std::optional<app::CheckCounts> Work(const CheckOrder& order, Diagnostics& diagnostics) {
  const auto rules = io::LoadRules(order.rules, PacksFolder(), diagnostics);
  if (!rules) return std::nullopt;
  io::OutputFile file(order.out);
  const InterruptWatch watch([&file] { file.Discard(); }, order.language);
  if (!order.audit) return app::CheckFile(order.request, *rules, file, diagnostics);
  AuditFiles(*order.audit, *rules, file, diagnostics);
  return app::CheckCounts();
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
    const auto counts = Work(order, diagnostics);
    if (!counts) return std::nullopt;
    return Answers{order.audit ? "" : CountsLine(*counts, order.language), ExitCodeOf(*counts)};
  };
  return AnswerFiles(work, order.diagnostics, order.language);
}

}  // namespace

void AddCheckCommand(CLI::App& program, Action& action) {
  CLI::App* command =
      program.add_subcommand("check",
                             "核对底价是否符合规定，或指出缺少哪项事实\n"
                             "reserve prices -> lawful, unlawful or which fact is missing");
  const auto words = std::make_shared<CheckWords>();
  AddOptions(*command, *words);
  ActOn(*command, words, action, FindFault,
        [](const CheckWords& said) { return RunCheck(OrderOf(said)); });
}

}  // namespace dijia::cli
