// The facts that the formulas of the check know by name. Everything else in a pack is data.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace dijia::rules {

enum class FormulaFact : std::size_t {
  kMethod,
  kDecidedOn,
  kLandClass,
  kArea,
  kFar,
  kTerm,
  kRate,
  kAmount,
  kUnit,
  kPriceKind,
  kRentTiming,
  kRebates,
  kLeaseYears,
  kTransferPrice,
};
inline constexpr std::size_t kFormulaFacts = 14;

inline constexpr std::array<std::string_view, kFormulaFacts> kFormulaFactIds{
    "method",
    "decided_on",
    "land_class",
    "area_sqm",
    "facts.far",
    "term_years",
    "capitalization_rate",
    "price.amount",
    "price.unit",
    "price.kind",
    "rent_timing",
    "rebates_yuan_per_sqm",
    "lease_years",
    "transfer_price_yuan_per_sqm",
};

// Choices of price.kind and rent_timing by index, as the vocabulary must list them.
enum class PriceKind : std::size_t { kReserve, kStarting, kClosing };
enum class RentTiming : std::size_t { kArrears, kAdvance };

}  // namespace dijia::rules
