#include "fates.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "dijia/base/codes.h"
#include "dijia/parallel.h"

namespace dijia {
namespace {

constexpr std::size_t kBlockRows = 65'536;

// The figures of rows in ascending order.
class FigureCursor {
 public:
  FigureCursor(const SampleTable& samples, std::size_t first_row)
      : all_(samples.figures),
        next_(std::lower_bound(
            all_.begin(), all_.end(), first_row,
            [](const ConversionFigure& figure, std::size_t row) { return figure.row < row; })) {}

  // Rows must be asked for in ascending order.
  std::span<const ConversionFigure> Of(std::size_t row) {
    while (next_ != all_.end() && next_->row < row) ++next_;
    const auto first = next_;
    while (next_ != all_.end() && next_->row == row) ++next_;
    return {first, next_};
  }

 private:
  std::span<const ConversionFigure> all_;
  std::span<const ConversionFigure>::iterator next_;
};

// The reasons that lie in what was sold, when and where.
Fate FateOfSale(const SampleTable& samples, const PlanRules& rules, std::size_t row) {
  const auto kind = static_cast<SampleKind>(samples.kind[row]);
  if (rules.plan().market_sales_only && samples.method[row] != kMissing8) {
    const auto method = static_cast<AssignmentMethod>(samples.method[row]);
    // A rent that the market pays is a sample of its own kind.
    const bool is_lease = kind == SampleKind::kLandLease && method == AssignmentMethod::kLease;
    if (!IsMarketSale(method) && !is_lease) return Fate::kNotMarketSale;
  }
  if (samples.price[row] <= 0 && NeedsPrice(kind)) return Fate::kNoPrice;
  if (samples.date[row] == kNoDate) return Fate::kDateMissing;
  if (samples.use[row] == kMissing8) return Fate::kUseUnknown;
  const UseRules* use = rules.RulesOf(samples, row);
  if (use == nullptr) return Fate::kUseNotPlanned;
  if (!rules.IsCountyOfPlan(rules.CountyOf(samples, row))) return Fate::kWrongCounty;
  if (!rules.IsAreaOfPlan(rules.AreaOf(samples, row))) return Fate::kWrongArea;
  const Days day = samples.date[row];
  if (day < rules.first_day() || day >= rules.end_day()) return Fate::kOutsideWindow;
  if (samples.grade[row] == 0) return Fate::kGradeMissing;
  return use->grade_planned[samples.grade[row]] ? Fate::kUsed : Fate::kGradeNotPlanned;
}

LandPriceInput ConversionInputOf(const SampleTable& samples, const UseRules& use, std::size_t row,
                                 std::span<const ConversionFigure> figures) {
  const std::int32_t term = samples.term_years[row];
  return {.kind = static_cast<SampleKind>(samples.kind[row]),
          // 0 stands for "no price" in many records.
          .price = samples.price[row] > 0 ? samples.price[row] : kMissing64,
          .unit = static_cast<PriceUnit>(samples.price_unit[row]),
          .area_sqm = samples.area_sqm[row],
          .far = samples.far[row],
          // An unknown term is taken to be the statutory one, as normalisation does.
          .term_years = term > 0 ? ToDouble(Years::FromUnits(term)) : use.term_years,
          .rate = use.rate,
          .figures = figures,
          .constants = &use.constants};
}

// Whether the screening rules of the plan that look at single rows count.
enum class Screens : std::uint8_t { kCount, kOverruled };

Fate FateOfArea(const SampleTable& samples, const UseRules& use, std::size_t row,
                ConversionProblem problem, Screens screens) {
  const std::int64_t area = samples.area_sqm[row];
  if (problem == ConversionProblem::kAreaMissing || (area <= 0 && use.area_needed)) {
    return Fate::kAreaMissing;
  }
  const bool is_small = area > 0 && area < use.smallest_area;
  return is_small && screens == Screens::kCount ? Fate::kAreaTooSmall : Fate::kUsed;
}

Fate FateOfTerm(const SampleTable& samples, const UseRules& use, std::size_t row) {
  const std::int32_t term = samples.term_years[row];
  if (term == kMissing32) return use.exclude_unknown_term ? Fate::kTermMissing : Fate::kUsed;
  return term <= 0 || term > use.longest_term ? Fate::kTermImpossible : Fate::kUsed;
}

Fate FateOfFar(const SampleTable& samples, const UseRules& use, std::size_t row,
               ConversionProblem problem) {
  const std::int64_t far = samples.far[row];
  if (far <= 0 && (use.exclude_unknown_far || problem == ConversionProblem::kFarMissing)) {
    return Fate::kFarUnknown;
  }
  return far > use.largest_far ? Fate::kFarImpossible : Fate::kUsed;
}

double DevelopmentAdd(const SampleTable& samples, const UseRules& use, std::size_t row) {
  return use.development_add.empty() ? 0.0 : use.development_add[samples.development_level[row]];
}

// A price that is positive, also once developed as the benchmark, and plausible by the plan.
bool PriceIsPlausible(const SampleTable& samples, const UseRules& use, std::size_t row,
                      double price, Screens screens) {
  const double add = DevelopmentAdd(samples, use, row);
  const std::int32_t circumstance = samples.circumstance[row];
  const bool is_within = price >= use.lowest_price && price <= use.highest_price;
  return (is_within || screens == Screens::kOverruled) && price > 0.0 &&
         price + (std::isnan(add) ? 0.0 : add) > 0.0 &&
         (circumstance == kMissing32 || circumstance > 0);
}

// The reasons that lie in the figures of a sale, and its price of land.
Fate FateOfFigures(const SampleTable& samples, const UseRules& use, std::size_t row,
                   const LandPriceOutcome& outcome, Screens screens) {
  for (const Fate fate :
       {FateOfArea(samples, use, row, outcome.problem, screens), FateOfTerm(samples, use, row),
        FateOfFar(samples, use, row, outcome.problem)}) {
    if (fate != Fate::kUsed) return fate;
  }
  if (use.exclude_unknown_development && std::isnan(DevelopmentAdd(samples, use, row))) {
    return Fate::kDevelopmentUnknown;
  }
  switch (outcome.problem) {
    case ConversionProblem::kNone:
      return PriceIsPlausible(samples, use, row, outcome.price, screens) ? Fate::kUsed
                                                                         : Fate::kPriceImplausible;
    case ConversionProblem::kNotPositive:
      return Fate::kPriceImplausible;
    case ConversionProblem::kPriceMissing:
    case ConversionProblem::kUnitNotAllowed:
    case ConversionProblem::kAreaMissing:
    case ConversionProblem::kFarMissing:
    case ConversionProblem::kFigureMissing:
    case ConversionProblem::kFigureImpossible:
      break;
  }
  return Fate::kConversionInput;
}

// The same after what an appraiser decided, who may overrule screening rules and nothing else.
Fate DecidedFateOfFigures(SampleTable& samples, const UseRules& use, std::size_t row,
                          const LandPriceOutcome& outcome) {
  const Fate by_rule = FateOfFigures(samples, use, row, outcome, Screens::kCount);
  if (!IsScreening(by_rule) || samples.DecisionOn(row) != SampleDecision::kInclude) return by_rule;
  const Fate fate = FateOfFigures(samples, use, row, outcome, Screens::kOverruled);
  if (fate == Fate::kUsed) samples.overruled[row] = by_rule;
  return fate;
}

// Of two reasons the one that is looked for first; kUsed is none.
Fate EarlierReason(Fate a, Fate b) {
  if (a == Fate::kUsed || b == Fate::kUsed) return std::max(a, b);
  return std::min(a, b);
}

std::string ExplanationOf(const LandPriceOutcome& outcome, PriceUnit unit) {
  switch (outcome.problem) {
    case ConversionProblem::kUnitNotAllowed:
      return "price_unit " + std::string(CodeOf(unit));
    case ConversionProblem::kFigureMissing:
    case ConversionProblem::kFigureImpossible:
      return std::string(CodeOf(outcome.figure));
    case ConversionProblem::kAreaMissing:
      return "area_sqm";
    case ConversionProblem::kFarMissing:
      return "far";
    case ConversionProblem::kNone:
    case ConversionProblem::kPriceMissing:
    case ConversionProblem::kNotPositive:
      break;
  }
  return "price";
}

}  // namespace

void AssignFates(SampleTable& samples, const PlanRules& rules, unsigned threads,
                 std::span<double> raw_price) {
  const std::size_t blocks = (samples.size() + kBlockRows - 1) / kBlockRows;
  ForEachIndex(blocks, threads, [&](std::size_t block) {
    const std::size_t first = block * kBlockRows;
    const std::size_t last = std::min(first + kBlockRows, samples.size());
    FigureCursor figures(samples, first);
    for (std::size_t row = first; row < last; ++row) {
      raw_price[row] = std::numeric_limits<double>::quiet_NaN();
      if (samples.fate[row] == Fate::kUnreadable) continue;
      const Fate of_sale = FateOfSale(samples, rules, row);
      samples.fate[row] = EarlierReason(samples.fate[row], of_sale);
      if (of_sale != Fate::kUsed) continue;
      const UseRules& use = *rules.RulesOf(samples, row);
      const LandPriceOutcome outcome =
          ConvertToLandPrice(ConversionInputOf(samples, use, row, figures.Of(row)));
      raw_price[row] = outcome.price;
      samples.fate[row] =
          EarlierReason(samples.fate[row], DecidedFateOfFigures(samples, use, row, outcome));
      const bool is_excluded =
          samples.fate[row] == Fate::kUsed && samples.DecisionOn(row) == SampleDecision::kExclude;
      if (is_excluded) samples.fate[row] = Fate::kExcluded;
    }
  });
}

void ExplainConversions(const SampleTable& samples, const PlanRules& rules,
                        Diagnostics& diagnostics) {
  FigureCursor figures(samples, 0);
  for (std::size_t row = 0; row < samples.size(); ++row) {
    if (samples.fate[row] != Fate::kConversionInput) continue;
    const UseRules* use = samples.use[row] == kMissing8 ? nullptr : rules.RulesOf(samples, row);
    if (use == nullptr) continue;  // the reader gave this fate
    const LandPriceOutcome outcome =
        ConvertToLandPrice(ConversionInputOf(samples, *use, row, figures.Of(row)));
    const auto unit = static_cast<PriceUnit>(samples.price_unit[row]);
    Location where;
    if (samples.source[row] < samples.sources.size()) {
      where.source = samples.sources[samples.source[row]];
    }
    where.row = samples.row[row];
    diagnostics.Add(Code::kConversionImpossible, std::move(where),
                    {std::string(CodeOf(static_cast<SampleKind>(samples.kind[row]))),
                     ExplanationOf(outcome, unit)});
  }
}

}  // namespace dijia
