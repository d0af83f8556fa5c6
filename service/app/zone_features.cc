#include "app/zone_features.h"

#include <algorithm>
#include <vector>

#include "app/per_mu.h"
#include "dijia/base/date.h"
#include "json/text.h"
#include "json/value.h"
#include "json/zones_codec.h"

namespace dijia::app {
namespace {

using json::Value;

template <class Quantity>
Value Number(const std::optional<Quantity>& quantity) {
  return quantity ? Value(Value::Number{quantity->ToString()}) : Value();
}

void AddPeriod(const Publication& publication, Value& out) {
  const auto& until = publication.effective_until;
  out.Add("effective_from", Value(FormatDate(FirstDay(publication))));
  out.Add("effective_until", until ? Value(FormatDate(*until)) : Value());
  out.Add("status", Value::Text(CodeOf(publication.status)));
}

Value PropertiesOf(const Publication& publication, const MappedPlace& place) {
  const PublishedUse& use = publication.uses.at(place.use);
  const PlacePrice priced = PriceOf(place, publication);
  Value out{Value::Object()};
  out.Add("publication", Value(publication.id));
  out.Add("county", Value(publication.county));
  out.Add("area", Value(publication.area));
  out.Add("use", Value::Text(CodeOf(place.use)));
  out.Add("name", Value(use.name));
  out.Add("sub_use", Value(place.sub_use));
  out.Add("grade", Value::Integer(place.grade));
  out.Add("zone", place.zone.empty() ? Value() : Value(place.zone));
  if (publication.primary_unit == PriceUnit::kYuanPerSqmFloor) {
    out.Add("price_yuan_per_sqm_floor", Number(priced.price));
  } else {
    out.Add("price_yuan_per_sqm", Number(priced.price));
    out.Add("price_wan_yuan_per_mu", priced.price ? Number(ShownPerMu(*priced.price)) : Value());
  }
  out.Add("far", Number(priced.far));
  AddPeriod(publication, out);
  return out;
}

void AppendFeature(const Publication& publication, const MappedPlace& place, const std::string& id,
                   std::string& out) {
  out += R"({"type":"Feature","id":)";
  json::AppendString(id, out);
  out += R"(,"geometry":)";
  json::AppendGeometry(place, out);
  out += R"(,"properties":)" + json::ToLine(PropertiesOf(publication, place)) + "}";
}

bool IsAskedFor(const ZoneMap& map, std::size_t index, const FeatureQuery& query) {
  const MappedPlace& place = map.places()[index];
  const bool is_named = (!query.use || place.use == *query.use) &&
                        (!query.grade || place.grade == *query.grade) &&
                        (query.zone.empty() || place.zone == query.zone);
  return is_named && (query.boxes.empty() ||
                      std::ranges::any_of(
                          query.boxes, [&](const MapBox& box) { return map.Meets(index, box); }));
}

}  // namespace

PlacePrice PriceOf(const MappedPlace& place, const Publication& publication) {
  const PublishedUse& use = publication.uses.at(place.use);
  if (!place.zone.empty()) {
    const auto zone = std::ranges::find(use.zones, place.zone, &PublishedZone::zone);
    return zone == use.zones.end() ? PlacePrice{} : PlacePrice{zone->price, zone->far};
  }
  const auto grade = std::ranges::find_if(use.grades, [&](const PublishedGrade& one) {
    return one.grade == place.grade && one.sub_use == place.sub_use;
  });
  return grade == use.grades.end() ? PlacePrice{} : PlacePrice{grade->price, grade->far};
}

FeaturePage WriteFeatures(const Publication& publication, const ZoneMap& map,
                          const FeatureQuery& query) {
  FeaturePage page;
  page.features = "[";
  const std::vector<std::string> ids = json::FeatureIds(map.places());
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (!IsAskedFor(map, i, query)) continue;
    const std::size_t at = page.matched++;
    if (at < query.offset || page.returned >= query.limit) continue;
    if (page.returned++ > 0) page.features += ",";
    AppendFeature(publication, map.places()[i], ids[i], page.features);
  }
  page.features += "]";
  return page;
}

std::optional<std::string> WriteFeature(const Publication& publication, const ZoneMap& map,
                                        const std::string& id) {
  const std::vector<std::string> ids = json::FeatureIds(map.places());
  const auto found = std::ranges::find(ids, id);
  if (found == ids.end()) return std::nullopt;
  std::string out;
  AppendFeature(publication, map.places()[static_cast<std::size_t>(found - ids.begin())], id, out);
  return out;
}

std::string WriteFeatureCollection(const Publication& publication, const ZoneMap& map) {
  Value head{Value::Object()};
  head.Add("type", Value::Text("FeatureCollection"));
  head.Add("publication", Value(publication.id));
  head.Add("county", Value(publication.county));
  head.Add("area", Value(publication.area));
  AddPeriod(publication, head);
  std::string out = json::ToLine(head);
  out.back() = ',';
  return out + R"("features":)" + WriteFeatures(publication, map, {}).features + "}";
}

}  // namespace dijia::app
