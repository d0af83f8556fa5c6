// The road from sale records to prices once more, as plainly as it can be written: one row after
// the other, doubles, std::pow, std::sort, every pair of rows compared. Transfers only, median and
// MAD only; no order across grades and no stand-ins.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "dijia/grade_price.h"
#include "dijia/plan.h"
#include "dijia/sample.h"

namespace dijia::test {

struct TwinCell {
  std::size_t samples = 0, used = 0;
  double median = std::numeric_limits<double>::quiet_NaN();
  std::string price;  // empty = withheld
};

class NaiveTwin {
 public:
  // county, area, use, grade
  using Key = std::tuple<std::string, std::string, LandUse, int>;

  NaiveTwin(const SampleTable& table, const ComputePlan& plan) : t_(table), plan_(plan) {
    fates_ = t_.fate;
    normalized_.assign(t_.size(), std::numeric_limits<double>::quiet_NaN());
    for (std::size_t i = 0; i < t_.size(); ++i) {
      const Fate own = fates_[i] == Fate::kUnreadable ? Fate::kUsed : FateOf(i);
      const bool both = own != Fate::kUsed && fates_[i] != Fate::kUsed;
      fates_[i] = both ? std::min(own, fates_[i]) : std::max(own, fates_[i]);
      if (fates_[i] == Fate::kUsed && Decided(i, SampleDecision::kExclude)) {
        fates_[i] = Fate::kExcluded;
      }
    }
    DropDuplicates();
    for (std::size_t i = 0; i < t_.size(); ++i) {
      if (fates_[i] == Fate::kUsed) normalized_[i] = Normalize(i);
    }
    PriceCells();
  }

  const std::vector<Fate>& fates() const { return fates_; }
  const std::vector<double>& normalized() const { return normalized_; }
  const std::map<Key, TwinCell>& cells() const { return cells_; }

 private:
  bool Decided(std::size_t i, SampleDecision decision) const {
    return !t_.decision.empty() && t_.decision[i] == decision;
  }
  bool Included(std::size_t i) const { return Decided(i, SampleDecision::kInclude); }
  const UsePlan* Use(std::size_t i) const {
    for (const UsePlan& use : plan_.uses) {
      if (static_cast<int>(use.use) == t_.use[i]) return &use;
    }
    return nullptr;
  }
  double Far(std::size_t i) const {
    return t_.far[i] > 0 ? static_cast<double>(t_.far[i]) / 1e6 : 0;
  }
  double Area(std::size_t i) const {
    return t_.area_sqm[i] > 0 ? static_cast<double>(t_.area_sqm[i]) / 1e4 : 0;
  }
  double Cost(const UsePlan& use, const std::string& level) const {
    const auto& costs = use.development.cost_by_level;
    const auto found = costs.find(level);
    return found == costs.end() ? std::nan("") : ToDouble(found->second);
  }
  double Add(std::size_t i) const {
    const UsePlan& use = *Use(i);
    if (use.development.cost_by_level.empty()) return 0;
    return Cost(use, use.conditions.development_level) -
           Cost(use, t_.development_levels.Name(t_.development_level[i]));
  }
  double Raw(std::size_t i) const {
    const double price = static_cast<double>(t_.price[i]) / 1e4;
    switch (static_cast<PriceUnit>(t_.price_unit[i])) {
      case PriceUnit::kYuanPerSqm:
        return price;
      case PriceUnit::kWanYuanPerMu:
        return price * 15;
      case PriceUnit::kYuanTotal:
        return price / Area(i);
      case PriceUnit::kWanYuanTotal:
        return price * 10000 / Area(i);
      case PriceUnit::kYuanPerSqmFloor:
        return price * Far(i);
      case PriceUnit::kYuanPerSqmYear:
      case PriceUnit::kYuanPerMuYear:
        break;
    }
    return std::nan("");
  }
  bool IsTotal(std::size_t i) const {
    const auto unit = static_cast<PriceUnit>(t_.price_unit[i]);
    return unit == PriceUnit::kYuanTotal || unit == PriceUnit::kWanYuanTotal;
  }

