// Decimals without limit, for products of published numbers; private to the engine.
#pragma once

#include <boost/multiprecision/cpp_int.hpp>
#include <cstdint>
#include <optional>
#include <string>

#include "dijia/base/decimal.h"
#include "dijia/base/rounding.h"

namespace dijia {

// An exact decimal: units · 10^-scale.
class ExactNumber {
 public:
  using Integer = boost::multiprecision::cpp_int;

  ExactNumber() = default;
  ExactNumber(Integer units, int scale) : units_(std::move(units)), scale_(scale) {}
  template <class Unit, int Scale>
  static ExactNumber Of(Quantity<Unit, Scale> quantity) {
    return {Integer(quantity.units()), Scale};
  }

  friend ExactNumber operator*(const ExactNumber& a, const ExactNumber& b) {
    return {a.units_ * b.units_, a.scale_ + b.scale_};
  }
  friend ExactNumber operator+(const ExactNumber& a, const ExactNumber& b);
  friend ExactNumber operator-(const ExactNumber& a, const ExactNumber& b) {
    return a + ExactNumber(-b.units_, b.scale_);
  }

  // this / divisor rounded once, in units of 10^-places; without a rounding to the nearest of them,
  // half to even. Nothing when it leaves int64. Precondition: divisor > 0, places ≤ 12.
  std::optional<std::int64_t> Round(const ExactNumber& divisor, int places,
                                    const std::optional<Rounding>& rounding) const;
  std::optional<std::int64_t> Round(int places, const std::optional<Rounding>& rounding) const {
    return Round({1, 0}, places, rounding);
  }

  // -1, 0, 1
  int sign() const { return units_.sign(); }
  // The shortest exact text.
  std::string ToString() const;

 private:
  Integer units_ = 0;
  int scale_ = 0;
};

}  // namespace dijia
