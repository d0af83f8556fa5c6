// The cells of a case: exact where they are in the plain form, otherwise understood as offices
// write them, or refused by name.
#include <algorithm>

#include "dijia/base/codes.h"
#include "dijia/base/decimal.h"
#include "io/case_layout.h"
#include "io/cell.h"

namespace dijia::io {
namespace {

using rules::kNotStated;

// Decimals of a cell before it is multiplied by the factor of its column.
constexpr int kCellScale = 9;

}  // namespace

void CaseLayout::Begin(std::uint64_t row, CaseRow& out) const {
  out.row = row;
  out.the_case.case_id.clear();
  out.the_case.values.assign(pack_->facts.size(), kNotStated);
  out.the_case.land_class_candidates = 0;
  out.told_twice.clear();
  if (out.problems.total() > 0) out.problems = {};
}

void CaseLayout::Read(std::span<const std::string_view> cells, CaseRow& out) const {
  std::string buffer;
  for (const Column& column : columns_) {
    const std::string_view cell = cells[column.position];
    if (cell.empty()) continue;
    if (!column.fact) {
      out.the_case.case_id = Plain(cell, buffer);
      continue;
    }
    const std::optional<std::int64_t> value = Value(column, cell, out);
    if (!value || !State(*column.fact, *value, out)) continue;
    for (const auto& [fact, said] : column.states) State(fact, said, out);
  }
  for (const std::uint16_t fact : out.told_twice) ReportTwice(fact, cells, out);
  Validate(out);
}

// Who told a fact, in the order of the table: a header, the cell of its own column, or a price with
// its unit. The header counts as such where there is one; the cell that says otherwise is reported.
void CaseLayout::ReportTwice(std::uint16_t fact, std::span<const std::string_view> cells,
                             CaseRow& out) const {
  const Column *by_header = nullptr, *by_own = nullptr, *by_unit = nullptr;
  for (const Column& column : columns_) {
    if (!column.fact || cells[column.position].empty()) continue;
    const bool states = std::ranges::any_of(
        column.states, [&](const auto& stated) { return stated.first == fact; });
    if (states && by_header != nullptr) by_own = &column;
    if (states && by_header == nullptr) by_header = &column;
    if (*column.fact == fact) by_own = &column;
    const bool has_unit =
        cells[column.position].find_first_not_of("+-.0123456789") != std::string_view::npos;
    if (fact == price_unit_ && pack_->facts[*column.fact].id == "price.amount" && has_unit) {
      by_unit = &column;
    }
  }
  const Column* const header = by_header != nullptr ? by_header : by_own;
  const Column* const cell = by_unit != nullptr ? by_unit : by_own;
  if (header == nullptr || cell == nullptr) return;
  Report(Code::kCellGivesTwice, *cell,
         {std::string(cells[cell->position]), header->header, pack_->facts[fact].id}, out);
}

std::optional<std::int64_t> CaseLayout::Value(const Column& column, std::string_view cell,
                                              CaseRow& out) const {
  const rules::Fact& fact = pack_->facts[*column.fact];
  if (column.times.IsOne()) {
    const Result<std::int64_t> plain = ParseFact(fact, cell);
    if (plain) return *plain;
  }
  std::string buffer;
  const std::string_view text = Plain(cell, buffer);
  if (SaysNothing(text)) return std::nullopt;
  if (*column.fact == land_class_ && text.find(';') != std::string_view::npos) {
    ReadCandidates(column, text, out);
    return std::nullopt;
  }
  const std::optional<std::int64_t> value = Lenient(column, text, out);
  if (!value || (*value >= fact.lowest && *value <= fact.highest)) return value;
  Report(Code::kFactOutOfRange, column,
         {std::string(text), FormatFact(fact, fact.lowest), FormatFact(fact, fact.highest)}, out);
  return std::nullopt;
}

std::optional<std::int64_t> CaseLayout::Lenient(const Column& column, std::string_view cell,
                                                CaseRow& out) const {
  const rules::Fact& fact = pack_->facts[*column.fact];
  if (column.names != nullptr) {
    if (const std::string* code = column.names->Find(cell)) {
      const Result<std::int64_t> value = ParseFact(fact, *code);
      if (value) return *value;
    }
  }
  if (*column.fact == land_class_) {
    const CellValue<GradeCell> grade = ReadGradeCell(cell);
    if (grade.value && grade.value->land_class != LandClass{}) {
      return std::int64_t{grade.value->land_class.value};
    }
  }
  if (fact.type == rules::FactType::kDate) {
    const CellValue<Date> date = ReadDateCell(cell);
    if (date.value) return std::int64_t{ToDays(*date.value)};
  }
  if (fact.type == rules::FactType::kDecimal) return Measured(column, cell, out);
  const Result<std::int64_t> value = ParseFact(fact, cell);
  if (value) return *value;
  const Location where{source_, out.row, static_cast<std::uint32_t>(column.position + 1), fact.id};
  ReportFactError(value.error(), fact, where, out.problems);
  return std::nullopt;
}

// Decimals with a unit of their own (`50年`, `5.6万元/亩`, `6%`) or in the unit of the column.
std::optional<std::int64_t> CaseLayout::Measured(const Column& column, std::string_view cell,
                                                 CaseRow& out) const {
  const rules::Fact& fact = pack_->facts[*column.fact];
  const auto refuse = [&](const CellProblem& problem) -> std::optional<std::int64_t> {
    Report(problem.code, column, problem.arguments, out);
    return std::nullopt;
  };
  const bool digits_only = cell.find_first_not_of("+-.0123456789") == std::string_view::npos;
  if (fact.id == "price.amount" && !digits_only) {
    const CellValue<PriceCell> price = ReadPriceCell(cell, PriceUnit::kYuanPerSqm);
    if (price.problem) return refuse(*price.problem);
    if (PriceUnitOf(cell.substr(cell.find_first_not_of("+-.,0123456789 ")))) {
      State(price_unit_, static_cast<std::int64_t>(price.value->unit), out);
    }
    return price.value->units;
  }
  if (fact.id == "area_sqm" && !digits_only && column.times.IsOne()) {
    const CellValue<Area> area = ReadAreaCell(cell, AreaUnit::kSqm);
    if (area.problem) return refuse(*area.problem);
    return area.value->units();
  }
  if ((fact.id == "term_years" || fact.id == "lease_years") && !digits_only) {
    const CellValue<TermCell> term = ReadTermCell(cell);
    if (term.value && term.value->years) return term.value->years->units();
  }
  return Scaled(column, cell, out);
}

std::optional<std::int64_t> CaseLayout::Scaled(const Column& column, std::string_view cell,
                                               CaseRow& out) const {
  const rules::Fact& fact = pack_->facts[*column.fact];
  Int128 numerator = column.times.numerator, denominator = column.times.denominator;
  std::string_view number = cell;
  if (number.ends_with('%')) {
    number.remove_suffix(1);
    if (column.times.IsOne()) denominator *= 100;
  }
  const CellValue<std::int64_t> read = ReadDecimalCell(number, kCellScale);
  if (!read.value) {
    const CellProblem problem =
        read.problem.value_or(CellProblem{Code::kNotANumber, {std::string(cell)}});
    Report(problem.code, column, problem.arguments, out);
    return std::nullopt;
  }
  numerator *= Int128{*read.value} * PowerOfTen(fact.scale);
  denominator *= PowerOfTen(kCellScale);
  const bool exact = numerator % denominator == 0;
  if (!exact && fact.id != "area_sqm") {
    Report(Code::kTooManyDecimals, column, {std::string(cell), std::to_string(fact.scale)}, out);
    return std::nullopt;
  }
  const auto units = RoundQuotient(numerator, denominator, 1, RoundingMode::kHalfUp);
  if (!units) {
    Report(Code::kNumberTooLarge, column, {std::string(cell)}, out);
    return std::nullopt;
  }
  if (!exact) {
    Report(Code::kAreaRounded, column,
           {std::string(cell) + " (" + column.header + ")", FormatDecimal(*units, fact.scale)},
           out);
  }
  return *units;
}

void CaseLayout::ReadCandidates(const Column& column, std::string_view cell, CaseRow& out) const {
  while (!cell.empty()) {
    const std::string_view one = cell.substr(0, cell.find(';'));
    const auto value = Lenient(column, one, out);
    if (value)
      out.the_case.land_class_candidates |= std::uint64_t{1} << static_cast<unsigned>(*value);
    cell.remove_prefix(std::min(cell.size(), one.size() + 1));
  }
}

// False when the unit of a price cell or a header has said otherwise.
bool CaseLayout::State(std::uint16_t fact, std::int64_t value, CaseRow& out) const {
  std::int64_t& stated = out.the_case.values[fact];
  if (stated != kNotStated && stated != value) {
    const bool known = std::ranges::find(out.told_twice, fact) != out.told_twice.end();
    if (!known) out.told_twice.push_back(fact);
    return false;
  }
  stated = value;
  return true;
}

void CaseLayout::Report(Code code, const Column& column, std::vector<std::string> arguments,
                        CaseRow& out) const {
  out.problems.Add(code,
                   {source_, out.row, static_cast<std::uint32_t>(column.position + 1),
                    pack_->facts[*column.fact].id},
                   std::move(arguments));
}

// What the facts say together, at the column of the fact where there is one.
void CaseLayout::Validate(CaseRow& out) const {
  Diagnostics together;
  validator_->Validate(out.the_case, together);
  if (together.total() == 0) return;
  for (Diagnostic problem : together.kept()) {
    const auto fact = pack_->FindFact(problem.where.field);
    const auto column = std::ranges::find_if(
        columns_, [&](const Column& other) { return other.fact && other.fact == fact; });
    if (column != columns_.end()) {
      problem.where.column = static_cast<std::uint32_t>(column->position + 1);
    }
    problem.where.source = source_;
    problem.where.row = out.row;
    out.problems.Add(std::move(problem));
  }
}

}  // namespace dijia::io
