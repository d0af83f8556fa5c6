#include "law/simulation.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <utility>

namespace dijia::law {
namespace {

using rules::Outcome;
using rules::ReservePriceCase;
using rules::ReservePriceCheck;
using rules::Verdict;

constexpr int kPriceScale = 4;

// The clause that makes the price unlawful, or else the one that decides.
std::string ClauseOf(const ReservePriceCheck& check) {
  for (const rules::Finding& finding : check.findings) {
    if (finding.outcome == Outcome::kUnlawful) return finding.clause;
  }
  for (const rules::Finding& finding : check.findings) {
    const bool open =
        finding.outcome == Outcome::kNeedsFacts || finding.outcome == Outcome::kConflictReview;
    if (open) return finding.clause;
  }
  for (const rules::Finding& finding : check.findings) {
    if (finding.rule == check.deciding_rule) return finding.clause;
  }
  return check.deciding_rule;
}

std::optional<std::int64_t> DeficitOf(const ReservePriceCheck& check) {
  return check.verdict == Verdict::kUnlawful ? check.deficit : std::nullopt;
}

void Count(FlipGroup& group, Verdict after) {
  ++group.flips;
  if (after == Verdict::kLawful) ++group.to_lawful;
  if (after == Verdict::kUnlawful) ++group.to_unlawful;
  if (after != Verdict::kLawful && after != Verdict::kUnlawful) ++group.to_open;
}

void Add(Money& sum, const Money& more) {
  sum.before += more.before;
  sum.after += more.after;
}

void Add(FlipGroup& sum, const FlipGroup& more) {
  sum.cases += more.cases;
  sum.flips += more.flips;
  sum.to_lawful += more.to_lawful;
  sum.to_unlawful += more.to_unlawful;
  sum.to_open += more.to_open;
  Add(sum.deficits, more.deficits);
}

}  // namespace

Simulator::Simulator(rules::PreparedRules before, rules::PreparedRules after)
    : before_(std::move(before)),
      after_(std::move(after)),
      old_columns_(before_.pack()),
      new_columns_(after_.pack()),
      old_judge_(old_columns_, before_),
      new_judge_(new_columns_, after_) {
  const rules::RulePack &old_pack = before_.pack(), &new_pack = after_.pack();
  for (const rules::Fact& fact : old_pack.facts) {
    std::optional<std::uint16_t> same = new_pack.FindFact(fact.id);
    const bool shape = same && new_pack.facts[*same].type == fact.type &&
                       new_pack.facts[*same].scale == fact.scale &&
                       new_pack.facts[*same].choices == fact.choices;
    fact_after_.push_back(shape ? same : std::nullopt);
  }
  county_ = old_pack.FindFact("county");
  area_ = old_pack.FindFact("area_sqm");
}

ReservePriceCase Simulator::Translated(const ReservePriceCase& the_case) const {
  ReservePriceCase after = EmptyCase(after_.pack());
  after.case_id = the_case.case_id;
  after.land_class_candidates = the_case.land_class_candidates;
  for (std::size_t i = 0; i < fact_after_.size(); ++i) {
    if (fact_after_[i]) after.values[*fact_after_[i]] = the_case.values[i];
  }
  return after;
}

Flip Simulator::FlipOf(const ReservePriceCase& the_case) const {
  const ReservePriceCheck old_check = CheckReservePrice(the_case, before_);
  const ReservePriceCheck new_check = CheckReservePrice(Translated(the_case), after_);
  Flip flip;
  flip.case_id = the_case.case_id;
  flip.county = CountyOf(the_case);
  flip.before = old_check.verdict;
  flip.after = new_check.verdict;
  // The clause that the price fails is the one to look at: the new one, or the one that is gone.
  const bool freed =
      new_check.verdict == Verdict::kLawful || new_check.verdict == Verdict::kNotApplicable;
  flip.clause = ClauseOf(freed ? old_check : new_check);
  flip.price = new_check.price;
  flip.minimum_before = old_check.lawful_minimum;
  flip.minimum_after = new_check.lawful_minimum;
  flip.deficit_before = DeficitOf(old_check);
  flip.deficit_after = DeficitOf(new_check);
  return flip;
}

std::string Simulator::CountyOf(const ReservePriceCase& the_case) const {
  const bool known = county_ && the_case.values[*county_] != rules::kNotStated;
  return known ? FormatFact(before_.pack().facts[*county_], the_case.values[*county_])
               : std::string();
}

void Simulator::JudgeAll(std::span<const ReservePriceCase> cases) {
  old_columns_.Clear();
  new_columns_.Clear();
  for (const ReservePriceCase& the_case : cases) {
    old_columns_.Add(the_case);
    new_columns_.Add(Translated(the_case));
  }
  old_verdicts_.resize(cases.size());
  new_verdicts_.resize(cases.size());
  old_judge_.Judge(0, old_verdicts_);
  new_judge_.Judge(0, new_verdicts_);
}

void Simulator::AddFlip(const ReservePriceCase& the_case, Simulation& result) const {
  Flip flip = FlipOf(the_case);
  FlipGroup& of_clause = result.by_clause[flip.clause];
  ++of_clause.cases;
  ++result.flips;
  Money money;
  const bool sized = area_ && the_case.values[*area_] != rules::kNotStated;
  if (sized) {
    const Int128 area = the_case.values[*area_];
    money = {area * flip.deficit_before.value_or(0), area * flip.deficit_after.value_or(0)};
  }
  for (FlipGroup* group : {&result.by_county[flip.county], &of_clause}) {
    Count(*group, flip.after);
    Add(group->deficits, money);
  }
  Add(result.deficits, money);
  result.listed.push_back(std::move(flip));
}

Simulation Simulator::Run(std::span<const ReservePriceCase> cases) {
  JudgeAll(cases);
  Simulation result;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    ++result.cases;
    ++result.verdicts[static_cast<std::size_t>(old_verdicts_[i])]
                     [static_cast<std::size_t>(new_verdicts_[i])];
    ++result.by_county[CountyOf(cases[i])].cases;
    if (old_verdicts_[i] != new_verdicts_[i]) AddFlip(cases[i], result);
  }
  return result;
}

