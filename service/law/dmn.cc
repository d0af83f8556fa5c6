// Decision tables as DMN 1.3.
#include <algorithm>
#include <bit>
#include <set>

#include "dijia/base/decimal.h"
#include "dijia/rules/words.h"
#include "law/export.h"
#include "law/export_terms.h"
#include "report/markup.h"

namespace dijia::law {
namespace {

using report::Markup;
using rules::CaseVariable;
using rules::Clause;
using rules::ClauseKind;
using rules::RulePack;
using Kind = CaseVariable::Kind;

std::string Quoted(const std::string& text) { return "\"" + text + "\""; }

class DmnWriter {
 public:
  DmnWriter(const RulePack& pack, const rules::DecisionTable& table, Language language)
      : pack_(pack), table_(table), language_(language) {
    tolerance_ = ToleranceOn(pack, table.era.from);
    full_term_ = FullTermOn(pack, table.era.from);
  }

  std::string Write() {
    out_.Raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out_.Open("definitions", {{"xmlns", "https://www.omg.org/spec/DMN/20191111/MODEL/"},
                              {"id", "dijia"},
                              {"name", pack_.id},
                              {"namespace", "urn:dijia:" + pack_.id}});
    out_.Line();
    Element("description", pack_.title.In(language_) + " · " + pack_.version + " · SHA-256 " +
                               pack_.sha256 + " · " + rules::PeriodInWords(table_.era, language_));
    WriteInputs();
    WriteStandard();
    WriteTable("ratio_e6", ClauseKind::kRatio);
    WriteExpression("meets_standard", {"standard", "price_e4"}, MeetsStandard());
    WriteTable("limits", ClauseKind::kLimit);
    WriteTable("unlawful", ClauseKind::kUnlawful);
    WriteExpression("shortfalls", {"standard", "ratio_e6", "limits", "price_e4"}, Shortfalls());
    WriteExpression("restated", {"limits"}, Restated());
    WriteExpression("verdict", {"unlawful", "shortfalls", "restated", "limits"},
                    "if restated then \"restated\" else if count(unlawful) > 0 then \"unlawful\" "
                    "else if count(shortfalls) > 0 then \"unlawful\" else if count(limits) > 0 "
                    "then \"lawful\" else \"not_applicable\"");
    out_.Close();
    out_.Line();
    return std::move(out_).Take();
  }

 private:
  void Element(std::string_view name, const std::string& text) {
    out_.Element(name, text);
    out_.Line();
  }

  // Facts that the decisions look at, readings, the price.
  void WriteInputs() {
    std::set<std::uint16_t> facts;
    for (const CaseVariable& column : table_.columns) {
      if (column.kind == Kind::kReading) {
        WriteInput("reading_" + pack_.readings[column.first].id,
                   pack_.readings[column.first].question.In(language_));
      } else if (column.kind != Kind::kMeets) {
        facts.insert(column.first);
        const bool two = column.kind == Kind::kPair || column.kind == Kind::kYears;
        if (two) facts.insert(column.second);
      }
    }
    for (const auto& clause : pack_.clauses) {
      const bool used = clause.kind == ClauseKind::kLimit &&
                        clause.limit.amount == rules::Limit::Amount::kFact &&
                        clause.citation.in_force.Contains(table_.era.from);
      if (used) facts.insert(clause.limit.fact);
    }
    facts.insert(pack_.tables[pack_.formula.standard_table].keys[0]);
    if (const auto term = pack_.FindFact("term_years")) facts.insert(*term);
    for (const std::uint16_t fact : facts) {
      WriteInput(ExportName(pack_.facts[fact]), pack_.facts[fact].question.In(language_));
    }
    WriteInput("price_e4", language_ == Language::kZh
                               ? "扣除返还后的价格，元/㎡（土地面积）× 10000"
                               : "price net of rebates, yuan per m² of land × 10000");
  }

  void WriteInput(const std::string& name, const std::string& about) {
    out_.Open("inputData", {{"id", "input_" + name}, {"name", name}});
    out_.Element("description", about);
    out_.Empty("variable", {{"name", name}});
    out_.Close();
    out_.Line();
  }

  void BeginDecision(const std::string& name, const std::vector<std::string>& needs) {
    out_.Open("decision", {{"id", "decision_" + name}, {"name", name}});
    out_.Empty("variable", {{"name", name}});
    for (const std::string& need : needs) {
      const bool input = need == "price_e4";
      out_.Open("informationRequirement");
      out_.Empty(input ? "requiredInput" : "requiredDecision",
                 {{"href", (input ? "#input_" : "#decision_") + need}});
      out_.Close();
    }
    out_.Line();
  }

  void WriteExpression(const std::string& name, const std::vector<std::string>& needs,
                       const std::string& feel) {
    BeginDecision(name, needs);
    out_.Open("literalExpression");
    out_.Element("text", feel);
    out_.Close();
    out_.Close();
    out_.Line();
  }