  Fate FateOf(std::size_t i) const {
    const UsePlan* use = t_.use[i] == kMissing8 ? nullptr : Use(i);
    const DateRange window = SampleWindow(plan_);
    const bool market =
        t_.method[i] == kMissing8 || IsMarketSale(static_cast<AssignmentMethod>(t_.method[i]));
    if (plan_.market_sales_only && !market) return Fate::kNotMarketSale;
    if (t_.price[i] <= 0) return Fate::kNoPrice;
    if (t_.date[i] == kNoDate) return Fate::kDateMissing;
    if (t_.use[i] == kMissing8) return Fate::kUseUnknown;
    if (use == nullptr) return Fate::kUseNotPlanned;
    if (plan_.county != "*" && t_.counties.Name(t_.county[i]) != plan_.county) {
      return Fate::kWrongCounty;
    }
    if (plan_.area != "*" && t_.areas.Name(t_.area[i]) != plan_.area) return Fate::kWrongArea;
    const Date date = FromDays(t_.date[i]);
    if (date < window.from || date >= window.until) return Fate::kOutsideWindow;
    if (t_.grade[i] == 0) return Fate::kGradeMissing;
    const auto& grades = use->grades;
    if (!grades.empty() && std::count(grades.begin(), grades.end(), t_.grade[i]) == 0) {
      return Fate::kGradeNotPlanned;
    }
    return FateOfFigures(i, *use);
  }

  Fate FateOfFigures(std::size_t i, const UsePlan& use) const {
    const auto unit = static_cast<PriceUnit>(t_.price_unit[i]);
    const bool far_corrected = use.far.kind != FarCorrectionKind::kNone;
    if (IsTotal(i) && Area(i) == 0) return Fate::kAreaMissing;
    if (!Included(i) && Area(i) > 0 && t_.area_sqm[i] < use.screening.smallest_area.units()) {
      return Fate::kAreaTooSmall;
    }
    if (t_.term_years[i] == kMissing32) {
      if (use.unknown_term == UnknownPolicy::kExclude) return Fate::kTermMissing;
    } else if (t_.term_years[i] <= 0 || t_.term_years[i] > use.conditions.term.units()) {
      return Fate::kTermImpossible;
    }
    if (Far(i) == 0 && (unit == PriceUnit::kYuanPerSqmFloor ||
                        (far_corrected && use.far.unknown == UnknownPolicy::kExclude))) {
      return Fate::kFarUnknown;
    }
    if (Far(i) > ToDouble(use.far.largest)) return Fate::kFarImpossible;
    if (use.development.unknown == UnknownPolicy::kExclude && std::isnan(Add(i))) {
      return Fate::kDevelopmentUnknown;
    }
    const double raw = Raw(i);
    if (std::isnan(raw)) return Fate::kConversionInput;
    const double add = std::isnan(Add(i)) ? 0 : Add(i);
    const auto& screening = use.screening;
    const bool implausible = (screening.lowest_price && raw < ToDouble(*screening.lowest_price)) ||
                             (screening.highest_price && raw > ToDouble(*screening.highest_price));
    if ((implausible && !Included(i)) || raw + add <= 0 ||
        (t_.circumstance[i] != kMissing32 && t_.circumstance[i] <= 0)) {
      return Fate::kPriceImplausible;
    }
    return Fate::kUsed;
  }

  bool IsSameSale(std::size_t a, std::size_t b) const {
    return t_.county[a] == t_.county[b] && t_.area[a] == t_.area[b] && t_.use[a] == t_.use[b] &&
           t_.grade[a] == t_.grade[b] && t_.date[a] == t_.date[b] && t_.price[a] == t_.price[b] &&
           t_.price_unit[a] == t_.price_unit[b] && t_.area_sqm[a] == t_.area_sqm[b];
  }
  void DropDuplicates() {
    const std::vector<Fate> before = fates_;
    for (std::size_t i = 0; i < t_.size(); ++i) {
      for (std::size_t j = 0; j < t_.size(); ++j) {
        if (i != j && before[i] == Fate::kUsed && before[j] == Fate::kUsed && t_.area_sqm[i] > 0 &&
            IsSameSale(i, j) && t_.sample_id[j] < t_.sample_id[i] && !Included(i)) {
          fates_[i] = Fate::kDuplicate;
        }
      }
    }
  }

