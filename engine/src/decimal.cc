#include "dijia/base/decimal.h"

#include <cassert>
#include <cmath>
#include <limits>

#include "dijia/base/codes.h"

namespace dijia {
namespace {

constexpr int kLargestExponent = 18;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// A decimal text taken apart: digits without the point, and how many of them are decimals.
struct Digits {
  bool negative = false;
  std::string_view whole, fraction;
  int exponent = 0;
};

std::size_t CountDigits(std::string_view text) {
  std::size_t count = 0;
  while (count < text.size() && IsDigit(text[count])) ++count;
  return count;
}

std::optional<int> ReadExponent(std::string_view text) {
  bool negative = false;
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) {
    negative = text[0] == '-';
    text.remove_prefix(1);
  }
  if (text.empty() || text.size() > 3 || CountDigits(text) != text.size()) return std::nullopt;
  int exponent = 0;
  for (const char c : text) exponent = exponent * 10 + (c - '0');
  return negative ? -exponent : exponent;
}

// [+-] digits [. digits] [e exponent], at least one digit.
std::optional<Digits> TakeApart(std::string_view text) {
  Digits digits;
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) {
    digits.negative = text[0] == '-';
    text.remove_prefix(1);
  }
  digits.whole = text.substr(0, CountDigits(text));
  text.remove_prefix(digits.whole.size());
  if (!text.empty() && text[0] == '.') {
    text.remove_prefix(1);
    digits.fraction = text.substr(0, CountDigits(text));
    text.remove_prefix(digits.fraction.size());
  }
  if (digits.whole.empty() && digits.fraction.empty()) return std::nullopt;
  if (!text.empty() && (text[0] == 'e' || text[0] == 'E')) {
    const std::optional<int> exponent = ReadExponent(text.substr(1));
    if (!exponent) return std::nullopt;
    digits.exponent = *exponent;
    text = {};
  }
  if (!text.empty()) return std::nullopt;
  return digits;
}

// Appends the digits to `units`; false on overflow.
bool Append(std::string_view digits, std::int64_t& units) {
  for (const char c : digits) {
    if (__builtin_mul_overflow(units, 10, &units) ||
        __builtin_add_overflow(units, c - '0', &units)) {
      return false;
    }
  }
  return true;
}

std::string_view WithoutTrailingZeros(std::string_view digits) {
  while (!digits.empty() && digits.back() == '0') digits.remove_suffix(1);
  return digits;
}

struct Fraction {
  Int128 numerator = 0, denominator = 0;
};

// value × 10^6 as an exact fraction (a double is mantissa × 2^exponent), or a denominator of 0 when
// it is far beyond int64. Values below 2^-90 keep only their sign, which decides for "up".
Fraction InMillionths(double value) {
  constexpr int kMantissaBits = 53, kLargestShift = 20, kSmallestShift = -90;
  int exponent = 0;
  const double fraction = std::frexp(value, &exponent);
  const auto mantissa = static_cast<std::int64_t>(std::ldexp(fraction, kMantissaBits));
  exponent -= kMantissaBits;
  const Int128 millionths = Int128{mantissa} * PowerOfTen(Rounding::kScale);
  if (exponent > kLargestShift) return {};
  if (exponent >= 0) return {millionths * (Int128{1} << exponent), 1};
  if (exponent >= kSmallestShift) return {millionths, Int128{1} << -exponent};
  return {(millionths > 0) - (millionths < 0), Int128{1} << -kSmallestShift};
}

}  // namespace

Result<std::int64_t> ParseDecimal(std::string_view text, int scale) {
  const std::optional<Digits> digits = TakeApart(text);
  if (!digits) return Error{Code::kNotANumber, std::string(text)};
  const std::string_view fraction = WithoutTrailingZeros(digits->fraction);
  std::int64_t units = 0;
  if (!Append(digits->whole, units) || !Append(fraction, units)) {
    return Error{Code::kNumberTooLarge, std::string(text)};
  }
  int shift = scale + digits->exponent - static_cast<int>(fraction.size());
  for (; shift < 0 && units % 10 == 0 && units != 0; ++shift) units /= 10;
  if (units == 0) return std::int64_t{0};
  if (shift < 0) return Error{Code::kTooManyDecimals, std::string(text)};
  if (shift > kLargestExponent || __builtin_mul_overflow(units, PowerOfTen(shift), &units)) {
    return Error{Code::kNumberTooLarge, std::string(text)};
  }
  return digits->negative ? -units : units;
}

std::string FormatFixed(std::int64_t units, int scale, int decimals) {
  if (decimals < scale) {
    const std::int64_t divisor = PowerOfTen(scale - decimals);
    units = RoundQuotient(units, divisor, 1, RoundingMode::kHalfUp).value_or(0);
    scale = decimals;
  }
  const bool negative = units < 0;
  const std::uint64_t magnitude =
      negative ? 0 - static_cast<std::uint64_t>(units) : static_cast<std::uint64_t>(units);
  std::string digits = std::to_string(magnitude);
  if (digits.size() <= static_cast<std::size_t>(scale)) {
    digits.insert(0, static_cast<std::size_t>(scale) + 1 - digits.size(), '0');
  }
  if (scale > 0) digits.insert(digits.size() - static_cast<std::size_t>(scale), 1, '.');
  if (scale == 0 && decimals > 0) digits += '.';
  digits.append(static_cast<std::size_t>(decimals - scale), '0');
  return negative ? "-" + digits : digits;
}

std::string FormatDecimal(std::int64_t units, int scale) {
  std::string text = FormatFixed(units, scale, scale);
  if (scale == 0) return text;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

Result<std::int64_t> RoundDouble(double value, int scale, const Rounding& rounding) {
  if (!std::isfinite(value)) return Error{Code::kNotANumber, std::to_string(value)};
  const Fraction micro = InMillionths(value);
  const std::optional<std::int64_t> rounded =
      micro.denominator == 0
          ? std::nullopt
          : RoundQuotient(micro.numerator, micro.denominator, rounding.interval, rounding.mode);
  if (!rounded) return Error{Code::kNumberTooLarge, std::to_string(value)};
  if (scale <= Rounding::kScale) {
    assert(rounding.interval % PowerOfTen(Rounding::kScale - scale) == 0);
    return *rounded / PowerOfTen(Rounding::kScale - scale);
  }
  std::int64_t units = 0;
  if (__builtin_mul_overflow(*rounded, PowerOfTen(scale - Rounding::kScale), &units)) {
    return Error{Code::kNumberTooLarge, std::to_string(value)};
  }
  return units;
}

}  // namespace dijia
