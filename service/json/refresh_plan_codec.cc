#include "json/refresh_plan_codec.h"

#include "json/codec.h"
#include "json/field.h"
#include "json/plan_keys.h"

namespace dijia::json {

using enum Presence;

template <>
struct FieldsOf<IndexSeries::Point> {
  static std::span<const Field<IndexSeries::Point>> Table() {
    using Owner = IndexSeries::Point;
    static constexpr Field<Owner> kTable[] = {
        Key<&Owner::date>("date", kRequired, "day of the index"),
        Key<&Owner::index>("index", kRequired, "of one fixed base, above 0"),
    };
    return kTable;
  }
};

template <>
struct FieldsOf<UseRefreshPlan> {
  static std::span<const Field<UseRefreshPlan>> Table() {
    using Owner = UseRefreshPlan;
    static constexpr Field<Owner> kTable[] = {
        Key<&Owner::method>("method", kRequired,
                            "carry, index, resample, blend, comparison or withhold"),
        Key<&Owner::reason>("reason", kRequired, "why this method, for the record"),
        Key<&Owner::method_by_grade>("method_by_grade", kUnlessAbsent,
                                     "method of grades that go another way"),
        Key<&Owner::fallback>("fallback", kOptional,
                              "of a price that its method does not give: carry, index, comparison "
                              "or withhold"),
        Key<&Owner::index>("index", kUnlessAbsent,
                           "ascending list of `{date, index}`, linear between"),
        Key<&Owner::index_by_grade>("index_by_grade", kUnlessAbsent,
                                    "the same for grades with an index of their own"),
        Key<&Owner::min_samples>("min_samples", kUnlessAbsent,
                                 "a resampled price of fewer used samples is thin"),
        Key<&Owner::widest_interval>("widest_interval_percent", kUnlessAbsent,
                                     "a resampled price is thin when half its 95 % interval is "
                                     "wider, per cent of the price"),
        Key<&Owner::index_error>("index_error_percent", kUnlessAbsent,
                                 "standard error of the index between the base dates, per cent; "
                                 "required for blend"),
        Key<&Owner::old_error>("old_error_percent", kUnlessAbsent,
                               "standard error of the old price, per cent; none = not known"),
        Key<&Owner::old_error_by_grade>("old_error_percent_by_grade", kUnlessAbsent,
                                        "the same for grades of which it differs"),
        Key<&Owner::comparable_ratio>("comparable_ratio", kUnlessAbsent,
                                      "price here / price of the comparable publication; none = "
                                      "the median over the common grades with resampled prices"),
        Key<&Owner::spot_tolerance>("spot_tolerance_percent", kUnlessAbsent,
                                    "how far the median of spot samples may lie from the indexed "
                                    "price, per cent; none = no check"),
        Key<&Owner::spot_samples>("spot_samples", kOptional,
                                  "spot samples that a check needs at least"),
    };
    return kTable;
  }
};

template <>
struct FieldsOf<RefreshSources> {
  static std::span<const Field<RefreshSources>> Table() {
    using Owner = RefreshSources;
    static constexpr Field<Owner> kTable[] = {
        Key<&Owner::compute_plan>("compute_plan", kOptional,
                                  "plan of `dijia compute` for resampling and spot samples; a file "
                                  "beside this plan, or `--compute-plan`"),
        Key<&Owner::samples>("samples", kOptional,
                             "files of sale records beside this plan, or `--samples`"),
        Key<&Owner::mapping>("mapping", kOptional,
                             "column mapping of the sale records, or `--mapping`"),
        Key<&Owner::comparable>("comparable", kOptional,
                                "publication of a similar county, a file beside this plan, or "
                                "`--comparable`"),
    };
    return kTable;
  }
};

template <>
struct FieldsOf<RefreshPlan> {
  static std::span<const Field<RefreshPlan>> Table() {
    using Owner = RefreshPlan;
    static constexpr Field<Owner> kTable[] = {
        Key<&Owner::id>("id", kRequired, "of the new publication"),
        Key<&Owner::title>("title", kOptional, "empty = that of the old one"),
        Key<&Owner::document_no>("document_no", kOptional, "of the new publication"),
        Key<&Owner::base_date>("base_date", kRequired, "after that of the old publication"),
        Key<&Owner::effective_from>("effective_from", kUnlessAbsent, "first day in force"),
        Key<&Owner::largest_rise>("largest_rise_percent", kUnlessAbsent,
                                  "cap on a rise, per cent of the old price; none = no cap"),
        Key<&Owner::largest_fall>("largest_fall_percent", kUnlessAbsent,
                                  "cap on a fall, per cent of the old price; none = no cap"),
        Key<&Owner::keep_order>("keep_order", kOptional,
                                "grades that were in order stay so, by the isotonic fit"),
        Key<&Owner::sources>("sources", kOptional,
                             "a table of the files that methods need beside the publication"),
        Key<&Owner::uses>("uses", kRequired, "one table for each use; the others are carried"),
    };
    return kTable;
  }
};

std::vector<PlanKey> RefreshPlanKeys() {
  std::vector<PlanKey> keys;
  AddKeys<RefreshPlan>("", keys);
  AddKeys<RefreshSources>("sources.", keys);
  AddKeys<UseRefreshPlan>("uses.*.", keys);
  return keys;
}

std::optional<RefreshPlan> ReadRefreshPlan(const Value& value, const std::string& source,
                                           PathStyle style, Diagnostics& diagnostics) {
  Diagnostics found;
  Reader reader(source, style, found);
  RefreshPlan plan;
  Codec<RefreshPlan>::Read(reader, value, plan);
  diagnostics.Append(found);
  if (found.has_errors()) return std::nullopt;
  return plan;
}

Value WriteRefreshPlan(const RefreshPlan& plan) { return Codec<RefreshPlan>::Write(plan); }

}  // namespace dijia::json
