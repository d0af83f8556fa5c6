// Numbers as people read them.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "dijia/base/code.h"
#include "dijia/base/land.h"
#include "dijia/plan.h"

namespace dijia::report {

// With exactly `decimals` places, commas at thousands and a true minus sign; "—" for what is not a
// finite number. Never minus zero.
std::string Fixed(double value, int decimals);

// A price for orientation: no decimals from 100 yuan per m² on, one below.
std::string Rounded(double yuan_per_sqm);
int DecimalsFor(double yuan_per_sqm);

// With commas at thousands from 1,000 on.
std::string Count(std::size_t count);

// Three decimals, "< 0.001" below, "—" when there is none; and with its name, as in "p = 0.021".
std::string PValue(double p);
std::string PEquals(double p);

// A fraction in per cent with its sign: 0.0675 is "6.75%".
std::string Percent(double fraction, int decimals);
std::string Percent(Rate rate);  // exact, at least two decimals

// Exact, at least one decimal.
std::string FarText(FloorAreaRatio far);

// 1 → 一 … 99 → 九十九 in Chinese, digits in English.
std::string GradeText(int grade, Language language);

// The two units of a published price.
struct PrintedPrice {
  std::string yuan_per_sqm, wan_yuan_per_mu;
};

// How many decimals published prices have in the sheets and tables: those of the plan's rounding in
// the primary unit; two in 万元/亩 derived from yuan, and as many as 15 times the rounding has in
// yuan derived from 万元/亩.
struct PriceDecimals {
  int yuan_per_sqm = 0, wan_yuan_per_mu = 2;
};
PriceDecimals DecimalsOf(const ComputePlan& plan);

// The price in both units, with commas at thousands. The plan's primary unit shows the exact price
// with the decimals of the plan's rounding; the other is derived from it once: 万元/亩 = yuan per
// m² / 15 to two decimals, half up, or yuan per m² = 万元/亩 × 15 exactly.
PrintedPrice Print(UnitPrice price, const ComputePlan& plan);

// 万元/亩 as Print() shows it; nothing when it does not fit.
std::optional<PricePerMu> PerMuOf(UnitPrice price, const ComputePlan& plan);

// The same of a price of a publication that sets its prices in `primary`, with commas at thousands
// and at least two decimals; "—" when it does not fit.
std::string PerMuText(UnitPrice price, PriceUnit primary);

// Commas at the thousands of a number without sign: "13824.5" is "13,824.5".
std::string WithThousands(std::string_view number);

}  // namespace dijia::report
