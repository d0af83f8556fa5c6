// The grades and zones of published prices as features on a map: OGC API - Features, part 1 (core
// and GeoJSON). Every publication with shapes is a collection.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/price_snapshot.h"
#include "app/record_time.h"
#include "app/zone_features.h"
#include "dijia/base/codes.h"
#include "dijia/base/decimal.h"
#include "http/access.h"
#include "http/media_type.h"
#include "http/path_text.h"
#include "http/problem.h"
#include "http/query.h"
#include "http/resources.h"
#include "json/text.h"

namespace dijia::http {
namespace {

using app::KnownPublication;
using json::Value;

constexpr const char* kCrs84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";
constexpr std::size_t kUsualLimit = 100, kMostFeatures = 10'000;

// `https://HOST` as the client knows it. Clients of the standard (GDAL) do not complete paths
// alone. Empty for a Host that is no name, address and port: a link must not become another one.
std::string BaseOf(const Exchange& exchange) {
  const std::string_view host = exchange.request.Find("Host");
  const bool is_host = !host.empty() && std::ranges::all_of(host, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view(".-_:[]").find(c) != std::string_view::npos;
  });
  if (!is_host) return {};
  return (IsSecure(exchange) ? "https://" : "http://") + std::string(host);
}

Value Link(std::string href, std::string_view rel, std::string_view type, std::string_view title) {
  Value link{Value::Object()};
  link.Add("href", Value(std::move(href)));
  link.Add("rel", Value::Text(rel));
  link.Add("type", Value::Text(type));
  link.Add("title", Value::Text(title));
  return link;
}

Response Tagged(const Value& value) {
  Response response;
  response.headers.emplace_back("Cache-Control", "no-cache");
  response.document = std::make_shared<const Document>(MakeDocument(json::ToLine(value)));
  return response;
}

std::string IdOf(const Publication& publication) {
  return publication.county + "." + publication.id;
}

std::string UrlOf(const std::string& base, const Publication& publication) {
  return base + "/ogc/collections/" + EscapedSegment(IdOf(publication));
}

bool IsCollection(const KnownPublication& one) {
  return one.zones != nullptr && app::IsLaw(one.versions.back());
}

// As it stands now.
Publication ContentOf(const KnownPublication& one) { return one.As(one.versions.back()); }

const KnownPublication& FindCollection(const app::PriceSnapshot& snapshot, const std::string& id) {
  for (const KnownPublication& one : snapshot.known) {
    if (IsCollection(one) && IdOf(one.content) == id) return one;
  }
  throw Refused(404, Code::kNoZonesKept, {id});
}

Value Degrees(std::int64_t units) {
  return Value(Value::Number{FormatDecimal(units, kGeoPointScale)});
}

Value ExtentOf(const Publication& publication, const ZoneMap& map) {
  MapBox box = map.BoxOf(0);
  for (std::size_t i = 1; i < map.places().size(); ++i) {
    const MapBox one = map.BoxOf(i);
    box.least = {std::min(box.least.longitude, one.least.longitude),
                 std::min(box.least.latitude, one.least.latitude)};
    box.greatest = {std::max(box.greatest.longitude, one.greatest.longitude),
                    std::max(box.greatest.latitude, one.greatest.latitude)};
  }
  Value extent{Value::Object()}, spatial{Value::Object()}, temporal{Value::Object()};
  Value::Array corners;
  for (const GeoPoint& corner : {box.least, box.greatest}) {
    corners.push_back(Degrees(corner.longitude));
    corners.push_back(Degrees(corner.latitude));
  }
  spatial.Add("bbox", Value(Value::Array{Value(std::move(corners))}));
  spatial.Add("crs", Value::Text(kCrs84));
  const auto day = [](const std::optional<Date>& date) {
    return date ? Value(FormatDate(*date) + "T00:00:00Z") : Value();
  };
  temporal.Add("interval", Value(Value::Array{Value(Value::Array{
                               day(FirstDay(publication)), day(publication.effective_until)})}));
  temporal.Add("trs", Value::Text("http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"));
  extent.Add("spatial", std::move(spatial));
  extent.Add("temporal", std::move(temporal));
  return extent;
}

Value WriteCollection(const std::string& base, const KnownPublication& one) {
  const Publication publication = ContentOf(one);
  const std::string url = UrlOf(base, publication);
  Value value{Value::Object()};
  value.Add("id", Value(IdOf(publication)));
  value.Add("title", Value(publication.title.empty() ? publication.id : publication.title));
  value.Add("description", Value(publication.county + " " + publication.area + " " +
                                 FormatDate(publication.base_date) + " " +
                                 std::string(CodeOf(publication.status))));
  value.Add("extent", ExtentOf(publication, *one.zones));
  value.Add("itemType", Value::Text("feature"));
  value.Add("crs", Value(Value::Array{Value::Text(kCrs84)}));
  value.Add("links",
            Value(Value::Array{Link(url, "self", kJson, "this collection"),
                               Link(url + "/items", "items", kGeoJson, "its features"),
                               Link(base + "/v1/publications/" + EscapedSegment(publication.id) +
                                        "?county=" + EscapedSegment(publication.county),
                                    "describedby", kJson, "the publication")}));
  return value;
}

// A whole text as a number; nothing for other texts.
std::optional<double> NumberOf(std::string_view text) {
  double number = 0;
  const auto [stop, wrong] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_number = wrong == std::errc() && stop == text.data() + text.size();
  return is_number && std::isfinite(number) ? std::optional(number) : std::nullopt;
}

// West, south, east, north; or the same with heights, which do not count.
std::optional<std::vector<double>> CornersOf(const std::string& text) {
  std::vector<double> numbers;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(',', at), text.size());
    const auto number = NumberOf(std::string_view(text).substr(at, end - at));
    if (!number) return std::nullopt;
    numbers.push_back(*number);
    at = end + 1;
  }
  if (numbers.size() == 6) numbers = {numbers[0], numbers[1], numbers[3], numbers[4]};
  const bool is_box = numbers.size() == 4 && std::abs(numbers[0]) <= 180 &&
                      std::abs(numbers[2]) <= 180 && std::abs(numbers[1]) <= 90 &&
                      std::abs(numbers[3]) <= 90 && numbers[1] <= numbers[3];
  return is_box ? std::optional(std::move(numbers)) : std::nullopt;
}

