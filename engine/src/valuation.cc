#include "dijia/valuation.h"

#include <algorithm>
#include <set>
#include <utility>

#include "dijia/base/codes.h"
#include "exact_number.h"
#include "price_rounding.h"
#include "valued_base.h"
#include "valued_coefficient.h"

namespace dijia {
namespace {

using Problems = std::vector<Diagnostic>;

// The price that the corrections start from, and where it stands.
struct Base {
  UnitPrice price;
  std::string input, source;
};

// A part with its exact price and its weight.
struct Weighted {
  ValuedPart part;
  ExactNumber price;
  ExactNumber weight{1, 0}, of{1, 0};  // weight / of, `of` > 0
};

std::string CodesOf(const std::map<LandUse, PublishedUse>& uses) {
  std::string names;
  for (const auto& [use, published] : uses) {
    names += (names.empty() ? "" : ", ") + std::string(CodeOf(use));
  }
  return names;
}

template <class T>
void Inherit(T& own, const T& whole) {
  if (own == T{}) own = whole;
}

// A part with what the parcel says as a whole.
ParcelUse Complete(ParcelUse part, const ParcelUse& whole) {
  Inherit(part.use, whole.use);
  Inherit(part.far, whole.far);
  if (part.grade == 0 && part.zone.empty()) {
    part.grade = whole.grade;
    part.zone = whole.zone;
  }
  Inherit(part.route, whole.route);
  part.factors.insert(whole.factors.begin(), whole.factors.end());
  for (const auto& [name, factors] : whole.sums) {
    part.sums[name].insert(factors.begin(), factors.end());
  }
  return part;
}

// The coefficients, and as `sum.factor` the summed factors, that formulas looked up.
using Names = std::set<std::string>;

// Factors that a parcel states and no formula asked for.
void WarnOfUnused(const ParcelUse& stated, const Names& used, Problems& warnings) {
  const auto warn = [&](const std::string& name) {
    const std::string field = "factors." + name;
    if (!used.contains(name)) {
      warnings.push_back(ParcelProblem(Code::kFactorNotUsed, field, {field}));
    }
  };
  for (const auto& [name, state] : stated.factors) warn(name);
  for (const auto& [sum, factors] : stated.sums) {
    for (const auto& [name, state] : factors) warn(sum + "." + name);
  }
}

// Values one use of a parcel.
class UseValuation {
 public:
  UseValuation(const Parcel& parcel, const Publication& publication, ParcelUse state,
               Problems& missing, Problems& warnings)
      : parcel_(parcel),
        publication_(publication),
        state_(std::move(state)),
        missing_(missing),
        warnings_(warnings) {}

  // Appends the parts with their weights inside the use; nothing after a report.
  void Run(std::vector<Weighted>& out) {
    if (!state_.use) return Need("use");
    const auto use = publication_.uses.find(*state_.use);
    if (use == publication_.uses.end()) {
      return Refuse(Code::kUseNotPublished, "use",
                    {std::string(CodeOf(*state_.use)), CodesOf(publication_.uses)});
    }
    use_ = &use->second;
    if (state_.route.empty()) {
      AddInner(out, "");
    } else {
      AlongStreet(out);
    }
  }

  const Names& used() const { return used_; }

 private:
  void Refuse(Code code, const std::string& field, std::vector<std::string> arguments) {
    missing_.push_back(ParcelProblem(code, field, std::move(arguments)));
  }
  void Need(const std::string& field) { Refuse(Code::kFieldNeeded, field, {field}); }

  std::string Source() const {
    return publication_.id + "#/uses/" + std::string(CodeOf(*state_.use));
  }

  const Depth* DepthTable() const {
    for (const std::string& name : use_->frontage_formula->product) {
      if (const auto* depth = std::get_if<Depth>(&use_->coefficients.at(name))) return depth;
    }
    return nullptr;
  }

  // Depth behind the street line: stated, or area ÷ width.
  std::optional<Metres> OwnDepth() {
    if (parcel_.depth) return parcel_.depth;
    if (!parcel_.area_sqm || !parcel_.width || *parcel_.width <= Metres()) {
      Need(parcel_.area_sqm ? "depth_m" : "area_sqm");
      return std::nullopt;
    }
    const auto units = ExactNumber::Of(*parcel_.area_sqm)
                           .Round(ExactNumber::Of(*parcel_.width), Metres::kScale, std::nullopt);
    if (units) return Metres::FromUnits(*units);
    Refuse(Code::kValueTooLarge, "area_sqm", {});
    return std::nullopt;
  }

