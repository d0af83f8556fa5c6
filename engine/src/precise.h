// Powers of published numbers, computed to fifty digits and rounded once; private to the engine.
#pragma once

#include <optional>

#include "dijia/base/land.h"
#include "dijia/base/rounding.h"
#include "dijia/valuation.h"

namespace dijia {

// numerator / denominator, exactly. Precondition: denominator > 0.
struct Ratio {
  std::int64_t numerator = 1, denominator = 1;
};

// (1 − (1+rate)^−term) / (1 − (1+rate)^−full), rounded. Preconditions: all above 0. Results that
// lie within 10^-40 of each other are taken for the same, which decides ties of exact values.
// Nothing when the result leaves the type.
std::optional<AppliedCoefficient> TermCoefficient(Rate rate, Years term, Years full,
                                                  const std::optional<Rounding>& rounding);

// base^exponent, rounded in the same way. Precondition: base > 0.
std::optional<AppliedCoefficient> PowerCoefficient(Ratio base, Ratio exponent,
                                                   const std::optional<Rounding>& rounding);

}  // namespace dijia
