// The deciding clauses as one SQL query, made from the conditions themselves and so independent of
// the decision tables.
#include <bit>

#include "dijia/base/decimal.h"
#include "law/export.h"
#include "law/export_terms.h"

namespace dijia::law {
namespace {

using rules::Clause;
using rules::ClauseKind;
using rules::Operand;
using rules::Period;
using rules::Predicate;
using rules::RulePack;
using Op = Predicate::Op;

constexpr std::string_view kRelations[] = {" >= ", " > ", " <= ", " < "};
constexpr std::int64_t kWhole = 1'000'000;
constexpr int kValueScale = 6;

std::string Quoted(const std::string& text) { return "'" + text + "'"; }
std::string DayText(Days day) { return Quoted(FormatDate(FromDays(day))); }

class SqlWriter {
 public:
  explicit SqlWriter(const RulePack& pack)
      : pack_(pack),
        terms_(pack, Dialect::kSql,
               {"c.", "c.full_term", "c.tolerance_e4", "c.ratio_low_e6", "c.ratio_high_e6"}) {}

  std::string Write() const {
    std::string sql =
        "-- " + pack_.id + " " + pack_.version + " SHA-256 " + pack_.sha256 +
        "\n-- NULL is a fact that is not known. A verdict of 'needs_program' is not one"
        ": ask dijia.\n-- Needs the mathematical functions of SQLite (pow).\n";
    sql += "WITH rule_value(id, value, from_on, until_on) AS (VALUES " + Values() + "),\n";
    sql += "rule_table(id, key, value, from_on, until_on) AS (VALUES " + Tables() + "),\n";
    sql += "dated AS MATERIALIZED (SELECT c.*,\n  " + Looked(pack_.formula.standard_table) +
           " AS standard,\n  " + LookedValue(pack_.formula.full_term) +
           " / 1000000 AS full_term,\n  coalesce(" + LookedValue(pack_.formula.tolerance) +
           ", 0) / 100 AS tolerance_e4 FROM cases c),\n";
    sql += "valued AS MATERIALIZED (SELECT c.*" + Columns(terms_.Values()) + " FROM dated c),\n";
    sql +=
        "reaching AS MATERIALIZED (SELECT c.*" + Columns(terms_.Reaches()) + " FROM valued c),\n";
    sql += "measured AS MATERIALIZED (SELECT c.*,\n  NOT (" + terms_.MissesStandard() +
           ") AS meets_standard FROM reaching c),\n";
    sql += "rated AS MATERIALIZED (SELECT c.*,\n  " + Ratio(" IS NOT 0") + " AS ratio_low_e6,\n  " +
           Ratio("") + " AS ratio_high_e6 FROM measured c),\n";
    sql += "judged AS (SELECT c.*,\n  " + Keys(ClauseKind::kLimit) + " AS limits,\n  " +
           Keys(ClauseKind::kUnlawful) + " AS unlawful,\n  " + Fails() + " AS fails,\n  " +
           Binds() + " AS binds FROM rated c)\n";
    sql +=
        "SELECT case_id, standard,\n"
        "  CASE WHEN ratio_low_e6 = ratio_high_e6 THEN ratio_low_e6 END AS ratio_e6,\n"
        "  limits, unlawful,\n"
        "  CASE WHEN fails THEN 'unlawful' WHEN fails IS NULL THEN 'needs_program'\n"
        "    WHEN binds THEN 'lawful' WHEN binds IS NULL THEN 'needs_program'\n"
        "    ELSE 'not_applicable' END AS verdict\nFROM judged";
    return sql + ";\n";
  }

 private:
  static std::string Columns(const std::vector<PriceTerms::Term>& terms) {
    std::string columns;
    for (const auto& [name, text] : terms) columns += ",\n  " + text + " AS " + name;
    return columns;
  }

  static std::string Row(const std::string& id, const std::string& numbers, const Period& period) {
    const std::string from =
        period.from == rules::kNoBeginning ? Quoted("0000-01-01") : DayText(period.from);
    const std::string until =
        period.until == rules::kNoEnd ? Quoted("9999-12-31") : DayText(period.until);
    return "\n  (" + Quoted(id) + ", " + numbers + ", " + from + ", " + until + ")";
  }

  std::string Values() const {
    std::string rows;
    for (const rules::DatedValue& value : pack_.values) {
      rows += (rows.empty() ? "" : ",") +
              Row(value.id, std::to_string(value.value), value.citation.in_force);
    }
    return rows;
  }

