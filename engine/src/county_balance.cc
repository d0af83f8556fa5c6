#include "dijia/county_balance.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "dijia/base/codes.h"
#include "vector_math.h"

namespace dijia {
namespace {

// One property of every price, and whether it tells prices apart.
struct Property {
  std::string name;
  std::vector<double> values;

  bool varies() const {
    return std::ranges::any_of(values, [this](double value) { return value != values.front(); });
  }
};

class Balance {
 public:
  Balance(std::span<const Publication> publications, const BalancePlan& plan, UseBalance& use)
      : publications_(publications), plan_(plan), use_(use) {}

  void Run() {
    std::vector<double> logs;
    for (const BalancedPrice& price : use_.prices) logs.push_back(LogOne(ToDouble(price.price)));
    std::vector<double> columns;
    for (const Property& property : Properties()) {
      if (!property.varies()) continue;
      use_.terms.push_back(property.name);
      columns.insert(columns.end(), property.values.begin(), property.values.end());
    }
    const ColumnMajorView x{columns, logs.size(), use_.terms.size()};
    use_.terms.insert(use_.terms.begin(), "intercept");
    const auto fit = FitLeastSquares(x, logs);
    const auto checks = DiagnoseLeastSquares(x, logs);
    if (!fit || !checks) {
      use_.fault = fit ? checks.error() : fit.error();
      return;
    }
    use_.estimates = fit->terms;
    use_.r_squared = fit->r_squared;
    for (std::size_t i = 0; i < use_.prices.size(); ++i) {
      Judge(use_.prices[i], logs[i], checks->residuals[i], checks->studentized[i]);
    }
  }

 private:
  std::vector<Property> Properties() const {
    Property land_class{"land_class", {}}, score{"score", {}}, grade{"grade", {}};
    bool all_scored = true;
    for (const BalancedPrice& price : use_.prices) {
      const CountyStanding& county = plan_.counties.at(publications_[price.publication].county);
      land_class.values.push_back(county.land_class);
      all_scored = all_scored && county.score;
      score.values.push_back(county.score.value_or(0.0));
      grade.values.push_back(price.grade);
    }
    std::vector<Property> properties{std::move(land_class)};
    if (all_scored) properties.push_back(std::move(score));
    properties.push_back(std::move(grade));
    return properties;
  }

  void Judge(BalancedPrice& price, double log, double residual, double studentized) const {
    price.expected = ExpOne(log - residual);
    price.residual = ToDouble(price.price) / price.expected - 1.0;
    price.studentized = studentized;
    price.is_flagged = std::fabs(studentized) > plan_.largest_residual;
  }

  std::span<const Publication> publications_;
  const BalancePlan& plan_;
  UseBalance& use_;
};

}  // namespace

Diagnostics BalancePlan::Validate() const {
  Diagnostics found;
  if (counties.empty()) {
    found.Add(Code::kPlanValueMissing, {"", 0, 0, "counties"},
              {"counties", "\"150428\" = { land_class = 13 }, …"});
  }
  for (const auto& [code, county] : counties) {
    if (county.land_class >= 1 && county.land_class <= 15) continue;
    const std::string field = "counties." + code + ".land_class";
    found.Add(Code::kPlanValueNotAllowed, {"", 0, 0, field},
              {field, std::to_string(county.land_class), "1 – 15"});
  }
  if (!(largest_residual > 0.0)) {
    found.Add(Code::kPlanValueNotAllowed, {"", 0, 0, "largest_residual"},
              {"largest_residual", std::to_string(largest_residual), "> 0"});
  }
  return found;
}

std::vector<UseBalance> BalanceCounties(std::span<const Publication> publications,
                                        const BalancePlan& plan) {
  std::map<LandUse, UseBalance> by_use;
  for (std::size_t i = 0; i < publications.size(); ++i) {
    if (!plan.counties.contains(publications[i].county)) continue;
    for (const auto& [use, published] : publications[i].uses) {
      for (const PublishedGrade& grade : published.grades) {
        if (!grade.price || !grade.sub_use.empty()) continue;
        BalancedPrice price;
        price.publication = i;
        price.grade = grade.grade;
        price.price = *grade.price;
        by_use[use].prices.push_back(price);
      }
    }
  }
  std::vector<UseBalance> balances;
  for (auto& [use, balance] : by_use) {
    balance.use = use;
    Balance(publications, plan, balance).Run();
    balances.push_back(std::move(balance));
  }
  return balances;
}

}  // namespace dijia
