// What stands in for a cell with too few samples of its own (benchmark-price notes §3.3).
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "dijia/base/codes.h"
#include "dijia/grade_model.h"
#include "series.h"

namespace dijia {
namespace {

constexpr double kNormal975 = 1.959963984540054;  // Φ⁻¹(0.975)

// A price that does not come from the cell's own samples.
struct StandIn {
  double value = 0.0;
  CellStatus status = CellStatus::kModelled;
  std::string method;
  std::optional<Interval> interval;
  Diagnostic note;
  std::optional<UnitPrice> exact;  // of an earlier publication: taken as it stands
};

bool HasOwnPrice(const CellEstimate& cell) {
  return cell.cell.price && !std::isnan(cell.cell.estimate) &&
         (cell.cell.status == CellStatus::kComputed || cell.cell.status == CellStatus::kThin);
}

double LogVariance(const CellEstimate& cell) {
  return cell.variance / (cell.cell.estimate * cell.cell.estimate);
}

class ThinCells {
 public:
  ThinCells(std::span<CellEstimate> cells, const Series& series, const Surroundings& around)
      : all_(cells), series_(series), around_(around) {}

  void Fill() {
    for (std::size_t i = series_.first; i < series_.last; ++i) {
      if (!all_[i].cell.price && std::isnan(all_[i].cell.estimate)) FillOne(all_[i]);
    }
  }

 private:
  const UsePlan& use() const { return *series_.use; }

  void FillOne(CellEstimate& cell) {
    for (const ThinCellPolicy policy : use().estimation.thin_cells) {
      if (policy == ThinCellPolicy::kWithhold) return;
      std::optional<StandIn> stand_in = Try(policy, cell);
      if (!stand_in) continue;
      if (!IsInOrder(cell.cell.key.grade, stand_in->value)) {
        cell.cell.notes.push_back(
            {Code::kStandInOutOfOrder, {}, {stand_in->method, FigureText(stand_in->value)}});
        continue;
      }
      if (Take(cell.cell, std::move(*stand_in))) return;
    }
  }

  bool Take(GradePrice& cell, StandIn stand_in) {
    if (stand_in.exact) {
      cell.price = stand_in.exact;
      cell.status = stand_in.status;
    } else if (!Publish(cell, stand_in.value, stand_in.status, around_.plan)) {
      return false;
    }
    cell.method = std::move(stand_in.method);
    cell.interval = stand_in.interval;
    cell.notes.push_back(std::move(stand_in.note));
    return true;
  }

  std::optional<StandIn> Try(ThinCellPolicy policy, CellEstimate& cell) {
    switch (policy) {
      case ThinCellPolicy::kCarryForward:
        return Carried(cell.cell);
      case ThinCellPolicy::kGradeRatio:
        return ByRatio(cell.cell);
      case ThinCellPolicy::kModel:
        return Modelled(cell.cell);
      case ThinCellPolicy::kWithhold:
        break;
    }
    return std::nullopt;
  }

  // True when no better grade of the series is cheaper and no worse one dearer.
  bool IsInOrder(int grade, double value) const {
    for (std::size_t i = series_.first; i < series_.last; ++i) {
      const GradePrice& other = all_[i].cell;
      if (!other.price) continue;
      const double price = ToDouble(*other.price);
      if (other.key.grade < grade ? price < value : price > value) return false;
    }
    return true;
  }

  std::optional<StandIn> Carried(GradePrice& cell) const {
    const SampleTable& samples = around_.samples;
    const auto is_same = [&](const EarlierPrice& earlier) {
      return earlier.use == cell.key.use && earlier.grade == cell.key.grade &&
             earlier.county == samples.counties.Name(cell.key.county) &&
             earlier.area == samples.areas.Name(cell.key.area) &&
             earlier.sub_use == samples.sub_uses.Name(cell.key.sub_use);
    };
    const auto found = std::find_if(around_.earlier.begin(), around_.earlier.end(), is_same);
    if (found == around_.earlier.end()) {
      cell.notes.push_back({Code::kNoEarlierPrice, {}, {}});
      return std::nullopt;
    }
    return StandIn{.value = ToDouble(found->price),
                   .status = CellStatus::kCarriedForward,
                   .method = "carry_forward:" + found->publication,
                   .interval = std::nullopt,
                   .note = {Code::kCarriedForward, {}, {found->publication}},
                   .exact = found->price};
  }

