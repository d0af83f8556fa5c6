#include "dijia/table_plan.h"

#include <algorithm>
#include <limits>
#include <set>
#include <string>
#include <string_view>

#include "dijia/base/codes.h"
#include "dijia/base/names.h"

namespace dijia {
namespace {

constexpr std::int64_t kLargestTermYears = 100;

class TablePlanCheck {
 public:
  explicit TablePlanCheck(const TablePlan& plan) : plan_(plan) {}

  Diagnostics Run() {
    if (plan_.uses.empty()) Missing("uses", "commercial, residential, industrial, …");
    for (const auto& [use, tables] : plan_.uses) {
      const std::string path = "uses." + std::string(CodeOf(use));
      if (tables.term) CheckAtMost(path + ".term_years", *tables.term, kLargestTermYears);
      if (tables.capitalization_rate) {
        CheckAtMost(path + ".capitalization_rate", *tables.capitalization_rate, 1);
      }
      if (tables.regional) CheckRegional(path + ".regional", *tables.regional);
      if (tables.term_table) {
        CheckName(path + ".term", tables.term_table->name);
        CheckRounding("coefficient", plan_.rounding.coefficient);
      }
      if (tables.far) CheckFar(path + ".far", *tables.far);
      if (tables.date) CheckDate(path + ".date", *tables.date);
      if (tables.capitalization) CheckRates(path + ".capitalization", *tables.capitalization);
      if (tables.development) CheckDevelopment(path + ".development", *tables.development);
    }
    return std::move(found_);
  }

 private:
  void Report(const std::string& field, Code code, std::vector<std::string> arguments) {
    found_.Add(code, {"", 0, 0, field}, std::move(arguments));
  }
  void Missing(const std::string& field, const std::string& allowed) {
    Report(field, Code::kPlanValueMissing, {field, allowed});
  }
  template <class Unit, int Scale>
  void CheckPositive(const std::string& field, Quantity<Unit, Scale> quantity) {
    if (quantity.units() <= 0) Report(field, Code::kNotPositive, {quantity.ToString()});
  }
  template <class Unit, int Scale>
  void CheckAtMost(const std::string& field, Quantity<Unit, Scale> quantity, std::int64_t most) {
    CheckPositive(field, quantity);
    if (quantity <= Quantity<Unit, Scale>::Of(most)) return;
    NotAllowed(field, quantity.ToString(), "≤ " + std::to_string(most));
  }
  // `sum` is of the units of the weights.
  void CheckSum(const std::string& field, Int128 sum) {
    if (sum == Coefficient::kOne) return;
    constexpr Int128 kMost = std::numeric_limits<std::int64_t>::max();
    const auto shown = static_cast<std::int64_t>(std::clamp(sum, -kMost, kMost));
    Report(field, Code::kPlanWeightsDoNotSum, {Coefficient::FromUnits(shown).ToString()});
  }
  void CheckName(const std::string& path, const std::string& name) {
    if (name.empty()) Missing(path + ".name", "term, far, …");
  }

  // Told once, however many tables need it.
  void CheckRounding(const std::string& name, const std::optional<Rounding>& rounding) {
    if (rounding || !told_.insert(name).second) return;
    Missing("rounding." + name, R"({ interval = "0.0001", mode = "half_up" })");
  }

  void NotAllowed(const std::string& field, const std::string& value, const std::string& allowed) {
    Report(field, Code::kPlanValueNotAllowed, {field, value, allowed});
  }
  void CheckRange(const std::string& field, std::int64_t value, std::int64_t low,
                  std::int64_t high) {
    if (value >= low && value <= high) return;
    NotAllowed(field, std::to_string(value), std::to_string(low) + " – " + std::to_string(high));
  }
  template <class Choice>
  void CheckChoices(const std::string& field, const std::vector<Choice>& choices) {
    if (choices.empty()) Missing(field, JoinNames(CodesOf<Choice>()));
    std::set<Choice> seen;
    for (const Choice choice : choices) {
      if (!seen.insert(choice).second) {
        Report(field, Code::kListedTwice, {std::string(CodeOf(choice))});
      }
    }
  }
  template <class Choice>
  static std::vector<std::string_view> CodesOf() {
    std::vector<std::string_view> codes;
    for (const EnumRow<Choice>& row : EnumTableOf<Choice>::kRows) codes.push_back(row.code);
    return codes;
  }

