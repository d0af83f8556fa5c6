#include "app/price_documents.h"

#include <utility>

#include "app/per_mu.h"
#include "dijia/base/date.h"

namespace dijia::app {
namespace {

using json::Value;

template <class Quantity>
Value Number(const std::optional<Quantity>& quantity) {
  return quantity ? Value(Value::Number{quantity->ToString()}) : Value();
}

Value DateOrNull(const std::optional<Date>& date) {
  return date ? Value(FormatDate(*date)) : Value();
}

// What names a publication and says when its prices hold.
void AddHead(const Publication& content, const PublicationVersion& version, Value& out) {
  out.Add("id", Value(content.id));
  out.Add("county", Value(content.county));
  out.Add("area", Value(content.area));
  out.Add("title", Value(content.title));
  out.Add("document_no", Value(content.document_no));
  out.Add("base_date", Value(FormatDate(content.base_date)));
  out.Add("effective_from", Value(FormatDate(FirstDay(content))));
  out.Add("effective_until", DateOrNull(version.until));
  out.Add("status", Value::Text(CodeOf(version.status)));
  out.Add("recorded_at", version.recorded_at.empty() ? Value() : Value(version.recorded_at));
}

bool IsAskedFor(const KnownPublication& one, const PublicationVersion& version,
                const PublicationQuery& query) {
  return (query.county.empty() || one.content.county == query.county) &&
         (!query.status || version.status == *query.status) &&
         (!query.as_of || IsInForceOn(one, version, *query.as_of));
}

// The rows of one use.
class PriceRows {
 public:
  PriceRows(const Publication& publication, const PriceQuery& query, Value& rows)
      : publication_(publication), query_(query), rows_(rows) {}

  void AddUse(LandUse use, const PublishedUse& published) {
    for (const PublishedGrade& grade : published.grades) {
      if (!query_.zone.empty() || !IsGrade(grade.grade)) continue;
      Value row = RowOf(use, published, grade.grade);
      row.Add("sub_use", Value(grade.sub_use));
      AddPrice(grade.price, row);
      row.Add("far", Number(grade.far));
      row.Add("status", Value(grade.status));
      row.Add("method", Value(grade.method));
      rows_.array()->push_back(std::move(row));
    }
    for (const PublishedZone& zone : published.zones) {
      if (!IsZone(zone.zone) || !IsGrade(zone.grade)) continue;
      Value row = RowOf(use, published, zone.grade);
      row.Add("zone", Value(zone.zone));
      AddPrice(zone.price, row);
      row.Add("far", Number(zone.far));
      rows_.array()->push_back(std::move(row));
    }
    for (const PublishedRoute& route : published.routes) {
      if (!query_.zone.empty() || !IsGrade(route.grade)) continue;
      Value row = RowOf(use, published, route.grade);
      row.Add("route", Value(route.route));
      AddPrice(route.price, row);
      row.Add("standard_depth_m", Number(route.standard_depth));
      rows_.array()->push_back(std::move(row));
    }
  }

 private:
  bool IsGrade(int grade) const { return !query_.grade || *query_.grade == grade; }
  bool IsZone(const std::string& zone) const { return query_.zone.empty() || query_.zone == zone; }

  static Value RowOf(LandUse use, const PublishedUse& published, int grade) {
    Value row{Value::Object()};
    row.Add("use", Value::Text(CodeOf(use)));
    row.Add("name", Value(published.name));
    row.Add("grade", grade == 0 ? Value() : Value::Integer(grade));
    row.Add("term_years", Value(Value::Number{published.term.ToString()}));
    row.Add("capitalization_rate", Value(Value::Number{published.capitalization_rate.ToString()}));
    row.Add("development_level", Value(published.development_level));
    return row;
  }

  void AddPrice(const std::optional<UnitPrice>& price, Value& row) const {
    if (publication_.primary_unit == PriceUnit::kYuanPerSqmFloor) {
      row.Add("price_yuan_per_sqm_floor", Number(price));
      return;
    }
    row.Add("price_yuan_per_sqm", Number(price));
    row.Add("price_wan_yuan_per_mu", price ? Number(ShownPerMu(*price)) : Value());
  }

  const Publication& publication_;
  const PriceQuery& query_;
  Value& rows_;
};

}  // namespace

Value WriteUses(const Publication& publication) {
  Value uses{Value::Array()};
  for (const auto& [use, published] : publication.uses) {
    Value one{Value::Object()};
    one.Add("use", Value::Text(CodeOf(use)));
    one.Add("name", Value(published.name));
    uses.array()->push_back(std::move(one));
  }
  return uses;
}

Value WritePublicationList(const PriceSnapshot& snapshot, const PublicationQuery& query) {
  Value list{Value::Array()};
  for (const KnownPublication& one : snapshot.known) {
    const PublicationVersion* version = one.At(query.known_at);
    if (version == nullptr || !IsAskedFor(one, *version, query)) continue;
    Value entry{Value::Object()};
    AddHead(one.content, *version, entry);
    entry.Add("has_zones", Value(one.zones != nullptr));
    entry.Add("uses", WriteUses(one.content));
    list.array()->push_back(std::move(entry));
  }
  Value out{Value::Object()};
  out.Add("publications", std::move(list));
  return out;
}

Value WriteGradePrices(const Publication& publication, const PriceQuery& query) {
  Value out{Value::Object()}, rows{Value::Array()};
  out.Add("publication", Value(publication.id));
  out.Add("county", Value(publication.county));
  out.Add("area", Value(publication.area));
  out.Add("base_date", Value(FormatDate(publication.base_date)));
  out.Add("effective_from", Value(FormatDate(FirstDay(publication))));
  out.Add("effective_until", DateOrNull(publication.effective_until));
  out.Add("status", Value::Text(CodeOf(publication.status)));
  PriceRows writer(publication, query, rows);
  for (const auto& [use, published] : publication.uses) {
    if (!query.use || *query.use == use) writer.AddUse(use, published);
  }
  out.Add("prices", std::move(rows));
  return out;
}

}  // namespace dijia::app
