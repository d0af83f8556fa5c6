#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/land_class_file.h"
#include "app/record_time.h"
#include "cli/command.h"
#include "cli/data_folder.h"
#include "cli/exit_code.h"
#include "cli/language_text.h"
#include "cli/store_words.h"
#include "cli/table_words.h"
#include "cli/text_table.h"
#include "dijia/base/codes.h"
#include "io/output_file.h"
#include "json/text.h"

namespace dijia::cli {
namespace {

using json::Value;
using Outcome = std::optional<Answers>;

using Job = Outcome (*)(const TableWords&, Diagnostics&);

// A place, its class, and the days: those of the entry, or what later ones left of them.
struct ClassRow {
  const store::LandClassEntry* entry = nullptr;
  Date from{};
  std::optional<Date> until;
};

std::string DayText(const std::optional<Date>& day) { return day ? FormatDate(*day) : ""; }

std::string ClassText(int land_class, Language language) {
  return land_class == 0 ? std::string(In(language, "无", "none")) : std::to_string(land_class);
}

std::string TableOf(const std::vector<ClassRow>& rows, Language language) {
  using Align = TextTable::Align;
  const auto say = [language](const char* zh, const char* en) {
    return std::string(In(language, zh, en));
  };
  TextTable table({Align::kLeft, Align::kRight, Align::kLeft, Align::kRight, Align::kLeft,
                   Align::kLeft, Align::kLeft, Align::kLeft, Align::kLeft});
  table.Add({say("县代码", "county"), say("记录", "entry"), say("乡镇", "town"),
             say("等别", "class"), say("自", "from"), say("至（不含）", "until"),
             say("依据", "instrument"), say("记录（UTC）", "recorded (UTC)"), say("办理人", "by")});
  constexpr std::size_t kSeconds = 19;
  for (const ClassRow& row : rows) {
    const store::LandClassEntry& entry = *row.entry;
    table.Add({entry.about.county, std::to_string(entry.entry), entry.about.town,
               ClassText(entry.about.land_class, language), FormatDate(row.from),
               DayText(row.until), entry.about.instrument,
               entry.recorded_at.substr(0, kSeconds) + "Z", entry.actor});
  }
  return table.ToString();
}

Value ListOf(const std::vector<ClassRow>& rows) {
  Value list{Value::Array()};
  for (const ClassRow& row : rows) {
    const store::LandClassEntry& entry = *row.entry;
    Value value{Value::Object()};
    value.Add("county", Value(entry.about.county));
    value.Add("entry", Value::Integer(entry.entry));
    value.Add("town", Value(entry.about.town));
    value.Add("land_class",
              entry.about.land_class == 0 ? Value() : Value::Integer(entry.about.land_class));
    value.Add("from", Value(FormatDate(row.from)));
    value.Add("until", row.until ? Value(FormatDate(*row.until)) : Value());
    value.Add("instrument", Value(entry.about.instrument));
    value.Add("source", Value(entry.source));
    value.Add("source_sha256", Value(entry.source_sha256));
    value.Add("source_row", Value::Integer(entry.about.source_row));
    value.Add("actor", Value(entry.actor));
    value.Add("note", Value(entry.reason));
    value.Add("recorded_at", Value(entry.recorded_at));
    value.Add("hash", Value(entry.hash));
    list.array()->push_back(std::move(value));
  }
  return list;
}

std::vector<ClassRow> EntriesOf(const std::vector<store::LandClassEntry>& log) {
  std::vector<ClassRow> rows;
  for (const store::LandClassEntry& entry : log) {
    rows.push_back({&entry, entry.about.from, entry.about.until});
  }
  return rows;
}

void Write(const std::vector<ClassRow>& rows, const TableWords& words) {
  io::OutputFile file(words.out);
  file.Write(words.output_format == "json" ? json::ToPretty(ListOf(rows))
                                           : TableOf(rows, LanguageOf(words)));
  file.Commit();
}

Outcome Import(const TableWords& words, Diagnostics& diagnostics) {
  const auto store = OpenStore(words);
  const auto arrival = app::ReadLandClasses(
      words.words.front(), {words.format, words.encoding, words.layer, DataFolder() / "reference"},
      diagnostics);
  if (!arrival) return std::nullopt;
  const auto entries = store->ImportLandClasses(*arrival, ActOf(words), diagnostics);
  if (!entries) return std::nullopt;
  std::cout << TableOf(EntriesOf(*entries), LanguageOf(words));
  const std::string added = std::to_string(entries->size());
  const std::string same = std::to_string(arrival->rows.size() - entries->size());
  return Answers{std::string(In(LanguageOf(words), "新增 ", "added ")) + added +
                     std::string(In(LanguageOf(words), "，已有 ", ", there already ")) + same,
                 kFine};
}

Outcome List(const TableWords& words, Diagnostics&) {
  const auto log = OpenStore(words)->LandClasses(words.county);
  const std::string known_at = words.known_at.empty() ? "" : *app::RecordTimeOf(words.known_at);
  std::vector<ClassRow> rows;
  for (const store::LandClassPeriod& period : store::PeriodsOf(log, known_at)) {
    if (!words.as_of.empty()) {
      const Date day = *ParseDate(words.as_of);
      if (day < period.from || (period.until && *period.until <= day)) continue;
    }
    rows.push_back({period.entry, period.from, period.until});
  }
  Write(rows, words);
  return Answers{"", kFine};
}

Outcome Log(const TableWords& words, Diagnostics&) {
  const auto log = OpenStore(words)->LandClasses(words.county);
  Write(EntriesOf(log), words);
  return Answers{"", kFine};
}

std::optional<Diagnostic> FindFault(Job job, const Command& command, const TableWords& words) {
  if (const auto fault = FaultOf(command, words)) return fault;
  const std::size_t most = job == Import ? 1 : 0;
  if (words.words.size() > most) return Diagnostic{Code::kUnexpectedWord, {}, {words.words[most]}};
  return job == Import ? FaultOfTable(words) : FaultOfListFormat(words);
}

void Act(const Command& command, Job job, const std::shared_ptr<TableWords>& words,
         Action& action) {
  const auto find_fault = [job](const Command& named, const TableWords& said) {
    return FindFault(job, named, said);
  };
  ActOverStore(command, words, action, find_fault, job);
}

void AddReading(const Command& group, const char* name, const char* about, Job job,
                Action& action) {
  const Command command = group.AddCommand(name, about);
  const auto words = std::make_shared<TableWords>();
  command.DressHelp("[OPTIONS]");
  const OptionGroup options(command);
  AddCounty(options, *words);
  if (job == List) {
    options.Add("--as-of", words->as_of, "DATE", "只列此日的\nonly those of this day");
    options.Add("--known-at", words->known_at, "TIME",
                "按此时（UTC）为止的记录；日期指当日结束\n"
                "by the log as it stood then (UTC); a day means its end");
  }
  AddListFormat(options, *words);
  options.Add("-o,--out", words->out, "FILE", "输出文件\nwrite into this file");
  AddStore(options, *words);
  AddLanguage(options, words->language);
  Act(command, job, words, action);
}

}  // namespace

void AddLandClassImport(const Command& group, Action& action) {
  const Command command =
      group.AddCommand("classes",
                       "把旗县、乡镇的土地等别及其起止日收入存储\n"
                       "land classes of counties and towns, from when until when, into the store");
  const auto words = std::make_shared<TableWords>();
  command.DressHelp("FILE --actor NAME [OPTIONS]");
  const OptionGroup options(command);
  options.Add("FILE", words->words, "",
              "等别表：CSV、XLSX、ODS，列 county、town、land_class、from、until、instrument\n"
              "a table with these columns");
  AddTableReading(options, *words);
  AddStore(options, *words);
  AddActor(options, *words);
  AddLanguage(options, words->language);
  AddDiagnostics(options, words->diagnostics);
  Act(command, Import, words, action);
}

void AddClassesCommand(const Command& program, Action& action) {
  const Command group =
      program.AddCommand("classes", "存储中的土地等别\nland classes of the store");
  AddReading(group, "list",
             "列出等别及其起止日，或某日的、某时所知的\n"
             "the classes and their days, or those of a day, or as known at a time",
             List, action);
  AddReading(group, "log", "等别的全部记录\nevery entry of the log of land classes", Log, action);
  AddGroupHelp(group, action);
}

}  // namespace dijia::cli