  double Normalize(std::size_t i) const {
    const UsePlan& use = *Use(i);
    double price = Raw(i);
    if (!std::isnan(Add(i))) price += Add(i);
    if (use.date.kind == DateCorrectionKind::kMonthlyRate) {
      const double months = ToDouble(
          MonthsBetween(FromDays(t_.date[i]), plan_.base_date, Rounding{RoundingMode::kHalfUp, 1}));
      price *= std::pow(1 + ToDouble(use.date.monthly_rate), months);
    }
    if (use.far.kind == FarCorrectionKind::kPower && Far(i) > 0) {
      const double base = ToDouble(*BaseFarOf(use.conditions, t_.grade[i]));
      price *= std::pow(base / Far(i), use.far.exponent_by_grade.at(0));
    }
    if (t_.term_years[i] > 0) {
      const double v = 1 / (1 + ToDouble(use.conditions.capitalization_rate));
      price *= (1 - std::pow(v, ToDouble(use.conditions.term))) /
               (1 - std::pow(v, t_.term_years[i] / 1e4));
    }
    return t_.circumstance[i] == kMissing32 ? price : price * t_.circumstance[i] / 1e6;
  }

  static double MedianOf(std::vector<double> values) {
    if (values.empty()) return std::nan("");
    std::sort(values.begin(), values.end());
    const std::size_t n = values.size();
    return (values[(n - 1) / 2] + values[n / 2]) / 2;
  }

  void PriceCells() {
    std::map<Key, std::vector<std::size_t>> rows;
    for (std::size_t i = 0; i < t_.size(); ++i) {
      if (fates_[i] != Fate::kUsed) continue;
      rows[{t_.counties.Name(t_.county[i]), t_.areas.Name(t_.area[i]),
            static_cast<LandUse>(t_.use[i]), t_.grade[i]}]
          .push_back(i);
    }
    for (const auto& [key, members] : rows) cells_[key] = PriceCell(members);
  }

  TwinCell PriceCell(const std::vector<std::size_t>& rows) {
    const UsePlan& use = *Use(rows[0]);
    std::vector<double> logs, distances, kept;
    for (const std::size_t i : rows) logs.push_back(std::log(normalized_[i]));
    const double centre = MedianOf(logs);
    for (const double value : logs) distances.push_back(std::fabs(value - centre));
    const double scale = 1.4826 * MedianOf(distances);
    std::vector<std::size_t> far_out;
    for (std::size_t k = 0; k < rows.size(); ++k) {
      if (scale > 0 && distances[k] > use.screening.mad_limit * scale) far_out.push_back(rows[k]);
    }
    const bool screened = rows.size() >= use.screening.min_samples_to_screen;
    const double share = static_cast<double>(far_out.size()) / static_cast<double>(rows.size());
    if (screened && share <= use.screening.largest_rejected_share) {
      for (const std::size_t i : far_out) {
        if (!Included(i)) fates_[i] = Fate::kOutlier;
      }
    }
    for (const std::size_t i : rows) {
      if (fates_[i] == Fate::kUsed) kept.push_back(normalized_[i]);
    }
    TwinCell cell{
        .samples = rows.size(), .used = kept.size(), .median = MedianOf(kept), .price = ""};
    if (cell.used >= use.estimation.min_samples) {
      cell.price = FromDouble<UnitPrice>(cell.median, *plan_.rounding.unit_price)->ToString();
    }
    return cell;
  }

  const SampleTable& t_;
  const ComputePlan& plan_;
  std::vector<Fate> fates_;
  std::vector<double> normalized_;
  std::map<Key, TwinCell> cells_;
};

}  // namespace dijia::test
