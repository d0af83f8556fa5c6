#include "app/publication_diff_text.h"

#include <iterator>
#include <optional>
#include <utility>

#include "app/csv_text.h"
#include "dijia/base/date.h"

namespace dijia::app {
namespace {

using json::Value;

Value Known(const std::string& text) { return text.empty() ? Value() : Value(text); }

template <class Q>
Value Number(const std::optional<Q>& quantity) {
  return quantity ? Value(Value::Number{quantity->ToString()}) : Value();
}

template <class Q>
std::string Text(const std::optional<Q>& quantity) {
  return quantity ? quantity->ToString() : std::string();
}

Value GradeValue(int grade) { return grade == 0 ? Value() : Value::Integer(grade); }
std::string GradeText(int grade) { return grade == 0 ? std::string() : std::to_string(grade); }

Value StatedValue(const std::optional<StatedPrice>& stated) {
  if (!stated) return Value();
  Value value(Value::Object{});
  value.Add("grade", GradeValue(stated->grade));
  value.Add("price_yuan_per_sqm", Number(stated->price));
  value.Add("far", Number(stated->far));
  if (stated->standard_depth) value.Add("standard_depth", Number(stated->standard_depth));
  value.Add("status", Known(stated->status));
  value.Add("method", Known(stated->method));
  return value;
}

Value PriceValue(const PriceDiff& price) {
  Value value(Value::Object{});
  value.Add("use", Value::Text(CodeOf(price.use)));
  value.Add("place", Value::Text(CodeOf(price.place)));
  value.Add("name", Known(price.name));
  value.Add("kind", Value::Text(CodeOf(price.kind)));
  value.Add("old", StatedValue(price.before));
  value.Add("new", StatedValue(price.after));
  value.Add("change_percent", Number(price.change));
  return value;
}

Value ConditionValue(const ConditionDiff& condition) {
  Value value(Value::Object{});
  value.Add("use", condition.use ? Value::Text(CodeOf(*condition.use)) : Value());
  value.Add("name", Value(condition.name));
  value.Add("old", Known(condition.before));
  value.Add("new", Known(condition.after));
  return value;
}

Value TableValue(const TableDiff& table) {
  Value value(Value::Object{});
  value.Add("use", Value::Text(CodeOf(table.use)));
  value.Add("name", Value(table.name));
  value.Add("kind", Value::Text(CodeOf(table.kind)));
  return value;
}

Value CountsValue(LandUse use, const DiffCounts& counts) {
  Value value(Value::Object{});
  value.Add("use", Value::Text(CodeOf(use)));
  value.Add("raised", Value::Unsigned(counts.raised));
  value.Add("lowered", Value::Unsigned(counts.lowered));
  value.Add("same", Value::Unsigned(counts.same));
  value.Add("unlike", Value::Unsigned(counts.unlike));
  return value;
}

template <class Parts, class Write>
Value ArrayOf(const Parts& parts, Write write) {
  Value::Array array;
  for (const auto& part : parts) array.push_back(write(part));
  return Value(std::move(array));
}

constexpr std::size_t kColumns = 16;

void PutRow(const std::string (&cells)[kColumns], CsvText& csv) {
  for (std::size_t i = 0; i < kColumns; ++i) {
    if (i > 0) csv += ",";
    // A change of -5 is a number: the apostrophe of texts would spoil it.
    if (i == 8) {
      csv += cells[i];
    } else {
      csv.PutText(cells[i]);
    }
  }
  csv += "\n";
}

void PutPrice(const PriceDiff& price, CsvText& csv) {
  const StatedPrice was = price.before.value_or(StatedPrice());
  const StatedPrice is = price.after.value_or(StatedPrice());
  PutRow({"price", std::string(CodeOf(price.kind)), std::string(CodeOf(price.use)),
          std::string(CodeOf(price.place)), GradeText(price.after ? is.grade : was.grade),
          price.name, Text(was.price), Text(is.price), Text(price.change), GradeText(was.grade),
          Text(was.far), Text(is.far), was.status, is.status, was.method, is.method},
         csv);
}

}  // namespace

json::Value NamedDocument(const Publication& publication) {
  const auto day = [](const std::optional<Date>& date) {
    return date ? Value(FormatDate(*date)) : Value();
  };
  Value value(Value::Object{});
  value.Add("id", Value(publication.id));
  value.Add("county", Value(publication.county));
  value.Add("area", Known(publication.area));
  value.Add("title", Known(publication.title));
  value.Add("document_no", Known(publication.document_no));
  value.Add("status", Value::Text(CodeOf(publication.status)));
  value.Add("base_date", Value(FormatDate(publication.base_date)));
  value.Add("effective_from", day(publication.effective_from));
  return value;
}

std::string DiffCsv(const PublicationDiff& diff) {
  CsvText csv;
  csv +=
      "part,kind,use,place,grade,name,old,new,change_percent,old_grade,old_far,new_far,"
      "old_status,new_status,old_method,new_method\n";
  for (const ConditionDiff& condition : diff.conditions) {
    PutRow({"condition", "changed", condition.use ? std::string(CodeOf(*condition.use)) : "", "",
            "", condition.name, condition.before, condition.after},
           csv);
  }
  for (const PriceDiff& price : diff.prices) PutPrice(price, csv);
  for (const TableDiff& table : diff.tables) {
    PutRow({"table", std::string(CodeOf(table.kind)), std::string(CodeOf(table.use)), "", "",
            table.name},
           csv);
  }
  return std::string(csv.view());
}

Value DiffJson(const Publication& before, const Publication& after, const PublicationDiff& diff) {
  Value document(Value::Object{});
  document.Add("old", NamedDocument(before));
  document.Add("new", NamedDocument(after));
  document.Add("conditions", ArrayOf(diff.conditions, ConditionValue));
  document.Add("prices", ArrayOf(diff.prices, PriceValue));
  document.Add("tables", ArrayOf(diff.tables, TableValue));
  document.Add("counts", ArrayOf(diff.counts, [](const auto& entry) {
                 return CountsValue(entry.first, entry.second);
               }));
  return document;
}

}  // namespace dijia::app
