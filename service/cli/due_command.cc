#include <algorithm>
#include <chrono>
#include <filesystem>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/due.h"
#include "app/due_text.h"
#include "app/publication_file.h"
#include "app/stored_publications.h"
#include "cli/command.h"
#include "cli/data_folder.h"
#include "cli/diagnostics_output.h"
#include "cli/due_table.h"
#include "cli/exit_code.h"
#include "cli/language_text.h"
#include "dijia/base/codes.h"
#include "io/output_file.h"
#include "io/rule_packs.h"
#include "json/text.h"
#include "store/named_store.h"

namespace dijia::cli {
namespace {

namespace fs = std::filesystem;

// The words of the command line as they are.
struct DueWords {
  std::vector<std::string> files;
  std::string store, as_of, output_format, out, diagnostics, rules = io::kDefaultRules,
                                                             language = "zh";
  bool all_counties = false;
};

void AddOptions(const Command& command, DueWords& words) {
  const OptionGroup options(command);
  options.Add("FILE", words.files, "",
              "基准地价：JSON、XLSX，或存放它们的文件夹\npublications, or folders of them");
  options.Add("--store", words.store, "PATH",
              "也取存储中已公布的基准地价\nalso what is published in this store");
  options.Add("--as-of", words.as_of, "DATE",
              "核对日期，默认今天\nthe day to judge on, default today");
  options.AddFlag("--all-counties", words.all_counties,
                  "也列出没有基准地价文件的旗县\nalso the counties of which no file is given");
  options.Add("--output-format", words.output_format, "FORMAT",
              "table（默认）、csv、json 或 ical（日历提醒）；默认按 --out 的扩展名\n"
              "ical = reminders for a calendar; by the extension of --out, else a table");
  options.Add("-o,--out", words.out, "FILE", "输出文件\nwrite the list into this file");
  options.Add("--rules", words.rules, "PACK",
              "更新周期所依据的规则包\nthe rules on the age of prices");
  AddLanguage(options, words.language);
  AddDiagnostics(options, words.diagnostics);
}

enum class DueFormat : std::uint8_t { kTable, kCsv, kJson, kCalendar };

// The stated format, else that of the extension of the output file, else a table; nothing for a
// word that is no format.
std::optional<DueFormat> FormatOf(const DueWords& words) {
  struct Row {
    std::string_view word, extension;
    DueFormat format;
  };
  static constexpr Row kRows[] = {{"table", "", DueFormat::kTable},
                                  {"csv", ".csv", DueFormat::kCsv},
                                  {"json", ".json", DueFormat::kJson},
                                  {"ical", ".ics", DueFormat::kCalendar}};
  const bool is_stated = !words.output_format.empty();
  const std::string said =
      is_stated ? words.output_format : fs::path(words.out).extension().string();
  const auto* row = std::ranges::find(kRows, said, is_stated ? &Row::word : &Row::extension);
  if (row != std::end(kRows)) return row->format;
  return is_stated ? std::nullopt : std::optional(DueFormat::kTable);
}

// The day that is judged; nothing when the word is no date.
std::optional<Date> DayOf(const std::string& word) {
  if (word.empty()) {
    return Date(std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()));
  }
  const Result<Date> day = ParseDate(word);
  return day ? std::optional(*day) : std::nullopt;
}

// What is wrong with the words; nothing when the command can run.
std::optional<Diagnostic> FindFault(const Command& command, const DueWords& words) {
  if (const auto unasked = command.UnexpectedWord()) return unasked;
  if (words.files.empty() && words.store.empty() && !words.all_counties) {
    return Diagnostic{Code::kMissingWord, {}, {"FILE"}};
  }
  if (const auto common = FaultOf(words.language, "0")) return common;
  if (!DayOf(words.as_of)) {
    return Diagnostic{Code::kOptionNotAllowed, {}, {"--as-of", words.as_of, "YYYY-MM-DD"}};
  }
  if (FormatOf(words)) return std::nullopt;
  return Diagnostic{Code::kOptionNotAllowed,
                    {},
                    {"--output-format", words.output_format, "table, csv, json, ical"}};
}

std::string TextOf(const app::DueList& list, const report::Labels& labels, DueFormat format,
                   Language language) {
  switch (format) {
    case DueFormat::kCsv:
      return app::DueCsv(list, language);
    case DueFormat::kJson:
      return json::ToPretty(app::DueJson(list, language));
    case DueFormat::kCalendar:
      return app::DueCalendar(list, labels, language);
    case DueFormat::kTable:
      break;
  }
  return DueTable(list, labels, language);
}

std::optional<Answers> Work(const DueWords& words, Language language, Diagnostics& diagnostics) {
  const auto rules = io::LoadRules(words.rules, PacksFolder(), diagnostics);
  if (!rules) return std::nullopt;
  const Date on = *DayOf(words.as_of);
  const std::vector<fs::path> paths(words.files.begin(), words.files.end());
  std::vector<Publication> publications =
      app::ReadPublications(app::PublicationFilesIn(paths), diagnostics);
  if (!words.store.empty()) {
    std::ranges::move(app::LatestPrices(*store::OpenStore(words.store), on, diagnostics),
                      std::back_inserter(publications));
  }
  if (diagnostics.has_errors()) return std::nullopt;
  const app::Reference reference = app::LoadReference(DataFolder() / "reference");
  const app::DueList list =
      app::DueOn(on, publications, words.all_counties, reference, *rules, diagnostics);
  io::OutputFile file(words.out);
  file.Write(TextOf(list, reference.labels, *FormatOf(words), language));
  file.Commit();
  return Answers{"", kFine};
}

}  // namespace

void AddDueCommand(const Command& program, Action& action) {
  const Command command =
      program.AddCommand("due",
                         "哪些旗县的基准地价现行有效、应更新、超期或不得再用\n"
                         "which counties' prices are current, due, overdue or barred");
  const auto words = std::make_shared<DueWords>();
  command.DressHelp("FILE... [--as-of DATE] [OPTIONS]");
  AddOptions(command, *words);
  ActOn(command, words, action, FindFault,
        [](const DueWords& said) { return AnswerFiles(said, Work); });
}

}  // namespace dijia::cli
