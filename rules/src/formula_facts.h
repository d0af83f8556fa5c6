// The facts that the formulas of the check know by name. Everything else in a pack is data.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "dijia/rules/fact.h"

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

// The numbers that a price is made of besides its amount and floor area ratio.
inline constexpr FormulaFact kPriceNumbers[] = {
    FormulaFact::kTerm,       FormulaFact::kRate,          FormulaFact::kRebates,
    FormulaFact::kLeaseYears, FormulaFact::kTransferPrice, FormulaFact::kArea};

// What the formulas take for granted of their facts. A pack may allow less, never more: beyond
// these bounds a price leaves 64 bits, an area of 0 divides, a term of a thousand years never ends.
struct FormulaFactShape {
  std::string_view id;
  FactType type = FactType::kChoice;
  int scale = 0;
  std::int64_t lowest = 0, highest = 0;  // of numbers, in units of the scale
};

inline constexpr std::array<FormulaFactShape, kFormulaFacts> kFormulaFactShapes{{
    {"method"},
    {"decided_on", FactType::kDate, 0, INT32_MIN, INT32_MAX},
    {"land_class", FactType::kInteger, 0, 0, 63},
    {"area_sqm", FactType::kDecimal, 4, 1, 100'000'000'000'000},
    {"facts.far", FactType::kDecimal, 6, 0, 1'000'000'000},
    {"term_years", FactType::kDecimal, 4, 1, 1'000'000},
    {"capitalization_rate", FactType::kDecimal, 6, 0, 1'000'000},
    {"price.amount", FactType::kDecimal, 4, 0, 10'000'000'000'000'000},
    {"price.unit"},
    {"price.kind"},
    {"rent_timing"},
    {"rebates_yuan_per_sqm", FactType::kDecimal, 4, 0, 10'000'000'000'000},
    {"lease_years", FactType::kDecimal, 4, 1, 1'000'000},
    {"transfer_price_yuan_per_sqm", FactType::kDecimal, 4, 0, 10'000'000'000'000},
}};

inline constexpr std::array<std::string_view, kFormulaFacts> kFormulaFactIds = [] {
  std::array<std::string_view, kFormulaFacts> ids;
  for (std::size_t i = 0; i < kFormulaFacts; ++i) ids[i] = kFormulaFactShapes[i].id;
  return ids;
}();

// The choices of method, price.unit, price.kind and rent_timing, by index, as the vocabulary must
// list them.
inline constexpr std::array<std::string_view, 3> kPriceKinds{"reserve", "starting", "closing"};
inline constexpr std::array<std::string_view, 2> kRentTimings{"arrears", "advance"};
enum class PriceKind : std::size_t { kReserve, kStarting, kClosing };
enum class RentTiming : std::size_t { kArrears, kAdvance };

}  // namespace dijia::rules