  void WriteStandard() {
    const rules::Table& standard = pack_.tables[pack_.formula.standard_table];
    BeginDecision("standard", {});
    out_.Open("decisionTable", {{"hitPolicy", "UNIQUE"}});
    WriteColumn(ExportName(pack_.facts[standard.keys[0]]),
                rules::NameOf(pack_.facts[standard.keys[0]], language_));
    out_.Empty("output", {{"name", "standard"}, {"label", standard.unit}});
    out_.Line();
    for (const rules::TableRow& row : standard.rows) {
      if (!row.period.Contains(table_.era.from)) continue;
      out_.Open("rule");
      WriteEntry("inputEntry", std::to_string(row.key));
      WriteEntry("outputEntry", std::to_string(row.value));
      out_.Close();
      out_.Line();
    }
    out_.Close();
    out_.Close();
    out_.Line();
  }

  void WriteColumn(const std::string& feel, const std::string& label) {
    out_.Open("input", {{"label", label}});
    out_.Open("inputExpression");
    out_.Element("text", feel);
    out_.Close();
    out_.Close();
  }

  void WriteEntry(std::string_view element, const std::string& feel) {
    out_.Open(element);
    out_.Element("text", feel);
    out_.Close();
  }

  // The rows of the clauses of one kind; ratios collect the lowest, others the keys.
  void WriteTable(const std::string& name, ClauseKind kind) {
    const bool ratio = kind == ClauseKind::kRatio;
    const bool meets = std::ranges::any_of(
        table_.columns, [](const CaseVariable& c) { return c.kind == Kind::kMeets; });
    BeginDecision(name, meets && !ratio ? std::vector<std::string>{"meets_standard"}
                                        : std::vector<std::string>{});
    if (ratio) {
      out_.Open("decisionTable", {{"hitPolicy", "COLLECT"}, {"aggregation", "MIN"}});
    } else {
      out_.Open("decisionTable", {{"hitPolicy", "COLLECT"}});
    }
    for (const CaseVariable& column : table_.columns) {
      WriteColumn(ExpressionOf(column), rules::VariableInWords(pack_, column, language_));
    }
    out_.Empty("output", {{"name", name}});
    out_.Empty("annotation", {{"name", language_ == Language::kZh ? "条款" : "clause"}});
    out_.Line();
    if (ratio) WriteRow({}, "1000000", "");
    for (const rules::DecisionRow& row : table_.rows) {
      const Clause& clause = pack_.clauses[row.clause];
      if (clause.kind != kind) continue;
      WriteRow(row.cells, ratio ? std::to_string(clause.ratio) : Quoted(clause.key),
               clause.key + " " + rules::CitationInWords(clause.citation));
    }
    out_.Close();
    out_.Close();
    out_.Line();
  }

  void WriteRow(const std::vector<std::uint64_t>& cells, const std::string& result,
                const std::string& note) {
    out_.Open("rule");
    for (std::size_t i = 0; i < table_.columns.size(); ++i) {
      const CaseVariable& column = table_.columns[i];
      const bool any = cells.empty() || cells[i] == column.AllCells();
      WriteEntry("inputEntry", any ? "-" : TestOf(column, cells[i]));
    }
    WriteEntry("outputEntry", result);
    WriteEntry("annotationEntry", note);
    out_.Close();
    out_.Line();
  }

  std::string NameOf(std::uint16_t fact) const { return ExportName(pack_.facts[fact]); }

  std::string ExpressionOf(const CaseVariable& column) const {
    switch (column.kind) {
      case Kind::kSmall:
      case Kind::kNumber:
        return NameOf(column.first);
      case Kind::kStated:
        return NameOf(column.first) + " != null";
      case Kind::kMeets:
        return "meets_standard";
      case Kind::kReading:
        return "reading_" + pack_.readings[column.first].id;
      case Kind::kPair:
        return PairExpression(column);
      case Kind::kYears:
        return YearsExpression(column);
    }
    return {};
  }

  // The number of the cell.
  std::string PairExpression(const CaseVariable& column) const {
    const rules::Fact &left = pack_.facts[column.first], &right = pack_.facts[column.second];
    std::string feel;
    for (std::size_t i = 0; i < column.times.size(); ++i) {
      const WholeFactors factors = FactorsOf(left.scale, right.scale, column.times[i]);
      const std::string a = ExportName(left) + " * " + std::to_string(factors.left);
      const std::string b = ExportName(right) + " * " + std::to_string(factors.right);
      feel += "if " + a + " < " + b + " then " + std::to_string(2 * i) + " else if " + a + " = " +
              b + " then " + std::to_string(2 * i + 1) + " else ";
    }
    return feel + std::to_string(2 * column.times.size());
  }

