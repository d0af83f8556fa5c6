#include "valued_coefficient.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "dijia/base/codes.h"
#include "exact_number.h"
#include "precise.h"

namespace dijia {
namespace {

using Problems = std::vector<Diagnostic>;

// A step with what the table and the parcel say about it.
struct Found {
  AppliedCoefficient coefficient;
  std::string input;
};

template <class Unit, int Scale>
AppliedCoefficient AsPublished(Quantity<Unit, Scale> quantity) {
  return AppliedCoefficient::FromUnits(quantity.units() *
                                       PowerOfTen(AppliedCoefficient::kScale - Scale));
}

std::nullopt_t Refuse(Problems& missing, Code code, std::string field,
                      std::vector<std::string> arguments) {
  missing.push_back(ParcelProblem(code, std::move(field), std::move(arguments)));
  return std::nullopt;
}

std::nullopt_t Need(Problems& missing, const std::string& field) {
  return Refuse(missing, Code::kFieldNeeded, field, {field});
}

std::string RangeText(const std::string& low, const std::string& high) {
  return low + " – " + high;
}

template <class Table>
std::string LevelNames(const Table& levels) {
  std::string names;
  for (const auto& [level, value] : levels) names += (names.empty() ? "" : ", ") + level;
  return names;
}

// The entry of a table of levels that a factor's state chooses.
template <class Table>
auto FindLevel(const Table& levels, const std::optional<Breaks>& breaks, const FactorInput& state,
               const std::string& field, Problems& missing) {
  auto found = levels.find(state.level);
  if (found == levels.end() && state.measure && breaks) {
    found = levels.find(LevelAt(*breaks, *state.measure));
  }
  if (found == levels.end()) {
    const std::string said =
        state.level.empty() && state.measure ? state.measure->ToString() : state.level;
    Refuse(missing, Code::kLevelNotKnown, field, {said, LevelNames(levels)});
  }
  return found;
}

// `level`, or `measure → level`.
std::string LevelText(const FactorInput& state, const std::string& level) {
  if (state.level == level || !state.measure) return level;
  return state.measure->ToString() + " → " + level;
}

// Years as a measure of a curve over the term of use.
constexpr std::int64_t kYearsToMeasure = PowerOfTen(Measure::kScale - Years::kScale);

class Lookup {
 public:
  Lookup(const ValuedSite& site, const std::string& name, Problems& missing)
      : site_(site), name_(name), missing_(missing), rounding_(site.publication.rounding) {}

  std::optional<ValuationStep> operator()(const TermFormula&) const {
    const PublishedUse& use = site_.use;
    if (!site_.state.term) return Need(missing_, "term_years");
    const Years term = *site_.state.term;
    if (term <= Years() || term > use.term) {
      return Refuse(missing_, Code::kOutsideTable, "term_years",
                    {"term_years " + term.ToString(), RangeText("0", use.term.ToString())});
    }
    const auto k = TermCoefficient(use.capitalization_rate, term, use.term, rounding_.coefficient);
    return Multiplied(k, term.ToString() + " / " + use.term.ToString() + ", " +
                             use.capitalization_rate.ToString());
  }

  std::optional<ValuationStep> operator()(const Curve& curve) const {
    const auto at = CurveInput();
    if (!at) return std::nullopt;
    if (curve.interpolation == Interpolation::kPower) return Power(curve, *at);
    const auto value = ValueAt(curve, *at, CurveField());
    if (!value) return std::nullopt;
    if (!curve.relative) return Quotient(*value, {ExactNumber(1, 0), ExactNumber(1, 0), ""});
    const std::int64_t base = BaseOf(curve);
    if (base <= 0) return LacksGrade();
    const auto at_base = ValueAt(curve, Measure::FromUnits(base), "grade");
    if (!at_base) return std::nullopt;
    if (at_base->numerator.sign() <= 0) return LacksGrade();
    return Quotient(*value, *at_base);
  }

