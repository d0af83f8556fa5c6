// Sums and products carried with twice the digits of double (about 32), by error-free
// transformations (Dekker 1971, Knuth). Same bits on every machine, unlike long double.
#pragma once

namespace dijia {

// The unevaluated sum high + low, |low| <= ulp(high) / 2.
struct DoubleDouble {
  double high = 0.0;
  double low = 0.0;
};

// a + b exactly. Precondition: |a| >= |b| or a = 0.
inline DoubleDouble QuickTwoSum(double a, double b) {
  const double sum = a + b;
  return {sum, b - (sum - a)};
}

// a + b exactly.
inline DoubleDouble TwoSum(double a, double b) {
  const double sum = a + b;
  const double shadow = sum - a;
  return {sum, (a - (sum - shadow)) + (b - shadow)};
}

// a · b exactly, for |a|, |b| < 2^996 and products that do not underflow.
inline DoubleDouble TwoProduct(double a, double b) {
  constexpr double kSplitter = 134217729.0;  // 2^27 + 1
  const double product = a * b;
  const double a_shifted = kSplitter * a;
  const double a_high = a_shifted - (a_shifted - a);
  const double a_low = a - a_high;
  const double b_shifted = kSplitter * b;
  const double b_high = b_shifted - (b_shifted - b);
  const double b_low = b - b_high;
  return {product, ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low};
}

inline DoubleDouble Add(DoubleDouble a, DoubleDouble b) {
  const DoubleDouble high = TwoSum(a.high, b.high);
  const DoubleDouble low = TwoSum(a.low, b.low);
  const DoubleDouble sum = QuickTwoSum(high.high, high.low + low.high);
  return QuickTwoSum(sum.high, sum.low + low.low);
}

// a + x y.
inline DoubleDouble AddProduct(DoubleDouble a, double x, DoubleDouble y) {
  const DoubleDouble product = TwoProduct(x, y.high);
  return Add(a, QuickTwoSum(product.high, product.low + x * y.low));
}

}  // namespace dijia
