#include "app/check_text.h"

#include <algorithm>
#include <string_view>

#include "app/check_words.h"
#include "app/csv_text.h"
#include "app/problem_text.h"
#include "dijia/base/date.h"
#include "dijia/base/decimal.h"
#include "json/check_codec.h"
#include "json/text.h"

namespace dijia::app {
namespace {

constexpr int kPriceScale = 4;
constexpr int kRatioScale = 6;
constexpr int kYearsScale = 4;

constexpr std::string_view kInverseColumns =
    ",lowest_lawful_price_yuan_per_sqm,lowest_lawful_rent_yuan_per_sqm_year,longest_term_years,"
    "nearest_lawful_facts\n";

void PutNumber(const std::optional<std::int64_t>& units, int scale, TextBuffer& out) {
  if (units) out += FormatDecimal(*units, scale);
  out += ',';
}

void PutText(std::string_view text, TextBuffer& out) {
  if (CsvText::IsPlain(text)) {
    out += text;
  } else {
    out += CsvCell(text);
  }
  out += ',';
}

std::string MissingText(const rules::ReservePriceCheck& check) {
  std::string text;
  for (const auto& missing : check.missing) text += (text.empty() ? "" : "; ") + missing.fact;
  return text;
}

std::string ReadingText(const rules::ReservePriceCheck& check) {
  std::string text;
  for (const auto& reading : check.readings) {
    text += (text.empty() ? "" : "; ") + reading.reading + ": ";
    text += CodeOf(reading.verdict);
  }
  return text;
}

// "facts.far: 1.2 → 1.4; …" of the nearest way.
std::string NearestText(const rules::Inverse& inverse) {
  std::string text;
  if (inverse.nearest.empty()) return text;
  for (const rules::FactChange& change : inverse.nearest.front().changes) {
    text += (text.empty() ? "" : "; ") + change.fact + ": " +
            (change.from.empty() ? "?" : change.from) + " → " + change.to;
  }
  return text;
}

void PutInverse(const rules::Inverse& inverse, TextBuffer& out) {
  out += ',';
  PutNumber(inverse.price, kPriceScale, out);
  PutNumber(inverse.rent, kPriceScale, out);
  PutNumber(inverse.term, kYearsScale, out);
  out += CsvCell(NearestText(inverse));
}

std::string DecidingCitation(const rules::ReservePriceCheck& check) {
  for (const rules::Finding& finding : check.findings) {
    if (finding.clause == check.deciding_clause) return CitationText(finding.citation);
  }
  return {};
}

}  // namespace

void CheckLines::Render(CaseAnswer&& answer, RenderedBlock& block) const {
  if (answer.is_judged()) {
    std::string line;
    json::AppendCheck(answer.check, pack_, options_.language, line, answer.inverse_or_null());
    block.text += line;
  } else {
    block.text += json::ToLine(
        json::WriteCaseError(answer.check.case_id, answer.problems, options_.language));
  }
  block.text += '\n';
}

bool CheckLines::HasAsItIs(std::string_view case_id) const {
  return std::ranges::all_of(case_id,
                             [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; });
}

std::string CheckLines::Written(std::string_view case_id) const {
  std::string quoted;
  json::AppendString(case_id, quoted);
  return quoted.substr(1, quoted.size() - 2);
}

void CheckDocument::Render(CaseAnswer&& answer, RenderedBlock& block) const {
  text_.Append(
      json::ToPretty(
          answer.is_judged()
              ? json::WriteCheck(answer.check, pack_, options_.language, answer.inverse_or_null())
              : json::WriteCaseError(answer.check.case_id, answer.problems, options_.language)),
      block.text);
}

void CheckCsv::Begin() {
  sink_.Write(
      "row,case_id,verdict,lawful_minimum_yuan_per_sqm,price_yuan_per_sqm,price_50y_yuan_per_sqm,"
      "standard_yuan_per_sqm,ratio,deficit_yuan_per_sqm,equal_within_rounding,deciding_rule,"
      "citation,reason,missing,readings,decided_on,rule_pack");
  sink_.Write(options_.inverse ? kInverseColumns : "\n");
}

bool CheckCsv::HasAsItIs(std::string_view case_id) const { return CsvText::IsPlain(case_id); }

std::string CheckCsv::Written(std::string_view case_id) const { return CsvCell(case_id); }

std::string CsvProblemRow(std::string_view text) {
  return ",,error,,,,,,,,,," + CsvCell(text) + ",,,,\n";
}

void CheckCsv::Render(CaseAnswer&& answer, RenderedBlock& block) const {
  const rules::ReservePriceCheck& check = answer.check;
  TextBuffer& out = block.text;
  out += std::to_string(answer.row) + ",";
  PutText(check.case_id, out);
  if (!answer.is_judged()) {
    out += "error,,,,,,,,,,";
    PutText(ProblemText(answer.problems, options_.language), out);
    out += options_.inverse ? ",,,,,,,\n" : ",,,\n";
    return;
  }
  PutText(CodeOf(check.verdict), out);
  PutNumber(check.lawful_minimum, kPriceScale, out);
  PutNumber(check.price, kPriceScale, out);
  PutNumber(check.price_full_term, kPriceScale, out);
  PutNumber(check.standard, kPriceScale, out);
  PutNumber(check.ratio, kRatioScale, out);
  PutNumber(check.deficit, kPriceScale, out);
  out += check.equal_within_rounding ? "true," : "false,";
  PutText(check.deciding_rule, out);
  PutText(DecidingCitation(check), out);
  PutText(MainReason(check, options_.language), out);
  PutText(MissingText(check), out);
  PutText(ReadingText(check), out);
  out += check.decided_on != kNoDate ? FormatDate(FromDays(check.decided_on)) : std::string();
  out += ',' + pack_.id + ' ' + pack_.version;
  if (answer.inverse) PutInverse(*answer.inverse, out);
  out += '\n';
}

}  // namespace dijia::app
