#include "json/table_plan_codec.h"

#include "json/codec.h"
#include "json/coefficient_codec.h"
#include "json/field.h"
#include "json/plan_keys.h"
#include "json/rounding_codec.h"

namespace dijia::json {

using enum Presence;

template <>
struct FieldsOf<TableRounding> {
  static std::span<const Field<TableRounding>> Table() {
    using Owner = TableRounding;
    static constexpr Field<Owner> kTable[] = {
        Key<&Owner::amplitude>("amplitude", kUnlessAbsent, "F1 and F2 from prices, per cent"),
        Key<&Owner::percent>("percent", kUnlessAbsent, "regional factors, per cent"),
        Key<&Owner::coefficient>("coefficient", kUnlessAbsent, "term factors, curves, indices"),
        Key<&Owner::method_rate>("method_rate", kUnlessAbsent, "capitalization rate of a method"),
        Key<&Owner::rate>("rate", kUnlessAbsent, "capitalization rate, 0.0005 = 0.05 points"),
    };
    return kTable;
  }
};

template <>
struct FieldsOf<WeightedFactor> {
  static std::span<const Field<WeightedFactor>> Table() {
    using Owner = WeightedFactor;
    static constexpr Field<Owner> kTable[] = {
        Key<&Owner::factor>("factor", kRequired, "name of the factor"),
        Key<&Owner::weight>("weight", kRequired, "above 0; the weights of a grade sum to 1"),
        Key<&Owner::breaks>("breaks", kUnlessAbsent,
                            "`{ bounds, closed, order }` of a measured factor, as published"),
    };
    return kTable;
  }
};

template <>
struct FieldsOf<RegionalGradePlan> {
  static std::span<const Field<RegionalGradePlan>> Table() {
    using Owner = RegionalGradePlan;
    static constexpr Field<Owner> kTable[] = {
        Key<&Owner::upward>("upward_percent", kUnlessAbsent, "F1; none = from the prices"),
        Key<&Owner::downward>("downward_percent", kUnlessAbsent, "F2; none = from the prices"),
        Key<&Owner::benchmark>("benchmark_yuan_per_sqm", kUnlessAbsent,
                               "price of the grade; none = that of the publication"),
        Key<&Owner::highest>("highest_yuan_per_sqm", kUnlessAbsent,
                             "dearest zone; none = that of the publication"),
        Key<&Owner::lowest>("lowest_yuan_per_sqm", kUnlessAbsent,
                            "cheapest zone; none = that of the publication"),
        Key<&Owner::weights>("weights", kUnlessAbsent, "of this grade; none = those of all grades"),
    };
    return kTable;
  }
};

template <>
struct FieldsOf<RegionalPlan> {
  static std::span<const Field<RegionalPlan>> Table() {
    using Owner = RegionalPlan;
    static constexpr Field<Owner> kTable[] = {
        Key<&Owner::name>("name", kOptional, "of the coefficient"),
        Key<&Owner::levels>("levels", kOptional, "five, from best to worst"),
        Key<&Owner::half_of>("half_of", kOptional,
                             "exact, or printed: 较优 and 较劣 are halves of the rounded figures"),
        Key<&Owner::weights>("weights", kUnlessAbsent, "list of `{ factor, weight, breaks }`"),
        Key<&Owner::grades>("grades", kRequired, "amplitudes by grade, `*` = others"),
    };
    return kTable;
  }
};

template <>
struct FieldsOf<TermTablePlan> {
  static std::span<const Field<TermTablePlan>> Table() {
    static constexpr Field<TermTablePlan> kTable[] = {
        Key<&TermTablePlan::name>("name", kOptional, "of the coefficient"),
    };
    return kTable;
  }
};

template <>
struct FieldsOf<FarTablePlan> {
  static std::span<const Field<FarTablePlan>> Table() {
    using Owner = FarTablePlan;
    static constexpr Field<Owner> kTable[] = {
        Key<&Owner::name>("name", kOptional, "of the coefficient"),
        Key<&Owner::from>("from", kRequired, "first row"),
        Key<&Owner::to>("to", kRequired, "last row"),
        Key<&Owner::step>("step", kRequired, "from row to row"),
        Key<&Owner::families>("families", kOptional, "curves to choose from"),
        Key<&Owner::min_sales>("min_sales", kOptional, "a grade with fewer gets no column"),
        Key<&Owner::folds>("folds", kOptional, "parts of the cross-validation"),
    };
    return kTable;
  }
};

template <>
struct FieldsOf<DateTablePlan> {
  static std::span<const Field<DateTablePlan>> Table() {
    using Owner = DateTablePlan;
    static constexpr Field<Owner> kTable[] = {
        Key<&Owner::name>("name", kOptional, "of the coefficient"),
        Key<&Owner::methods>("methods", kOptional, "indices to estimate"),
        Key<&Owner::publish>("publish", kOptional, "the index that becomes the table"),
        Key<&Owner::period_months>("period_months", kOptional, "months of one period"),
    };
    return kTable;
  }
};

template <>
struct FieldsOf<RentCase> {
  static std::span<const Field<RentCase>> Table() {
    static constexpr Field<RentCase> kTable[] = {
        Key<&RentCase::net_rent>("net_rent_yuan_per_sqm_year", kRequired, "net rent of the land"),
        Key<&RentCase::price>("price_yuan_per_sqm", kRequired, "price of the same land"),
        Key<&RentCase::term>("term_years", kUnlessAbsent, "of the price; none = without end"),
    };
    return kTable;
  }
};

template <>
struct FieldsOf<WeightedRate> {
  static std::span<const Field<WeightedRate>> Table() {
    static constexpr Field<WeightedRate> kTable[] = {
        Key<&WeightedRate::weight>("weight", kRequired, "of the risk; the weights sum to 1"),
        Key<&WeightedRate::rate>("premium", kRequired, "what the risk adds, per year"),
    };
    return kTable;
  }
};

template <>
struct FieldsOf<RateMethodPlan> {
  static std::span<const Field<RateMethodPlan>> Table() {
    using Owner = RateMethodPlan;
    static constexpr Field<Owner> kTable[] = {
        Key<&Owner::weight>("weight", kRequired, "of the method; the weights sum to 1"),
        Key<&Owner::rate>("rate", kUnlessAbsent, "the rate itself, per year"),
        Key<&Owner::cases>("cases", kUnlessAbsent, "of rent_to_price: the median of their rates"),
        Key<&Owner::loan_share>("loan_share", kUnlessAbsent, "of investment_return"),
        Key<&Owner::loan_rate>("loan_rate", kUnlessAbsent, "of investment_return, per year"),
        Key<&Owner::equity_return>("equity_return", kUnlessAbsent,
                                   "of investment_return, of the own money, per year"),
        Key<&Owner::safe_rate>("safe_rate", kUnlessAbsent, "of safe_rate, per year"),
        Key<&Owner::risks>("risks", kUnlessAbsent, "of safe_rate"),
    };
    return kTable;
  }
};

template <>
struct FieldsOf<CapitalizationPlan> {
  static std::span<const Field<CapitalizationPlan>> Table() {
    using Owner = CapitalizationPlan;
    static constexpr Field<Owner> kTable[] = {
        Key<&Owner::methods>("methods", kRequired,
                             "rent_to_price, investment_return, safe_rate: one or several"),
        Key<&Owner::house_premium>("house_premium", kUnlessAbsent,
                                   "of the rate for houses over that for land"),
    };
    return kTable;
  }
};

template <>
struct FieldsOf<DevelopmentPlan> {
  static std::span<const Field<DevelopmentPlan>> Table() {
    using Owner = DevelopmentPlan;
    static constexpr Field<Owner> kTable[] = {
        Key<&Owner::name>("name", kOptional, "of the coefficient"),
        Key<&Owner::base>("base", kUnlessAbsent,
                          "level of the prices; none = that of the publication"),
        Key<&Owner::costs>("costs_yuan_per_sqm", kRequired, "by item, per m² of land"),
        Key<&Owner::levels>("levels", kRequired, "items of each level"),
    };
    return kTable;
  }
};

template <>
struct FieldsOf<UseTablesPlan> {
  static std::span<const Field<UseTablesPlan>> Table() {
    using Owner = UseTablesPlan;
    static constexpr Field<Owner> kTable[] = {
        Key<&Owner::term>("term_years", kUnlessAbsent, "statutory term"),
        Key<&Owner::capitalization_rate>("capitalization_rate", kUnlessAbsent, "per year"),
        Key<&Owner::regional>("regional", kUnlessAbsent,
                              "regional factors, from F1, F2 and weights"),
        Key<&Owner::term_table>("term", kUnlessAbsent, "term factors, from the rate"),
        Key<&Owner::far>("far", kUnlessAbsent, "curve over the floor area ratio, from samples"),
        Key<&Owner::date>("date", kUnlessAbsent, "price index, from samples"),
        Key<&Owner::capitalization>("capitalization", kUnlessAbsent,
                                    "capitalization rate; comes before a stated one"),
        Key<&Owner::development>("development", kUnlessAbsent,
                                 "development differences, from costs of items"),
    };
    return kTable;
  }
};

template <>
struct FieldsOf<TablePlan> {
  static std::span<const Field<TablePlan>> Table() {
    static constexpr Field<TablePlan> kTable[] = {
        Key<&TablePlan::rounding>("rounding", kRequired, "of each kind of figure that is needed"),
        Key<&TablePlan::seed>("seed", kOptional, "of what is drawn, 0 to 2^53"),
        Key<&TablePlan::uses>("uses", kRequired, "one table for each use, by its code"),
    };
    return kTable;
  }
};

std::vector<PlanKey> TablePlanKeys() {
  std::vector<PlanKey> keys;
  AddKeys<TablePlan>("", keys);
  AddKeys<TableRounding>("rounding.", keys);
  AddKeys<UseTablesPlan>("uses.*.", keys);
  AddKeys<RegionalPlan>("uses.*.regional.", keys);
  AddKeys<WeightedFactor>("uses.*.regional.weights[].", keys);
  AddKeys<RegionalGradePlan>("uses.*.regional.grades.*.", keys);
  AddKeys<TermTablePlan>("uses.*.term.", keys);
  AddKeys<FarTablePlan>("uses.*.far.", keys);
  AddKeys<DateTablePlan>("uses.*.date.", keys);
  AddKeys<CapitalizationPlan>("uses.*.capitalization.", keys);
  AddKeys<RateMethodPlan>("uses.*.capitalization.methods.*.", keys);
  AddKeys<RentCase>("uses.*.capitalization.methods.*.cases[].", keys);
  AddKeys<WeightedRate>("uses.*.capitalization.methods.*.risks[].", keys);
  AddKeys<DevelopmentPlan>("uses.*.development.", keys);
  return keys;
}

std::optional<TablePlan> ReadTablePlan(const Value& value, const std::string& source,
                                       PathStyle style, Diagnostics& diagnostics) {
  Diagnostics found;
  Reader reader(source, style, found);
  TablePlan plan;
  Codec<TablePlan>::Read(reader, value, plan);
  diagnostics.Append(found);
  if (found.has_errors()) return std::nullopt;
  return plan;
}

Value WriteTablePlan(const TablePlan& plan) { return Codec<TablePlan>::Write(plan); }

}  // namespace dijia::json
