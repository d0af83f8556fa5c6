#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/check_words.h"
#include "app/kept_checks.h"
#include "app/record_time.h"
#include "cli/command.h"
#include "cli/exit_code.h"
#include "cli/interrupt.h"
#include "cli/language_text.h"
#include "cli/store_words.h"
#include "cli/text_table.h"
#include "dijia/base/codes.h"
#include "io/output_file.h"
#include "json/text.h"

namespace dijia::cli {
namespace {

using Outcome = std::optional<Answers>;

// The words of the commands over kept checks beside those of all commands over the store.
struct ChecksWords : StoreWords {
  std::string verdict, from, until;
};

// The time from which on a day counts.
std::string BeginningOf(const std::string& day) {
  return day.empty() ? "" : day + "T00:00:00.000000Z";
}

store::CheckSelection SelectionOf(const ChecksWords& words) {
  return {words.county, words.verdict, BeginningOf(words.from), BeginningOf(words.until), {}};
}

std::string Verdict(const std::string& code, Language language) {
  const auto verdict = FromCode<rules::Verdict>(code);
  return verdict ? std::string(app::NameOf(*verdict, language)) : code;
}

// For people: the first thousand; how many there are more follows below.
std::string CheckTableOf(store::CheckCursor& checks, Language language) {
  constexpr std::size_t kMostRows = 1000;
  using Align = TextTable::Align;
  TextTable table({Align::kLeft, Align::kLeft, Align::kLeft, Align::kLeft, Align::kRight,
                   Align::kLeft, Align::kLeft});
  const auto say = [language](const char* zh, const char* en) {
    return std::string(In(language, zh, en));
  };
  table.Add({say("存档号", "id"), say("案例", "case"), say("决定日", "decided on"),
             say("结论", "verdict"), say("最低价", "minimum"), say("存档（UTC）", "kept (UTC)"),
             say("办理人", "by")});
  std::size_t rows = 0;
  for (; rows < kMostRows; ++rows) {
    const auto kept = checks.Next();
    if (!kept) return table.ToString();
    constexpr std::size_t kSeconds = 19;
    table.Add({IdOf(*kept), kept->check.case_id, kept->check.judged_on,
               Verdict(kept->check.verdict, language), kept->check.lawful_minimum,
               kept->recorded_at.substr(0, kSeconds) + "Z", kept->actor});
  }
  std::string text = table.ToString();
  if (checks.Next()) {
    text += TextOf({Code::kRowsNotShown, {}, {std::to_string(rows)}}, language) + "\n";
  }
  return text;
}

Outcome List(const ChecksWords& words, Diagnostics&) {
  const auto store = OpenStore(words);
  const auto checks = store->Checks(SelectionOf(words));
  const auto format = OutputFormatOf(words.output_format, words.out);
  io::OutputFile file(words.out);
  const InterruptWatch watch([&file] { file.Discard(); }, LanguageOf(words));
  if (*format == app::AnswerFormat::kTable) {
    file.Write(CheckTableOf(*checks, LanguageOf(words)));
  } else {
    app::WriteKeptChecks(*checks, *format, file);
  }
  file.Commit();
  return Answers{"", kFine};
}

Outcome Show(const ChecksWords& words, Diagnostics& diagnostics) {
  const auto store = OpenStore(words);
  const auto key = store::CheckKeyOf(words.words.front());
  const auto kept = key ? store->Check(*key) : std::nullopt;
  if (!kept) {
    diagnostics.Add(Code::kCheckUnknown, {}, {words.words.front()});
    return std::nullopt;
  }
  io::OutputFile file(words.out);
  file.Write(json::ToPretty(app::WriteKeptCheck(*kept)));
  file.Commit();
  return Answers{"", kFine};
}

std::optional<Diagnostic> FindListFault(const ChecksWords& words) {
  const auto not_allowed = [](const char* option, const std::string& value, const char* allowed) {
    return Diagnostic{Code::kOptionNotAllowed, {}, {option, value, allowed}};
  };
  if (!words.words.empty()) return Diagnostic{Code::kUnexpectedWord, {}, {words.words.front()}};
  if (!words.verdict.empty() && !FromCode<rules::Verdict>(words.verdict)) {
    return not_allowed("--verdict", words.verdict,
                       "lawful, unlawful, needs_facts, conflict_review, not_applicable");
  }
  for (const auto& [option, day] : {std::pair("--from", words.from), {"--until", words.until}}) {
    if (!day.empty() && !ParseDate(day)) return not_allowed(option, day, "YYYY-MM-DD");
  }
  const auto format = OutputFormatOf(words.output_format, words.out);
  if (format && *format != app::AnswerFormat::kXlsx) return std::nullopt;
  return not_allowed("--output-format", words.output_format, "table, json, ndjson, csv");
}

std::optional<Diagnostic> FindShowFault(const ChecksWords& words) {
  if (words.words.empty()) return Diagnostic{Code::kMissingWord, {}, {"ID"}};
  if (words.words.size() > 1) return Diagnostic{Code::kUnexpectedWord, {}, {words.words[1]}};
  return std::nullopt;
}

void AddList(const Command& group, Action& action) {
  const Command command =
      group.AddCommand("list", "列出存档的核对\nthe checks that were kept, as they were answered");
  const auto words = std::make_shared<ChecksWords>();
  command.DressHelp("[OPTIONS]");
  const OptionGroup options(command);
  options.Add("--county", words->county, "CODE", "县代码\ncode of the county");
  options.Add("--verdict", words->verdict, "VERDICT",
              "只列此结论的，如 unlawful\nonly those with this verdict");
  options.Add("--from", words->from, "DATE",
              "只列自此日（UTC）起存档的\nonly those kept from this day (UTC) on");
  options.Add("--until", words->until, "DATE",
              "只列此日（UTC）以前存档的\nonly those kept before this day (UTC)");
  options.Add("--output-format", words->output_format, "FORMAT",
              "table（默认）、json、ndjson、csv；默认按 --out 的扩展名\n"
              "one of these; by default by the extension of --out, else a table");
  options.Add("-o,--out", words->out, "FILE", "输出文件\nwrite into this file");
  AddStore(options, *words);
  AddLanguage(options, words->language);
  ActOverStore(
      command, words, action,
      [](const Command& named, const ChecksWords& said) {
        const auto fault = FaultOf(named, said);
        return fault ? fault : FindListFault(said);
      },
      List);
}

void AddShow(const Command& group, Action& action) {
  const Command command = group.AddCommand(
      "show", "一件存档的核对及其案例（JSON）\na kept check with its case, as JSON");
  const auto words = std::make_shared<ChecksWords>();
  command.DressHelp("ID [OPTIONS]");
  const OptionGroup options(command);
  options.Add("ID", words->words, "", "存档号，如 150304-17\nid such as 150304-17");
  options.Add("-o,--out", words->out, "FILE", "输出文件\nwrite into this file");
  AddStore(options, *words);
  AddLanguage(options, words->language);
  ActOverStore(
      command, words, action,
      [](const Command& named, const ChecksWords& said) {
        const auto fault = FaultOf(named, said);
        return fault ? fault : FindShowFault(said);
      },
      Show);
}

}  // namespace

void AddChecksCommand(const Command& program, Action& action) {
  const Command group = program.AddCommand("checks", "存档的核对\nchecks that were kept");
  AddList(group, action);
  AddShow(group, action);
  AddGroupHelp(group, action);
}

}  // namespace dijia::cli