  std::string Tables() const {
    std::string rows;
    for (const rules::Table& table : pack_.tables) {
      if (table.keys.size() != 1 || !pack_.facts[table.keys[0]].IsSmall()) continue;
      for (const rules::TableRow& row : table.rows) {
        const std::string key = Constant(pack_.facts[table.keys[0]], row.key);
        rows += (rows.empty() ? "" : ",") +
                Row(table.id, key + ", " + std::to_string(row.value), row.period);
      }
    }
    return rows;
  }

  // A fact that the pack gives for its region counts where the case does not state it.
  std::string Column(std::uint16_t fact) const {
    std::string given;
    for (const rules::GivenFact& one : pack_.given) {
      if (one.fact != fact) continue;
      given += " WHEN " + InForce(one.citation.in_force) + "1 THEN " +
               Constant(pack_.facts[fact], one.value);
    }
    const std::string column = "c." + ExportName(pack_.facts[fact]);
    return given.empty() ? column : "coalesce(" + column + ", CASE" + given + " END)";
  }

  static std::string Constant(const rules::Fact& fact, std::int64_t value) {
    const bool text = fact.type == rules::FactType::kChoice || fact.type == rules::FactType::kDate;
    return text ? Quoted(FormatFact(fact, value)) : std::to_string(value);
  }

  // The row of a table with one small key, or a dated value, on the day of the case.
  std::string Looked(std::uint16_t table) const {
    return "(SELECT t.value FROM rule_table t WHERE t.id = " + Quoted(pack_.tables[table].id) +
           " AND t.key = " + Column(pack_.tables[table].keys[0]) +
           " AND c.decided_on >= t.from_on AND c.decided_on < t.until_on)";
  }
  std::string LookedValue(std::uint16_t value) const {
    return "(SELECT v.value FROM rule_value v WHERE v.id = " + Quoted(pack_.value_ids[value]) +
           " AND c.decided_on >= v.from_on AND c.decided_on < v.until_on)";
  }

  std::string List(const Predicate& predicate, const std::string& joint,
                   const std::string& empty) const {
    std::string text;
    for (const Predicate& part : predicate.parts) {
      text += (text.empty() ? "" : joint) + Condition(part);
    }
    return text.empty() ? empty : "(" + text + ")";
  }

  std::string Condition(const Predicate& predicate) const {
    switch (predicate.op) {
      case Op::kAll:
        return List(predicate, " AND ", "1");
      case Op::kAny:
        return List(predicate, " OR ", "0");
      case Op::kNot:
        return "NOT " + Condition(predicate.parts[0]);
      case Op::kIn:
        return Membership(predicate);
      case Op::kCompare:
        return Comparison(predicate);
      case Op::kYearsSince:
        return Years(predicate);
      case Op::kStated:
        return "(" + Column(predicate.subject) + " IS NOT NULL)";
      case Op::kReading:
        return Option(predicate);
      case Op::kMeetsStandard:
        return "c.meets_standard";
    }
    return "0";
  }

  std::string Membership(const Predicate& predicate) const {
    const rules::Fact& fact = pack_.facts[predicate.subject];
    std::string list;
    for (std::uint64_t bits = predicate.choices; bits != 0; bits &= bits - 1) {
      list += (list.empty() ? "" : ", ") + Constant(fact, std::countr_zero(bits));
    }
    return "(" + Column(predicate.subject) + " IN (" + list + "))";
  }

  std::string Option(const Predicate& predicate) const {
    const rules::Reading& reading = pack_.readings[predicate.subject];
    std::string list;
    for (std::uint64_t bits = predicate.choices; bits != 0; bits &= bits - 1) {
      const auto option = static_cast<std::size_t>(std::countr_zero(bits));
      list += (list.empty() ? "" : ", ") + Quoted(reading.options[option].id);
    }
    return "(" + Chosen(reading) + " IN (" + list + "))";
  }

  // The option that the office took, or the one that counts while that is not in force.
  std::string Chosen(const rules::Reading& reading) const {
    const std::string column = "c.reading_" + reading.id;
    std::string taken, instead;
    bool always = true;
    for (const rules::ReadingOption& option : reading.options) {
      always = always && option.period == Period{};
      const std::string id = Quoted(option.id), day = InForce(option.period);
      taken += " WHEN " + day + column + " = " + id + " THEN " + column;
      if (option.contested) instead += " WHEN " + day + "1 THEN " + id;
    }
    if (always) return column;
    return "CASE" + taken + instead + " ELSE " + column + " END";
  }

