// Sums of doubles that do not lose digits and do not depend on the number of threads.
#pragma once

#include <span>

namespace dijia {

// The sum of finite values as if added with twice the digits and rounded once: its error is that
// of the last bit, whatever cancels. Four running sums in fixed order, each with its compensation
// (Neumaier, Zeitschrift für Angewandte Mathematik und Mechanik 54 (1974) 39-51). 0 for no values.
double Sum(std::span<const double> values);

// The sum of weight · value in the same manner; each product is rounded once. The spans have equal
// length. 0 for no values.
double WeightedSum(std::span<const double> values, std::span<const double> weights);

// The sum of (value − centre)², corrected for a centre that is off by a rounding error (the
// corrected two-pass algorithm of Chan, Golub and LeVeque, The American Statistician 37 (1983)
// 242-247), so that it is right for values whose spread is tiny beside their size. 0 for no values.
double SumOfSquares(std::span<const double> values, double centre);

}  // namespace dijia
