#include "app/computation_result.h"

#include <cmath>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "app/csv_text.h"
#include "app/per_mu.h"
#include "dijia/base/codes.h"
#include "dijia/publication_diff.h"

namespace dijia::app {
namespace {

using json::Value;

constexpr int kStatisticDecimals = 4;

template <class Unit, int kScale>
Value Exact(const std::optional<Quantity<Unit, kScale>>& figure) {
  return figure ? Value(Value::Number{figure->ToString()}) : Value();
}

// Null for NaN and what is infinite.
Value Rounded(double figure) {
  CsvText text;
  text.PutRounded(figure, kStatisticDecimals);
  const std::string_view digits = text.view();
  return digits.empty() ? Value() : Value(Value::Number{std::string(digits)});
}

Value OrNull(std::string_view text) { return text.empty() ? Value() : Value::Text(text); }

void AddInterval(const std::optional<Interval>& interval, Value& object) {
  object.Add("ci95_low", interval ? Rounded(interval->low) : Value());
  object.Add("ci95_high", interval ? Rounded(interval->high) : Value());
}

Value NotesOf(const GradePrice& cell, Language language) {
  Value notes{Value::Array()};
  for (const Diagnostic& note : cell.notes) {
    Value one{Value::Object()};
    one.Add("code", Value(CodeId(note.code)));
    one.Add("text", Value(TextOf(note, language)));
    notes.array()->push_back(std::move(one));
  }
  return notes;
}

Value PriceOf(const GradePrice& cell, const SampleTable& samples, Language language) {
  Value price{Value::Object()};
  price.Add("use", Value::Text(CodeOf(cell.key.use)));
  price.Add("sub_use", OrNull(samples.sub_uses.Name(cell.key.sub_use)));
  price.Add("grade", Value::Unsigned(cell.key.grade));
  price.Add("price_yuan_per_sqm", Exact(cell.price));
  price.Add("price_wan_yuan_per_mu", Exact(cell.price ? ShownPerMu(*cell.price) : std::nullopt));
  price.Add("status", Value::Text(CodeOf(cell.status)));
  price.Add("method", OrNull(cell.method));
  price.Add("samples", Value::Unsigned(cell.samples));
  price.Add("used", Value::Unsigned(cell.used));
  price.Add("mean", Rounded(cell.mean));
  price.Add("median", Rounded(cell.median));
  price.Add("cv", Rounded(cell.cv));
  AddInterval(cell.interval, price);
  price.Add("cod", Rounded(cell.cod));
  price.Add("notes", NotesOf(cell, language));
  return price;
}

// How many rows had which fate, those that some had.
Value CountsOf(const ComputedPublication& publication) {
  Value counts{Value::Object()}, fates{Value::Object()};
  for (const EnumRow<Fate>& row : EnumTableOf<Fate>::kRows) {
    const std::size_t count = publication.fates[static_cast<std::size_t>(row.value)];
    if (count > 0) fates.Add(row.code, Value::Unsigned(count));
  }
  counts.Add("rows", Value::Unsigned(publication.scope.rows.size()));
  counts.Add("fates", std::move(fates));
  return counts;
}

Value HeadOf(const Publication& draft, const std::string& folder) {
  Value head{Value::Object()};
  head.Add("id", Value(draft.id));
  head.Add("county", Value(draft.county));
  head.Add("area", Value(draft.area));
  head.Add("folder", Value(folder));
  return head;
}

Value PriceOf(const RefreshedPrice& refreshed) {
  Value price{Value::Object()};
  price.Add("use", Value::Text(CodeOf(refreshed.use)));
  price.Add("place", Value::Text(CodeOf(refreshed.place)));
  price.Add("grade", refreshed.grade == 0
                         ? Value()
                         : Value::Unsigned(static_cast<std::uint64_t>(refreshed.grade)));
  price.Add("name", OrNull(refreshed.name));
  price.Add("method", Value::Text(CodeOf(refreshed.method)));
  price.Add("planned", Value::Text(CodeOf(refreshed.planned)));
  price.Add("why", Value::Text(CodeOf(refreshed.why)));
  price.Add("old_yuan_per_sqm", Exact(refreshed.before));
  price.Add("proposed_yuan_per_sqm", Exact(refreshed.proposed));
  price.Add("price_yuan_per_sqm", Exact(refreshed.price));
  const bool is_comparable = refreshed.before && refreshed.price;
  price.Add(
      "change_percent",
      Exact(is_comparable ? ChangePercent(*refreshed.before, *refreshed.price) : std::nullopt));
  price.Add("cap", Value::Text(CodeOf(refreshed.cap)));
  price.Add("ordered", Value(refreshed.fitted.has_value()));
  price.Add("samples", Value::Unsigned(refreshed.grounds.samples));
  AddInterval(refreshed.grounds.interval, price);
  return price;
}

Value Publications(Value::Array publications) {
  Value result{Value::Object()};
  result.Add("publications", Value(std::move(publications)));
  return result;
}

}  // namespace

Value ResultOf(const Computed& computed, Language language) {
  Value::Array publications;
  for (const ComputedPublication& publication : computed.publications) {
    Value one = HeadOf(publication.draft, publication.folder);
    Value prices{Value::Array()};
    for (const GradePrice& cell : computed.report.cells) {
      const bool inside =
          cell.key.county == publication.scope.county && cell.key.area == publication.scope.area;
      if (inside) prices.array()->push_back(PriceOf(cell, computed.samples, language));
    }
    one.Add("counts", CountsOf(publication));
    one.Add("prices", std::move(prices));
    publications.push_back(std::move(one));
  }
  return Publications(std::move(publications));
}

Value ResultOf(const Refreshed& refreshed) {
  Value one = HeadOf(refreshed.result.draft, "");
  Value prices{Value::Array()};
  for (const RefreshedPrice& price : refreshed.result.prices) {
    prices.array()->push_back(PriceOf(price));
  }
  one.Add("prices", std::move(prices));
  Value::Array publications;
  publications.push_back(std::move(one));
  return Publications(std::move(publications));
}

}  // namespace dijia::app