  std::string Comparison(const Predicate& predicate) const {
    const rules::Fact& left = pack_.facts[predicate.subject];
    const Operand& operand = predicate.operand;
    const std::string relation(kRelations[static_cast<std::size_t>(predicate.relation)]);
    if (operand.kind == Operand::Kind::kConstant) {
      return "(" + Column(predicate.subject) + relation + Constant(left, operand.constant) + ")";
    }
    int scale = kValueScale;
    std::string right, none;  // `none`: the law gives no such number on the day
    if (operand.kind == Operand::Kind::kFact) {
      scale = pack_.facts[operand.index].scale;
      right = Column(operand.index);
    } else if (operand.kind == Operand::Kind::kTable) {
      scale = pack_.tables[operand.index].scale;
      right = Looked(operand.index);
      none = Column(pack_.tables[operand.index].keys[0]) + " IS NOT NULL AND " + right + " IS NULL";
    } else {
      right = LookedValue(operand.index);
      none = right + " IS NULL";
    }
    const WholeFactors factors = FactorsOf(left.scale, scale, operand.times);
    const std::string holds = "(" + Column(predicate.subject) + " * " +
                              std::to_string(factors.left) + relation + right + " * " +
                              std::to_string(factors.right) + ")";
    return none.empty() ? holds : "(CASE WHEN " + none + " THEN 0 ELSE " + holds + " END)";
  }

  // The anniversary, or the last day of its month.
  std::string Years(const Predicate& predicate) const {
    const std::string date = Column(predicate.subject);
    const std::string years = "'+" + std::to_string(predicate.years) + " years'";
    const std::string relation(kRelations[static_cast<std::size_t>(predicate.relation)]);
    return "(" + Column(predicate.other) + relation + "min(date(" + date + ", " + years +
           "), date(" + date + ", 'start of month', " + years + ", '+1 month', '-1 day')))";
  }

  std::string InForce(const Period& period) const {
    std::string text;
    if (period.from != rules::kNoBeginning)
      text += "c.decided_on >= " + DayText(period.from) + " AND ";
    if (period.until != rules::kNoEnd) text += "c.decided_on < " + DayText(period.until) + " AND ";
    return text;
  }
  std::string Applies(const Clause& clause) const {
    return InForce(clause.citation.in_force) + Condition(clause.when);
  }

  // The lowest ratio of the clauses that apply, or with " IS NOT 0" of those that may.
  std::string Ratio(const std::string& may) const {
    std::string list = std::to_string(kWhole);
    for (const Clause& clause : pack_.clauses) {
      if (clause.kind != ClauseKind::kRatio) continue;
      list += ",\n    CASE WHEN (" + Applies(clause) + ")" + may + " THEN " +
              std::to_string(clause.ratio) + " ELSE " + std::to_string(kWhole) + " END";
    }
    return "min(" + list + ", " + std::to_string(kWhole) + ")";
  }

  // The keys of the clauses that apply, each with a blank after it.
  std::string Keys(ClauseKind kind) const {
    std::string text = "''";
    for (const Clause& clause : pack_.clauses) {
      if (clause.kind != kind) continue;
      text += "\n    || CASE WHEN " + Applies(clause) + " THEN " + Quoted(clause.key + " ") +
              " ELSE '' END";
    }
    return text;
  }

  // Whether a clause makes the price unlawful; null where that is open.
  std::string Fails() const {
    std::string text = "0";
    for (const Clause& clause : pack_.clauses) {
      if (clause.kind == ClauseKind::kLimit) {
        text += "\n    OR (" + Applies(clause) + " AND " + terms_.Missed(clause.limit) + ")";
      } else if (clause.kind == ClauseKind::kUnlawful) {
        text += "\n    OR (" + Applies(clause) + ")";
      }
    }
    return "(" + text + ")";
  }

  // Whether a limit binds the price; null where that is open.
  std::string Binds() const {
    std::string text = "0";
    for (const Clause& clause : pack_.clauses) {
      if (clause.kind == ClauseKind::kLimit) text += "\n    OR (" + Applies(clause) + ")";
    }
    return "(" + text + ")";
  }

  const RulePack& pack_;
  PriceTerms terms_;
};

}  // namespace

std::string ToSql(const rules::RulePack& pack) { return SqlWriter(pack).Write(); }

}  // namespace dijia::law