void Merge(Simulation& all, Simulation&& more) {
  all.cases += more.cases;
  all.flips += more.flips;
  for (std::size_t i = 0; i < Simulation::kVerdicts; ++i) {
    for (std::size_t k = 0; k < Simulation::kVerdicts; ++k) {
      all.verdicts[i][k] += more.verdicts[i][k];
    }
  }
  for (const auto& [county, group] : more.by_county) Add(all.by_county[county], group);
  for (const auto& [clause, group] : more.by_clause) Add(all.by_clause[clause], group);
  Add(all.deficits, more.deficits);
  std::ranges::move(more.listed, std::back_inserter(all.listed));
}

namespace {

// Money in whole yuan.
std::string YuanOf(Int128 units) {
  const auto yuan = RoundQuotient(units, Int128{PowerOfTen(8)}, 1, RoundingMode::kHalfUp);
  return yuan ? FormatDecimal(*yuan, 0) : "–";
}

std::string PriceText(const std::optional<std::int64_t>& units) {
  return units ? FormatDecimal(*units, kPriceScale) : "";
}

class TextWriter {
 public:
  TextWriter(const Simulation& simulation, std::size_t most, Language language)
      : simulation_(simulation), most_(most), zh_(language == Language::kZh) {}

  std::string Write() {
    Line(Say("案例 ", "cases ") + std::to_string(simulation_.cases) +
         Say("，结论改变 ", ", verdict changed ") + std::to_string(simulation_.flips));
    Line(Say("改变者的价差合计（元）：原 ", "deficits of those together (yuan): before ") +
         YuanOf(simulation_.deficits.before) + Say("，新 ", ", after ") +
         YuanOf(simulation_.deficits.after));
    WriteVerdicts();
    WriteGroups(Say("按条款", "by clause"), simulation_.by_clause);
    WriteGroups(Say("按县（市、区、旗）", "by county"), simulation_.by_county);
    WriteFlips();
    return std::move(out_);
  }

 private:
  std::string Say(std::string_view zh, std::string_view en) const {
    return std::string(zh_ ? zh : en);
  }
  void Line(const std::string& text) { out_ += text + "\n"; }

