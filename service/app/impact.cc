#include "app/impact.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "app/problem_text.h"
#include "app/publication_diff_text.h"
#include "dijia/base/codes.h"

namespace dijia::app {
namespace {

using json::Value;

template <class Q>
Value Number(const Q& quantity) {
  return Value(Value::Number{quantity.ToString()});
}

Value Known(const std::optional<Percent>& percent) { return percent ? Number(*percent) : Value(); }

void AddTotals(const ImpactTotals& totals, Value& value) {
  value.Add("parcels", Value::Unsigned(totals.parcels()));
  value.Add("raised", Value::Unsigned(totals.raised));
  value.Add("lowered", Value::Unsigned(totals.lowered));
  value.Add("same", Value::Unsigned(totals.same));
  value.Add("not_valued", Value::Unsigned(totals.not_valued));
  value.Add("mean_change_percent", Known(totals.mean_change()));
  value.Add("largest_rise_percent", Known(totals.largest_rise));
  value.Add("largest_fall_percent", Known(totals.largest_fall));
  value.Add("with_total", Value::Unsigned(totals.with_total));
  value.Add("old_total_yuan", Number(totals.old_total));
  value.Add("new_total_yuan", Number(totals.new_total));
  value.Add("total_change_percent", Known(totals.total_change()));
  value.Add("more_yuan", Number(totals.more));
  value.Add("less_yuan", Number(totals.less));
}

Value UseValue(const std::optional<LandUse>& use) {
  return use ? Value::Text(CodeOf(*use)) : Value();
}

// The cells of a parcel before `kind`.
void PutParcel(const io::ParcelRow& row, CsvText& csv) {
  const ParcelUse& site = row.parcel.site;
  csv.PutUnsigned(row.row);
  csv += ",";
  csv.PutText(row.parcel.parcel_id);
  csv += ",";
  if (site.use) csv += CodeOf(*site.use);
  csv += ",";
  if (site.grade != 0) csv.PutUnsigned(static_cast<std::uint64_t>(site.grade));
  csv += ",";
  csv.PutText(site.zone);
  csv += ",";
}

template <class Q>
void PutKnown(const std::optional<Q>& quantity, CsvText& csv) {
  csv += ",";
  if (quantity) csv.PutDecimal(quantity->units(), Q::kScale);
}

}  // namespace

bool AddParcels(const ImpactInput& input, const io::Reference& names, ImpactStudy& study,
                Diagnostics& diagnostics) {
  Diagnostics found;
  const auto parcels = io::OpenParcels(input.parcels, names, found);
  diagnostics.Append(found);
  if (parcels == nullptr) return false;
  io::InputBlock block;
  for (std::uint64_t rows = 0; parcels->Next(block);) {
    parcels->Read(block, [&](io::ParcelRow& row) {
      ++rows;
      diagnostics.Append(row.problems);
      std::optional<ParcelImpact> impact;
      if (!row.problems.has_errors()) impact = study.Add(row.parcel);
      if (input.use) input.use(row, impact ? &*impact : nullptr);
    });
    if (input.after_block) input.after_block(rows);
  }
  return true;
}

Value ImpactGroupsJson(const Impact& impact) {
  Value::Array groups;
  for (const auto& [group, totals] : impact.groups) {
    Value value(Value::Object{});
    value.Add("use", UseValue(group.use));
    value.Add("grade", group.grade == 0 ? Value() : Value::Integer(group.grade));
    AddTotals(totals, value);
    groups.push_back(std::move(value));
  }
  return Value(std::move(groups));
}

Value ImpactWithheldJson(const Impact& impact, Language language) {
  std::vector<const Withheld*> reasons;
  for (const auto& [code, reason] : impact.withheld) reasons.push_back(&reason);
  std::ranges::stable_sort(reasons, std::greater(), &Withheld::parcels);
  Value::Array list;
  for (const Withheld* reason : reasons) {
    Value value(Value::Object{});
    value.Add("code", Value(CodeId(reason->first.code)));
    value.Add("parcels", Value::Unsigned(reason->parcels));
    value.Add("example", Value(TextOf(reason->first, language)));
    list.push_back(std::move(value));
  }
  return Value(std::move(list));
}

Value ImpactJson(const Publication& before, const Publication& after, const Impact& impact,
                 Language language) {
  Value document(Value::Object{}), all(Value::Object{});
  Value::Array uses;
  for (const auto& [use, totals] : impact.by_use()) {
    Value value(Value::Object{});
    value.Add("use", UseValue(use));
    AddTotals(totals, value);
    uses.push_back(std::move(value));
  }
  AddTotals(impact.total(), all);
  document.Add("old", NamedDocument(before));
  document.Add("new", NamedDocument(after));
  document.Add("groups", ImpactGroupsJson(impact));
  document.Add("by_use", Value(std::move(uses)));
  document.Add("total", std::move(all));
  document.Add("withheld", ImpactWithheldJson(impact, language));
  document.Add("elsewhere", Value::Unsigned(impact.elsewhere));
  return document;
}

std::string_view ImpactCsvHeader() {
  return "row,parcel_id,use,grade,zone,kind,old_price_yuan_per_sqm,new_price_yuan_per_sqm,"
         "change_percent,old_total_yuan,new_total_yuan,problems\n";
}

void PutImpactRow(const io::ParcelRow& row, const ParcelImpact* impact, Language language,
                  CsvText& csv) {
  PutParcel(row, csv);
  if (impact == nullptr) {
    csv += "error,,,,,,";
    csv.PutText(ProblemText(row.problems, language));
    csv += "\n";
    return;
  }
  csv += CodeOf(impact->kind);
  PutKnown(impact->old_price, csv);
  PutKnown(impact->new_price, csv);
  PutKnown(impact->change, csv);
  PutKnown(impact->old_total, csv);
  PutKnown(impact->new_total, csv);
  csv += ",";
  csv.PutText(NoteText(impact->missing, language));
  csv += "\n";
}

std::string ImpactCsvProblem(std::string_view text) {
  return ",,,,,error,,,,,," + CsvCell(text) + "\n";
}

}  // namespace dijia::app
