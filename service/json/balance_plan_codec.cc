#include "json/balance_plan_codec.h"

#include "json/codec.h"
#include "json/field.h"
#include "json/plan_keys.h"

namespace dijia::json {

using enum Presence;

template <>
struct FieldsOf<CountyStanding> {
  static std::span<const Field<CountyStanding>> Table() {
    using Owner = CountyStanding;
    static constexpr Field<Owner> kTable[] = {
        Key<&Owner::land_class>("land_class", kRequired, "national land class, 1–15"),
        Key<&Owner::score>("score", kUnlessAbsent,
                           "score of the county in its classification; used when every county "
                           "states one"),
    };
    return kTable;
  }
};

template <>
struct FieldsOf<BalancePlan> {
  static std::span<const Field<BalancePlan>> Table() {
    using Owner = BalancePlan;
    static constexpr Field<Owner> kTable[] = {
        Key<&Owner::largest_residual>("largest_residual", kOptional,
                                      "externally studentized residual beyond which a price is "
                                      "flagged"),
        Key<&Owner::counties>("counties", kRequired, "one table for each county, by its code"),
    };
    return kTable;
  }
};

std::vector<PlanKey> BalancePlanKeys() {
  std::vector<PlanKey> keys;
  AddKeys<BalancePlan>("", keys);
  AddKeys<CountyStanding>("counties.*.", keys);
  return keys;
}

std::optional<BalancePlan> ReadBalancePlan(const Value& value, const std::string& source,
                                           PathStyle style, Diagnostics& diagnostics) {
  Diagnostics found;
  Reader reader(source, style, found);
  BalancePlan plan;
  Codec<BalancePlan>::Read(reader, value, plan);
  diagnostics.Append(found);
  if (found.has_errors()) return std::nullopt;
  return plan;
}

}  // namespace dijia::json
