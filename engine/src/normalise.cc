#include "dijia/normalise.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <limits>

#include "plan_rules.h"
#include "vector_math.h"

namespace dijia {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kBlockRows = 512;
constexpr double kPerYearsUnit = 1.0 / static_cast<double>(Years::kOne);

double Log(std::int64_t units) { return LogOne(static_cast<double>(units)); }

// (1 + rate)^months from each day of the window to the base date.
std::vector<double> MonthlyRateFactors(const ComputePlan& plan, const UsePlan& use, Days first,
                                       std::size_t days) {
  const Rounding exact{RoundingMode::kHalfUp, 1};
  const double log_rate = LogOne(1.0 + ToDouble(use.date.monthly_rate));
  std::vector<double> factors(days);
  for (std::size_t i = 0; i < days; ++i) {
    const Months months = MonthsBetween(FromDays(first + static_cast<Days>(i)), plan.base_date,
                                        plan.rounding.months.value_or(exact));
    factors[i] = ExpOne(ToDouble(months) * log_rate);
  }
  return factors;
}

// The index on a day that it reaches, linear between its points.
double IndexAt(const DateCorrection& date, Days day) {
  const auto after =
      std::lower_bound(date.points.begin(), date.points.end(), day,
                       [](const auto& point, Days wanted) { return ToDays(point.first) < wanted; });
  const double upper = ToDouble(after->second);
  const Days upper_day = ToDays(after->first);
  if (upper_day == day) return upper;
  const auto before = std::prev(after);
  const double lower = ToDouble(before->second);
  const Days lower_day = ToDays(before->first);
  return lower + (upper - lower) * static_cast<double>(day - lower_day) /
                     static_cast<double>(upper_day - lower_day);
}

// index(base) / index(day) for each day of the window, 1 where the index does not reach.
std::vector<double> IndexFactors(const ComputePlan& plan, const UsePlan& use, Days first,
                                 std::size_t days) {
  const double base = IndexAt(use.date, ToDays(plan.base_date));
  const Days reach_first = ToDays(use.date.points.front().first);
  const Days reach_last = ToDays(use.date.points.back().first);
  std::vector<double> factors(days, 1.0);
  for (std::size_t i = 0; i < days; ++i) {
    const Days day = first + static_cast<Days>(i);
    if (day >= reach_first && day <= reach_last) factors[i] = base / IndexAt(use.date, day);
  }
  return factors;
}

// What holds for a grade among figures by grade; key 0 = every grade not listed.
template <class T>
const T& OfGrade(const std::map<int, T>& by_grade, int grade) {
  const auto own = by_grade.find(grade);
  return own == by_grade.end() ? by_grade.at(0) : own->second;
}

// A table at `x`, linear between its rows, its ends clamped.
double Interpolate(std::span<const double> at, std::span<const double> values, double x) {
  const auto after = std::lower_bound(at.begin(), at.end(), x);
  if (after == at.begin()) return values.front();
  if (after == at.end()) return values.back();
  const auto i = static_cast<std::size_t>(after - at.begin());
  return values[i - 1] + (values[i] - values[i - 1]) * (x - at[i - 1]) / (at[i] - at[i - 1]);
}

double KnownFar(const SampleTable& samples, std::size_t row) {
  return samples.far[row] > 0 ? static_cast<double>(samples.far[row]) : kNaN;
}

double KnownTerm(const SampleTable& samples, std::size_t row) {
  return samples.term_years[row] > 0 ? static_cast<double>(samples.term_years[row]) : kNaN;
}

double CircumstanceOf(const SampleTable& samples, std::size_t row) {
  return samples.circumstance[row] == kMissing32
             ? 1.0
             : ToDouble(Coefficient::FromUnits(samples.circumstance[row]));
}

}  // namespace

// The columns of one block of rows, ready for the kernel.
struct Normalizer::Block {
  std::array<std::uint32_t, kBlockRows> group;
  std::array<std::int32_t, kBlockRows> period;
  std::array<double, kBlockRows> price, add, far, far_factor, term, circumstance;