// One box, or two for one that crosses the antimeridian; none where the query has none.
std::vector<MapBox> BoxesOf(const Request& request) {
  const std::string* text = request.Parameter("bbox");
  if (text == nullptr) return {};
  const auto corners = CornersOf(*text);
  if (!corners) {
    throw Refused(400, Code::kQueryValue,
                  {"bbox", *text, "110.1,40.2,110.3,40.4 (west, south, east, north)"});
  }
  const auto box = [&](double west, double east) {
    const auto units = [](double degrees) { return std::llround(degrees * 1e9); };
    return MapBox{{units(west), units((*corners)[1])}, {units(east), units((*corners)[3])}};
  };
  const double west = corners->front(), east = (*corners)[2];
  if (west <= east) return {box(west, east)};
  return {box(west, 180), box(-180, east)};
}

// A time as its day in UTC.
std::optional<Date> DayOf(const std::string& text) {
  const auto time = app::RecordTimeOf(text);
  const Result<Date> day = ParseDate(time ? time->substr(0, 10) : std::string());
  return day ? std::optional(*day) : std::nullopt;
}

// Whether the prices were or are the law on a day of `datetime`: a time, or two with a slash
// between, of which one may be open (`..` or nothing).
bool IsWithinTime(const Request& request, const Publication& publication) {
  const std::string* text = request.Parameter("datetime");
  if (text == nullptr) return true;
  const std::size_t slash = text->find('/');
  const std::string from = text->substr(0, slash),
                    to = slash == std::string::npos ? from : text->substr(slash + 1);
  const auto is_open = [&](const std::string& end) {
    return slash != std::string::npos && (end.empty() || end == "..");
  };
  const auto first = DayOf(from), last = DayOf(to);
  const bool is_understood = (first || is_open(from)) && (last || is_open(to)) && (first || last) &&
                             (!first || !last || *first <= *last);
  if (!is_understood) {
    throw Refused(400, Code::kQueryValue,
                  {"datetime", *text, "2026-01-31, 2026-01-31T08:00:00Z, 2026-01-01/.."});
  }
  const auto& until = publication.effective_until;
  return (!last || FirstDay(publication) <= *last) && (!first || !until || *first < *until);
}

// The same query for another part of the features.
std::string PageLink(const Request& request, const std::string& url, std::size_t limit,
                     std::size_t offset) {
  std::string link = url + "/items?";
  for (const auto& [name, value] : request.query) {
    if (name == "limit" || name == "offset") continue;
    link += EscapedSegment(name) + "=" + EscapedSegment(value) + "&";
  }
  return link + "limit=" + std::to_string(limit) + "&offset=" + std::to_string(offset);
}

Response WithFeatures(std::string text) {
  Response response;
  response.content_type = kGeoJson;
  response.headers.emplace_back("Cache-Control", "no-cache");
  response.document = std::make_shared<const Document>(MakeDocument(std::move(text)));
  return response;
}

}  // namespace