  void CheckFar(const std::string& path, const FarTablePlan& plan) {
    CheckName(path, plan.name);
    CheckRounding("coefficient", plan_.rounding.coefficient);
    CheckPositive(path + ".from", plan.from);
    CheckPositive(path + ".step", plan.step);
    if (plan.to <= plan.from) {
      Report(path + ".to", Code::kNotAscending, {plan.to.ToString(), plan.from.ToString()});
    } else if (plan.from > Measure() && plan.step > Measure()) {
      const std::int64_t rows = (plan.to - plan.from).units() / plan.step.units() + 1;
      CheckRange(path + ".step", rows, 2, FarTablePlan::kMostRows);
    }
    CheckChoices(path + ".families", plan.families);
    CheckRange(path + ".min_sales", plan.min_sales, 4, 100'000);
    CheckRange(path + ".folds", plan.folds, 2, 20);
  }

  void CheckDate(const std::string& path, const DateTablePlan& plan) {
    CheckName(path, plan.name);
    CheckRounding("coefficient", plan_.rounding.coefficient);
    CheckChoices(path + ".methods", plan.methods);
    CheckRange(path + ".period_months", plan.period_months, 1, 24);
    if (std::ranges::count(plan.methods, plan.publish) == 0) {
      std::vector<std::string_view> codes;
      for (const MarketIndexMethod method : plan.methods) codes.push_back(CodeOf(method));
      NotAllowed(path + ".publish", std::string(CodeOf(plan.publish)), JoinNames(codes));
    }
  }

  void CheckRates(const std::string& path, const CapitalizationPlan& plan) {
    CheckRounding("rate", plan_.rounding.rate);
    if (plan.methods.empty()) Missing(path + ".methods", JoinNames(CodesOf<RateMethod>()));
    Int128 sum = 0;
    for (const auto& [method, of_method] : plan.methods) {
      sum += of_method.weight.units();
      CheckMethod(path + ".methods." + std::string(CodeOf(method)), method, of_method);
    }
    if (!plan.methods.empty()) CheckSum(path + ".methods", sum);
    if (plan.house_premium && (*plan.house_premium < Rate() || *plan.house_premium > Rate::Of(1))) {
      NotAllowed(path + ".house_premium", plan.house_premium->ToString(), "0 – 1");
    }
  }

  void CheckMethod(const std::string& path, RateMethod method, const RateMethodPlan& plan) {
    CheckPositive(path + ".weight", plan.weight);
    if (plan.rate) return CheckAtMost(path + ".rate", *plan.rate, 1);
    CheckRounding("method_rate", plan_.rounding.method_rate);
    switch (method) {
      case RateMethod::kRentToPrice:
        if (plan.cases.empty()) Missing(path + ".cases", "rate, cases");
        break;
      case RateMethod::kInvestmentReturn:
        if (!plan.loan_share) Missing(path + ".loan_share", "rate, 0 – 1");
        if (!plan.loan_rate) Missing(path + ".loan_rate", "rate, > 0");
        if (!plan.equity_return) Missing(path + ".equity_return", "rate, > 0");
        break;
      case RateMethod::kSafeRate:
        if (!plan.safe_rate) Missing(path + ".safe_rate", "rate, > 0");
        CheckRisks(path + ".risks", plan.risks);
        break;
    }
    if (plan.loan_share &&
        (*plan.loan_share < Coefficient() || *plan.loan_share > Coefficient::Of(1))) {
      NotAllowed(path + ".loan_share", plan.loan_share->ToString(), "0 – 1");
    }
    CheckCases(path + ".cases", plan.cases);
  }

  void CheckCases(const std::string& path, const std::vector<RentCase>& cases) {
    for (std::size_t i = 0; i < cases.size(); ++i) {
      const std::string place = path + "." + std::to_string(i);
      CheckPositive(place + ".net_rent_yuan_per_sqm_year", cases[i].net_rent);
      CheckPositive(place + ".price_yuan_per_sqm", cases[i].price);
      if (cases[i].term) CheckPositive(place + ".term_years", *cases[i].term);
    }
  }

  void CheckRisks(const std::string& path, const std::vector<WeightedRate>& risks) {
    Int128 sum = 0;
    for (const WeightedRate& risk : risks) sum += risk.weight.units();
    if (!risks.empty()) CheckSum(path, sum);
  }

  void CheckDevelopment(const std::string& path, const DevelopmentPlan& plan) {
    CheckName(path, plan.name);
    if (plan.levels.empty()) Missing(path + ".levels", "五通一平 = [ … ]");
    if (!plan.base.empty() && !plan.levels.contains(plan.base)) {
      std::vector<std::string_view> levels;
      for (const auto& level : plan.levels) levels.emplace_back(level.first);
      NotAllowed(path + ".base", plan.base, JoinNames(levels));
    }
    for (const auto& [item, cost] : plan.costs) {
      if (cost < UnitPrice()) {
        NotAllowed(path + ".costs_yuan_per_sqm." + item, cost.ToString(), "≥ 0");
      }
    }
    for (const auto& [level, items] : plan.levels) {
      CheckItems(path + ".levels." + level, items, plan.costs);
    }
  }

  void CheckItems(const std::string& path, const std::vector<std::string>& items,
                  const std::map<std::string, UnitPrice>& costs) {
    std::set<std::string> seen;
    std::vector<std::string_view> known;
    for (const auto& cost : costs) known.emplace_back(cost.first);
    for (const std::string& item : items) {
      if (!seen.insert(item).second) Report(path, Code::kListedTwice, {item});
      if (!costs.contains(item)) NotAllowed(path, item, JoinNames(known));
    }
  }

  void CheckRegional(const std::string& path, const RegionalPlan& plan) {
    CheckName(path, plan.name);
    CheckRounding("percent", plan_.rounding.percent);
    const std::set<std::string> levels(plan.levels.begin(), plan.levels.end());
    if (plan.levels.size() != kRegionalLevels || levels.size() != kRegionalLevels) {
      NotAllowed(path + ".levels", std::to_string(levels.size()), "5");
    }
    if (!plan.weights.empty()) CheckWeights(path + ".weights", plan.weights, levels);
    if (plan.grades.empty()) Missing(path + ".grades", "1 – 255, *");
    for (const auto& [number, grade] : plan.grades) {
      const std::string name = GradeKey(number);
      CheckGrade(path + ".grades." + name, grade);
      if (!grade.weights.empty()) {
        CheckWeights(path + ".grades." + name + ".weights", grade.weights, levels);
      } else if (plan.weights.empty()) {
        Missing(path + ".grades." + name + ".weights", "{ factor, weight }");
      }
    }
  }

  void CheckGrade(const std::string& path, const RegionalGradePlan& grade) {
    if (grade.upward.has_value() != grade.downward.has_value()) {
      Missing(path + (grade.upward ? ".downward_percent" : ".upward_percent"), "0 – 100");
    }
    if (!grade.upward && !grade.downward) CheckRounding("amplitude", plan_.rounding.amplitude);
    if (grade.upward && *grade.upward < Percent()) {
      NotAllowed(path + ".upward_percent", grade.upward->ToString(), "≥ 0");
    }
    if (grade.downward && (*grade.downward < Percent() || *grade.downward >= Percent::Of(100))) {
      NotAllowed(path + ".downward_percent", grade.downward->ToString(), "0 – 100");
    }
  }

  void CheckWeights(const std::string& path, const std::vector<WeightedFactor>& weights,
                    const std::set<std::string>& levels) {
    Int128 sum = 0;
    std::set<std::string> seen;
    for (std::size_t i = 0; i < weights.size(); ++i) {
      const std::string place = path + "." + std::to_string(i);
      const WeightedFactor& factor = weights[i];
      sum += factor.weight.units();
      CheckPositive(place + ".weight", factor.weight);
      if (factor.factor.empty()) Missing(place + ".factor", "…");
      if (!seen.insert(factor.factor).second) {
        Report(place + ".factor", Code::kListedTwice, {factor.factor});
      }
      if (factor.breaks) CheckBreaks(place + ".breaks", *factor.breaks, levels);
    }
    CheckSum(path, sum);
  }

  void CheckBreaks(const std::string& path, const Breaks& breaks,
                   const std::set<std::string>& levels) {
    for (std::size_t i = 1; i < breaks.bounds.size(); ++i) {
      if (breaks.bounds[i - 1] < breaks.bounds[i]) continue;
      Report(path + ".bounds", Code::kNotAscending,
             {breaks.bounds[i].ToString(), breaks.bounds[i - 1].ToString()});
      break;
    }
    if (breaks.order.size() != breaks.bounds.size() + 1) {
      Report(path + ".order", Code::kBreaksDoNotMatch,
             {std::to_string(breaks.bounds.size()), std::to_string(breaks.order.size())});
    }
    for (const std::string& level : breaks.order) {
      if (!levels.contains(level)) Report(path + ".order", Code::kLevelNotInTable, {level});
    }
  }

  const TablePlan& plan_;
  Diagnostics found_;
  std::set<std::string> told_;
};

}  // namespace

Diagnostics TablePlan::Validate() const { return TablePlanCheck(*this).Run(); }

}  // namespace dijia
