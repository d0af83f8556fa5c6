#include "json/plan_codec.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <utility>

#include "json/codec.h"
#include "json/field.h"
#include "json/plan_keys.h"
#include "json/rounding_codec.h"

namespace dijia::json {
namespace {

// A figure per grade; a bare number holds for every grade.
void ReadExponents(Reader& reader, const Value& value, FarCorrection& out) {
  if (value.number() == nullptr) {
    Codec<std::map<int, double>>::Read(reader, value, out.exponent_by_grade);
  } else if (const auto exponent = reader.Double(value)) {
    out.exponent_by_grade = {{0, *exponent}};
  }
}

Value WriteExponents(const FarCorrection& in) {
  return Codec<std::map<int, double>>::Write(in.exponent_by_grade);
}

using IndexPoint = std::pair<Date, Coefficient>;

}  // namespace

template <>
struct FieldsOf<DateRange> {
  static std::span<const Field<DateRange>> Table() {
    static constexpr Field<DateRange> kTable[] = {
        Key<&DateRange::from>("from", Presence::kRequired, "first day of the sample window"),
        Key<&DateRange::until>("until", Presence::kRequired, "first day after it"),
    };
    return kTable;
  }
};

template <>
struct FieldsOf<BenchmarkConditions> {
  static std::span<const Field<BenchmarkConditions>> Table() {
    using enum Presence;
    using Owner = BenchmarkConditions;
    static constexpr Field<Owner> kTable[] = {
        Key<&Owner::term>("term_years", kRequired, "statutory term of the use, years"),
        Key<&Owner::capitalization_rate>("capitalization_rate", kRequired, "per year, 0.06 = 6 %"),
        Key<&Owner::development_level>("development_level", kOptional,
                                       "level the prices stand for, as in 五通一平"),
        Key<&Owner::far>("far", kUnlessAbsent,
                         "floor area ratio of every grade not in "
                         "`far_by_grade`"),
        Key<&Owner::far_by_grade>("far_by_grade", kUnlessAbsent, "floor area ratio by grade"),
    };
    return kTable;
  }
};

template <>
struct FieldsOf<IndexPoint> {
  static std::span<const Field<IndexPoint>> Table() {
    static constexpr Field<IndexPoint> kTable[] = {
        Key<&IndexPoint::first>("date", Presence::kRequired, "day of the index"),
        Key<&IndexPoint::second>("index", Presence::kRequired, "of one fixed base, above 0"),
    };
    return kTable;
  }
};

template <>
struct FieldsOf<DateCorrection> {
  static std::span<const Field<DateCorrection>> Table() {
    using enum Presence;
    using Owner = DateCorrection;
    static constexpr Field<Owner> kTable[] = {
        Key<&Owner::kind>("kind", kOptional, "none, monthly_rate, index or estimated"),
        Key<&Owner::monthly_rate>("monthly_rate", kOptional, "of monthly_rate, 0.002 = 0.2 %"),
        Key<&Owner::points>("points", kUnlessAbsent,
                            "of index: ascending list of `{date, index}`, linear between"),
        Key<&Owner::estimated_period_months>("estimated_period_months", kOptional,
                                             "of estimated: months of one period"),
    };
    return kTable;
  }
};

template <>
struct FieldsOf<FarCorrection::TableRow> {
  static std::span<const Field<FarCorrection::TableRow>> Table() {
    using Owner = FarCorrection::TableRow;
    static constexpr Field<Owner> kTable[] = {
        Key<&Owner::at>("at", Presence::kRequired, "floor area ratio"),
        Key<&Owner::by_grade>("values", Presence::kRequired, "coefficient by grade, * = others"),
    };
    return kTable;
  }
};

template <>
struct FieldsOf<FarCorrection> {
  static std::span<const Field<FarCorrection>> Table() {
    using enum Presence;
    using Owner = FarCorrection;
    static constexpr Field<Owner> kTable[] = {
        Key<&Owner::kind>("kind", kOptional, "none, power, table or estimated"),
        {"exponent", kUnlessAbsent, "of power: a number, or one by grade (`*` = others)",
         ReadExponents, WriteExponents},
        Key<&Owner::table>("table", kUnlessAbsent,
                           "of table: ascending list of `{at, values}`, linear between, ends "
                           "clamped"),
        Key<&Owner::unknown>("unknown", kOptional, "samples without a ratio: keep or exclude"),
        Key<&Owner::largest>("largest", kOptional, "a ratio above it is `far_impossible`"),
    };
    return kTable;
  }
};

template <>
struct FieldsOf<DevelopmentCorrection> {
  static std::span<const Field<DevelopmentCorrection>> Table() {
    using enum Presence;
    using Owner = DevelopmentCorrection;
    static constexpr Field<Owner> kTable[] = {
        Key<&Owner::cost_by_level>("cost_by_level_yuan_per_sqm", kUnlessAbsent,
                                   "cost of each level, yuan per m²; none = no correction"),
        Key<&Owner::unknown>("unknown", kOptional, "samples without a level: keep or exclude"),
    };
    return kTable;
  }
};

template <>
struct FieldsOf<ScreeningPlan> {
  static std::span<const Field<ScreeningPlan>> Table() {
    using enum Presence;
    using Owner = ScreeningPlan;
    static constexpr Field<Owner> kTable[] = {
        Key<&Owner::rule>("rule", kOptional, "none, mad, 2s or 3s"),
        Key<&Owner::mad_limit>("mad_limit", kOptional, "times 1.4826·MAD of the log prices"),
        Key<&Owner::max_passes>("max_passes", kOptional, "how often the rule is applied"),
        Key<&Owner::min_samples_to_screen>("min_samples_to_screen", kOptional,
                                           "smaller cells are not screened"),
        Key<&Owner::largest_rejected_share>("largest_rejected_share", kOptional,
                                            "above it nothing is rejected and the cell is flagged"),
        Key<&Owner::cv_limit>("cv_limit", kOptional, "above it the cell is flagged"),
        Key<&Owner::two_population_p>("two_population_p", kOptional,
                                      "below it the cell is withheld as two populations"),
        Key<&Owner::normality_p>("normality_p", kOptional, "below it a note is made"),
        Key<&Owner::smallest_area>("smallest_area_sqm", kOptional,
                                   "smaller parcels are `area_too_small`"),
        Key<&Owner::lowest_price>("lowest_price_yuan_per_sqm", kUnlessAbsent,
                                  "a raw price below it is `price_implausible`"),
        Key<&Owner::highest_price>("highest_price_yuan_per_sqm", kUnlessAbsent,
                                   "a raw price above it is `price_implausible`"),
        Key<&Owner::drop_duplicates>("drop_duplicates", kOptional,
                                     "same place, day, price and area counts once"),
    };
    return kTable;
  }
};

template <>
struct FieldsOf<EstimationPlan> {
  static std::span<const Field<EstimationPlan>> Table() {
    using enum Presence;
    using Owner = EstimationPlan;
    static constexpr Field<Owner> kTable[] = {
        Key<&Owner::estimator>("estimator", kOptional,
                               "mean, area_weighted_mean, median, trimmed_mean, hodges_lehmann "
                               "or huber"),
        Key<&Owner::interval>("interval", kOptional,
                              "analytic, order_statistic (median only), bootstrap_percentile or "
                              "bootstrap_bca; default: order_statistic for the median, analytic "
                              "for the others"),
        Key<&Owner::trim>("trim", kOptional, "share left out at each end by trimmed_mean"),
        Key<&Owner::bootstrap_replicates>("bootstrap_replicates", kOptional, "replicates"),
        Key<&Owner::min_samples>("min_samples", kOptional, "a cell with fewer is a thin cell"),
        Key<&Owner::good_samples>("good_samples", kOptional,
                                  "a cell with fewer is published with status thin"),
        Key<&Owner::thin_cells>("thin_cells", kOptional,
                                "what to try, in this order: carry_forward, grade_ratio, model, "
                                "withhold"),
        Key<&Owner::model>("model", kOptional, "exponential, linear or power over the grade"),
        Key<&Owner::ratio_use>("ratio_use", kUnlessAbsent,
                               "use whose grade ratios grade_ratio borrows"),
    };
    return kTable;
  }
};

template <>
struct FieldsOf<OrderPlan> {
  static std::span<const Field<OrderPlan>> Table() {
    static constexpr Field<OrderPlan> kTable[] = {
        Key<&OrderPlan::policy>("policy", Presence::kOptional, "report or isotonic"),
        Key<&OrderPlan::significance>("significance", Presence::kOptional,
                                      "p below it withholds the use"),
    };
    return kTable;
  }
};

template <>
struct FieldsOf<UsePlan> {
  static std::span<const Field<UsePlan>> Table() {
    using enum Presence;
    static constexpr Field<UsePlan> kTable[] = {
        Key<&UsePlan::name>("name", kOptional, "as published; default: the label of the use"),
        Key<&UsePlan::grades>("grades", kOptional, "grades to publish; none = those that occur"),
        Key<&UsePlan::unknown_term>("unknown_term", kOptional,
                                    "samples without a term: keep or exclude"),
        Key<&UsePlan::conditions>("conditions", kRequired, "what the prices stand for"),
        Key<&UsePlan::date>("date", kOptional, "correction to the base date"),
        Key<&UsePlan::far>("far", kOptional, "correction to the floor area ratio"),
        Key<&UsePlan::development>("development", kOptional, "correction to the level"),
        Key<&UsePlan::screening>("screening", kOptional, "overrides `screening`"),
        Key<&UsePlan::estimation>("estimation", kOptional, "overrides `estimation`"),
        Key<&UsePlan::order>("order", kOptional, "overrides `order`"),
        Key<&UsePlan::conversion_constants>("conversion", kOptional,
                                            "figures of the sample kinds, by name"),
    };
    return kTable;
  }
};

namespace {

// The file as it stands: a plan, and what holds for all its uses.
struct PlanDocument {
  ComputePlan plan;
  ScreeningPlan screening;
  EstimationPlan estimation;
  OrderPlan order;
  const Value* uses = nullptr;  // read after the tables that hold for all of them
};

template <auto kMember>
constexpr Field<PlanDocument> PlanKeyOf(std::string_view name, Presence presence,
                                        std::string_view meaning) {
  using Member = decltype(MemberOf(kMember));
  return {
      name, presence, meaning,
      [](Reader& reader, const Value& value, PlanDocument& document) {
        Codec<Member>::Read(reader, value, document.plan.*kMember);
      },
      [](const PlanDocument& document) { return Codec<Member>::Write(document.plan.*kMember); }};
}

// A table that holds for all uses is folded into each of them, so it is never written back.
template <auto kMember>
constexpr Field<PlanDocument> SharedKey(std::string_view name, std::string_view meaning) {
  using Member = decltype(MemberOf(kMember));
  return {name, Presence::kUnlessAbsent, meaning,
          [](Reader& reader, const Value& value, PlanDocument& document) {
            Codec<Member>::Read(reader, value, document.*kMember);
          },
          [](const PlanDocument&) { return Value(); }};
}

Value WriteUses(const PlanDocument& document) {
  Value uses{Value::Object()};
  for (const UsePlan& use : document.plan.uses) {
    uses.Add(CodeOf(use.use), Codec<UsePlan>::Write(use));
  }
  return uses;
}

}  // namespace

template <>
struct FieldsOf<PlanDocument> {
  static std::span<const Field<PlanDocument>> Table() {
    using enum Presence;
    static constexpr Field<PlanDocument> kTable[] = {
        PlanKeyOf<&ComputePlan::id>("id", kRequired, "of the publication, as in demo-2025"),
        PlanKeyOf<&ComputePlan::title>("title", kOptional, "of the publication"),
        PlanKeyOf<&ComputePlan::document_no>("document_no", kOptional, "number of the notice"),
        PlanKeyOf<&ComputePlan::county>("county", kOptional,
                                        "GB/T 2260 code; `*` = a publication for each county"),
        PlanKeyOf<&ComputePlan::county_name>("county_name", kOptional,
                                             "default: the name in data/reference/counties.csv"),
        PlanKeyOf<&ComputePlan::area>("area", kOptional,
                                      "grading area; `*` = a publication for each area"),
        PlanKeyOf<&ComputePlan::base_date>("base_date", kRequired, "day the prices stand for"),
        PlanKeyOf<&ComputePlan::effective_from>("effective_from", kUnlessAbsent,
                                                "first day in force"),
        PlanKeyOf<&ComputePlan::window>("window", kOptional,
                                        "sample window; default: the three years that end with "
                                        "the base date"),
        PlanKeyOf<&ComputePlan::primary_unit>("primary_unit", kOptional,
                                              "yuan_per_sqm or wan_yuan_per_mu"),
        PlanKeyOf<&ComputePlan::market_sales_only>("market_sales_only", kOptional,
                                                   "only 招标, 拍卖 and 挂牌"),
        PlanKeyOf<&ComputePlan::split_sub_uses>("split_sub_uses", kOptional,
                                                "prices by sub-use as well"),
        PlanKeyOf<&ComputePlan::seed>("seed", kOptional, "of the bootstrap, 0 to 2^53"),
        PlanKeyOf<&ComputePlan::rounding>("rounding", kRequired,
                                          "of each named result; `unit_price` is needed"),
        SharedKey<&PlanDocument::screening>("screening", "for every use"),
        SharedKey<&PlanDocument::estimation>("estimation", "for every use"),
        SharedKey<&PlanDocument::order>("order", "for every use"),
        {"uses", kRequired, "one table for each use, by its code",
         [](Reader&, const Value& value, PlanDocument& document) { document.uses = &value; },
         WriteUses},
    };
    return kTable;
  }
};

namespace {

// Whether the plan, or the table of a use, says how the intervals are made.
bool StatesInterval(const Value& table) {
  const Value* const estimation = table.Find("estimation");
  return estimation != nullptr && estimation->Find("interval") != nullptr;
}

void ReadUses(Reader& reader, const Value& root, PlanDocument& document) {
  if (document.uses == nullptr) return;
  const Reader::Step step(reader, "uses");
  const Value::Object* members = reader.Object(*document.uses);
  if (members == nullptr) return;
  for (const Value::Member& member : *members) {
    const auto use = KeyCodec<LandUse>::Parse(reader, member);
    if (!use) continue;
    const Reader::Step use_step(reader, member.name);
    UsePlan plan;
    plan.use = *use;
    plan.screening = document.screening;
    plan.estimation = document.estimation;
    plan.order = document.order;
    Codec<UsePlan>::Read(reader, member.value, plan);
    if (!StatesInterval(root) && !StatesInterval(member.value)) {
      plan.estimation.interval = DefaultIntervalOf(plan.estimation.estimator);
    }
    document.plan.uses.push_back(std::move(plan));
  }
  // TOML tables have no order, so neither do the uses of a plan.
  std::ranges::sort(document.plan.uses, {}, &UsePlan::use);
}

// The three years that end with the base date.
DateRange DefaultWindow(Date base_date) {
  const Date after = std::chrono::sys_days(base_date) + std::chrono::days(1);
  Date from = after - std::chrono::years(3);
  if (!from.ok()) from = from.year() / from.month() / std::chrono::last;
  return {from, after};
}

}  // namespace

std::vector<PlanKey> PlanKeys() {
  std::vector<PlanKey> keys;
  AddKeys<PlanDocument>("", keys);
  AddKeys<DateRange>("window.", keys);
  AddKeys<RoundingPlan>("rounding.", keys);
  AddKeys<Rounding>("rounding.*.", keys);
  AddKeys<ScreeningPlan>("screening.", keys);
  AddKeys<EstimationPlan>("estimation.", keys);
  AddKeys<OrderPlan>("order.", keys);
  AddKeys<UsePlan>("uses.*.", keys);
  AddKeys<BenchmarkConditions>("uses.*.conditions.", keys);
  AddKeys<DateCorrection>("uses.*.date.", keys);
  AddKeys<FarCorrection>("uses.*.far.", keys);
  AddKeys<DevelopmentCorrection>("uses.*.development.", keys);
  return keys;
}

std::optional<ComputePlan> ReadPlan(const Value& value, const std::string& source, PathStyle style,
                                    Diagnostics& diagnostics) {
  Diagnostics found;
  Reader reader(source, style, found);
  PlanDocument document;
  Codec<PlanDocument>::Read(reader, value, document);
  ReadUses(reader, value, document);
  if (value.Find("window") == nullptr && document.plan.base_date.ok()) {
    document.plan.window = DefaultWindow(document.plan.base_date);
  }
  diagnostics.Append(found);
  if (found.has_errors()) return std::nullopt;
  return std::move(document.plan);
}

Value WritePlan(const ComputePlan& plan) {
  PlanDocument document;
  document.plan = plan;
  return Codec<PlanDocument>::Write(document);
}

}  // namespace dijia::json