  NormalizationColumns Columns(std::size_t rows, bool with_factor) const {
    NormalizationColumns columns;
    columns.group = std::span(group).first(rows);
    columns.period = std::span(period).first(rows);
    columns.price = std::span(price).first(rows);
    columns.add = std::span(add).first(rows);
    columns.far = std::span(far).first(rows);
    if (with_factor) columns.far_factor = std::span(far_factor).first(rows);
    columns.term = std::span(term).first(rows);
    columns.circumstance = std::span(circumstance).first(rows);
    return columns;
  }
};

Normalizer::Normalizer(const SampleTable& samples, const ComputePlan& plan,
                       std::span<const CellKey> cells, std::vector<std::uint32_t> cell,
                       const EstimatedByCounty& estimated)
    : cell_(std::move(cell)) {
  const DateRange window = SampleWindow(plan);
  window_first_ = ToDays(window.from);
  window_days_ = static_cast<std::size_t>(ToDays(window.until) - window_first_);
  std::array<std::uint8_t, kLandUseCount> slot{};
  for (const UsePlan& use : plan.uses) {
    slot[static_cast<std::size_t>(use.use)] = static_cast<std::uint8_t>(uses_.size());
    AddUse(samples, plan, use);
  }
  std::map<std::pair<std::uint16_t, LandUse>, std::uint32_t> date_offsets;
  for (const CellKey& key : cells) {
    const std::uint8_t use = slot[static_cast<std::size_t>(key.use)];
    use_of_cell_.push_back(use);
    const auto found = estimated.find({key.county, key.use});
    const EstimatedCorrections* own = found == estimated.end() ? nullptr : &found->second;
    AddCell(plan.uses[use], key, own);
    groups_.date_offset.push_back(uses_[use].date_offset);
    if (own == nullptr || own->date_factors.empty()) continue;
    const auto [offset, is_new] = date_offsets.try_emplace(found->first, 0U);
    if (is_new) offset->second = AddDateFactors(own->date_factors);
    groups_.date_offset.back() = offset->second;
  }
  // Rows without a cell; their price is NaN, so only the places in the tables must exist.
  groups_.far_exponent.push_back(0.0);
  groups_.far_log_base.push_back(0.0);
  groups_.term_discount.push_back(1.0);
  groups_.term_full.push_back(1.0);
  groups_.date_offset.push_back(AddDateFactors(std::array{1.0}));
}

std::uint32_t Normalizer::AddDateFactors(std::span<const double> factors) {
  const auto offset = static_cast<std::uint32_t>(groups_.date_factors.size());
  groups_.date_factors.insert(groups_.date_factors.end(), factors.begin(), factors.end());
  return offset;
}

void Normalizer::AddUse(const SampleTable& samples, const ComputePlan& plan, const UsePlan& use) {
  UseCorrections corrections;
  std::vector<double> factors(window_days_, 1.0);
  corrections.index_first = std::numeric_limits<Days>::min();
  corrections.index_last = std::numeric_limits<Days>::max();
  if (use.date.kind == DateCorrectionKind::kMonthlyRate) {
    factors = MonthlyRateFactors(plan, use, window_first_, window_days_);
  } else if (use.date.kind == DateCorrectionKind::kIndex) {
    factors = IndexFactors(plan, use, window_first_, window_days_);
    corrections.index_first = ToDays(use.date.points.front().first);
    corrections.index_last = ToDays(use.date.points.back().first);
  }
  corrections.date_offset = AddDateFactors(factors);
  corrections.far = use.far.kind != FarCorrectionKind::kNone;
  if (use.far.kind == FarCorrectionKind::kTable) {
    for (const FarCorrection::TableRow& row : use.far.table) {
      corrections.far_at.push_back(static_cast<double>(row.at.units()));
    }
  }
  corrections.development_add = DevelopmentAdds(samples, use);
  uses_.push_back(std::move(corrections));
}