  std::optional<ValuationStep> operator()(const MonthlyRate& rate) const {
    const auto& day = site_.parcel.valuation_date;
    if (!day) return Need(missing_, "valuation_date");
    constexpr Rounding kThirtieths{RoundingMode::kHalfUp, 1};
    const Date base = site_.publication.base_date;
    const Months months = MonthsBetween(base, *day, rounding_.months.value_or(kThirtieths));
    Ratio exponent{months.units(), Months::kOne};
    if (!rounding_.months) {
      // Thirtieths of a month are whole numbers.
      const auto thirtieths =
          RoundQuotient(Int128{months.units()} * 30, Months::kOne, 1, RoundingMode::kHalfUp);
      exponent = {thirtieths.value_or(0), 30};
    }
    const Ratio growth{Rate::kOne + rate.rate.units(), Rate::kOne};
    const auto k = PowerCoefficient(growth, exponent, rounding_.coefficient);
    return Multiplied(k, FormatDate(base) + " → " + FormatDate(*day) + ": " + months.ToString() +
                             ", " + rate.rate.ToString());
  }

  std::optional<ValuationStep> operator()(const IndexSeries& index) const {
    const auto& day = site_.parcel.valuation_date;
    if (!day) return Need(missing_, "valuation_date");
    const auto base = IndexAt(index, site_.publication.base_date);
    const auto now = IndexAt(index, *day);
    if (!base || !now) return std::nullopt;
    // (n / d) / (N / D) = n D / (d N)
    const auto units =
        (now->value * base->days)
            .Round(now->days * base->value, AppliedCoefficient::kScale, rounding_.coefficient);
    if (!units) return Multiplied(std::nullopt, "");
    return Multiplied(AppliedCoefficient::FromUnits(*units),
                      FormatDate(site_.publication.base_date) + " → " + FormatDate(*day));
  }

  std::optional<ValuationStep> operator()(const Levels& levels) const {
    const auto state = StateOf(levels.breaks.has_value());
    if (!state) return Need(missing_, Field());
    const auto found = FindLevel(levels.levels, levels.breaks, *state, Field(), missing_);
    if (found == levels.levels.end()) return std::nullopt;
    const auto& [level, published] = *found;
    if (!state->chosen) return Multiplied(AsPublished(published), LevelText(*state, level));
    const auto range = levels.ranges.find(level);
    const Levels::Range allowed =
        range == levels.ranges.end() ? Levels::Range{published, published} : range->second;
    if (*state->chosen < allowed.low || *state->chosen > allowed.high) {
      return Refuse(missing_, Code::kChosenOutsideRange, Field(),
                    {state->chosen->ToString(), level,
                     RangeText(allowed.low.ToString(), allowed.high.ToString())});
    }
    return Multiplied(AsPublished(*state->chosen),
                      LevelText(*state, level) + " (" +
                          RangeText(allowed.low.ToString(), allowed.high.ToString()) + ")");
  }

  std::optional<ValuationStep> operator()(const Factors& factors) const {
    const auto* table = OfGrade(factors.tables, site_.grade);
    if (table == nullptr) return LacksGrade();
    const auto states = site_.state.sums.find(name_);
    ValuationStep step = Begin();
    Percent sum;
    bool complete = true;
    for (const Factors::Factor& factor : *table) {
      const auto choice =
          Choose(factor, states == site_.state.sums.end() ? nullptr : &states->second);
      if (choice) {
        sum = sum + choice->percent;
        step.factors.push_back(*choice);
      }
      complete = complete && choice.has_value();
    }
    if (!complete) return std::nullopt;
    step.coefficient = SumCoefficient(sum, rounding_.factor_sum);
    if (!step.coefficient) return Multiplied(std::nullopt, "");
    step.input = sum.ToString() + " %";
    return step;
  }

  std::optional<ValuationStep> operator()(const Additive& additive) const {
    FactorInput state;
    std::string field = "development_level";
    const auto own = site_.state.factors.find(name_);
    if (own != site_.state.factors.end()) {
      state = own->second;
      field = Field();
    } else if (name_ == "development") {
      state.level = site_.parcel.development_level;
    } else {
      field = Field();
    }
    if (state.level.empty()) return Need(missing_, field);
    ValuationStep step = Begin();
    step.input = state.level;
    const auto found = additive.levels.find(state.level);
    if (found != additive.levels.end()) {
      step.add = found->second.ToString();
    } else if (name_ == "development" && state.level == site_.use.development_level) {
      step.add = "0";  // the level that the prices stand for
    } else {
      return Refuse(missing_, Code::kLevelNotKnown, field,
                    {state.level, LevelNames(additive.levels)});
    }
    return step;
  }

