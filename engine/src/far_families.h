// One fit of one family of curves over the floor area ratio; private to the engine.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "dijia/base/result.h"
#include "dijia/far_curve.h"

namespace dijia {

// Sales by their logarithms, ascending by ratio, then price.
struct LogSales {
  std::vector<double> far, price;

  std::size_t size() const { return far.size(); }
  void Add(double log_far, double log_price) {
    far.push_back(log_far);
    price.push_back(log_price);
  }
};

struct FarFit {
  FarShape shape;
  double log_level = 0.0;                // log price at the base
  std::optional<double> exponent_error;  // of FarCurve

  double LogPriceAt(double log_far) const;
};

// Errors: those of the regressions, kCollinearColumns where the sales lie on one side of the base
// only; kNumberNotAllowed for a curve that falls or is not above 0 over the sales.
Result<FarFit> FitFamily(const LogSales& sales, FarFamily family, const FarCurveOptions& options);

// Linear between knots, level outside. Precondition: there is a knot.
double LogFactorBetween(std::span<const FarShape::Knot> knots, double log_far);

}  // namespace dijia