void Normalizer::AddCell(const UsePlan& use, const CellKey& key,
                         const EstimatedCorrections* estimated) {
  const double discount =
      LogOne(1.0 + ToDouble(use.conditions.capitalization_rate)) * kPerYearsUnit;
  const auto term = static_cast<double>(use.conditions.term.units());
  groups_.term_discount.push_back(discount);
  groups_.term_full.push_back(1.0 - ExpOfModerate(-discount * term));
  double exponent = 0.0;
  double log_base = 0.0;
  FarColumn column;
  const auto base = BaseFarOf(use.conditions, key.grade);
  if (use.far.kind == FarCorrectionKind::kPower) {
    exponent = OfGrade(use.far.exponent_by_grade, key.grade);
  } else if (use.far.kind == FarCorrectionKind::kEstimated && estimated != nullptr) {
    exponent = estimated->far_exponent.value_or(0.0);
  } else if (use.far.kind == FarCorrectionKind::kTable) {
    for (const FarCorrection::TableRow& row : use.far.table) {
      column.coefficient.push_back(ToDouble(OfGrade(row.by_grade, key.grade)));
    }
    column.base = Interpolate(uses_[use_of_cell_.back()].far_at, column.coefficient,
                              static_cast<double>(base->units()));
    any_far_table_ = true;
  }
  if (exponent != 0.0) log_base = Log(base->units());
  groups_.far_exponent.push_back(exponent);
  groups_.far_log_base.push_back(log_base);
  far_columns_.push_back(std::move(column));
}

double Normalizer::DevelopmentAdd(const SampleTable& samples, std::size_t row,
                                  std::uint8_t use) const {
  const std::vector<double>& add = uses_[use].development_add;
  if (add.empty()) return 0.0;
  const double known = add[samples.development_level[row]];
  return std::isnan(known) ? 0.0 : known;
}

double Normalizer::TableFactor(std::uint32_t cell, double far) const {
  const FarColumn& column = far_columns_[cell];
  return column.base / Interpolate(uses_[use_of_cell_[cell]].far_at, column.coefficient, far);
}

double Normalizer::FarFactor(std::uint32_t cell, double far) const {
  if (std::isnan(far)) return 1.0;
  if (!far_columns_[cell].coefficient.empty()) return TableFactor(cell, far);
  return ExpOfModerate(-groups_.far_exponent[cell] *
                       (LogOfNormal(far) - groups_.far_log_base[cell]));
}

double Normalizer::TermFactor(std::uint32_t cell, double term) const {
  if (std::isnan(term)) return 1.0;
  return groups_.term_full[cell] / (1.0 - ExpOfModerate(-groups_.term_discount[cell] * term));
}

void Normalizer::Fill(const SampleTable& samples, std::size_t first, std::span<const double> raw,
                      Block& block) const {
  const auto no_cell = static_cast<std::uint32_t>(use_of_cell_.size());
  for (std::size_t i = 0; i < raw.size(); ++i) {
    const std::size_t row = first + i;
    const std::uint32_t cell = cell_[row];
    if (cell == kNoCell) {
      block.group[i] = no_cell;
      block.period[i] = 0;
      block.price[i] = kNaN;
      block.add[i] = block.far[i] = block.far_factor[i] = block.term[i] = 1.0;
      block.circumstance[i] = 1.0;
      continue;
    }
    block.group[i] = cell;
    block.period[i] = samples.date[row] - window_first_;
    block.price[i] = raw[i];
    block.add[i] = DevelopmentAdd(samples, row, use_of_cell_[cell]);
    block.far[i] = KnownFar(samples, row);
    if (any_far_table_) block.far_factor[i] = FarFactor(cell, block.far[i]);
    block.term[i] = KnownTerm(samples, row);
    block.circumstance[i] = CircumstanceOf(samples, row);
  }
}

void Normalizer::NormalizeRows(const SampleTable& samples, std::size_t first,
                               std::span<const double> raw, std::span<double> normalized) const {
  assert(raw.size() == normalized.size() && first + raw.size() <= cell_.size());
  Block block;
  for (std::size_t i = 0; i < raw.size(); i += kBlockRows) {
    const std::size_t rows = std::min(kBlockRows, raw.size() - i);
    Fill(samples, first + i, raw.subspan(i, rows), block);
    Normalize(block.Columns(rows, any_far_table_), groups_, normalized.subspan(i, rows));
  }
}