  std::optional<ValuationStep> operator()(const Depth& depth) const {
    if (!site_.depth) return Need(missing_, "depth_m");
    const Metres standard = site_.standard_depth.value_or(depth.standard_depth);
    // depth ÷ standard depth as a fraction of integers: x = d / s.
    const ExactNumber d = ExactNumber::Of(*site_.depth), s = ExactNumber::Of(standard);
    const auto& rows = depth.rows;
    const auto is_below = [&](const Depth::Row& row) { return Compare(row.at, d, s) < 0; };
    const bool below = Compare(rows.front().at, d, s) > 0;
    const bool above = Compare(rows.back().at, d, s) < 0;
    if ((below || above) && depth.outside == OutsideRule::kWithhold) {
      return Outside("depth_m", site_.depth->ToString() + " / " + standard.ToString(),
                     rows.front().at.ToString(), rows.back().at.ToString());
    }
    const auto upper = std::ranges::partition_point(rows, is_below);
    // percent = numerator / denominator
    ExactNumber numerator = ExactNumber::Of(above ? rows.back().percent : rows.front().percent);
    ExactNumber denominator(1, 0);
    if (!below && !above && upper != rows.begin()) {
      const Depth::Row& low = *std::prev(upper);
      const ExactNumber span = ExactNumber::Of(upper->at - low.at);
      numerator = ExactNumber::Of(low.percent) * span * s +
                  ExactNumber::Of(upper->percent - low.percent) * (d - ExactNumber::Of(low.at) * s);
      denominator = span * s;
    }
    if (depth.percent_of == DepthPercent::kCumulative) {
      numerator = numerator * s;
      denominator = denominator * d;
    }
    const auto units = numerator.Round(denominator * ExactNumber(100, 0),
                                       AppliedCoefficient::kScale, rounding_.coefficient);
    const auto k = units ? std::optional(AppliedCoefficient::FromUnits(*units)) : std::nullopt;
    return Multiplied(k, site_.depth->ToString() + " / " + standard.ToString());
  }

  std::optional<ValuationStep> operator()(const Matrix& matrix) const {
    const std::string* standard = OfGrade(matrix.standard, site_.grade);
    if (standard == nullptr) return LacksGrade();
    const auto state = StateOf(matrix.breaks.has_value());
    if (!state) return Need(missing_, Field());
    const auto& row = matrix.rows.at(*standard);
    const auto found = FindLevel(row, matrix.breaks, *state, Field(), missing_);
    if (found == row.end()) return std::nullopt;
    return Multiplied(AsPublished(found->second),
                      *standard + " ⇒ " + LevelText(*state, found->first));
  }

 private:
  // numerator / denominator, with the rows it comes from.
  struct CurveValue {
    ExactNumber numerator, denominator;
    std::string input;
    std::optional<Coefficient> published = std::nullopt;  // where it is the figure of a row
  };

  // -1, 0, 1 as `at` is below, at or above d / s.
  static int Compare(Measure at, const ExactNumber& d, const ExactNumber& s) {
    return (ExactNumber::Of(at) * s - d).sign();
  }

  std::string Field() const { return name_ == "far" ? std::string("far") : "factors." + name_; }
  std::string CurveField() const { return name_ == "term" ? std::string("term_years") : Field(); }

  ValuationStep Begin() const {
    ValuationStep step;
    step.name = name_;
    step.source = site_.source + "/coefficients/" + name_;
    return step;
  }

  std::optional<ValuationStep> Multiplied(std::optional<AppliedCoefficient> coefficient,
                                          std::string input) const {
    if (!coefficient) return Refuse(missing_, Code::kValueTooLarge, Field(), {});
    ValuationStep step = Begin();
    step.coefficient = coefficient;
    step.input = std::move(input);
    return step;
  }

  std::nullopt_t Outside(const std::string& field, const std::string& value, const std::string& low,
                         const std::string& high) const {
    return Refuse(missing_, Code::kOutsideTable, field,
                  {field + " " + value, RangeText(low, high)});
  }

  std::nullopt_t LacksGrade() const {
    return Refuse(missing_, Code::kTableLacksGrade, "grade", {name_, std::to_string(site_.grade)});
  }

  std::optional<Measure> CurveInput() const {
    if (name_ == "far") {
      if (site_.state.far) return Measure::FromUnits(site_.state.far->units());
    } else if (name_ == "term") {
      if (site_.state.term) return Measure::FromUnits(site_.state.term->units() * kYearsToMeasure);
    } else if (const auto state = StateOf(true); state && state->measure) {
      return state->measure;
    }
    return Need(missing_, CurveField());
  }