  // At the route price where it applies, split where the publication says so.
  void AlongStreet(std::vector<Weighted>& out) {
    const auto route = std::ranges::find(use_->routes, state_.route, &PublishedRoute::route);
    if (route == use_->routes.end()) {
      return Refuse(Code::kPriceNotPublished, "route", {"route " + state_.route});
    }
    if (!use_->frontage_formula) return RefuseFormula();
    const Depth* table = DepthTable();
    if (table == nullptr) return AddFrontage(out, *route, "", std::nullopt);
    const auto own = OwnDepth();
    if (!own) return;
    const Metres set_back = parcel_.set_back.value_or(Metres());
    std::int64_t reached = 0;
    if (__builtin_add_overflow(own->units(), set_back.units(), &reached)) {
      return Refuse(Code::kValueTooLarge, "set_back_m", {});
    }
    const Metres reach = Metres::FromUnits(reached);
    const Metres standard = route->standard_depth.value_or(table->standard_depth);
    if (reach <= standard || table->beyond == BeyondStandardDepth::kTable) {
      return AddFrontage(out, *route, "", reach);
    }
    if (set_back > Metres()) {
      warnings_.push_back(ParcelProblem(Code::kSetBackTooDeep, "set_back_m",
                                        {reach.ToString(), standard.ToString()}));
      return AddInner(out, "");
    }
    Split(out, *route, standard, *own);
  }

  // A frontage part of standard depth and an inner part (通政发〔2026〕1号).
  void Split(std::vector<Weighted>& out, const PublishedRoute& route, Metres standard, Metres own) {
    const std::size_t first = out.size();
    AddFrontage(out, route, "frontage", standard);
    AddInner(out, "inner");
    if (out.size() != first + 2) return;
    // By area = width × depth where the width is known, so that the parts fill the area exactly.
    ExactNumber front = ExactNumber::Of(standard), whole = ExactNumber::Of(own);
    if (parcel_.width && parcel_.area_sqm && !parcel_.depth) {
      front = front * ExactNumber::Of(*parcel_.width);
      whole = ExactNumber::Of(*parcel_.area_sqm);
    }
    Weigh(out[first], front, whole);
    Weigh(out[first + 1], whole - front, whole);
  }

  static void Weigh(Weighted& part, const ExactNumber& weight, const ExactNumber& of) {
    part.weight = weight;
    part.of = of;
  }

  void AddFrontage(std::vector<Weighted>& out, const PublishedRoute& route, const char* name,
                   std::optional<Metres> depth) {
    if (!use_->frontage_formula) return RefuseFormula();
    ValuedSite site = Site();
    site.grade = route.grade != 0 ? route.grade : state_.grade;
    site.standard_depth = route.standard_depth;
    if (depth) site.depth = Measure::FromUnits(depth->units());
    Apply(out, name, site, *use_->frontage_formula,
          {route.price, "route " + route.route, Source() + "/routes"});
  }

  void AddInner(std::vector<Weighted>& out, const char* name) {
    const auto found = FindBase(*use_, state_, missing_);
    if (!found) return;
    ValuedSite site = Site();
    site.grade = found->grade;
    site.base_far = found->far;
    Apply(out, name, site, use_->formula,
          {found->price, found->name, Source() + (state_.zone.empty() ? "/grades" : "/zones")});
  }

  ValuedSite Site() const {
    return {publication_, *use_, parcel_, state_, state_.grade, {}, {}, {}, Source()};
  }

  void RefuseFormula() {
    Refuse(Code::kNoFormula, "use", {publication_.id, std::string(CodeOf(*state_.use))});
  }

  // base × (1 + Σ) × Π + Σ
  void Apply(std::vector<Weighted>& out, const char* name, const ValuedSite& site,
             const PriceFormula& formula, const Base& base) {
    if (formula == PriceFormula()) {
      return RefuseFormula();
    }
    Weighted result;
    result.part.name = name;
    result.part.use = *state_.use;
    result.part.base = base.price;
    result.price = ExactNumber::Of(base.price);
    ValuationStep first{
        "base", "base", {}, base.price.ToString(), base.input, base.source, base.price.ToString(),
        {}};
    result.part.steps.push_back(std::move(first));
    bool complete = formula.excess.empty() ? formula.sum.empty() || Take(site, formula.sum, result)
                                           : TakeExcess(site, formula, result);
    for (const std::string& factor : formula.product)
      complete = Take(site, factor, result) && complete;
    complete = LandFromFloor(result) && complete;
    for (const std::string& addition : formula.add)
      complete = Take(site, addition, result) && complete;
    if (complete) out.push_back(std::move(result));
  }

