// Compiled with -O3 and once per vector width.
#include "dijia/price_simulation.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "vector_math.h"

namespace dijia {
namespace {

constexpr std::size_t kBlockRows = 512;    // of every column at once in the first-level cache
constexpr std::size_t kMostPeriods = 256;  // a period is a byte

// A block of the columns as pointers: what the compiler needs to see that nothing overlaps.
struct Rows {
  const std::uint8_t *use, *grade, *period;
  const double *far, *term, *add;
  const std::span<const double>* factors;
  std::size_t factor_count, first, count;
  std::uint32_t grades;
  // Of the groups.
  const double *levels, *exponent, *discount;
  std::uint32_t periods;
  double* out;
};

// 1 + the factors one after another, three at a time: the sums are read and written less often, and
// are the same.
DIJIA_ALWAYS_INLINE void AddFactors(const Rows& rows, double* __restrict sum) {
  const auto factor = [&](std::size_t k) { return rows.factors[k].data() + rows.first; };
  for (std::size_t i = 0; i < rows.count; ++i) sum[i] = 1.0;
  std::size_t k = 0;
  for (; k + 3 <= rows.factor_count; k += 3) {
    const double* __restrict const a = factor(k);
    const double* __restrict const b = factor(k + 1);
    const double* __restrict const c = factor(k + 2);
    for (std::size_t i = 0; i < rows.count; ++i) sum[i] = sum[i] + a[i] + b[i] + c[i];
  }
  for (; k < rows.factor_count; ++k) {
    const double* __restrict const a = factor(k);
    for (std::size_t i = 0; i < rows.count; ++i) sum[i] += a[i];
  }
}

DIJIA_ALWAYS_INLINE void Loop(const Rows& rows) {
  alignas(64) double sum[kBlockRows];
  AddFactors(rows, sum);
  const double* const levels = rows.levels;
  const double* const exponent = rows.exponent;
  const double* const discount = rows.discount;
  const std::uint8_t* __restrict const use = rows.use;
  const std::uint8_t* __restrict const grade = rows.grade;
  const std::uint8_t* __restrict const period = rows.period;
  const double* __restrict const far = rows.far;
  const double* __restrict const term = rows.term;
  double* __restrict const out = rows.out;
  const std::uint32_t grades = rows.grades, periods = rows.periods;
  DIJIA_INDEPENDENT_ROWS
  for (std::size_t i = 0; i < rows.count; ++i) {
    const std::uint32_t group = use[i] * grades + grade[i];
    const double k_far = ExpOfModerate(exponent[group] * LogOfNormal(far[i]));
    const double k_term = 1.0 - ExpOfModerate(-discount[group] * term[i]);
    out[i] = levels[group * periods + period[i]] * sum[i] * k_far * k_term;
  }
  if (rows.add == nullptr) return;
  const double* __restrict const add = rows.add;
  for (std::size_t i = 0; i < rows.count; ++i) out[i] += add[i];
}

void LoopBaseline(const Rows& rows) { Loop(rows); }
DIJIA_TARGET_AVX2 void LoopAvx2(const Rows& rows) { Loop(rows); }
DIJIA_TARGET_AVX512 void LoopAvx512(const Rows& rows) { Loop(rows); }

}  // namespace

SimulationGroups::SimulationGroups(std::vector<double> index)
    : index_(std::move(index)),
      periods_(static_cast<std::uint32_t>(std::min(index_.size(), kMostPeriods))) {}

void SimulationGroups::Add(const SimulationGroup& group) {
  const double growth = LogOne(1.0 + group.rate);
  const double of_full = 1.0 - ExpOne(-growth * group.full_term);
  const double base = group.base * ExpOne(-group.far_exponent * LogOne(group.base_far)) / of_full;
  far_exponent_.push_back(group.far_exponent);
  term_discount_.push_back(growth);
  for (std::size_t period = group.index_offset; period < group.index_offset + periods_; ++period) {
    levels_.push_back(period < index_.size() ? base * index_[period] : 0.0);  // none beyond
  }
}

void SimulatePrices(const SimulationColumns& columns, const SimulationGroups& groups,
                    std::span<double> out) {
  assert(out.size() == columns.far.size());
  const auto loop = ForLevel(BestSimdLevel(), LoopBaseline, LoopAvx2, LoopAvx512);
  for (std::size_t first = 0; first < out.size(); first += kBlockRows) {
    loop({.use = columns.use.data() + first,
          .grade = columns.grade.data() + first,
          .period = columns.period.data() + first,
          .far = columns.far.data() + first,
          .term = columns.term.data() + first,
          .add = columns.add.empty() ? nullptr : columns.add.data() + first,
          .factors = columns.factors.data(),
          .factor_count = columns.factors.size(),
          .first = first,
          .count = std::min(kBlockRows, out.size() - first),
          .grades = columns.grades,
          .levels = groups.levels_.data(),
          .exponent = groups.far_exponent_.data(),
          .discount = groups.term_discount_.data(),
          .periods = groups.periods_,
          .out = out.data() + first});
  }
}

}  // namespace dijia
