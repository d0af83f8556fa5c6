// Prices of neighbouring counties against what their class and score lead to expect (平衡;
// benchmark-price notes §6.6): a regression, and the prices that stand out of it. It decides
// nothing: an office looks at what is flagged.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "dijia/base/diagnostic.h"
#include "dijia/least_squares.h"
#include "dijia/publication.h"

namespace dijia {

// What ranks a county beside its prices.
struct CountyStanding {
  int land_class = 0;           // national land class, 1–15
  std::optional<double> score;  // of the county in the classification; used when all state one
};

struct BalancePlan {
  std::map<std::string, CountyStanding> counties;  // by GB/T 2260 code
  // A price is flagged when its externally studentized residual lies further from 0; > 0.
  double largest_residual = 2.0;

  // Every violated limit with its place; no errors = the plan can be run.
  Diagnostics Validate() const;
};

// A price and what the regression expects of it.
struct BalancedPrice {
  std::size_t publication = 0;  // index
  int grade = 1;
  UnitPrice price;           // yuan per m²
  double expected = 0.0;     // e^(fitted ln price)
  double residual = 0.0;     // price / expected − 1
  double studentized = 0.0;  // of ln price, externally: Student with n − k − 1 degrees of freedom;
                             // NaN where the others fit exactly
  bool is_flagged = false;
};

// ln price = intercept + class + score + grade of one use. Properties that do not vary are left
// out.
struct UseBalance {
  LandUse use = LandUse::kOther;
  std::vector<std::string> terms;       // intercept, land_class, score, grade
  std::vector<TermEstimate> estimates;  // beside the terms
  double r_squared = 0.0;
  std::vector<BalancedPrice> prices;  // by publication and grade
  std::optional<Error> fault;         // why there is no regression; the prices are then bare
};

// The balance of each use that is published as a whole (sub-uses are other goods). Publications of
// counties that the plan does not list are left out. Prices stand for the conditions of their own
// publications: bring them to one before, or read the residuals with the differences in mind.
std::vector<UseBalance> BalanceCounties(std::span<const Publication> publications,
                                        const BalancePlan& plan);

}  // namespace dijia