  // Prices of floor become prices of land before development is added to them.
  bool LandFromFloor(Weighted& result) {
    if (publication_.primary_unit != PriceUnit::kYuanPerSqmFloor) return true;
    if (!state_.far) {
      Need("far");
      return false;
    }
    ValuationStep step;
    step.name = step.kind = "floor_area_ratio";
    constexpr std::int64_t kPerUnit =
        PowerOfTen(AppliedCoefficient::kScale - FloorAreaRatio::kScale);
    std::int64_t units = 0;
    if (__builtin_mul_overflow(state_.far->units(), kPerUnit, &units)) {
      Refuse(Code::kValueTooLarge, "far", {});
      return false;
    }
    step.coefficient = AppliedCoefficient::FromUnits(units);
    step.input = state_.far->ToString();
    step.source = publication_.id + "#/primary_unit";
    Add(std::move(step), result);
    return true;
  }

  bool Take(const ValuedSite& site, const std::string& name, Weighted& result) {
    used_.insert(name);
    auto step = StepOf(site, name, missing_);
    if (!step) return false;
    for (const FactorChoice& choice : step->factors) used_.insert(name + "." + choice.factor);
    Add(*std::move(step), result);
    return true;
  }

  // One step for the sum and everything that is summed with it.
  bool TakeExcess(const ValuedSite& site, const PriceFormula& formula, Weighted& result) {
    ValuationStep sum;
    sum.name = "sum";
    sum.kind = "excess";
    sum.source = site.source + "/formula/excess";
    sum.coefficient = AppliedCoefficient::FromUnits(AppliedCoefficient::kOne);
    bool complete = true;
    std::vector<std::string> names = formula.excess;
    if (!formula.sum.empty()) names.insert(names.begin(), formula.sum);
    for (const std::string& name : names) {
      used_.insert(name);
      const auto step = StepOf(site, name, missing_);
      complete = complete && step && step->coefficient;
      if (!step || !step->coefficient) continue;
      const AppliedCoefficient excess =
          *step->coefficient - AppliedCoefficient::FromUnits(AppliedCoefficient::kOne);
      *sum.coefficient = *sum.coefficient + excess;
      for (const FactorChoice& choice : step->factors) used_.insert(name + "." + choice.factor);
      sum.factors.push_back({name, "", step->input, ShownPercent(excess)});
    }
    if (complete) Add(std::move(sum), result);
    return complete;
  }

  // To six places, for people.
  static Percent ShownPercent(AppliedCoefficient excess) {
    constexpr std::int64_t kPlaces = PowerOfTen(AppliedCoefficient::kScale - Percent::kScale - 2);
    const auto units = RoundQuotient(excess.units(), kPlaces, 1, RoundingMode::kHalfUp);
    return Percent::FromUnits(units.value_or(0));
  }

  static void Add(ValuationStep step, Weighted& result) {
    if (step.coefficient) {
      result.price = result.price * ExactNumber::Of(*step.coefficient);
    } else {
      const Result<UnitPrice> addition = UnitPrice::Parse(step.add);
      result.price = result.price + ExactNumber::Of(addition.value_or(UnitPrice()));
    }
    step.after = result.price.ToString();
    result.part.steps.push_back(std::move(step));
  }

