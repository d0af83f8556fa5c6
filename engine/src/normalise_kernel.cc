// The hot loop of normalisation; compiled with -O3 and once per vector width.
#include <algorithm>
#include <array>
#include <cassert>

#include "dijia/normalise.h"
#include "vector_math.h"

namespace dijia {
namespace {

constexpr std::size_t kBlockRows = 512;  // of every column at once in the first-level cache

// The columns as pointers: what the compiler needs to see that nothing overlaps.
struct Rows {
  const std::uint32_t* group;
  const std::int32_t* period;
  const double *price, *add, *far, *term, *circumstance;
  double* out;
  std::size_t count;
};

template <bool kFarIsFactor>
DIJIA_ALWAYS_INLINE void Loop(const Rows& rows, const NormalizationGroups& groups) {
  const double* const far_exponent = groups.far_exponent.data();
  const double* const far_log_base = groups.far_log_base.data();
  const double* const discount = groups.term_discount.data();
  const double* const full = groups.term_full.data();
  const std::uint32_t* const date_offset = groups.date_offset.data();
  const double* const date_factors = groups.date_factors.data();
  const std::uint32_t* __restrict const group = rows.group;
  const std::int32_t* __restrict const period = rows.period;
  const double* __restrict const price = rows.price;
  const double* __restrict const add = rows.add;
  const double* __restrict const far = rows.far;
  const double* __restrict const term = rows.term;
  const double* __restrict const circumstance = rows.circumstance;
  double* __restrict const out = rows.out;
  DIJIA_INDEPENDENT_ROWS
  for (std::size_t i = 0; i < rows.count; ++i) {
    const std::uint32_t g = group[i];
    double k_far = far[i];
    if constexpr (!kFarIsFactor) {
      const double power =
          ExpOfModerate(-far_exponent[g] * (LogOfNormal(far[i]) - far_log_base[g]));
      k_far = far[i] == far[i] ? power : 1.0;
    }
    const double of_term = full[g] / (1.0 - ExpOfModerate(-discount[g] * term[i]));
    const double k_term = term[i] == term[i] ? of_term : 1.0;
    const double k_date = date_factors[date_offset[g] + static_cast<std::uint32_t>(period[i])];
    out[i] = (price[i] + add[i]) * k_date * k_far * k_term * circumstance[i];
  }
}

template <bool kFarIsFactor>
void LoopBaseline(const Rows& rows, const NormalizationGroups& groups) {
  Loop<kFarIsFactor>(rows, groups);
}
template <bool kFarIsFactor>
DIJIA_TARGET_AVX2 void LoopAvx2(const Rows& rows, const NormalizationGroups& groups) {
  Loop<kFarIsFactor>(rows, groups);
}
template <bool kFarIsFactor>
DIJIA_TARGET_AVX512 void LoopAvx512(const Rows& rows, const NormalizationGroups& groups) {
  Loop<kFarIsFactor>(rows, groups);
}

template <std::size_t kSize>
constexpr std::array<double, kSize> Filled(double value) {
  std::array<double, kSize> values{};
  values.fill(value);
  return values;
}
constexpr std::array<double, kBlockRows> kZeros = Filled<kBlockRows>(0.0);
constexpr std::array<double, kBlockRows> kOnes = Filled<kBlockRows>(1.0);

const double* Or(std::span<const double> column, std::size_t first,
                 const std::array<double, kBlockRows>& neutral) {
  return column.empty() ? neutral.data() : column.data() + first;
}

}  // namespace

void Normalize(const NormalizationColumns& columns, const NormalizationGroups& groups,
               std::span<double> out) {
  assert(out.size() == columns.price.size());
  const bool far_is_factor = !columns.far_factor.empty();
  const SimdLevel level = BestSimdLevel();
  const auto loop = far_is_factor
                        ? ForLevel(level, LoopBaseline<true>, LoopAvx2<true>, LoopAvx512<true>)
                        : ForLevel(level, LoopBaseline<false>, LoopAvx2<false>, LoopAvx512<false>);
  const double* const far = far_is_factor ? columns.far_factor.data() : columns.far.data();
  for (std::size_t first = 0; first < out.size(); first += kBlockRows) {
    loop({.group = columns.group.data() + first,
          .period = columns.period.data() + first,
          .price = columns.price.data() + first,
          .add = Or(columns.add, first, kZeros),
          .far = far + first,
          .term = columns.term.data() + first,
          .circumstance = Or(columns.circumstance, first, kOnes),
          .out = out.data() + first,
          .count = std::min(kBlockRows, out.size() - first)},
         groups);
  }
}

}  // namespace dijia