Response ShowFeatureService(Exchange& exchange) {
  const std::string base = BaseOf(exchange);
  Value value{Value::Object()};
  value.Add("title", Value::Text(In(exchange.language, "基准地价级别和区片",
                                    "grades and zones of benchmark land prices")));
  value.Add(
      "description",
      Value::Text(
          In(exchange.language,
             "每一期有图形的基准地价是一个图层；坐标为 CGCS2000 经纬度，与 WGS 84 之差小于图形精度",
             "every publication with shapes is a collection; coordinates are longitude and "
             "latitude of CGCS2000, "
             "which differ from WGS 84 by less than shapes are drawn to")));
  value.Add("links",
            Value(Value::Array{
                Link(base + "/ogc", "self", kJson, "this page"),
                Link(base + "/openapi.json", "service-desc", kJson, "OpenAPI"),
                Link(base + "/ogc/conformance", "conformance", kJson, "conformance classes"),
                Link(base + "/ogc/collections", "data", kJson, "collections")}));
  return Tagged(std::move(value));
}

Response ShowConformance(Exchange&) {
  Value::Array classes;
  for (const char* name : {"core", "geojson"}) {
    classes.push_back(
        Value("http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/" + std::string(name)));
  }
  Value value{Value::Object()};
  value.Add("conformsTo", Value(std::move(classes)));
  return Tagged(std::move(value));
}

Response ListCollections(Exchange& exchange) {
  const auto snapshot = exchange.service.prices.Now();
  Value::Array collections;
  for (const KnownPublication& one : snapshot->known) {
    if (IsCollection(one)) collections.push_back(WriteCollection(BaseOf(exchange), one));
  }
  Value value{Value::Object()};
  value.Add(
      "links",
      Value(Value::Array{Link(BaseOf(exchange) + "/ogc/collections", "self", kJson, "this list")}));
  value.Add("collections", Value(std::move(collections)));
  return Tagged(std::move(value));
}

Response ShowCollection(Exchange& exchange) {
  const auto snapshot = exchange.service.prices.Now();
  return Tagged(WriteCollection(BaseOf(exchange), FindCollection(*snapshot, exchange.argument)));
}

Response ListFeatures(Exchange& exchange) {
  const Request& request = exchange.request;
  app::FeatureQuery query;
  query.use = CodeParameter<LandUse>(request, "use");
  query.grade = GradeParameter(request, "grade");
  query.zone = TextParameter(request, "zone");
  query.boxes = BoxesOf(request);
  query.limit = CountParameter(request, "limit", 1, kMostFeatures).value_or(kUsualLimit);
  query.offset = CountParameter(request, "offset", 0, SIZE_MAX).value_or(0);
  const auto snapshot = exchange.service.prices.Now();
  const KnownPublication& one = FindCollection(*snapshot, exchange.argument);
  const Publication publication = ContentOf(one);
  app::FeaturePage page{"[]", 0, 0};
  if (IsWithinTime(request, publication)) {
    page = app::WriteFeatures(publication, *one.zones, query);
  }
  const std::string url = UrlOf(BaseOf(exchange), publication);
  Value::Array links{
      Link(PageLink(request, url, query.limit, query.offset), "self", kGeoJson, "this part"),
      Link(url, "collection", kJson, "the collection")};
  if (page.returned > 0 && query.offset + page.returned < page.matched) {
    links.push_back(Link(PageLink(request, url, query.limit, query.offset + page.returned), "next",
                         kGeoJson, "the next part"));
  }
  if (query.offset > 0) {
    const std::size_t before = query.offset - std::min(query.offset, query.limit);
    links.push_back(
        Link(PageLink(request, url, query.limit, before), "prev", kGeoJson, "the part before"));
  }
  return WithFeatures(
      R"({"type":"FeatureCollection","numberMatched":)" + std::to_string(page.matched) +
      R"(,"numberReturned":)" + std::to_string(page.returned) + R"(,"links":)" +
      json::ToLine(Value(std::move(links))) + R"(,"features":)" + page.features + "}");
}

Response ShowFeature(Exchange& exchange) {
  const auto snapshot = exchange.service.prices.Now();
  const KnownPublication& one = FindCollection(*snapshot, exchange.argument);
  const Publication publication = ContentOf(one);
  auto feature = app::WriteFeature(publication, *one.zones, exchange.rest);
  if (!feature) {
    throw Refused(404, Code::kMapFeatureUnknown, {exchange.argument, exchange.rest});
  }
  const std::string url = UrlOf(BaseOf(exchange), publication);
  Value::Array links{
      Link(url + "/items/" + EscapedSegment(exchange.rest), "self", kGeoJson, "this feature"),
      Link(url, "collection", kJson, "the collection")};
  feature->pop_back();
  return WithFeatures(*feature + R"(,"links":)" + json::ToLine(Value(std::move(links))) + "}");
}

}  // namespace dijia::http