  std::optional<FactorInput> StateOf(bool measured) const {
    return dijia::StateOf(site_.parcel, site_.state, name_, measured);
  }

  std::int64_t BaseOf(const Curve& curve) const {
    if (curve.base) return curve.base->units();
    return site_.base_far ? site_.base_far->units() : 0;
  }

  std::optional<ValuationStep> Power(const Curve& curve, Measure at) const {
    const Coefficient* exponent = OfGrade(curve.exponents, site_.grade);
    const std::int64_t base = BaseOf(curve);
    if (exponent == nullptr || base <= 0) return LacksGrade();
    if (at <= Measure()) return Outside(CurveField(), at.ToString(), "> 0", "");
    const auto k = PowerCoefficient({at.units(), base}, {exponent->units(), Coefficient::kOne},
                                    rounding_.coefficient);
    return Multiplied(k, "(" + at.ToString() + " / " + Measure::FromUnits(base).ToString() + ")^" +
                             exponent->ToString());
  }

  // What a curve says of a value; nothing after a report about `field`.
  std::optional<CurveValue> ValueAt(const Curve& curve, Measure at,
                                    const std::string& field) const {
    const auto& rows = curve.rows;
    const bool below = at<rows.front().at, above = at> rows.back().at;
    if ((below || above) && curve.outside == OutsideRule::kWithhold) {
      return Outside(field, at.ToString(), rows.front().at.ToString(), rows.back().at.ToString());
    }
    const auto upper = std::ranges::lower_bound(rows, at, {}, &Curve::Row::at);
    if (below) return Row(at, rows.front());
    if (above) return Row(at, rows.back());
    if (upper->at == at) return Row(at, *upper);
    const auto& lower = *std::prev(upper);
    if (curve.interpolation == Interpolation::kStep) return Row(at, lower);
    return Between(at, lower, *upper);
  }

  std::optional<CurveValue> Row(Measure at, const Curve::Row& row) const {
    const Coefficient* value = OfGrade(row.values, site_.grade);
    if (value == nullptr) return LacksGrade();
    const std::string where = at == row.at ? "" : " (" + row.at.ToString() + ")";
    return CurveValue{ExactNumber::Of(*value), ExactNumber(1, 0), at.ToString() + where, *value};
  }

  std::optional<CurveValue> Between(Measure at, const Curve::Row& lower,
                                    const Curve::Row& upper) const {
    const Coefficient* low = OfGrade(lower.values, site_.grade);
    const Coefficient* high = OfGrade(upper.values, site_.grade);
    if (low == nullptr || high == nullptr) return LacksGrade();
    const ExactNumber span = ExactNumber::Of(upper.at - lower.at);
    return CurveValue{ExactNumber::Of(*low) * span +
                          ExactNumber::Of(*high - *low) * ExactNumber::Of(at - lower.at),
                      span,
                      at.ToString() + " (" + lower.at.ToString() + ": " + low->ToString() + ", " +
                          upper.at.ToString() + ": " + high->ToString() + ")",
                      std::nullopt};
  }

  // value / by rounded once; a published figure by itself stays as it is published.
  std::optional<ValuationStep> Quotient(const CurveValue& value, const CurveValue& by) const {
    if (value.published && by.input.empty()) {
      return Multiplied(AsPublished(*value.published), value.input);
    }
    const auto units = (value.numerator * by.denominator)
                           .Round(value.denominator * by.numerator, AppliedCoefficient::kScale,
                                  rounding_.coefficient);
    const auto k = units ? std::optional(AppliedCoefficient::FromUnits(*units)) : std::nullopt;
    return Multiplied(k, value.input + (by.input.empty() ? "" : " ÷ " + by.input));
  }

  std::optional<IndexValue> IndexAt(const IndexSeries& index, Date day) const {
    const auto& points = index.points;
    const bool below = points.empty() || day < points.front().date;
    const bool above = points.empty() || day > points.back().date;
    if (points.empty() || ((below || above) && index.outside == OutsideRule::kWithhold)) {
      const std::string low = points.empty() ? "" : FormatDate(points.front().date);
      const std::string high = points.empty() ? "" : FormatDate(points.back().date);
      return Outside("valuation_date", FormatDate(day), low, high);
    }
    if (below) return IndexValue{ExactNumber::Of(points.front().index), {1, 0}};
    if (above) return IndexValue{ExactNumber::Of(points.back().index), {1, 0}};
    return IndexOn(points, day);
  }

