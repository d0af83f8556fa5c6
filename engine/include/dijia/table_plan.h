// What tables of a correction system are to be derived, and from what (service/README.md,
// "dijia coefficients").
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "dijia/base/diagnostic.h"
#include "dijia/base/land.h"
#include "dijia/base/rounding.h"
#include "dijia/capitalization.h"
#include "dijia/coefficient.h"
#include "dijia/development.h"
#include "dijia/far_curve.h"
#include "dijia/market_index.h"
#include "dijia/regional_factors.h"

namespace dijia {

// How published figures are rounded. There is no default: what a table needs must be stated.
struct TableRounding {
  std::optional<Rounding> amplitude;    // F1 and F2, per cent
  std::optional<Rounding> percent;      // regional factors, per cent
  std::optional<Rounding> coefficient;  // term factors, curves, indices
  std::optional<Rounding> method_rate;  // the rate of each method
  std::optional<Rounding> rate;         // the capitalization rate
};

// The amplitude of a grade: stated, or from prices; prices that are not stated are those of the
// publication: of the grade, and of its dearest and cheapest zone.
struct RegionalGradePlan {
  std::optional<Percent> upward, downward;  // both or neither; F1 >= 0, 0 <= F2 < 100
  std::optional<UnitPrice> benchmark, highest, lowest;
  std::vector<WeightedFactor> weights;  // empty = those of all grades
};

struct RegionalPlan {
  std::string name = "regional";                                        // of the coefficient
  std::vector<std::string> levels{"优", "较优", "一般", "较劣", "劣"};  // from best to worst
  HalfOf half_of = HalfOf::kExact;
  std::vector<WeightedFactor> weights;
  std::map<int, RegionalGradePlan> grades;  // key 0 = every grade not listed
};

struct TermTablePlan {
  std::string name = "term";  // of the coefficient
};

// A curve over the floor area ratio, from samples.
struct FarTablePlan {
  std::string name = "far";  // of the coefficient
  Measure from, to, step;    // rows; 0 < from < to, step > 0, at most kMostRows of them
  std::vector<FarFamily> families = AllFarFamilies();
  int min_sales = 20;  // of a grade, 4 to 100,000
  int folds = 10;      // of the cross-validation, 2 to 20

  static constexpr std::int64_t kMostRows = 10'000;
};

// A date index, from samples.
struct DateTablePlan {
  std::string name = "date";  // of the coefficient
  std::vector<MarketIndexMethod> methods = AllMarketIndexMethods();
  MarketIndexMethod publish = MarketIndexMethod::kHedonic;  // one of `methods`
  int period_months = 3;                                    // 1 to 24
};

// One method of the capitalization rate: the rate itself, or what it is made of.
struct RateMethodPlan {
  Coefficient weight;                     // > 0; the weights of the methods sum to 1
  std::optional<Rate> rate;               // stated: nothing else is needed
  std::vector<RentCase> cases;            // kRentToPrice
  std::optional<Coefficient> loan_share;  // kInvestmentReturn, 0 to 1
  std::optional<Rate> loan_rate, equity_return;
  std::optional<Rate> safe_rate;  // kSafeRate
  std::vector<WeightedRate> risks;
};

struct CapitalizationPlan {
  std::map<RateMethod, RateMethodPlan> methods;
  std::optional<Rate> house_premium;  // of the rate for houses over that for land, ≥ 0
};

struct DevelopmentPlan {
  std::string name = "development";        // of the coefficient
  std::string base;                        // a level; empty = that of the publication
  std::map<std::string, UnitPrice> costs;  // by item, yuan per m² of land, ≥ 0
  DevelopmentLevels levels;
};

struct UseTablesPlan {
  std::optional<Years> term;                // > 0, at most 100; none = that of the publication
  std::optional<Rate> capitalization_rate;  // > 0, at most 1; none = that of the publication
  std::optional<RegionalPlan> regional;
  std::optional<TermTablePlan> term_table;
  std::optional<FarTablePlan> far;
  std::optional<DateTablePlan> date;
  std::optional<CapitalizationPlan> capitalization;  // its rate comes before a stated one
  std::optional<DevelopmentPlan> development;

  bool NeedsSamples() const { return far || date; }
};

struct TablePlan {
  TableRounding rounding;
  std::uint64_t seed = 20220421;  // of the cross-validation and the robust fits
  std::map<LandUse, UseTablesPlan> uses;

  // Every violated constraint with its value and what is allowed, placed by the path in a plan
  // file, for example `uses.residential.regional.grades.2.weights`.
  Diagnostics Validate() const;
};

}  // namespace dijia
