#include "app/impact.h"

#include <memory>
#include <utility>

#include "app/value.h"

namespace dijia::app {
namespace {

using json::Value;

template <class Q>
Value Number(const Q& quantity) {
  return Value(Value::Number{quantity.ToString()});
}

Value Known(const std::optional<Percent>& percent) { return percent ? Number(*percent) : Value(); }

Value GroupValue(const ImpactGroup& group, const ImpactTotals& totals) {
  Value value(Value::Object{});
  value.Add("use", group.use ? Value::Text(CodeOf(*group.use)) : Value());
  value.Add("grade", group.grade == 0 ? Value() : Value::Integer(group.grade));
  value.Add("parcels", Value::Unsigned(totals.parcels()));
  value.Add("raised", Value::Unsigned(totals.raised));
  value.Add("lowered", Value::Unsigned(totals.lowered));
  value.Add("same", Value::Unsigned(totals.same));
  value.Add("not_valued", Value::Unsigned(totals.not_valued));
  value.Add("largest_rise_percent", Known(totals.largest_rise));
  value.Add("largest_fall_percent", Known(totals.largest_fall));
  value.Add("with_total", Value::Unsigned(totals.with_total));
  value.Add("old_total_yuan", Number(totals.old_total));
  value.Add("new_total_yuan", Number(totals.new_total));
  return value;
}

}  // namespace

std::optional<Impact> ImpactOf(const Publication& before, const Publication& after,
                               const ImpactRequest& request, Diagnostics& diagnostics) {
  const io::Reference names = ReadParcelNames(request.reference_folder);
  std::vector<std::unique_ptr<io::ParcelInput>> inputs;
  for (const io::ParcelInputOptions& options : request.inputs) {
    Diagnostics found;
    inputs.push_back(io::OpenParcels(options, names, found));
    diagnostics.Append(found);
  }
  for (const auto& input : inputs) {
    if (input == nullptr) return std::nullopt;
  }
  ImpactStudy study(before, after);
  for (const auto& input : inputs) {
    io::InputBlock block;
    while (input->Next(block)) {
      input->Read(block, [&](io::ParcelRow& row) {
        diagnostics.Append(row.problems);
        if (!row.problems.has_errors()) study.Add(row.parcel);
      });
    }
  }
  return study.impact();
}

Value ImpactJson(const Impact& impact) {
  Value::Array groups;
  for (const auto& [group, totals] : impact) groups.push_back(GroupValue(group, totals));
  return Value(std::move(groups));
}

}  // namespace dijia::app
