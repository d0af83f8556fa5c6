// How rounding plans are written; the same in plans and publications.
#pragma once

#include <span>

#include "dijia/base/codes.h"
#include "dijia/base/rounding.h"
#include "json/codec.h"
#include "json/field.h"

namespace dijia::json {

template <>
struct FieldsOf<Rounding> {
  static std::span<const Field<Rounding>> Table() {
    static constexpr Field<Rounding> kTable[] = {
        {"interval", Presence::kRequired, "a multiple of this, for example 5 or 0.01; above 0",
         [](Reader& reader, const Value& value, Rounding& out) {
           const auto units = reader.Decimal(value, Rounding::kScale);
           if (units && *units <= 0) {
             reader.Report(Code::kNotPositive, value, {value.Shown()});
           } else if (units) {
             out.interval = *units;
           }
         },
         [](const Rounding& in) { return Value(FormatDecimal(in.interval, Rounding::kScale)); }},
        Key<&Rounding::mode>("mode", Presence::kRequired, "half_up, half_even, up or down"),
    };
    return kTable;
  }
};

template <>
struct FieldsOf<RoundingPlan> {
  static std::span<const Field<RoundingPlan>> Table() {
    using enum Presence;
    static constexpr Field<RoundingPlan> kTable[] = {
        Key<&RoundingPlan::coefficient>("coefficient", kUnlessAbsent, "each coefficient"),
        Key<&RoundingPlan::factor_sum>("factor_sum", kUnlessAbsent, "the sum of factors, ΣK"),
        Key<&RoundingPlan::months>("months", kUnlessAbsent, "months of the date correction"),
        Key<&RoundingPlan::unit_price>("unit_price", kUnlessAbsent, "yuan per m² of land"),
        Key<&RoundingPlan::floor_price>("floor_price", kUnlessAbsent, "yuan per m² of floor"),
        Key<&RoundingPlan::total>("total", kUnlessAbsent, "yuan"),
    };
    return kTable;
  }
};

}  // namespace dijia::json