  // The cell of another use at the same place; null when it has no price of its own.
  const CellEstimate* Lender(LandUse lender, const CellKey& key) const {
    CellKey wanted = key;
    wanted.use = lender;
    if (key.sub_use != 0) wanted.sub_use = 0;
    const auto found = around_.cell_of.find(wanted);
    if (found == around_.cell_of.end() || !HasOwnPrice(all_[found->second])) return nullptr;
    return &all_[found->second];
  }

  // The nearest grade of this series that has a price of its own and whose ratio to `grade` the
  // other use knows; the better grade of two as near.
  const CellEstimate* NearestKnown(LandUse lender, int grade) const {
    const CellEstimate* best = nullptr;
    for (std::size_t i = series_.first; i < series_.last; ++i) {
      const CellEstimate& own = all_[i];
      if (!HasOwnPrice(own) || Lender(lender, own.cell.key) == nullptr) continue;
      const int distance = std::abs(own.cell.key.grade - grade);
      if (best == nullptr || distance < std::abs(best->cell.key.grade - grade)) best = &own;
    }
    return best;
  }

  // P(use, g) = P(use, g′) · P(lender, g) / P(lender, g′).
  std::optional<StandIn> ByRatio(GradePrice& cell) const {
    const LandUse lender = *use().estimation.ratio_use;
    const CellEstimate* there = Lender(lender, cell.key);
    const CellEstimate* known = NearestKnown(lender, cell.key.grade);
    if (there == nullptr || known == nullptr) {
      cell.notes.push_back({Code::kNoGradeRatio, {}, {std::string(CodeOf(lender))}});
      return std::nullopt;
    }
    const CellEstimate& beside = *Lender(lender, known->cell.key);
    const double ratio = there->cell.estimate / beside.cell.estimate;
    const double value = known->cell.estimate * ratio;
    const double reach = std::exp(
        kNormal975 * std::sqrt(LogVariance(*known) + LogVariance(*there) + LogVariance(beside)));
    return StandIn{
        .value = value,
        .status = CellStatus::kModelled,
        .method = "grade_ratio:" + std::string(CodeOf(lender)),
        .interval = Interval{.low = value / reach, .high = value * reach},
        .note = {Code::kGradeRatioUsed,
                 {},
                 {std::to_string(known->cell.key.grade), FigureText(known->cell.estimate),
                  std::string(CodeOf(lender)), FigureText(ratio)}},
        .exact = std::nullopt};
  }

  // A curve through the grades of the series that have a price of their own.
  std::optional<StandIn> Modelled(GradePrice& cell) const {
    const GradeModelFamily family = use().estimation.model;
    const std::string name(CodeOf(family));
    std::vector<double> grades, prices, weights;
    for (std::size_t i = series_.first; i < series_.last; ++i) {
      if (!HasOwnPrice(all_[i])) continue;
      grades.push_back(all_[i].cell.key.grade);
      prices.push_back(all_[i].cell.estimate);
      weights.push_back(family == GradeModelFamily::kLinear ? 1.0 / all_[i].variance
                                                            : 1.0 / LogVariance(all_[i]));
    }
    if (grades.size() < kFewestModelPoints) {
      cell.notes.push_back({Code::kTooFewForModel,
                            {},
                            {std::to_string(grades.size()), std::to_string(kFewestModelPoints)}});
      return std::nullopt;
    }
    GradeModelOptions options;
    options.weights = weights;
    const Result<GradeModel> model = FitGradeModel(family, grades, prices, options);
    if (!model) {
      cell.notes.push_back({Code::kNoModel, {}, {name, model.error().detail}});
      return std::nullopt;
    }
    const Result<ModelledPrice> price = PriceAt(*model, cell.key.grade);
    if (!price) {
      cell.notes.push_back({Code::kNoModel, {}, {name, price.error().detail}});
      return std::nullopt;
    }
    Interval interval = price->interval;
    interval.low = std::max(0.0, interval.low);
    return StandIn{.value = price->price,
                   .status = CellStatus::kModelled,
                   .method = "model:" + name,
                   .interval = interval,
                   .note = {price->extrapolated ? Code::kModelExtrapolated : Code::kModelUsed,
                            {},
                            {name, std::to_string(model->points), FigureText(model->r_squared)}},
                   .exact = std::nullopt};
  }

  std::span<CellEstimate> all_;
  const Series& series_;
  const Surroundings& around_;
};

}  // namespace

void FillThinCells(std::span<CellEstimate> cells, const Series& series,
                   const Surroundings& surroundings) {
  if (series.order.significant) return;  // withheld as a whole
  ThinCells(cells, series, surroundings).Fill();
}

}  // namespace dijia