NormalizationFactors Normalizer::Factors(const SampleTable& samples, std::size_t row) const {
  const std::uint32_t cell = cell_[row];
  assert(cell != kNoCell);
  const auto period = static_cast<std::uint32_t>(samples.date[row] - window_first_);
  return {.date = groups_.date_factors[groups_.date_offset[cell] + period],
          .far = FarFactor(cell, KnownFar(samples, row)),
          .term = TermFactor(cell, KnownTerm(samples, row)),
          .circumstance = CircumstanceOf(samples, row),
          .development_add = DevelopmentAdd(samples, row, use_of_cell_[cell])};
}

// A block of rows at a time: its logarithms and powers go through the vector loops.
void Normalizer::FarFactors(const SampleTable& samples, std::size_t first,
                            std::span<NormalizationFactors> out) const {
  std::array<double, kBlockRows> far, values;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const std::size_t row = first + i;
    far[i] = cell_[row] != kNoCell && samples.far[row] > 0 ? KnownFar(samples, row) : 1.0;
  }
  const std::span<double> all = std::span(values).first(out.size());
  Log(std::span(far).first(out.size()), all);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const std::uint32_t cell = cell_[first + i];
    values[i] = cell == kNoCell
                    ? 0.0
                    : -groups_.far_exponent[cell] * (values[i] - groups_.far_log_base[cell]);
  }
  Exp(all, all);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const std::uint32_t cell = cell_[first + i];
    if (cell == kNoCell || samples.far[first + i] <= 0) continue;
    out[i].far = far_columns_[cell].coefficient.empty() ? values[i] : TableFactor(cell, far[i]);
  }
}

void Normalizer::TermFactors(const SampleTable& samples, std::size_t first,
                             std::span<NormalizationFactors> out) const {
  std::array<double, kBlockRows> values;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const std::uint32_t cell = cell_[first + i];
    const bool known = cell != kNoCell && samples.term_years[first + i] > 0;
    values[i] = known ? -groups_.term_discount[cell] * KnownTerm(samples, first + i) : 0.0;
  }
  const std::span<double> all = std::span(values).first(out.size());
  Exp(all, all);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const std::uint32_t cell = cell_[first + i];
    if (cell == kNoCell || samples.term_years[first + i] <= 0) continue;
    out[i].term = groups_.term_full[cell] / (1.0 - values[i]);
  }
}

void Normalizer::FactorsOfRows(const SampleTable& samples, std::size_t first,
                               std::span<NormalizationFactors> out) const {
  assert(first + out.size() <= cell_.size());
  for (std::size_t done = 0; done < out.size(); done += kBlockRows) {
    const auto block = out.subspan(done, std::min(kBlockRows, out.size() - done));
    std::ranges::fill(block, NormalizationFactors());
    FarFactors(samples, first + done, block);
    TermFactors(samples, first + done, block);
    for (std::size_t i = 0; i < block.size(); ++i) {
      const std::size_t row = first + done + i;
      const std::uint32_t cell = cell_[row];
      if (cell == kNoCell) continue;
      const auto period = static_cast<std::uint32_t>(samples.date[row] - window_first_);
      block[i].date = groups_.date_factors[groups_.date_offset[cell] + period];
      block[i].circumstance = CircumstanceOf(samples, row);
      block[i].development_add = DevelopmentAdd(samples, row, use_of_cell_[cell]);
    }
  }
}

Normalizer::Unknown Normalizer::UnknownOf(const SampleTable& samples, std::size_t row) const {
  const std::uint32_t cell = cell_[row];
  assert(cell != kNoCell);
  const UseCorrections& use = uses_[use_of_cell_[cell]];
  const Days day = samples.date[row];
  return {.far = use.far && samples.far[row] <= 0,
          .term = samples.term_years[row] <= 0,
          .development = !use.development_add.empty() &&
                         std::isnan(use.development_add[samples.development_level[row]]),
          .date_outside_index = day < use.index_first || day > use.index_last};
}

}  // namespace dijia
