#include "report/number_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace dijia::report {
namespace {

// Rounding intervals with six places: 0.01 and the last place of a price.
constexpr std::int64_t kCent = 10'000, kFinest = 100;

// How many decimals a multiple of `interval` (six places) can have.
int DecimalsOf(std::int64_t interval) {
  int decimals = Rounding::kScale;
  while (decimals > 0 && interval % 10 == 0) {
    interval /= 10;
    --decimals;
  }
  return decimals;
}

// At least `decimals` places, more where the exact value has more.
std::string ExactText(std::int64_t units, int scale, int decimals) {
  const std::string shortest = FormatDecimal(units, scale);
  const std::size_t point = shortest.find('.');
  const std::size_t places = point == std::string::npos ? 0 : shortest.size() - point - 1;
  return FormatFixed(units, scale, std::max(decimals, static_cast<int>(places)));
}

std::optional<PricePerMu> PerMuOf(UnitPrice price, PriceUnit primary) {
  const bool is_exact = primary == PriceUnit::kWanYuanPerMu;
  return PricePerMuOf(price, {RoundingMode::kHalfUp, is_exact ? kFinest : kCent});
}

}  // namespace

std::string Fixed(double value, int decimals) {
  if (!std::isfinite(value)) return "—";
  const std::string text = fmt::format("{:.{}f}", std::abs(value), decimals);
  const bool is_zero = text.find_first_not_of("0.") == std::string::npos;
  return (value < 0.0 && !is_zero ? "−" : "") + WithThousands(text);
}

std::string Rounded(double yuan_per_sqm) { return Fixed(yuan_per_sqm, DecimalsFor(yuan_per_sqm)); }

int DecimalsFor(double yuan_per_sqm) { return std::abs(yuan_per_sqm) < 100.0 ? 1 : 0; }

std::string WithThousands(std::string_view number) {
  std::string text(number);
  const std::size_t whole = std::min(number.find('.'), number.size());
  for (std::size_t at = whole; at > 3;) text.insert(at -= 3, ",");
  return text;
}

std::string Count(std::size_t count) { return WithThousands(std::to_string(count)); }

std::string PValue(double p) {
  if (p < 0.001) return "< 0.001";
  return Fixed(p, 3);
}

std::string PEquals(double p) { return p < 0.001 ? "p < 0.001" : "p = " + PValue(p); }

std::string Percent(double fraction, int decimals) {
  return Fixed(fraction * 100.0, decimals) + "%";
}

std::string Percent(Rate rate) { return ExactText(rate.units(), Rate::kScale - 2, 2) + "%"; }

std::string FarText(FloorAreaRatio far) {
  return ExactText(far.units(), FloorAreaRatio::kScale, 1);
}

PriceDecimals DecimalsOf(const ComputePlan& plan) {
  const std::int64_t interval =
      plan.rounding.unit_price ? plan.rounding.unit_price->interval : kCent;
  if (plan.primary_unit == PriceUnit::kWanYuanPerMu) {
    return {DecimalsOf(15 * interval), std::max(2, DecimalsOf(interval))};
  }
  return {DecimalsOf(interval), 2};
}

PrintedPrice Print(UnitPrice price, const ComputePlan& plan) {
  const PriceDecimals decimals = DecimalsOf(plan);
  const auto per_mu = PerMuOf(price, plan);
  const auto text = [](std::int64_t units, int scale, int places) {
    return WithThousands(ExactText(units, scale, places));
  };
  return {text(price.units(), UnitPrice::kScale, decimals.yuan_per_sqm),
          per_mu ? text(per_mu->units(), PricePerMu::kScale, decimals.wan_yuan_per_mu) : "—"};
}

std::optional<PricePerMu> PerMuOf(UnitPrice price, const ComputePlan& plan) {
  return PerMuOf(price, plan.primary_unit);
}

std::string PerMuText(UnitPrice price, PriceUnit primary) {
  const auto per_mu = PerMuOf(price, primary);
  return per_mu ? WithThousands(ExactText(per_mu->units(), PricePerMu::kScale, 2)) : "—";
}

std::string GradeText(int grade, Language language) {
  if (language == Language::kEn || grade < 1 || grade > 99) return std::to_string(grade);
  constexpr std::array<std::string_view, 10> kDigits{"",   "一", "二", "三", "四",
                                                     "五", "六", "七", "八", "九"};
  const auto tens = static_cast<std::size_t>(grade / 10);
  std::string text;
  if (tens > 1) text += kDigits[tens];
  if (tens > 0) text += "十";
  return text.append(kDigits[static_cast<std::size_t>(grade % 10)]);
}

}  // namespace dijia::report