  std::optional<FactorChoice> Choose(const Factors::Factor& factor,
                                     const FactorInputs* states) const {
    const std::string field = "factors." + name_ + "." + factor.factor;
    const FactorInput* state = nullptr;
    if (states != nullptr) {
      const auto found = states->find(factor.factor);
      if (found != states->end()) state = &found->second;
    }
    if (state == nullptr) return Need(missing_, field);
    const auto found = FindLevel(factor.levels, factor.breaks, *state, field, missing_);
    if (found == factor.levels.end()) return std::nullopt;
    return FactorChoice{factor.factor, found->first, LevelText(*state, found->first),
                        found->second};
  }

  const ValuedSite& site_;
  const std::string& name_;
  Problems& missing_;
  const RoundingPlan& rounding_;
};

// As in files, in the order of the alternatives.
constexpr const char* kKinds[] = {"term_formula", "curve",    "monthly_rate", "index", "levels",
                                  "factors",      "additive", "depth",        "matrix"};
static_assert(std::size(kKinds) == std::variant_size_v<CoefficientTable>);

}  // namespace

IndexValue IndexOn(const std::vector<IndexSeries::Point>& points, Date day) {
  const auto upper = std::ranges::lower_bound(points, day, {}, &IndexSeries::Point::date);
  if (upper->date == day) return {ExactNumber::Of(upper->index), {1, 0}};
  const auto& lower = *std::prev(upper);
  const ExactNumber days(ToDays(upper->date) - ToDays(lower.date), 0);
  const ExactNumber gone(ToDays(day) - ToDays(lower.date), 0);
  return {ExactNumber::Of(lower.index) * days + ExactNumber::Of(upper->index - lower.index) * gone,
          days};
}

const std::string& LevelAt(const Breaks& breaks, Measure x) {
  const auto bound = breaks.closed == ClosedEnd::kLeft ? std::ranges::upper_bound(breaks.bounds, x)
                                                       : std::ranges::lower_bound(breaks.bounds, x);
  return breaks.order[static_cast<std::size_t>(bound - breaks.bounds.begin())];
}

std::optional<Measure> ImpliedMeasure(std::string_view factor, const std::optional<Area>& area_sqm,
                                      const std::optional<Metres>& width) {
  if (factor == "area" && area_sqm) {
    constexpr std::int64_t kPerUnit = PowerOfTen(Measure::kScale - Area::kScale);
    constexpr std::int64_t kLargest = std::numeric_limits<std::int64_t>::max() / kPerUnit;
    // No table tells areas beyond that apart.
    return Measure::FromUnits(std::min(area_sqm->units(), kLargest) * kPerUnit);
  }
  if (factor == "width" && width) return Measure::FromUnits(width->units());
  return std::nullopt;
}

std::optional<FactorInput> StateOf(const Parcel& parcel, const ParcelUse& state,
                                   const std::string& name, bool measured) {
  const auto own = state.factors.find(name);
  if (own != state.factors.end()) return own->second;
  if (!measured) return std::nullopt;
  const auto measure = ImpliedMeasure(name, parcel.area_sqm, parcel.width);
  return measure ? std::optional(FactorInput{"", measure, std::nullopt}) : std::nullopt;
}

std::optional<AppliedCoefficient> SumCoefficient(Percent sum,
                                                 const std::optional<Rounding>& rounding) {
  // Per cent of six places are eight places of one.
  const auto units =
      ExactNumber(sum.units(), Percent::kScale + 2).Round(AppliedCoefficient::kScale, rounding);
  if (!units) return std::nullopt;
  return AppliedCoefficient::Of(1) + AppliedCoefficient::FromUnits(*units);
}

Diagnostic ParcelProblem(Code code, std::string field, std::vector<std::string> arguments) {
  return {code, {"", 0, 0, std::move(field)}, std::move(arguments)};
}

std::optional<ValuationStep> StepOf(const ValuedSite& site, const std::string& name,
                                    std::vector<Diagnostic>& missing) {
  const CoefficientTable& table = site.use.coefficients.at(name);
  auto step = std::visit(Lookup(site, name, missing), table);
  if (step) step->kind = kKinds[table.index()];
  return step;
}

}  // namespace dijia
