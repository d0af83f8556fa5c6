#include "app/table_sales.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "dijia/grade_price.h"

namespace dijia::app {
namespace {

// A used sample with its price without one of the corrections.
struct Used {
  std::size_t row = 0;
  double price = 0.0;
};

// Used samples of the use. `own` picks the factor that is taken out again.
template <class Factor>
std::vector<Used> UsedSamples(const Computed& computed, LandUse use, Factor own) {
  const SampleTable& samples = computed.samples;
  std::vector<NormalizationFactors> factors(samples.size());
  FactorsOfRows(samples, computed.report, 0, factors);
  std::vector<Used> used;
  for (std::size_t row = 0; row < samples.size(); ++row) {
    const bool counts =
        samples.fate[row] == Fate::kUsed && samples.use[row] == static_cast<std::uint8_t>(use);
    if (!counts) continue;
    const double price = computed.report.normalized.normalized[row] / own(factors[row]);
    if (price > 0.0 && std::isfinite(price)) used.push_back({row, price});
  }
  return used;
}

double FarOf(const SampleTable& samples, std::size_t row) {
  const std::int64_t far = samples.far[row];
  return far > 0 ? ToDouble(FloorAreaRatio::FromUnits(far)) : 0.0;
}

// Numbers of the parcels, by place and area, in an order that does not depend on the rows.
class Parcels {
 public:
  Parcels(const SampleTable& samples, const std::vector<Used>& used) : samples_(samples) {
    if (samples.x.empty()) return;
    for (const Used& sample : used) {
      if (IsPlaced(sample.row)) keys_.push_back(KeyOf(sample.row));
    }
    std::ranges::sort(keys_);
    keys_.erase(std::unique(keys_.begin(), keys_.end()), keys_.end());
  }
  std::int64_t NumberOf(std::size_t row) const {
    if (samples_.x.empty() || !IsPlaced(row)) return -1;
    return std::ranges::lower_bound(keys_, KeyOf(row)) - keys_.begin();
  }

 private:
  using Key = std::tuple<double, double, std::int64_t>;

  bool IsPlaced(std::size_t row) const {
    return std::isfinite(samples_.x[row]) && std::isfinite(samples_.y[row]) &&
           samples_.area_sqm[row] > 0;
  }
  Key KeyOf(std::size_t row) const {
    return {samples_.x[row], samples_.y[row], samples_.area_sqm[row]};
  }

  const SampleTable& samples_;
  std::vector<Key> keys_;
};

// The stratum of each grade and, where the plan splits them, sub-use.
class Strata {
 public:
  Strata(const Computed& computed, const std::vector<Used>& used) : computed_(computed) {
    for (const Used& sample : used) keys_.insert(KeyOf(sample.row));
  }
  std::int32_t NumberOf(std::size_t row) const {
    return static_cast<std::int32_t>(std::distance(keys_.begin(), keys_.find(KeyOf(row))));
  }

 private:
  std::pair<int, std::string> KeyOf(std::size_t row) const {
    const SampleTable& samples = computed_.samples;
    return {samples.grade[row], computed_.plan.split_sub_uses
                                    ? samples.sub_uses.Name(samples.sub_use[row])
                                    : std::string()};
  }

  const Computed& computed_;
  std::set<std::pair<int, std::string>> keys_;
};

// The first day of each period of the window.
std::vector<Date> StartsOf(const DateRange& window, int period_months) {
  std::vector<Date> starts;
  for (int period = 0;; ++period) {
    const auto month = std::chrono::year_month(window.from.year(), window.from.month()) +
                       std::chrono::months(period * period_months);
    Date start = month / window.from.day();
    if (!start.ok()) start = month / std::chrono::last;
    if (start >= window.until) return starts;
    starts.push_back(start);
  }
}

}  // namespace

std::map<int, GradeSales> FarSalesOf(const Computed& computed, LandUse use) {
  std::map<int, GradeSales> grades;
  const auto far_factor = [](const NormalizationFactors& factors) { return factors.far; };
  for (const Used& sample : UsedSamples(computed, use, far_factor)) {
    const double far = FarOf(computed.samples, sample.row);
    if (far <= 0.0) continue;
    GradeSales& sales = grades[computed.samples.grade[sample.row]];
    sales.far.push_back(far);
    sales.prices.push_back(sample.price);
  }
  return grades;
}

PeriodSales MarketSalesOf(const Computed& computed, LandUse use, int period_months) {
  const auto date_factor = [](const NormalizationFactors& factors) { return factors.date; };
  const std::vector<Used> used = UsedSamples(computed, use, date_factor);
  const SampleTable& samples = computed.samples;
  PeriodSales sales;
  sales.starts = StartsOf(SampleWindow(computed.plan), period_months);
  const Parcels parcels(samples, used);
  const Strata strata(computed, used);
  for (const Used& sample : used) {
    const Date day = FromDays(samples.date[sample.row]);
    const auto after = std::ranges::upper_bound(sales.starts, day);
    const std::int64_t area = samples.area_sqm[sample.row];
    if (after == sales.starts.begin() || area <= 0) continue;
    sales.sales.push_back({.period = static_cast<std::int32_t>(after - sales.starts.begin()) - 1,
                           .stratum = strata.NumberOf(sample.row),
                           .parcel = parcels.NumberOf(sample.row),
                           .price = sample.price,
                           .area = ToDouble(Area::FromUnits(area)),
                           .far = FarOf(samples, sample.row)});
  }
  return sales;
}

std::size_t PlacesOf(const Computed& computed, LandUse use) {
  std::set<std::pair<std::uint16_t, std::uint16_t>> places;
  for (const GradePrice& cell : computed.report.cells) {
    if (cell.key.use == use && cell.used > 0) places.emplace(cell.key.county, cell.key.area);
  }
  return places.size();
}

}  // namespace dijia::app
