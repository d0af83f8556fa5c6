// Tables of regional factors from the spread of the prices inside a grade and the weights of the
// factors (区域因素修正系数表; GB/T 18508-2014, benchmark-price notes §4.1), and back.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "dijia/base/enum_table.h"
#include "dijia/base/land.h"
#include "dijia/base/rounding.h"
#include "dijia/coefficient.h"

namespace dijia {

// How far prices inside a grade lie above and below its benchmark price, both >= 0.
struct RegionalAmplitude {
  Percent upward;    // F1
  Percent downward;  // F2

  friend bool operator==(const RegionalAmplitude&, const RegionalAmplitude&) = default;
};

// F1 = (highest − benchmark) / benchmark and F2 = (benchmark − lowest) / benchmark, in per cent,
// each rounded once. Nothing unless 0 < lowest <= benchmark <= highest.
std::optional<RegionalAmplitude> AmplitudeOf(UnitPrice benchmark, UnitPrice highest,
                                             UnitPrice lowest, const Rounding& percent);

// A factor and its share of the amplitude, > 0; the weights of a table sum to 1.
struct WeightedFactor {
  std::string factor;
  Coefficient weight;
  std::optional<Breaks> breaks;  // copied into the table

  friend bool operator==(const WeightedFactor&, const WeightedFactor&) = default;
};

// What 较优 and 较劣 are half of.
enum class HalfOf : std::uint8_t {
  kExact,    // F · W: every figure is rounded once
  kPrinted,  // the rounded 优 or 劣, as published tables have it; rounds a second time
};
template <>
struct EnumTableOf<HalfOf> {
  static constexpr std::array<EnumRow<HalfOf>, 2> kRows{{
      {HalfOf::kExact, "exact"},
      {HalfOf::kPrinted, "printed"},
  }};
};
static_assert(EnumTableIsComplete<HalfOf>(2));

inline constexpr std::size_t kRegionalLevels = 5;

struct RegionalOptions {
  // From the best to the worst.
  std::array<std::string, kRegionalLevels> levels{"优", "较优", "一般", "较劣", "劣"};
  HalfOf half_of = HalfOf::kExact;
  Rounding percent;  // of the figures, hundredths
};

// For each factor, in order: F1·W, F1·W/2, 0, −F2·W/2, −F2·W. Empty without factors; nothing when a
// figure leaves its type.
std::optional<std::vector<Factors::Factor>> RegionalFactors(const RegionalAmplitude& amplitude,
                                                            std::span<const WeightedFactor> factors,
                                                            const RegionalOptions& options);

struct RecoveredAmplitude {
  RegionalAmplitude amplitude;    // sums of the best and of the worst figures
  std::vector<double> weights;    // one for each factor, they sum to 1
  double largest_residual = 0.0;  // |F · W − published|, per cent
  std::size_t row = 0;            // the factor where it is
};

// What a published table was made of: the largest and smallest figure of each row are taken for its
// best and worst level. Nothing without factors, for a row without figures or with one beyond
// ±1000 %, or when the figures span nothing.
std::optional<RecoveredAmplitude> RecoverAmplitude(std::span<const Factors::Factor> table);

}  // namespace dijia
