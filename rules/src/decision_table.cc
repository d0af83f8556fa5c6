#include "dijia/rules/decision_table.h"

#include <algorithm>
#include <bit>

#include "dijia/base/decimal.h"
#include "dijia/rules/words.h"
#include "fact_space.h"
#include "program.h"

namespace dijia::rules {
namespace {

using Kind = CaseVariable::Kind;

constexpr std::size_t kMostRows = 100'000;

bool Decides(const Clause& clause) {
  return clause.kind == ClauseKind::kRatio || clause.kind == ClauseKind::kLimit ||
         clause.kind == ClauseKind::kUnlawful;
}

// Only the columns that some row looks at.
void DropColumns(DecisionTable& table) {
  for (std::size_t i = table.columns.size(); i-- > 0;) {
    const std::uint64_t all = table.columns[i].AllCells();
    const bool used = std::ranges::any_of(
        table.rows, [&](const DecisionRow& row) { return row.cells[i] != all; });
    if (used) continue;
    table.columns.erase(table.columns.begin() + static_cast<std::ptrdiff_t>(i));
    for (DecisionRow& row : table.rows) {
      row.cells.erase(row.cells.begin() + static_cast<std::ptrdiff_t>(i));
    }
  }
}

DecisionTable TableOf(const RulePack& pack, const Period& era) {
  std::vector<const Predicate*> conditions;
  std::vector<std::uint16_t> clauses;
  for (std::size_t i = 0; i < pack.clauses.size(); ++i) {
    const Clause& clause = pack.clauses[i];
    if (!Decides(clause) || !clause.citation.in_force.Contains(era.from)) continue;
    conditions.push_back(&clause.when);
    clauses.push_back(static_cast<std::uint16_t>(i));
  }
  FactSpace space(pack, era, conditions);
  DecisionTable table;
  table.era = era;
  table.columns = space.variables();
  for (std::size_t i = 0; i < clauses.size(); ++i) {
    for (auto& box : space.diagram().Boxes(space.Of(*conditions[i]), kMostRows)) {
      table.rows.push_back({clauses[i], std::move(box)});
    }
  }
  DropColumns(table);
  return table;
}

bool SameColumns(const CaseVariable& a, const CaseVariable& b) {
  return a.kind == b.kind && a.first == b.first && a.second == b.second && a.groups == b.groups &&
         a.starts == b.starts && a.highest == b.highest && a.times == b.times && a.years == b.years;
}

bool SameRows(const DecisionRow& a, const DecisionRow& b) {
  return a.clause == b.clause && a.cells == b.cells;
}

bool SaysTheSame(const DecisionTable& a, const DecisionTable& b) {
  return std::ranges::equal(a.columns, b.columns, SameColumns) &&
         std::ranges::equal(a.rows, b.rows, SameRows);
}

class CellWords {
 public:
  CellWords(const RulePack& pack, const CaseVariable& variable, Language language)
      : pack_(pack), variable_(variable), language_(language) {}

  std::string Of(std::uint64_t cells) const {
    switch (variable_.kind) {
      case Kind::kSmall:
      case Kind::kReading:
        return Values(variable_.ValuesOf(cells));
      case Kind::kNumber:
      case Kind::kPair:
      case Kind::kYears:
        return Ranges(cells);
      case Kind::kStated:
      case Kind::kMeets:
        return cells == 2 ? Say("是", "yes") : Say("否", "no");
    }
    return {};
  }

 private:
  std::string Say(std::string_view zh, std::string_view en) const {
    return std::string(In(language_, zh, en));
  }

  std::string Values(std::uint64_t values) const {
    std::string text;
    for (; values != 0; values &= values - 1) {
      const auto value = static_cast<std::size_t>(std::countr_zero(values));
      if (!text.empty()) text += Say("、", ", ");
      text += variable_.kind == Kind::kReading
                  ? pack_.readings[variable_.first].options[value].text.In(language_)
                  : ValueInWords(pack_.facts[variable_.first], static_cast<std::int64_t>(value),
                                 language_);
    }
    return text;
  }

  // Neighbouring cells as one range.
  std::string Ranges(std::uint64_t cells) const {
    std::string text;
    const std::size_t size = variable_.size();
    for (std::size_t first = 0; first < size; ++first) {
      if ((cells >> first & 1U) == 0) continue;
      std::size_t last = first;
      while (last + 1 < size && (cells >> (last + 1) & 1U) != 0) ++last;
      if (!text.empty()) text += Say("；", "; ");
      text += Range(first, last);
      first = last;
    }
    return text;
  }

