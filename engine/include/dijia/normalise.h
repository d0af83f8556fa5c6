// Raw prices of land → prices at the benchmark conditions (benchmark-price notes §2.2).
//
//   P_std = (P + ΔD) × K_t × K_v × K_y × K_case, multiplied in this order
//
// with ΔD the development of the benchmark less that of the sample, K_t the date, K_v the floor
// area ratio, K_y the term and K_case the circumstances of the sale. What is not known of a sample
// has the factor 1 (or + 0); the plan says whether such samples are used at all.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "dijia/grade_price.h"
#include "dijia/plan.h"
#include "dijia/sample.h"

namespace dijia {

// The corrections of many groups of samples (uses, grades, counties) as columns, one entry for each
// group, so that a row costs two exponentials and a logarithm whatever the group.
struct NormalizationGroups {
  // K_v = exp(−far_exponent · (ln far − far_log_base)): (base / far)^k. 0 for no correction.
  std::vector<double> far_exponent, far_log_base;
  // K_y = term_full / (1 − exp(−term_discount · term)) with term_discount = ln(1 + r) per unit of
  // `term` > 0 and term_full = 1 − (1 + r)^−N.
  std::vector<double> term_discount, term_full;
  // K_t = date_factors[date_offset + period].
  std::vector<std::uint32_t> date_offset;
  std::vector<double> date_factors;

  std::size_t size() const { return far_exponent.size(); }
};

// Samples as columns of equal length. An optional column that is empty stands for its neutral value
// in every row.
struct NormalizationColumns {
  std::span<const std::uint32_t> group;  // index into the groups
  std::span<const std::int32_t> period;  // of the sale, ≥ 0, as the date factors are counted
  std::span<const double> price;         // yuan per m² of land; NaN gives NaN
  std::span<const double> add;           // ΔD, yuan per m²; optional, 0
  std::span<const double> far;           // > 0 or NaN = unknown, in the unit of the group's base
  std::span<const double> far_factor;    // optional; K_v itself, in place of the power of `far`
  std::span<const double> term;          // > 0 or NaN = unknown, in the unit of term_discount
  std::span<const double> circumstance;  // optional, 1
};

// out[i] = the price of row i at the conditions of its group, for price.size() rows, with the same
// bits on every machine. Preconditions: `out` is as long as `price`; group and period lie inside
// the groups' tables; ln(1 + r) · term and k · ln(far / base) stay below 700.
void Normalize(const NormalizationColumns& columns, const NormalizationGroups& groups,
               std::span<double> out);

// Corrections of one (county, use) that are estimated from the samples instead of stated in the
// plan. What is not given is not corrected.
struct EstimatedCorrections {
  std::vector<double> date_factors;  // K_t of each day of the sample window
  std::optional<double> far_exponent;
};
using EstimatedByCounty = std::map<std::pair<std::uint16_t, LandUse>, EstimatedCorrections>;

// All corrections of a run, prepared: one group for each cell of samples. Immutable.
class Normalizer {
 public:
  static constexpr std::uint32_t kNoCell = 0xffffffffU;

  // `cells` are the distinct cells of the samples and `cell` the cell of each row, kNoCell for rows
  // that are left out. Preconditions: the plan validates and has a section for the use of every
  // cell; the dates of rows with a cell lie in the plan's window.
  Normalizer(const SampleTable& samples, const ComputePlan& plan, std::span<const CellKey> cells,
             std::vector<std::uint32_t> cell, const EstimatedByCounty& estimated);

  // normalized[i − first] = the normalised price of row i in [first, last) from its raw price
  // raw[i − first]; NaN for rows without cell.
  void NormalizeRows(const SampleTable& samples, std::size_t first, std::span<const double> raw,
                     std::span<double> normalized) const;

  // The factors of a row that has a cell. (raw + development_add) × date × far × term ×
  // circumstance, multiplied in this order, has the bits of the normalised price.
  NormalizationFactors Factors(const SampleTable& samples, std::size_t row) const;

  // The same bits for rows first … first + out.size() − 1, many times faster; rows without a cell
  // get neutral factors.
  void FactorsOfRows(const SampleTable& samples, std::size_t first,
                     std::span<NormalizationFactors> out) const;

  // Which figures of a row that has a cell are not known although the plan corrects for them.
  struct Unknown {
    bool far = false, term = false, development = false, date_outside_index = false;
  };
  Unknown UnknownOf(const SampleTable& samples, std::size_t row) const;

  // The cell of each row, kNoCell for rows that are left out.
  std::span<const std::uint32_t> cell() const { return cell_; }

 private:
  // What a use's section of the plan says, by day, development level and floor area ratio.
  struct UseCorrections {
    std::uint32_t date_offset = 0;
    Days index_first = 0, index_last = 0;  // days the index reaches
    std::vector<double> development_add;   // by level code, NaN = unknown; empty = no correction
    bool far = false;                      // corrected for
    std::vector<double> far_at;            // table of ratios, ascending
  };
  // The far table of a grade and the figure of its base.
  struct FarColumn {
    std::vector<double> coefficient;  // by row of the table; empty = the grade has no table
    double base = 1.0;
  };
  struct Block;

  void AddUse(const SampleTable& samples, const ComputePlan& plan, const UsePlan& use);
  void AddCell(const UsePlan& use, const CellKey& key, const EstimatedCorrections* estimated);
  std::uint32_t AddDateFactors(std::span<const double> factors);
  void Fill(const SampleTable& samples, std::size_t first, std::span<const double> raw,
            Block& block) const;
  double DevelopmentAdd(const SampleTable& samples, std::size_t row, std::uint8_t use) const;
  double TableFactor(std::uint32_t cell, double far) const;
  double FarFactor(std::uint32_t cell, double far) const;
  void FarFactors(const SampleTable& samples, std::size_t first,
                  std::span<NormalizationFactors> out) const;
  void TermFactors(const SampleTable& samples, std::size_t first,
                   std::span<NormalizationFactors> out) const;
  double TermFactor(std::uint32_t cell, double term) const;

  Days window_first_ = 0;
  std::size_t window_days_ = 0;
  std::vector<UseCorrections> uses_;       // as in the plan
  std::vector<std::uint8_t> use_of_cell_;  // index into uses_
  std::vector<FarColumn> far_columns_;     // by cell
  bool any_far_table_ = false;
  NormalizationGroups groups_;  // by cell; one more, neutral, for rows without
  std::vector<std::uint32_t> cell_;
};

}  // namespace dijia
