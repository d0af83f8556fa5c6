#include "exact_number.h"

#include <algorithm>
#include <compare>
#include <limits>

#include "rounds_away.h"

namespace dijia {
namespace {

using Integer = ExactNumber::Integer;

Integer TenTo(int exponent) {
  return boost::multiprecision::pow(Integer(10), static_cast<unsigned>(exponent));
}

}  // namespace

ExactNumber operator+(const ExactNumber& a, const ExactNumber& b) {
  const int scale = std::max(a.scale_, b.scale_);
  return {a.units_ * TenTo(scale - a.scale_) + b.units_ * TenTo(scale - b.scale_), scale};
}

std::optional<std::int64_t> ExactNumber::Round(const ExactNumber& divisor, int places,
                                               const std::optional<Rounding>& rounding) const {
  // The interval as a count of 10^-12.
  constexpr int kFinest = 12;
  const Integer interval = rounding
                               ? Integer(rounding->interval) * TenTo(kFinest - Rounding::kScale)
                               : TenTo(kFinest - places);
  const RoundingMode mode = rounding ? rounding->mode : RoundingMode::kHalfEven;
  Integer numerator = boost::multiprecision::abs(units_) * TenTo(kFinest + divisor.scale_);
  const Integer denominator = divisor.units_ * TenTo(scale_) * interval;
  Integer steps = numerator / denominator;
  const Integer rest = numerator - steps * denominator;
  const auto half = Integer(rest * 2).compare(denominator) <=> 0;
  if (rest != 0 && RoundsAway(half, steps % 2 != 0, mode)) ++steps;
  const Integer rounded = steps * interval / TenTo(kFinest - places);
  if (rounded > std::numeric_limits<std::int64_t>::max()) return std::nullopt;
  const auto units = static_cast<std::int64_t>(rounded);
  return units_ < 0 ? -units : units;
}

std::string ExactNumber::ToString() const {
  std::string digits = Integer(boost::multiprecision::abs(units_)).str();
  const auto places = static_cast<std::size_t>(scale_);
  if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
  std::string fraction = digits.substr(digits.size() - places);
  digits.resize(digits.size() - places);
  fraction.erase(fraction.find_last_not_of('0') + 1);
  const std::string sign = units_ < 0 ? "-" : "";
  return sign + digits + (fraction.empty() ? "" : "." + fraction);
}

}  // namespace dijia
