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
      : pack_(pack),
        table_(table),
        language_(language),
        terms_(pack, Dialect::kFeel,
               {"", NumberOn(pack.formula.full_term, 1'000'000),
                NumberOn(pack.formula.tolerance, 100), "ratio_e6", "ratio_e6"}) {}

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
    const Names values = WriteTerms(terms_.Values(), {}),
                reaches = WriteTerms(terms_.Reaches(), values);
    Names measures{"standard"};
    measures.insert(measures.end(), values.begin(), values.end());
    measures.insert(measures.end(), reaches.begin(), reaches.end());
    WriteExpression("meets_standard", measures, "not(" + terms_.MissesStandard() + ")");
    WriteTable("ratio_e6", ClauseKind::kRatio);
    WriteTable("limits", ClauseKind::kLimit);
    WriteTable("unlawful", ClauseKind::kUnlawful);
    measures.insert(measures.end(), {"ratio_e6", "limits"});
    WriteExpression("measured", measures, Measured());
    WriteExpression("verdict", {"unlawful", "measured", "limits", "meets_standard"}, Verdict());
    out_.Close();
    out_.Line();
    return std::move(out_).Take();
  }

 private:
  void Element(std::string_view name, const std::string& text) {
    out_.Element(name, text);
    out_.Line();
  }

  using Names = std::vector<std::string>;
  // A decision for each; gives their names.
  Names WriteTerms(const std::vector<PriceTerms::Term>& terms, const Names& needs) {
    Names names;
    for (const auto& [name, text] : terms) {
      WriteExpression(name, needs, text);
      names.push_back(name);
    }
    return names;
  }

  std::string Verdict() const {
    const std::string open = LooksAtStandard() ? "meets_standard = null or " : "";
    return "if count(unlawful) > 0 or count(measured[item = true]) > 0 then \"unlawful\" else if " +
           open +
           "count(measured[item = null]) > 0 then \"needs_program\" else if count(limits) > 0 "
           "then \"lawful\" else \"not_applicable\"";
  }

  // A dated value on the first day of the era, in `unit` of 10^-6.
  std::string NumberOn(std::uint16_t id, std::int64_t unit) const {
    const rules::DatedValue* value = pack_.ValueOn(id, table_.era.from);
    return std::to_string(value == nullptr ? 0 : value->value / unit);
  }

  bool InForce(const Clause& clause) const {
    return clause.citation.in_force.Contains(table_.era.from);
  }
  bool LooksAtStandard() const {
    return std::ranges::any_of(table_.columns,
                               [](const CaseVariable& c) { return c.kind == Kind::kMeets; });
  }

  // Facts that the decisions look at, readings, the price.
  void WriteInputs() {
    std::set<std::uint16_t> facts;
    for (const CaseVariable& column : table_.columns) {
      if (column.kind == Kind::kReading) {
        WriteInput("reading_" + pack_.readings[column.first].id,
                   pack_.readings[column.first].question.In(language_));
        column_inputs_.push_back("reading_" + pack_.readings[column.first].id);
      } else if (column.kind != Kind::kMeets) {
        facts.insert(column.first);
        const bool two = column.kind == Kind::kPair || column.kind == Kind::kYears;
        if (two) facts.insert(column.second);
      }
    }
    for (const std::uint16_t fact : facts) column_inputs_.push_back(NameOf(fact));
    for (const std::uint16_t fact : FactsOfFormulas()) {
      facts.insert(fact);
      formula_inputs_.push_back(NameOf(fact));
    }
    for (const std::uint16_t fact : facts) {
      WriteInput(NameOf(fact), pack_.facts[fact].question.In(language_));
    }
    formula_inputs_.emplace_back("price_e4");
    WriteInput("price_e4", language_ == Language::kZh
                               ? "价格（租赁的为年租金），元/㎡（土地面积）× 10000，未扣除返还"
                               : "price, of leases the annual rent, yuan per m² of land × 10000; "
                                 "rebates are not taken off");
  }

  std::set<std::uint16_t> FactsOfFormulas() const {
    std::set<std::uint16_t> facts{pack_.tables[pack_.formula.standard_table].keys[0]};
    for (const std::string_view id :
         {"method", "price.kind", "rebates_yuan_per_sqm", "term_years", "capitalization_rate",
          "rent_timing", "lease_years", "transfer_price_yuan_per_sqm"}) {
      facts.insert(*pack_.FindFact(id));
    }
    for (const Clause& clause : pack_.clauses) {
      const bool used = clause.kind == ClauseKind::kLimit &&
                        clause.limit.amount == rules::Limit::Amount::kFact && InForce(clause);
      if (used) facts.insert(clause.limit.fact);
    }
    return facts;
  }

  void WriteInput(const std::string& name, const std::string& about) {
    out_.Open("inputData", {{"id", "input_" + name}, {"name", name}});
    out_.Element("description", about);
    out_.Empty("variable", {{"name", name}});
    out_.Close();
    out_.Line();
  }

  void BeginDecision(const std::string& name, const Names& decisions, const Names& inputs) {
    out_.Open("decision", {{"id", "decision_" + name}, {"name", name}});
    out_.Empty("variable", {{"name", name}});
    const auto require = [&](const Names& needs, std::string_view element, const char* prefix) {
      for (const std::string& need : needs) {
        out_.Open("informationRequirement");
        out_.Empty(element, {{"href", prefix + need}});
        out_.Close();
      }
    };
    require(decisions, "requiredDecision", "#decision_");
    require(inputs, "requiredInput", "#input_");
    out_.Line();
  }

  void WriteExpression(const std::string& name, const Names& decisions, const std::string& feel) {
    BeginDecision(name, decisions, formula_inputs_);
    out_.Open("literalExpression");
    out_.Element("text", feel);
    out_.Close();
    out_.Close();
    out_.Line();
  }

  void WriteStandard() {
    const rules::Table& standard = pack_.tables[pack_.formula.standard_table];
    BeginDecision("standard", {}, {ExportName(pack_.facts[standard.keys[0]])});
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
    BeginDecision(name, LooksAtStandard() ? Names{"meets_standard"} : Names{}, column_inputs_);
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

  // For every limit in force that applies whether the price misses it; null where that is open.
  std::string Measured() const {
    std::string list;
    for (const Clause& clause : pack_.clauses) {
      if (clause.kind != ClauseKind::kLimit || !InForce(clause)) continue;
      list += (list.empty() ? "" : ", ") + std::string("if list contains(limits, ") +
              Quoted(clause.key) + ") then " + terms_.Missed(clause.limit) + " else false";
    }
    return "[" + list + "]";
  }

  const RulePack& pack_;
  const rules::DecisionTable& table_;
  Language language_;
  PriceTerms terms_;
  std::vector<std::string> column_inputs_, formula_inputs_;
  Markup out_;
};

}  // namespace

std::string ToDmn(const rules::RulePack& pack, const rules::DecisionTable& table,
                  Language language) {
  return DmnWriter(pack, table, language).Write();
}

}  // namespace dijia::law