  std::string YearsExpression(const CaseVariable& column) const {
    std::string feel;
    for (std::size_t i = 0; i < column.years.size(); ++i) {
      const auto [years, more] = column.years[i];
      feel += "if date(" + NameOf(column.second) + (more ? ") <= date(" : ") < date(") +
              NameOf(column.first) + ") + duration(\"P" + std::to_string(years) + "Y\") then " +
              std::to_string(i) + " else ";
    }
    return feel + std::to_string(column.years.size());
  }

  std::string TestOf(const CaseVariable& column, std::uint64_t cells) const {
    std::vector<std::string> tests;
    switch (column.kind) {
      case Kind::kSmall:
      case Kind::kReading:
        for (std::uint64_t bits = column.ValuesOf(cells); bits != 0; bits &= bits - 1) {
          tests.push_back(ValueOf(column, std::countr_zero(bits)));
        }
        break;
      case Kind::kStated:
      case Kind::kMeets:
        return cells == 2 ? "true" : "false";
      case Kind::kPair:
      case Kind::kYears:
        for (; cells != 0; cells &= cells - 1) {
          tests.push_back(std::to_string(std::countr_zero(cells)));
        }
        break;
      case Kind::kNumber:
        tests = RangesOf(column, cells);
        break;
    }
    std::string text;
    for (const std::string& test : tests) text += (text.empty() ? "" : ",") + test;
    return text;
  }

  std::string ValueOf(const CaseVariable& column, int value) const {
    if (column.kind == Kind::kReading) {
      return Quoted(pack_.readings[column.first].options[static_cast<std::size_t>(value)].id);
    }
    const rules::Fact& fact = pack_.facts[column.first];
    if (fact.type == rules::FactType::kYesNo) return value == 1 ? "true" : "false";
    if (fact.type == rules::FactType::kChoice) return Quoted(FormatFact(fact, value));
    return std::to_string(value);
  }

  std::vector<std::string> RangesOf(const CaseVariable& column, std::uint64_t cells) const {
    std::vector<std::string> ranges;
    for (std::size_t first = 0; first < column.size(); ++first) {
      if ((cells >> first & 1U) == 0) continue;
      std::size_t last = first;
      while (last + 1 < column.size() && (cells >> (last + 1) & 1U) != 0) ++last;
      const bool open_above = last + 1 == column.size();
      const std::string low = NumberOf(column, column.starts[first]);
      const std::string high = open_above ? "" : NumberOf(column, column.starts[last + 1]);
      if (first == 0) {
        ranges.push_back("< " + high);
      } else {
        ranges.push_back(open_above ? ">= " + low : "[" + low + ".." + high + ")");
      }
      first = last;
    }
    return ranges;
  }

  // Dates are texts, which compare as dates do.
  std::string NumberOf(const CaseVariable& column, std::int64_t value) const {
    const rules::Fact& fact = pack_.facts[column.first];
    if (fact.type == rules::FactType::kDate) return Quoted(FormatFact(fact, value));
    return std::to_string(value);
  }

  std::string MeetsStandard() const {
    return "not(" + MissedBy(pack_, {}, tolerance_, "standard", "1000000", "price_e4", "") + ")";
  }

  // The limits in force that the price misses.
  std::string Shortfalls() const {
    std::string list;
    for (const Clause& clause : pack_.clauses) {
      const bool counts = clause.kind == ClauseKind::kLimit && !IsRestated(clause.limit) &&
                          clause.citation.in_force.Contains(table_.era.from);
      if (!counts) continue;
      const std::string missed = MissedBy(pack_, clause.limit, tolerance_, "standard", "ratio_e6",
                                          "price_e4", NameOf(clause.limit.fact));
      list += (list.empty() ? "" : ", ") + std::string("if list contains(limits, ") +
              Quoted(clause.key) + ") and " + missed + " then " + Quoted(clause.key) + " else null";
    }
    return "[" + list + "][item != null]";
  }

  // Whether a limit is measured as a rent or at another term than the price has.
  std::string Restated() const {
    std::string feel;
    for (const Clause& clause : pack_.clauses) {
      const bool counts =
          clause.kind == ClauseKind::kLimit && clause.citation.in_force.Contains(table_.era.from);
      if (!counts || (!clause.limit.normalised && !IsRestated(clause.limit))) continue;
      std::string part = "list contains(limits, " + Quoted(clause.key) + ")";
      if (!IsRestated(clause.limit)) {
        part = "(" + part + " and term_years_e4 != " + std::to_string(full_term_) + ")";
      }
      feel += (feel.empty() ? "" : " or ") + part;
    }
    return feel.empty() ? "false" : feel;
  }

  const RulePack& pack_;
  const rules::DecisionTable& table_;
  Language language_;
  std::int64_t tolerance_ = 0, full_term_ = 0;
  Markup out_;
};

}  // namespace

std::string ToDmn(const rules::RulePack& pack, const rules::DecisionTable& table,
                  Language language) {
  return DmnWriter(pack, table, language).Write();
}

}  // namespace dijia::law
