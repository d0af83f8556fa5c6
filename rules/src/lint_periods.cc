// Holes in time: rules, values, tables, defaults. And tables that confirm each other.
#include <algorithm>
#include <map>

#include "dijia/base/codes.h"
#include "dijia/base/decimal.h"
#include "linter.h"

namespace dijia::rules {
namespace {

// The gaps between periods, first to last.
std::vector<Period> GapsBetween(std::vector<Period> periods) {
  std::ranges::sort(periods, {}, &Period::from);
  std::vector<Period> gaps;
  Days reached = periods.empty() ? kNoEnd : periods.front().until;
  for (const Period& period : periods) {
    if (period.from > reached) gaps.push_back({reached, period.from});
    reached = std::max(reached, period.until);
  }
  return gaps;
}

// Eras that follow each other, as one period each.
void AddEra(std::vector<Period>& periods, const Period& era) {
  if (!periods.empty() && periods.back().until == era.from) {
    periods.back().until = era.until;
  } else {
    periods.push_back(era);
  }
}

void CollectOperands(const Predicate& predicate, Operand::Kind kind,
                     std::vector<std::uint16_t>& indices) {
  for (const Predicate& part : predicate.parts) CollectOperands(part, kind, indices);
  if (predicate.op == Predicate::Op::kCompare && predicate.operand.kind == kind) {
    indices.push_back(predicate.operand.index);
  }
}

void CollectReadings(const Predicate& predicate, std::vector<bool>& readings) {
  for (const Predicate& part : predicate.parts) CollectReadings(part, readings);
  if (predicate.op == Predicate::Op::kReading) readings[predicate.subject] = true;
}

bool IsStandardLimit(const Clause& clause) {
  return clause.kind == ClauseKind::kLimit && clause.limit.amount == Limit::Amount::kStandard;
}

}  // namespace

void Linter::CheckRulePeriods() {
  std::map<std::pair<std::string, ClauseKind>, std::vector<Period>> periods;
  for (const Clause& clause : pack_.clauses) {
    periods[{clause.rule, clause.kind}].push_back(clause.citation.in_force);
  }
  for (const auto& [key, in_force] : periods) {
    const std::string& rule = key.first;
    for (const Period& gap : GapsBetween(in_force)) {
      const auto before = std::ranges::find_if(pack_.clauses, [&](const Clause& clause) {
        return clause.rule == rule && clause.citation.in_force.until == gap.from;
      });
      ReportOn(Code::kLintRuleHole, before->where, {rule, DayText(gap.from), DayText(gap.until)},
               gap.from, {});
    }
  }
}

void Linter::CheckValues() {
  std::vector<std::vector<Period>> missing(pack_.value_ids.size());
  for (const EraProof& proof : proofs_) {
    std::vector<std::uint16_t> needed;
    for (std::size_t i = 0; i < pack_.clauses.size(); ++i) {
      if (!proof.in_force[i]) continue;
      CollectOperands(pack_.clauses[i].when, Operand::Kind::kValue, needed);
      if (pack_.clauses[i].kind != ClauseKind::kLimit) continue;
      needed.push_back(pack_.formula.full_term);
      needed.push_back(pack_.formula.tolerance);
    }
    std::ranges::sort(needed);
    needed.erase(std::unique(needed.begin(), needed.end()), needed.end());
    for (const std::uint16_t value : needed) {
      const bool known = pack_.ValueOn(value, proof.era->period.from) != nullptr;
      if (!known) AddEra(missing[value], proof.era->period);
    }
  }
  for (std::size_t i = 0; i < missing.size(); ++i) {
    std::vector<Period> periods;
    Location where;
    for (const DatedValue& value : pack_.values) {
      if (value.id != pack_.value_ids[i]) continue;
      periods.push_back(value.citation.in_force);
      where = value.where;
    }
    // A hole counts even where no clause needs the value.
    for (const Period& gap : GapsBetween(periods)) {
      const bool known = std::ranges::any_of(
          missing[i], [&](const Period& p) { return p.from < gap.until && gap.from < p.until; });
      if (!known) missing[i].push_back(gap);
    }
    for (const Period& gap : missing[i]) {
      ReportOn(Code::kLintValueHole, where,
               {pack_.value_ids[i], DayText(gap.from), DayText(gap.until)},
               gap.from == kNoBeginning ? gap.until - 1 : gap.from, {});
    }
  }
}

void Linter::CheckTables() {
  for (std::size_t table = 0; table < pack_.tables.size(); ++table) {
    std::vector<bool> needed;
    for (const EraProof& proof : proofs_) {
      bool here = false;
      for (std::size_t i = 0; i < pack_.clauses.size(); ++i) {
        if (!proof.in_force[i]) continue;
        std::vector<std::uint16_t> tables;
        CollectOperands(pack_.clauses[i].when, Operand::Kind::kTable, tables);
        here = here || std::ranges::count(tables, table) > 0 ||
               (IsStandardLimit(pack_.clauses[i]) && table == pack_.formula.standard_table);
      }
      needed.push_back(here);
    }
    CheckRowsOf(table, needed);
  }
}

// Where the table is needed every key has a row; where it is not, the rows of a key that it has
// follow each other without a gap. `needed` by era.
void Linter::CheckRowsOf(std::size_t index, const std::vector<bool>& needed) {
  const Table& table = pack_.tables[index];
  const Fact& key = pack_.facts[table.keys[0]];
  std::map<std::pair<std::int64_t, std::int64_t>, std::vector<Period>> rows, missing;
  for (const TableRow& row : table.rows) rows[{row.key, row.second_key}].push_back(row.period);
  for (const auto& [keys, periods] : rows) missing[keys] = GapsBetween(periods);
  const bool column = table.keys.size() == 1 && key.IsSmall();
  for (std::int64_t value = key.lowest; column && value <= key.highest; ++value) {
    std::vector<Period> holes;
    for (std::size_t era = 0; era < eras_.size(); ++era) {
      const Period& period = eras_[era].period;
      if (needed[era] && !table.Find(value, 0, period.from)) AddEra(holes, period);
    }
    if (!holes.empty()) missing[{value, 0}] = holes;
  }
  for (const auto& [keys, holes] : missing) {
    for (const Period& hole : holes) {
      std::string name = key.id + " = " + FormatFact(key, keys.first);
      if (table.keys.size() == 2) {
        const Fact& second = pack_.facts[table.keys[1]];
        name += ", " + second.id + " = " + FormatFact(second, keys.second);
      }
      ReportOn(Code::kLintTableHole, table.where,
               {table.id, name, DayText(hole.from), DayText(hole.until)}, hole.from,
               {{table.keys[0], keys.first}});
    }
  }
}

void Linter::CheckIdentities() {
  for (const TableIdentity& identity : pack_.identities) {
    const Table &table = pack_.tables[identity.table], &other = pack_.tables[identity.other];
    for (const TableRow& row : table.rows) {
      const auto twin = other.Find(row.key, row.second_key, row.period.from);
      const Int128 unit = Int128{PowerOfTen(other.scale)} * PowerOfTen(kFactorScale);
      const Int128 wanted = Int128{twin.value_or(0)} * identity.times * PowerOfTen(table.scale);
      if (twin && Int128{row.value} * unit == wanted) continue;
      const Fact& key = pack_.facts[table.keys[0]];
      const std::string name = key.id + " = " + FormatFact(key, row.key);
      const std::string should =
          twin ? FormatDecimal(static_cast<std::int64_t>(wanted / unit), table.scale) : "?";
      ReportOn(Code::kLintIdentityBroken, identity.where,
               {table.id, name, other.id, FormatDecimal(identity.times, kFactorScale), should,
                FormatDecimal(row.value, table.scale)},
               row.period.from, {{table.keys[0], row.key}});
    }
  }
}

void Linter::CheckDefaults() {
  std::vector<std::vector<Period>> missing(pack_.readings.size());
  for (const EraProof& proof : proofs_) {
    std::vector<bool> asked(pack_.readings.size(), false);
    for (std::size_t i = 0; i < pack_.clauses.size(); ++i) {
      if (proof.in_force[i]) CollectReadings(pack_.clauses[i].when, asked);
    }
    for (std::size_t i = 0; i < asked.size(); ++i) {
      const Reading& reading = pack_.readings[i];
      const bool in_force = reading.options[reading.chosen].period.Contains(proof.era->period.from);
      if (asked[i] && !in_force) AddEra(missing[i], proof.era->period);
    }
  }
  for (std::size_t i = 0; i < missing.size(); ++i) {
    const Reading& reading = pack_.readings[i];
    for (const Period& hole : missing[i]) {
      ReportOn(
          Code::kLintDefaultNotInForce, reading.where,
          {reading.id, reading.options[reading.chosen].id, DayText(hole.from), DayText(hole.until)},
          hole.from, {});
    }
  }
}

}  // namespace dijia::rules