  std::string Range(std::size_t first, std::size_t last) const {
    const bool open_below = first == 0, open_above = last + 1 == variable_.size();
    if (variable_.kind == Kind::kPair && first == last && first % 2 == 1) {
      return "= " + Multiple(first / 2);
    }
    std::string text;
    if (!open_below) text = Lower(first);
    if (!open_above) text += (text.empty() ? "" : Say("，", ", ")) + Upper(last);
    return text;
  }

  // The bound under a cell and the bound over it.
  std::string Lower(std::size_t cell) const {
    if (variable_.kind == Kind::kNumber) return Bound(variable_.starts[cell], "> ", "≥ ");
    if (variable_.kind == Kind::kYears) {
      const auto [years, more] = variable_.years[cell - 1];
      return (more ? "> " : "≥ ") + std::to_string(years) + Say(" 年", " years");
    }
    return (cell % 2 == 1 ? "≥ " : "> ") + Multiple((cell - 1) / 2);
  }
  std::string Upper(std::size_t cell) const {
    if (variable_.kind == Kind::kNumber) return Bound(variable_.starts[cell + 1], "≤ ", "< ");
    if (variable_.kind == Kind::kYears) {
      const auto [years, more] = variable_.years[cell];
      return (more ? "≤ " : "< ") + std::to_string(years) + Say(" 年", " years");
    }
    return (cell % 2 == 1 ? "≤ " : "< ") + Multiple(cell / 2);
  }
  // The least value of a cell, or the one before it where that is written shorter: "> 40" for what
  // begins at 40.0001.
  std::string Bound(std::int64_t start, const char* beyond, const char* from) const {
    const std::string at = Number(start), before = Number(start - 1);
    return before.size() < at.size() ? beyond + before : from + at;
  }
  std::string Number(std::int64_t value) const {
    return FormatFact(pack_.facts[variable_.first], value);
  }
  std::string Multiple(std::size_t index) const {
    return FormatDecimal(variable_.times[index], kFactorScale);
  }

  const RulePack& pack_;
  const CaseVariable& variable_;
  Language language_;
};

}  // namespace

std::size_t CaseVariable::size() const {
  switch (kind) {
    case Kind::kSmall:
    case Kind::kReading:
      return groups.size();
    case Kind::kNumber:
      return starts.size();
    case Kind::kPair:
      return 2 * times.size() + 1;
    case Kind::kYears:
      return years.size() + 1;
    case Kind::kStated:
    case Kind::kMeets:
      return 2;
  }
  return 1;
}

std::uint64_t CaseVariable::AllCells() const {
  return size() >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << size()) - 1;
}

std::uint64_t CaseVariable::ValuesOf(std::uint64_t cells) const {
  std::uint64_t values = 0;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if ((cells >> i & 1U) != 0) values |= groups[i];
  }
  return values;
}

std::vector<DecisionTable> DecisionTables(const RulePack& pack) {
  std::vector<DecisionTable> tables;
  for (const Era& era : CompileEras(pack)) {
    DecisionTable table = TableOf(pack, era.period);
    if (!tables.empty() && SaysTheSame(tables.back(), table)) {
      tables.back().era.until = era.period.until;
    } else {
      tables.push_back(std::move(table));
    }
  }
  return tables;
}

std::string VariableInWords(const RulePack& pack, const CaseVariable& variable, Language language) {
  const bool zh = language == Language::kZh;
  const auto fact = [&](std::uint16_t index) { return NameOf(pack.facts[index], language); };
  switch (variable.kind) {
    case Kind::kSmall:
    case Kind::kNumber:
      return fact(variable.first);
    case Kind::kPair:
      return fact(variable.first) + " ÷ " + fact(variable.second);
    case Kind::kYears:
      return zh ? fact(variable.first) + "至" + fact(variable.second)
                : "from the " + fact(variable.first) + " to the " + fact(variable.second);
    case Kind::kStated:
      return (zh ? "案件说明了" : "the case states the ") + fact(variable.first);
    case Kind::kReading:
      return pack.readings[variable.first].question.In(language);
    case Kind::kMeets:
      return zh ? "价格达到标准全额" : "the price meets the full standard";
  }
  return {};
}

std::string CellsInWords(const RulePack& pack, const CaseVariable& variable, std::uint64_t cells,
                         Language language) {
  if ((cells & variable.AllCells()) == variable.AllCells()) return {};
  return CellWords(pack, variable, language).Of(cells);
}

}  // namespace dijia::rules
