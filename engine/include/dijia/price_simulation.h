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

// What differs between groups of parcels (use and grade), all above 0 but for the exponent.
struct SimulationGroup {
  double base = 1.0;  // yuan per m²
  double far_exponent = 0.0, base_far = 1.0;
  double rate = 0.05, full_term = 70.0;  // per year, years
  std::uint32_t index_offset = 0;        // of its first period in the index
};

// The groups as columns. Their base holds what does not differ between parcels of a group: it is
// the price at a floor area ratio of 1 and for ever.
class SimulationGroups {
 public:
  // `index` holds the figures of all groups, one after the other.
  explicit SimulationGroups(std::vector<double> index);
  void Add(const SimulationGroup& group);

 private:
  friend void SimulatePrices(const struct SimulationColumns& columns,
                             const SimulationGroups& groups, std::span<double> out);
  std::vector<double> far_exponent_, term_discount_, index_;
  // base × index, a row of `periods_` for each group: one look-up takes the place of three.
  std::vector<double> levels_;
  std::uint32_t periods_ = 0;
};

// Parcels as columns of equal length.
struct SimulationColumns {
  std::span<const std::uint8_t> use, grade;  // the group is use · grades + grade
  std::uint8_t grades = 1;
  std::span<const std::uint8_t> period;
  std::span<const double> far, term;                 // > 0; years
  std::span<const double> add;                       // yuan per m²; empty: none
  std::span<const std::span<const double>> factors;  // 0.01 = 1 %
};

// out[i] = the price of row i, for out.size() rows: the same bits on every machine and for every
// division into calls. Preconditions: columns and `out` are of equal length; groups and periods lie
// inside the tables; ln(1 + r) · term and k · ln(far / base far) stay below 700 in magnitude.
void SimulatePrices(const SimulationColumns& columns, const SimulationGroups& groups,
                    std::span<double> out);

}  // namespace dijia
