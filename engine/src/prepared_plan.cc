#include "prepared_plan.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <map>
#include <memory>
#include <set>
#include <utility>
#include <variant>

#include "quick_rounding.h"
#include "valued_base.h"

namespace dijia {
namespace {

using Kind = PreparedOp::Kind;

constexpr std::size_t kMostLevels = 254, kMostFactors = 256, kMostPlaces = 0xfffe;
constexpr std::string_view kTermCurve = "term";  // a curve of that name takes the term of use
constexpr Rounding kNearestUnit{RoundingMode::kHalfEven, 100};  // 10^-4 yuan

// The fewest decimals that hold a count of 10^-scale.
int DecimalsOf(std::int64_t units, int scale) {
  while (scale > 0 && units % 10 == 0) {
    units /= 10;
    --scale;
  }
  return scale;
}

int DecimalsOf(const std::optional<Rounding>& rounding, int otherwise) {
  return rounding ? DecimalsOf(rounding->interval, Rounding::kScale) : otherwise;
}

// The decimals of what a table answers: those of the rounding, or of a figure that is published.
int DecimalsOf(const CoefficientTable& table, const RoundingPlan& plan) {
  int decimals = DecimalsOf(plan.coefficient, AppliedCoefficient::kScale);
  const auto* curve = std::get_if<Curve>(&table);
  if (curve == nullptr) return decimals;
  for (const Curve::Row& row : curve->rows) {
    for (const auto& [grade, value] : row.values) {
      decimals = std::max(decimals, DecimalsOf(value.units(), Coefficient::kScale));
    }
  }
  return decimals;
}

const Breaks* BreaksOf(const CoefficientTable& table) {
  const std::optional<Breaks>* breaks = nullptr;
  if (const auto* levels = std::get_if<Levels>(&table)) breaks = &levels->breaks;
  if (const auto* matrix = std::get_if<Matrix>(&table)) breaks = &matrix->breaks;
  return breaks != nullptr && *breaks ? &**breaks : nullptr;
}

// The coefficient of one state of a parcel, by the definition that ValueParcel has.
std::optional<ValuationStep> StepFor(const Publication& publication, const NumberContext& context,
                                     Parcel parcel) {
  std::vector<Diagnostic> missing;
  const ParcelUse state = parcel.site;
  const ValuedSite site{publication,      *context.use, parcel,       state, context.grade,
                        context.base_far, std::nullopt, std::nullopt, ""};
  return StepOf(site, context.name, missing);
}

std::optional<ValuationStep> StepAtLevel(const Publication& publication,
                                         const NumberContext& context, const std::string& level) {
  Parcel parcel;
  parcel.site.factors[context.name].level = level;
  return StepFor(publication, context, std::move(parcel));
}

// Rounded once, as the compiler rounds a constant.
double DoublePowerOfTen(int exponent) {
  const std::string text = "1e" + std::to_string(exponent);
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

// Makes the plan of a publication: the columns of all uses first, so that a code holds everywhere,
// then a place for every price.
class PlanMaker {
 public:
  PlanMaker(const Publication& publication, ValuationPlan& plan)
      : publication_(publication), plan_(plan) {}

  void Make() {
    plan_.publication = &publication_;
    if (!PlanRoundings()) return;
    for (const auto& [use, published] : publication_.uses) AddColumns(published);
    for (const auto& [use, published] : publication_.uses) AddPlaces(use, published);
  }

 private:
  // Amounts of four places; false where an interval has more.
  bool PlanRoundings() {
    const RoundingPlan& rounding = publication_.rounding;
    plan_.sum_rounding = rounding.factor_sum;
    plan_.sum_scale = DecimalsOf(rounding.factor_sum, Percent::kScale + 2);
    plan_.sum_unit = PowerOfTen(Percent::kScale + 2 - plan_.sum_scale);
    const auto in_units = [](const std::optional<Rounding>& from, Rounding& to) {
      constexpr std::int64_t kPerUnit = PowerOfTen(Rounding::kScale - Money::kScale);
      to = from.value_or(kNearestUnit);
      const bool whole = to.interval % kPerUnit == 0;
      to.interval /= kPerUnit;
      return whole;
    };
    bool fine = in_units(rounding.floor_price, plan_.floor_price);
    fine = in_units(rounding.total, plan_.total) && fine;
    fine =
        fine && rounding.factor_sum.value_or(kNearestUnit).interval < ValuationPlan::kMostPercent;
    fine = fine &&
           rounding.unit_price.value_or(kNearestUnit).interval <= WideRounding::kLargestInterval;
    for (const MagnitudeRounding& step : publication_.unit_price_by_magnitude) {
      fine = fine && step.rounding.interval <= WideRounding::kLargestInterval;
    }
    return fine;
  }

  void AddColumns(const PublishedUse& use) {
    std::vector<std::string> names = use.formula.product;
    names.insert(names.end(), use.formula.add.begin(), use.formula.add.end());
    if (!use.formula.sum.empty()) names.push_back(use.formula.sum);
    for (const std::string& name : names) {
      const CoefficientTable& table = use.coefficients.at(name);
      const bool has_own_measure = name != "far" && name != kTermCurve;
      if (std::holds_alternative<Curve>(table) && has_own_measure) AddMeasureColumn(name);
      if (const auto* factors = std::get_if<Factors>(&table)) {
        for (const auto& [grade, of_grade] : factors->tables) {
          for (const auto& factor : of_grade) AddLevels(name, factor.factor, factor.levels);
        }
      }
      if (const auto* levels = std::get_if<Levels>(&table)) AddLevels(name, "", levels->levels);
      if (const auto* matrix = std::get_if<Matrix>(&table)) {
        for (const auto& [standard, row] : matrix->rows) AddLevels(name, "", row);
      }
      if (const auto* additive = std::get_if<Additive>(&table)) {
        AddLevels(name, "", additive->levels);
        if (!use.development_level.empty()) AddLevel(Column(name, ""), use.development_level);
      }
    }
  }

  void AddMeasureColumn(const std::string& name) {
    auto& columns = plan_.measure_columns;
    if (std::ranges::find(columns, name) == columns.end()) columns.push_back(name);
  }

  std::uint16_t Column(const std::string& coefficient, const std::string& factor) {
    const LevelColumn column{coefficient, factor};
    auto& columns = plan_.level_columns;
    const auto at = std::ranges::find(columns, column) - columns.begin();
    if (static_cast<std::size_t>(at) == columns.size()) {
      columns.push_back(column);
      plan_.codes.emplace_back();
    }
    return static_cast<std::uint16_t>(at);
  }

  template <class Table>
  void AddLevels(const std::string& coefficient, const std::string& factor, const Table& levels) {
    const std::uint16_t column = Column(coefficient, factor);
    for (const auto& [level, value] : levels) AddLevel(column, level);
  }

  void AddLevel(std::uint16_t column, const std::string& level) {
    auto& codes = plan_.codes[column];
    if (codes.size() < kMostLevels) {
      codes.emplace(level, static_cast<std::uint8_t>(codes.size() + 1));
    } else if (!codes.contains(level)) {
      overfull_.insert(column);
    }
  }

  void AddPlaces(LandUse use, const PublishedUse& published) {
    std::set<std::string> sub_uses{""};
    for (const PublishedGrade& grade : published.grades) sub_uses.insert(grade.sub_use);
    ParcelUse state;
    state.use = use;
    for (const PublishedGrade& grade : published.grades) {
      state.grade = grade.grade;
      state.sub_use = grade.sub_use;
      AddPlace(published, state);
    }
    for (const PublishedZone& zone : published.zones) {
      state.zone = zone.zone;
      for (const std::string& sub_use : sub_uses) {
        state.sub_use = sub_use;
        for (const int grade : {0, zone.grade}) {
          state.grade = grade;
          AddPlace(published, state);
        }
      }
    }
  }

  void AddPlace(const PublishedUse& use, const ParcelUse& state) {
    std::vector<Diagnostic> missing;
    const auto base = FindBase(use, state, missing);
    if (!base || base->price <= UnitPrice() || plan_.places.size() == kMostPlaces) return;
    PlacePlan place;
    place.price = base->price;
    place.base_scale = DecimalsOf(base->price.units(), UnitPrice::kScale);
    place.base = static_cast<std::uint64_t>(base->price.units() /
                                            PowerOfTen(UnitPrice::kScale - place.base_scale));
    place.tables.resize(plan_.level_columns.size());
    if (!AddFormula(use, *base, place)) return;
    PlanScales(place);
    if (place.scale > WideRounding::kLargestScale) return;
    PlanUnitPrice(place);
    const ValuationPlan::PlaceKey key{*state.use, state.grade, state.sub_use, state.zone};
    if (!plan_.place_of.emplace(key, static_cast<std::uint16_t>(plan_.places.size())).second)
      return;
    plan_.places.push_back(std::move(place));
  }

  // In the order of ValueParcel; false where columns cannot carry a step.
  bool AddFormula(const PublishedUse& use, const ValuedBase& base, PlacePlan& place) {
    const PriceFormula& formula = use.formula;
    // Sums of what coefficients exceed 1 by are left to ValueParcel, as is a formula that is
    // refused.
    if (!formula.excess.empty() || formula == PriceFormula()) return false;
    const auto add = [&](const std::string& name, bool adds) {
      const bool is_addition = std::holds_alternative<Additive>(use.coefficients.at(name));
      return is_addition == adds && AddStep(use, name, base, place);
    };
    if (!formula.sum.empty() && !add(formula.sum, false)) return false;
    for (const std::string& name : formula.product) {
      if (!add(name, false)) return false;
    }
    if (publication_.primary_unit == PriceUnit::kYuanPerSqmFloor) {
      PreparedOp op;
      op.kind = Kind::kFloorPrice;
      op.scale = FloorAreaRatio::kScale;
      place.ops.push_back(std::move(op));
      place.steps.push_back({"floor_area_ratio", false});
    }
    return std::ranges::all_of(formula.add, [&](const auto& name) { return add(name, true); });
  }

  bool AddStep(const PublishedUse& use, const std::string& name, const ValuedBase& base,
               PlacePlan& place) {
    const CoefficientTable& table = use.coefficients.at(name);
    NumberContext context{&use, name, Kind::kTerm, base.grade, std::nullopt, 0};
    PreparedOp op;
    if (std::holds_alternative<Depth>(table)) return false;
    if (IsOfLevels(table)) {
      const LevelStep& step = StepOfLevels(table, context);
      if (!step.fine) return false;
      op = step.op;
      for (const auto& [column, levels] : step.columns) {
        place.levels.push_back(column);
        place.tables[column] = levels;
      }
    } else if (!PlanNumber(table, context, base, op, place)) {
      return false;
    }
    place.steps.push_back({name, op.kind == Kind::kAdd});
    place.ops.push_back(std::move(op));
    return true;
  }

  // A step that looks up levels, for all places of a use and grade.
  struct LevelStep {
    bool fine = false;
    PreparedOp op;
    std::vector<std::pair<std::uint16_t, LevelTable>> columns;
  };

  static bool IsOfLevels(const CoefficientTable& table) {
    return std::holds_alternative<Factors>(table) || std::holds_alternative<Levels>(table) ||
           std::holds_alternative<Matrix>(table) || std::holds_alternative<Additive>(table);
  }

  const LevelStep& StepOfLevels(const CoefficientTable& table, const NumberContext& context) {
    const auto [known, is_new] = level_steps_.try_emplace({&table, context.grade});
    LevelStep& step = known->second;
    if (!is_new) return step;
    const auto* factors = std::get_if<Factors>(&table);
    step.fine =
        factors != nullptr ? PlanSum(*factors, context, step) : PlanLevels(table, context, step);
    return step;
  }

  // False where a coefficient is not above 0: such prices are not plain.
  bool PlanLevels(const CoefficientTable& table, const NumberContext& context, LevelStep& out) {
    PreparedOp& op = out.op;
    const bool adds = std::holds_alternative<Additive>(table);
    op.kind = adds ? Kind::kAdd : Kind::kLevel;
    op.column = Column(context.name, "");
    const auto& codes = plan_.codes[op.column];
    if (codes.contains("") || overfull_.contains(op.column)) return false;
    const std::int64_t none = adds ? ValuationPlan::kNoAddition : ValuationPlan::kNoCoefficient;
    std::vector<std::int64_t>& values = plan_.tables.emplace_back(kMostLevels + 2, none);
    for (const auto& [level, code] : codes) {
      const auto step = StepAtLevel(publication_, context, level);
      if (!step) continue;
      if (adds) {
        if (const auto yuan = UnitPrice::Parse(step->add)) values[code] = yuan->units();
      } else {
        if (step->coefficient->units() <= 0) return false;
        values[code] = step->coefficient->units();
        op.scale = std::max(op.scale, DecimalsOf(values[code], AppliedCoefficient::kScale));
      }
    }
    if (!adds) {
      const std::int64_t unit = PowerOfTen(AppliedCoefficient::kScale - op.scale);
      for (std::int64_t& value : values) value /= unit;
    }
    op.table = values.data();
    out.columns.emplace_back(op.column, LevelTable{op.table, BreaksOf(table)});
    return true;
  }

  bool PlanSum(const Factors& factors, const NumberContext& context, LevelStep& out) {
    const auto* of_grade = OfGrade(factors.tables, context.grade);
    if (of_grade == nullptr || of_grade->size() > kMostFactors) return false;
    out.op.kind = Kind::kSum;
    out.op.scale = plan_.sum_scale;
    for (const Factors::Factor& factor : *of_grade) {
      const std::uint16_t column = Column(context.name, factor.factor);
      if (factor.levels.contains("")) return false;
      std::vector<std::int64_t>& values =
          plan_.tables.emplace_back(kMostLevels + 2, ValuationPlan::kNoPercent);
      for (const auto& [level, percent] : factor.levels) {
        const auto code = plan_.codes[column].find(level);
        if (code == plan_.codes[column].end()) return false;
        if (std::abs(percent.units()) > ValuationPlan::kMostPercent / std::int64_t{kMostFactors}) {
          return false;
        }
        values[code->second] = percent.units();
      }
      out.op.factors.push_back({column, values.data()});
      out.columns.emplace_back(
          column, LevelTable{values.data(), factor.breaks ? &*factor.breaks : nullptr});
    }
    return true;
  }

  static bool DiffersByGrade(const Curve& curve) {
    const auto differs = [](const ByGrade& values) {
      return std::ranges::any_of(values, [](const auto& of) { return of.first != 0; });
    };
    return differs(curve.exponents) ||
           std::ranges::any_of(curve.rows, differs, &Curve::Row::values);
  }

  static bool UsesBase(const Curve& curve) {
    return curve.interpolation == Interpolation::kPower || curve.relative;
  }

  bool PlanNumber(const CoefficientTable& table, NumberContext& context, const ValuedBase& base,
                  PreparedOp& op, PlacePlan& place) {
    context.scale = DecimalsOf(table, publication_.rounding);
    if (std::holds_alternative<Curve>(table)) {
      if (context.name == kTermCurve) return false;  // its measure is the term of the parcel
      context.kind = context.name == "far" ? Kind::kFar : Kind::kMeasure;
      const auto& curve = std::get<Curve>(table);
      if (!DiffersByGrade(curve)) context.grade = 0;
      if (UsesBase(curve)) context.base_far = base.far;
      if (context.kind == Kind::kMeasure) {
        const auto at = std::ranges::find(plan_.measure_columns, context.name);
        op.column = static_cast<std::uint16_t>(at - plan_.measure_columns.begin());
        place.measures.push_back(op.column);
      }
    } else {
      context.kind = std::holds_alternative<TermFormula>(table) ? Kind::kTerm : Kind::kDate;
      context.grade = 0;  // of no matter
    }
    op.kind = context.kind;
    op.scale = context.scale;
    const auto known = std::ranges::find(plan_.contexts, context);
    op.context = static_cast<std::uint16_t>(known - plan_.contexts.begin());
    if (known == plan_.contexts.end()) plan_.contexts.push_back(context);
    return plan_.contexts.size() < kMostPlaces;
  }

  // The scales of the products; the last holds the units of prices too.
  static void PlanScales(PlacePlan& place) {
    const auto product = [&] {
      int scale = place.base_scale;
      for (const PreparedOp& op : place.ops) scale += op.kind == Kind::kAdd ? 0 : op.scale;
      return scale;
    };
    while (product() < UnitPrice::kScale) {
      place.base *= 10;
      ++place.base_scale;
    }
    place.scale = product();
    if (place.scale > WideRounding::kLargestScale) return;
    place.nearest = WideRounding(place.scale, kNearestUnit);
    int scale = place.base_scale;
    for (PreparedOp& op : place.ops) {
      if (op.kind == Kind::kAdd) continue;
      scale += op.scale;
      op.after = WideRounding(scale, kNearestUnit);
    }
  }

  void PlanUnitPrice(PlacePlan& place) const {
    constexpr std::int64_t kPerUnit = PowerOfTen(Rounding::kScale - UnitPrice::kScale);
    place.addition = DoublePowerOfTen(place.scale - UnitPrice::kScale);
    // A factor is rounded when it becomes a double and when it is multiplied, base, additions and
    // steps at most ten times.
    place.error = RelativeError(2 * static_cast<int>(place.ops.size()) + 10);
    const auto add = [&](UnitPrice from, const Rounding& rounding) {
      PlacePlan::FromPrice& of = place.unit_price.emplace_back();
      of.from = WideNumber(static_cast<std::uint64_t>(from.units()));
      of.from.MultiplyByPowerOfTen(place.scale - UnitPrice::kScale);
      of.rounding = WideRounding(place.scale, rounding);
      of.from_double = static_cast<double>(from.units()) * place.addition;
      of.steps =
          DoublePowerOfTen(Rounding::kScale - place.scale) / static_cast<double>(rounding.interval);
      of.step = rounding.interval % kPerUnit == 0 ? rounding.interval / kPerUnit : 0;
      of.mode = rounding.mode;
    };
    add(UnitPrice(), publication_.rounding.unit_price.value_or(kNearestUnit));
    for (const MagnitudeRounding& step : publication_.unit_price_by_magnitude) {
      if (step.from < UnitPrice()) place.unit_price.clear();
      add(std::max(step.from, UnitPrice()), step.rounding);
    }
  }

  const Publication& publication_;
  ValuationPlan& plan_;
  std::set<std::uint16_t> overfull_;  // columns of which some levels have no code
  std::map<std::pair<const CoefficientTable*, int>, LevelStep> level_steps_;  // by table and grade
};

}  // namespace

WideRounding::WideRounding(int scale, const Rounding& rounding) : rounding_(rounding) {
  // number · 10^-scale / (interval · 10^-6), twice above and below so that the last divisor is
  // even.
  constexpr int kStep = 18;
  constexpr std::uint64_t kLargestDivisor = std::uint64_t{1} << 62;
  int exponent = scale - Rounding::kScale;
  multiplier_ = 2;
  if (exponent < 0) {
    multiplier_ *= static_cast<std::uint64_t>(PowerOfTen(-exponent));
    exponent = 0;
  }
  auto last = 2 * static_cast<std::uint64_t>(rounding.interval);
  for (; exponent > 0 && last < kLargestDivisor / 10; --exponent) last *= 10;
  for (; exponent > 0; exponent -= std::min(exponent, kStep)) {
    divisors_[count_++] = static_cast<std::uint64_t>(PowerOfTen(std::min(exponent, kStep)));
  }
  divisors_[count_++] = last;
}

std::int64_t ValuationPlan::CoefficientOf(std::uint16_t context, std::int64_t number) const {
  const NumberContext& of = contexts[context];
  Parcel parcel;
  switch (of.kind) {
    case Kind::kTerm:
      parcel.site.term = Years::FromUnits(number);
      break;
    case Kind::kDate:
      parcel.valuation_date = FromDays(static_cast<Days>(number));
      break;
    case Kind::kFar:
      parcel.site.far = FloorAreaRatio::FromUnits(number);
      break;
    default:
      parcel.site.factors[of.name].measure = Measure::FromUnits(number);
  }
  const auto step = StepFor(*publication, of, std::move(parcel));
  if (!step || !step->coefficient || step->coefficient->units() <= 0) return kNoCoefficient;
  const std::int64_t unit = PowerOfTen(AppliedCoefficient::kScale - of.scale);
  const std::int64_t units = step->coefficient->units();
  return units % unit == 0 ? units / unit : kNoCoefficient;
}

std::unique_ptr<const ValuationPlan> PlanValuation(const Publication& publication) {
  auto plan = std::make_unique<ValuationPlan>();
  PlanMaker(publication, *plan).Make();
  return plan;
}

}  // namespace dijia
