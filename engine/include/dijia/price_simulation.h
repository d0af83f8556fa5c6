// Prices of many parcels in double precision: what a change of prices or coefficients would do to a
// county, as fast as memory allows. Nothing is rounded, so these are not the prices of ValueParcel:
// they differ by rounding, and no table other than a power, a term and an index is known here.
//
//   price = base × (1 + Σ factors) × (far / base far)^k × K(term) × index + addition
//
// with K(m) = (1 − (1+r)^−m) / (1 − (1+r)^−n).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace dijia {

// What differs between groups of parcels (use and grade), one entry for each group.
struct SimulationGroups {
  std::vector<double> base;                        // yuan per m²
  std::vector<double> far_exponent, far_log_base;  // k, ln of the base ratio
  // ln(1 + r) per unit of `term`, and 1 / (1 − (1+r)^−n).
  std::vector<double> term_discount, term_scale;
  std::vector<std::uint32_t> index_offset;  // the index of a period: index[offset + period]
  std::vector<double> index;

  std::size_t size() const { return base.size(); }
};

// Parcels as columns of equal length.
struct SimulationColumns {
  std::span<const std::uint8_t> use, grade;  // the group is use · grades + grade
  std::uint8_t grades = 1;
  std::span<const std::uint8_t> period;
  std::span<const double> far, term;                 // > 0
  std::span<const double> add;                       // yuan per m²; empty: none
  std::span<const std::span<const double>> factors;  // 0.01 = 1 %
};

// out[i] = the price of row i, for out.size() rows: the same bits on every machine and for every
// division into calls. Preconditions: columns and `out` are of equal length; groups and periods lie
// inside the tables; ln(1 + r) · term and k · ln(far / base far) stay below 700 in magnitude.
void SimulatePrices(const SimulationColumns& columns, const SimulationGroups& groups,
                    std::span<double> out);

}  // namespace dijia
