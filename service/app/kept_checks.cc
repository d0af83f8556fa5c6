#include "app/kept_checks.h"

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>
#include <utility>

#include "app/check_words.h"
#include "app/csv_text.h"
#include "dijia/base/date.h"
#include "dijia/base/decimal.h"
#include "json/text.h"

namespace dijia::app {
namespace {

using json::Value;

constexpr int kPriceScale = 4;

// What stands between the parts of a line of `clauses`; a text may hold anything else.
std::string WithoutTabs(std::string text) {
  std::ranges::replace_if(
      text, [](char c) { return c == '\t' || c == '\n'; }, ' ');
  return text;
}

// A text cut where a character stands.
std::vector<std::string> Parts(std::string_view text, char at) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(at), text.size());
    parts.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

Value ClausesOf(const std::string& lines) {
  static constexpr std::array kNames{"outcome", "rule", "clause", "citation"};
  Value clauses{Value::Array()};
  for (const std::string& line : Parts(lines, '\n')) {
    Value clause{Value::Object()};
    const std::vector<std::string> parts = Parts(line, '\t');
    for (std::size_t i = 0; i < std::min(parts.size(), kNames.size()); ++i) {
      clause.Add(kNames[i], Value(parts[i]));
    }
    clauses.array()->push_back(std::move(clause));
  }
  return clauses;
}

// Kept texts that were altered may be no JSON any more; they are shown as they are.
Value CaseOf(const std::string& given) {
  Diagnostics unheard;
  auto value = json::ParseJson(given, "", unheard);
  return value ? *std::move(value) : Value(given);
}

std::string OnOneLine(std::string text) {
  std::ranges::replace(text, '\n', ' ');
  std::ranges::replace(text, '\r', ' ');
  return text;
}

std::string CsvRow(const store::KeptCheck& kept) {
  const store::NewCheck& check = kept.check;
  const std::string* const cells[] = {
      &check.case_id,        &check.county,        &check.judged_on,    &check.verdict,
      &check.lawful_minimum, &check.deciding_rule, &check.clauses,      &check.missing,
      &check.rules,          &check.rules_version, &check.rules_sha256, &kept.actor,
      &kept.reason,          &kept.recorded_at,    &kept.hash};
  std::string row = IdOf(kept);
  for (const std::string* cell : cells) row += "," + CsvCell(*cell);
  return row + "\n";
}

}  // namespace

store::NewCheck CheckToKeep(const rules::ReservePriceCase& the_case,
                            const rules::ReservePriceCheck& check, const rules::RulePack& pack,
                            std::string given) {
  store::NewCheck kept;
  if (const auto county = pack.FindFact("county")) {
    kept.county = FormatFact(pack.facts[*county], the_case.values[*county]);
  }
  kept.case_id = check.case_id;
  std::erase(kept.case_id, '\0');  // which texts of a database may not have; `given` has it
  if (check.decided_on != kNoDate) kept.judged_on = FormatDate(FromDays(check.decided_on));
  kept.verdict = CodeOf(check.verdict);
  if (check.lawful_minimum) kept.lawful_minimum = FormatDecimal(*check.lawful_minimum, kPriceScale);
  kept.deciding_rule = check.deciding_rule;
  for (const rules::Finding& finding : check.findings) {
    kept.clauses += (kept.clauses.empty() ? "" : "\n") + std::string(CodeOf(finding.outcome)) +
                    "\t" + finding.rule + "\t" + finding.clause + "\t" +
                    WithoutTabs(CitationText(finding.citation));
  }
  for (const rules::MissingFact& missing : check.missing) {
    kept.missing += (kept.missing.empty() ? "" : "\n") + missing.fact;
  }
  kept.rules = pack.id;
  kept.rules_version = pack.version;
  kept.rules_sha256 = pack.sha256;
  kept.given = std::move(given);
  return kept;
}

Value WriteKeptCheck(const store::KeptCheck& kept) {
  const store::NewCheck& check = kept.check;
  Value value{Value::Object()}, missing{Value::Array()}, pack{Value::Object()};
  for (std::string& fact : Parts(check.missing, '\n')) missing.array()->emplace_back(fact);
  pack.Add("id", Value(check.rules));
  pack.Add("version", Value(check.rules_version));
  pack.Add("sha256", Value(check.rules_sha256));
  value.Add("id", Value(IdOf(kept)));
  value.Add("county", Value(check.county));
  value.Add("case_id", Value(check.case_id));
  value.Add("verdict", Value(check.verdict));
  value.Add("lawful_minimum_yuan_per_sqm",
            check.lawful_minimum.empty() ? Value() : Value(Value::Number{check.lawful_minimum}));
  value.Add("deciding_rule", Value(check.deciding_rule));
  value.Add("clauses", ClausesOf(check.clauses));
  value.Add("missing", std::move(missing));
  value.Add("decided_on", check.judged_on.empty() ? Value() : Value(check.judged_on));
  value.Add("rule_pack", std::move(pack));
  value.Add("actor", Value(kept.actor));
  value.Add("note", Value(kept.reason));
  value.Add("recorded_at", Value(kept.recorded_at));
  value.Add("hash", Value(kept.hash));
  value.Add("case", CaseOf(check.given));
  return value;
}

void WriteKeptChecks(store::CheckCursor& checks, AnswerFormat format, io::TextSink& sink) {
  if (format == AnswerFormat::kCsv) {
    sink.Write(
        "id,case_id,county,decided_on,verdict,lawful_minimum_yuan_per_sqm,deciding_rule,clauses,"
        "missing,rule_pack,rule_pack_version,rule_pack_sha256,actor,note,recorded_at,hash\n");
    while (const auto kept = checks.Next()) sink.Write(CsvRow(*kept));
  } else if (format == AnswerFormat::kNdjson) {
    while (const auto kept = checks.Next()) sink.Write(json::ToLine(WriteKeptCheck(*kept)) + "\n");
  } else {
    JsonListText list(false, sink);
    TextBuffer block;
    list.Begin();
    while (const auto kept = checks.Next()) {
      block.clear();
      list.Append(json::ToPretty(WriteKeptCheck(*kept)), block);
      list.Write(block.view());
    }
    list.End();
  }
}

io::CaseInputOptions CasesOf(store::CheckCursor& checks) {
  io::CaseInputOptions options;
  options.format = "ndjson";
  // A text that was sent over HTTP may be of several lines, none of which ends within a string.
  options.read = [&checks, rest = std::make_shared<std::string>()](char* out, std::size_t room) {
    std::size_t written = 0;
    while (written < room) {
      if (rest->empty()) {
        const auto kept = checks.Next();
        if (!kept) break;
        *rest = OnOneLine(kept->check.given) + "\n";
      }
      const std::size_t taken = std::min(room - written, rest->size());
      std::copy_n(rest->data(), taken, out + written);
      rest->erase(0, taken);
      written += taken;
    }
    return written;
  };
  return options;
}

}  // namespace dijia::app