  void WriteVerdicts() {
    for (std::size_t i = 0; i < Simulation::kVerdicts; ++i) {
      for (std::size_t k = 0; k < Simulation::kVerdicts; ++k) {
        const std::size_t count = simulation_.verdicts[i][k];
        if (count == 0 || i == k) continue;
        Line("  " + std::string(CodeOf(static_cast<Verdict>(i))) + " → " +
             std::string(CodeOf(static_cast<Verdict>(k))) + ": " + std::to_string(count));
      }
    }
  }

  // Groups with flips, most flips first.
  void WriteGroups(const std::string& title, const std::map<std::string, FlipGroup>& groups) {
    std::vector<std::pair<std::string, const FlipGroup*>> flipped;
    for (const auto& [name, group] : groups) {
      if (group.flips > 0) flipped.emplace_back(name, &group);
    }
    std::ranges::stable_sort(flipped, std::greater(),
                             [](const auto& one) { return one.second->flips; });
    if (flipped.empty()) return;
    Line(title + ":");
    for (const auto& [name, group] : flipped) {
      Line("  " + (name.empty() ? Say("未说明", "not stated") : name) + ": " +
           std::to_string(group->flips) + Say("（合法 ", " (lawful ") +
           std::to_string(group->to_lawful) + Say("，不合法 ", ", unlawful ") +
           std::to_string(group->to_unlawful) + Say("，待定 ", ", open ") +
           std::to_string(group->to_open) + Say("；价差 ", "; deficits ") +
           YuanOf(group->deficits.before) + " → " + YuanOf(group->deficits.after) +
           Say(" 元）", " yuan)"));
    }
  }

  void WriteFlips() {
    const std::size_t shown = std::min(most_, simulation_.listed.size());
    if (shown > 0) Line(Say("逐案：", "one by one:"));
    for (std::size_t i = 0; i < shown; ++i) {
      const Flip& flip = simulation_.listed[i];
      Line("  " + flip.case_id + " " + std::string(CodeOf(flip.before)) + " → " +
           std::string(CodeOf(flip.after)) + " " + flip.clause + " " + PriceText(flip.price) +
           Say(" 元/㎡，最低 ", " yuan/m², minimum ") + Known(flip.minimum_before) + " → " +
           Known(flip.minimum_after));
    }
    if (shown < simulation_.listed.size()) {
      Line(Say("  ……其余用 --out FILE.csv 写出", "  … --out FILE.csv writes all of them"));
    }
  }
  static std::string Known(const std::optional<std::int64_t>& units) {
    return units ? PriceText(units) : "?";
  }

  const Simulation& simulation_;
  std::size_t most_;
  bool zh_;
  std::string out_;
};

// A cell with quotes where CSV needs them, and no formula.
std::string CsvCell(const std::string& text) {
  std::string cell = text;
  if (!cell.empty() && std::string_view("=+-@\t\r").find(cell[0]) != std::string_view::npos) {
    cell.insert(cell.begin(), '\'');
  }
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  std::string quoted = "\"";
  for (const char c : cell) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

}  // namespace

std::string SimulationText(const Simulation& simulation, std::size_t most, Language language) {
  return TextWriter(simulation, most, language).Write();
}

std::string SimulationCsv(const Simulation& simulation) {
  std::string csv =
      "case_id,county,verdict_before,verdict_after,clause,price_yuan_per_sqm,"
      "minimum_before_yuan_per_sqm,minimum_after_yuan_per_sqm,deficit_before_yuan_per_sqm,"
      "deficit_after_yuan_per_sqm\n";
  for (const Flip& flip : simulation.listed) {
    csv += CsvCell(flip.case_id) + "," + flip.county + "," + std::string(CodeOf(flip.before)) +
           "," + std::string(CodeOf(flip.after)) + "," + CsvCell(flip.clause) + "," +
           PriceText(flip.price) + "," + PriceText(flip.minimum_before) + "," +
           PriceText(flip.minimum_after) + "," + PriceText(flip.deficit_before) + "," +
           PriceText(flip.deficit_after) + "\n";
  }
  return csv;
}

}  // namespace dijia::law