  const Parcel& parcel_;
  const Publication& publication_;
  ParcelUse state_;
  Problems& missing_;
  Problems& warnings_;
  const PublishedUse* use_ = nullptr;
  Names used_;
};

std::string WeightText(const Weighted& part) {
  const std::string of = part.of.ToString();
  return of == "1" ? part.weight.ToString() : part.weight.ToString() + "/" + of;
}

// The parts of a parcel with mixed use, weighted by their shares.
void ValueParts(const Parcel& parcel, const Publication& publication, Valuation& valuation,
                std::vector<Weighted>& parts) {
  if (!publication.mixed_use) {
    valuation.missing.push_back(
        ParcelProblem(Code::kMixedUseNotPublished, "parts", {publication.id}));
    return;
  }
  ExactNumber sum;  // shares are as large as their type
  Names used;
  for (std::size_t i = 0; i < parcel.parts.size(); ++i) {
    const std::string place = "parts." + std::to_string(i) + ".";
    const Coefficient share = parcel.parts[i].share.value_or(Coefficient());
    if (share <= Coefficient()) {
      valuation.missing.push_back(
          ParcelProblem(Code::kFieldNeeded, place + "share", {place + "share"}));
    }
    sum = sum + ExactNumber::Of(share);
    const std::size_t first = parts.size();
    Problems missing;
    UseValuation part(parcel, publication, Complete(parcel.parts[i], parcel.site), missing,
                      valuation.warnings);
    part.Run(parts);
    used.insert(part.used().begin(), part.used().end());
    if (missing.empty()) WarnOfUnused(parcel.parts[i], part.used(), valuation.warnings);
    for (Diagnostic& problem : missing) {
      problem.where.field.insert(0, place);
      valuation.missing.push_back(std::move(problem));
    }
    for (std::size_t k = first; k < parts.size(); ++k) {
      parts[k].weight = parts[k].weight * ExactNumber::Of(share);
      const std::string use(CodeOf(parts[k].part.use));
      parts[k].part.name = parts[k].part.name.empty() ? use : use + "." + parts[k].part.name;
    }
  }
  if (valuation.missing.empty()) WarnOfUnused(parcel.site, used, valuation.warnings);
  if ((sum - ExactNumber(1, 0)).sign() == 0) return;
  valuation.missing.push_back(ParcelProblem(Code::kSharesNotWhole, "parts", {sum.ToString()}));
}

// Σ price × weight, rounded once.
std::optional<UnitPrice> Combine(const std::vector<Weighted>& parts,
                                 const Publication& publication) {
  ExactNumber sum(0, 0), of(1, 0);
  for (const Weighted& part : parts) {
    sum = sum * part.of + part.price * part.weight * of;
    of = of * part.of;
  }
  const auto units = sum.Round(of, UnitPrice::kScale, RoundingOf(publication, sum, of));
  return units ? std::optional(UnitPrice::FromUnits(*units)) : std::nullopt;
}

void WriteSteps(std::vector<Weighted>& parts, UnitPrice price, Valuation& valuation) {
  const std::string source = valuation.publication + "#/rounding/unit_price";
  if (parts.size() == 1 && parts[0].part.name.empty()) {
    valuation.base_price = parts[0].part.base;
    valuation.steps = std::move(parts[0].part.steps);
    const ExactNumber rest = ExactNumber::Of(price) - parts[0].price;
    valuation.steps.push_back({"rounding",
                               "rounding",
                               {},
                               rest.ToString(),
                               parts[0].price.ToString(),
                               source,
                               price.ToString(),
                               {}});
    return;
  }
  std::string input;
  for (Weighted& part : parts) {
    part.part.weight = WeightText(part);
    input += (input.empty() ? "" : " + ") + part.price.ToString() + " × " + part.part.weight;
    valuation.parts.push_back(std::move(part.part));
  }
  valuation.steps.push_back(
      {"mixed", "mixed", {}, price.ToString(), input, source, price.ToString(), {}});
}

// What follows from the unit price.
void WriteAmounts(const Parcel& parcel, const RoundingPlan& plan, Valuation& valuation) {
  const ExactNumber price = ExactNumber::Of(*valuation.unit_price);
  if (parcel.site.far && *parcel.site.far > FloorAreaRatio()) {
    const auto units =
        price.Round(ExactNumber::Of(*parcel.site.far), FloorPrice::kScale, plan.floor_price);
    if (units) valuation.floor_price = FloorPrice::FromUnits(*units);
  }
  if (!parcel.area_sqm) return;
  const auto units = (price * ExactNumber::Of(*parcel.area_sqm)).Round(Money::kScale, plan.total);
  if (units) {
    valuation.total = Money::FromUnits(*units);
  } else {
    valuation.missing.push_back(ParcelProblem(Code::kValueTooLarge, "area_sqm", {}));
  }
}

}  // namespace

Valuation ValueParcel(const Parcel& parcel, const Publication& publication) {
  Valuation valuation;
  valuation.parcel_id = parcel.parcel_id;
  valuation.publication = publication.id;
  std::vector<Weighted> parts;
  if (parcel.parts.empty()) {
    UseValuation use(parcel, publication, parcel.site, valuation.missing, valuation.warnings);
    use.Run(parts);
    if (valuation.missing.empty()) WarnOfUnused(parcel.site, use.used(), valuation.warnings);
  } else {
    ValueParts(parcel, publication, valuation, parts);
  }
  if (!valuation.missing.empty()) return valuation;
  valuation.unit_price = Combine(parts, publication);
  if (!valuation.unit_price) {
    valuation.missing.push_back(ParcelProblem(Code::kValueTooLarge, "parcel_id", {}));
    return valuation;
  }
  WriteSteps(parts, *valuation.unit_price, valuation);
  if (*valuation.unit_price <= UnitPrice()) {
    valuation.missing.push_back(
        ParcelProblem(Code::kPriceNotPositive, "parcel_id", {valuation.unit_price->ToString()}));
    valuation.unit_price.reset();
    return valuation;
  }
  WriteAmounts(parcel, publication.rounding, valuation);
  if (valuation.missing.empty()) valuation.status = ValuationStatus::kValued;
  return valuation;
}

}  // namespace dijia
