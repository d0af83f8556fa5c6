// The shapes of published prices over HTTP: GeoJSON, OGC API - Features, and parcels placed by
// their coordinates.
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "http/county.h"
#include "http/openapi.h"
#include "http/schema.h"
#include "http/served.h"
#include "io/file_text.h"
#include "json/publication_codec.h"
#include "json/zones_codec.h"

namespace dijia::test {
namespace {

using json::Value;
namespace fs = std::filesystem;

const fs::path kSource = DIJIA_SOURCE_DIR;

MapRing Rectangle(double west, double south, double east, double north) {
  return {*GeoPointAt(west, south), *GeoPointAt(east, south), *GeoPointAt(east, north),
          *GeoPointAt(west, north)};
}

// The residential grades as five strips from west to east, each 0.01° wide, and a zone in the
// second; nothing of the other uses.
std::string Map() {
  std::vector<MappedPlace> places;
  for (int grade = 1; grade <= 5; ++grade) {
    const double west = 109.78 + 0.01 * (grade - 1);
    places.push_back(
        {LandUse::kResidential, "", grade, "", {{Rectangle(west, 26.15, west + 0.01, 26.16), {}}}});
  }
  places.push_back(
      {LandUse::kResidential, "", 2, "J201", {{Rectangle(109.792, 26.152, 109.794, 26.154), {}}}});
  Normalise(places);
  return json::WriteZones(places);
}

Publication Zoned(Publication publication) {
  PublishedZone zone;
  zone.zone = "J201";
  zone.grade = 2;
  zone.price = *UnitPrice::Parse("735");
  publication.uses.at(LandUse::kResidential).zones = {zone};
  return publication;
}

class Zones : public testing::Test {
 protected:
  Zones() {
    county.Publish(Zoned(Round("td-2022", "2022-01-01", "650")), "2021-12-20",
                   {{"zones.geojson", Map()}});
    county.Publish(Zoned(Round("td 2026", "2026-01-06", "710")), "2025-12-20",
                   {{"zones.geojson", Map()}});
    Publication other = Round("td-north", "2026-01-06", "500");
    other.area = "北区";
    county.Publish(other, "2025-12-20");
    served.emplace(QuickLimits(), http::Routes(), kSource / "rules/packs", county.Source(),
                   app::KeySource(), county.Desk());
  }
  Reply Get(const std::string& target, const std::string& fields = "") {
    const auto reply = Ask(served->port(), RequestText("GET", target, "", fields));
    EXPECT_TRUE(reply) << target;
    return reply ? *reply : Reply{};
  }
  void ExpectProblem(const std::string& target, int status, const char* code) {
    const Reply reply = Get(target);
    EXPECT_EQ(reply.status, status) << target << reply.body;
    EXPECT_EQ(TextAt(MustParse(reply.body), "code"), code) << target;
  }
  // `id price` of the features of an answer.
  std::vector<std::string> Features(const std::string& target) {
    const Reply reply = Get(target);
    EXPECT_EQ(reply.status, 200) << target << reply.body;
    EXPECT_EQ(reply.Field("content-type"), "application/geo+json");
    const Value document = MustParse(reply.body);
    std::vector<std::string> lines;
    for (const Value& one : *document.Find("features")->array()) {
      lines.push_back(TextAt(one, "id") + " " +
                      TextAt(*one.Find("properties"), "price_yuan_per_sqm"));
    }
    return lines;
  }
  // The target of a link without the name that the client gave the service.
  static std::string TargetOf(const Value& link) {
    const std::string href = TextAt(link, "href"), host = "http://test";
    EXPECT_TRUE(href.starts_with(host)) << href;
    return href.substr(host.size());
  }
  // That of a link of an answer; empty when there is none.
  std::string LinkOf(const std::string& target, const std::string& rel) {
    const Value document = MustParse(Get(target).body);
    for (const Value& link : *document.Find("links")->array()) {
      if (TextAt(link, "rel") == rel) return TargetOf(link);
    }
    return "";
  }
  Value ValueOf(const std::string& parcel) {
    const auto reply = Ask(served->port(), RequestText("POST", "/v1/valuations", parcel,
                                                       "Content-Type: application/json\r\n"
                                                       "Accept-Language: en\r\n"));
    EXPECT_EQ(reply->status, 200) << reply->body;
    return MustParse(reply->body);
  }

  County county;
  std::optional<Served> served;
};

using Lines = std::vector<std::string>;
const std::string kItems = "/ogc/collections/431230.td%202026/items";

TEST_F(Zones, AreGeoJsonWithThePricesOfTheirPublication) {
  const std::string target = "/v1/publications/td%202026/zones";
  EXPECT_EQ(Features(target),
            (Lines{"residential-1 790", "residential-2 710", "residential-3 590",
                   "residential-4 510", "residential-5 460", "residential-6 735"}));
  EXPECT_EQ(Features("/v1/publications/td-2022/zones")[1], "residential-2 650");
  const Value document = MustParse(Get(target).body);
  const Value& zone = document.Find("features")->array()->back();
  EXPECT_EQ(json::ToLine(*zone.Find("properties")),
            "{\"publication\": \"td 2026\", \"county\": \"431230\", \"area\": \"城区\", \"use\": "
            "\"residential\", \"name\": \"居住用地\", \"sub_use\": \"\", \"grade\": 2, \"zone\": "
            "\"J201\", \"price_yuan_per_sqm\": 735, \"price_wan_yuan_per_mu\": 49, \"far\": null, "
            "\"effective_from\": \"2026-01-06\", \"effective_until\": null, \"status\": "
            "\"published\"}");
  EXPECT_EQ(
      json::ToLine(*zone.Find("geometry")),
      "{\"coordinates\": [[[109.792, 26.152], [109.794, 26.152], [109.794, 26.154], [109.792, "
      "26.154], [109.792, 26.152]]], \"type\": \"Polygon\"}");
  // As it was known before its successor.
  const Value then = MustParse(Get("/v1/publications/td-2022/zones?known_at=2025-12-01").body);
  EXPECT_EQ(TextAt(then, "status"), "published");
  EXPECT_EQ(TextAt(MustParse(Get("/v1/publications/td-2022/zones").body), "effective_until"),
            "2026-01-06");
  ExpectProblem("/v1/publications/td-north/zones", 404, "DJ-2713");
  ExpectProblem("/v1/publications/nothing/zones", 404, "DJ-7011");
}

TEST_F(Zones, AreTaggedAndPacked) {
  for (const std::string& target : {std::string("/v1/publications/td%202026/zones"),
                                    std::string("/ogc"), std::string("/ogc/collections"), kItems}) {
    const Reply whole = Get(target);
    const std::string tag = whole.Field("etag");
    ASSERT_TRUE(tag.starts_with('"')) << target;
    EXPECT_EQ(Get(target, "If-None-Match: " + tag + "\r\n").status, 304) << target;
  }
  EXPECT_EQ(Get(kItems, "Accept-Encoding: gzip\r\n").Field("content-encoding"), "gzip");
}

TEST_F(Zones, ACollectionIsEveryPublicationWithShapes) {
  const Value document = MustParse(Get("/ogc/collections").body);
  const Value::Array& collections = *document.Find("collections")->array();
  ASSERT_EQ(collections.size(), 2U);
  EXPECT_EQ(TextAt(collections[0], "id"), "431230.td-2022");
  EXPECT_EQ(json::ToLine(*collections[0].Find("extent")),
            "{\"spatial\": {\"bbox\": [[109.78, 26.15, 109.83, 26.16]], \"crs\": "
            "\"http://www.opengis.net/def/crs/OGC/1.3/CRS84\"}, \"temporal\": {\"interval\": "
            "[[\"2022-01-01T00:00:00Z\", \"2026-01-06T00:00:00Z\"]], \"trs\": "
            "\"http://www.opengis.net/def/uom/ISO-8601/0/Gregorian\"}}");
  EXPECT_EQ(json::ToLine(MustParse(Get("/ogc/collections/431230.td%202026").body)),
            json::ToLine(collections[1]));
  ExpectProblem("/ogc/collections/431230.td-north", 404, "DJ-2713");
  ExpectProblem("/ogc/collections/td-2022", 404, "DJ-2713");
}

// From the landing page every route is reached by its links alone.
TEST_F(Zones, LinksLeadEverywhere) {
  EXPECT_EQ(Get(LinkOf("/ogc", "service-desc")).status, 200);
  EXPECT_NE(Get(LinkOf("/ogc", "conformance")).body.find("ogcapi-features-1/1.0/conf/core"),
            std::string::npos);
  const Value list = MustParse(Get(LinkOf("/ogc", "data")).body);
  std::string items;
  for (const Value& link : *list.Find("collections")->array()->back().Find("links")->array()) {
    EXPECT_EQ(Get(TargetOf(link)).status, 200);
    if (TextAt(link, "rel") == "items") items = TargetOf(link);
  }
  EXPECT_EQ(items, kItems);
  const std::string feature = items + "/residential-6";
  EXPECT_EQ(LinkOf(feature, "self"), feature);
  EXPECT_EQ(TextAt(*MustParse(Get(feature).body).Find("properties"), "zone"), "J201");
  ExpectProblem(items + "/residential-7", 404, "DJ-2715");
}

// Links are of the name by which the client reached the service, and of nothing else.
TEST_F(Zones, LinksHaveTheNameOfTheService) {
  const auto first = [&](const std::string& host, const std::string& fields = "") {
    const auto reply =
        Ask(served->port(), "GET /ogc HTTP/1.1\r\nHost: " + host + "\r\n" + fields + "\r\n");
    return TextAt(MustParse(reply->body).Find("links")->array()->front(), "href");
  };
  EXPECT_EQ(first("prices.example:8080"), "http://prices.example:8080/ogc");
  EXPECT_EQ(first("[::1]:8080"), "http://[::1]:8080/ogc");
  EXPECT_EQ(first("evil/\"<b>"), "/ogc");
  EXPECT_EQ(first("test", "X-Forwarded-Proto: https\r\n"), "http://test/ogc");  // nobody said so
  http::Limits limits = QuickLimits();
  limits.behind_proxy = true;
  served.emplace(limits, http::Routes(), kSource / "rules/packs", county.Source());
  EXPECT_EQ(first("test"), "https://test/ogc");
  EXPECT_EQ(first("test", "X-Forwarded-Proto: http\r\n"), "http://test/ogc");
}

TEST_F(Zones, PagesFollowOneAnother) {
  Lines all;
  std::string target = kItems + "?limit=4&use=residential", last;
  while (!target.empty()) {
    const Lines page = Features(target);
    all.insert(all.end(), page.begin(), page.end());
    last = target;
    target = LinkOf(target, "next");
  }
  EXPECT_EQ(all, Features(kItems));
  EXPECT_EQ(last, kItems + "?use=residential&limit=4&offset=4");
  EXPECT_EQ(LinkOf(last, "prev"), kItems + "?use=residential&limit=4&offset=0");
  const Value page = MustParse(Get(last).body);
  EXPECT_EQ(TextAt(page, "numberMatched"), "6");
  EXPECT_EQ(TextAt(page, "numberReturned"), "2");
  EXPECT_EQ(Features(kItems + "?offset=6"), Lines{});
  EXPECT_EQ(Features(kItems + "?limit=99999999").size(), 6U);
}

TEST_F(Zones, FeaturesAreFoundByPlaceTimeAndProperties) {
  const auto found = [&](const std::string& query) { return Features(kItems + "?" + query); };
  EXPECT_EQ(found("grade=2"), (Lines{"residential-2 710", "residential-6 735"}));
  EXPECT_EQ(found("zone=J201"), Lines{"residential-6 735"});
  EXPECT_EQ(found("use=commercial"), Lines{});
  EXPECT_EQ(found("bbox=109.7905,26.1505,109.7915,26.1515"), Lines{"residential-2 710"});
  EXPECT_EQ(found("bbox=109.79,26.1,109.79,26.2"),  // a border belongs to both
            (Lines{"residential-1 790", "residential-2 710"}));
  EXPECT_EQ(found("bbox=109.793,26.153,0,109.793,26.153,9").size(), 2U);  // heights do not count
  EXPECT_EQ(found("bbox=100,20,109,30"), Lines{});
  EXPECT_EQ(found("bbox=170,20,109.785,30"), Lines{"residential-1 790"});  // over the antimeridian
  EXPECT_EQ(found("datetime=2026-01-05"), Lines{});
  EXPECT_EQ(found("datetime=2026-01-06T08:00:00Z").size(), 6U);
  EXPECT_EQ(found("datetime=2020-01-01/2026-01-06").size(), 6U);
  EXPECT_EQ(found("datetime=../2025-12-31"), Lines{});
  EXPECT_EQ(found("datetime=2031-01-01/..").size(), 6U);
  EXPECT_EQ(Features("/ogc/collections/431230.td-2022/items?datetime=2026-01-06/.."), Lines{});
}

TEST_F(Zones, WhatAQueryCannotSayIsRefused) {
  for (const char* query :
       {"bbox=1,2,3", "bbox=a,b,c,d", "bbox=109,30,110,20", "bbox=109,20,110,30,",
        "bbox=", "limit=0", "limit=x", "limit=-1", "offset=-1", "datetime=", "datetime=/",
        "datetime=../..", "datetime=2026-02-30", "datetime=2026-02-01/2026-01-01", "grade=0",
        "use=farm", "bbox=nan,1,2,3"}) {
    ExpectProblem(kItems + "?" + query, 400, "DJ-6017");
  }
  ExpectProblem(kItems + "?colour=red", 400, "DJ-6016");
  EXPECT_EQ(Get("/ogc/collections/431230.td-2022/things").status, 404);
  EXPECT_EQ(Get("/ogc/collections//items").status, 404);
}

TEST_F(Zones, AnswersAreAsOpenApiDescribesThem) {
  const Value schemas = http::OpenApiSchemas(served->rules.Now()->pack(), Language::kEn);
  const auto hold = [&](const std::string& target, const char* name) {
    const Reply reply = Get(target);
    EXPECT_EQ(reply.status, 200) << reply.body;
    Validate(MustParse(reply.body), *schemas.Find(name), schemas, name);
  };
  hold("/v1/publications/td-2022/zones", "ZoneFeatures");
  hold("/ogc", "FeatureService");
  hold("/ogc/conformance", "Conformance");
  hold("/ogc/collections", "Collections");
  hold("/ogc/collections/431230.td-2022", "Collection");
  hold(kItems, "FeaturePage");
  hold(kItems + "/residential-1", "Feature");
}

// Another program reads it: the OGC API - Features client of GDAL.
TEST_F(Zones, GdalReadsTheServiceAsALayer) {
  GDALAllRegister();
  const std::string name = "OAPIF:http://127.0.0.1:" + std::to_string(served->port()) + "/ogc";
  const std::unique_ptr<GDALDataset> dataset(
      GDALDataset::Open(name.c_str(), GDAL_OF_VECTOR, nullptr, nullptr, nullptr));
  ASSERT_NE(dataset, nullptr) << CPLGetLastErrorMsg();
  ASSERT_EQ(dataset->GetLayerCount(), 2);
  OGRLayer* const layer = dataset->GetLayerByName("431230.td-2022");
  ASSERT_NE(layer, nullptr);
  EXPECT_EQ(layer->GetFeatureCount(), 6);
  layer->SetSpatialFilterRect(109.7905, 26.1505, 109.7915, 26.1515);
  int features = 0;
  for (const auto& feature : layer) {
    EXPECT_EQ(feature->GetFieldAsInteger("grade"), 2);
    EXPECT_EQ(feature->GetFieldAsDouble("price_yuan_per_sqm"), 650);
    EXPECT_TRUE(feature->GetGeometryRef()->IsValid());
    ++features;
  }
  EXPECT_EQ(features, 1);
}

// Everything of a parcel but its grade.
std::string Parcel(const std::string& place, const std::string& area = "城区") {
  std::string parcel = io::ReadText(kSource / "service/examples/parcel.json");
  const std::string grade = "\"grade\": 2";
  return parcel.replace(parcel.find(grade), grade.size(), "\"area\": \"" + area + "\", " + place);
}

TEST_F(Zones, AParcelIsPlacedByItsCoordinates) {
  const Value stated = ValueOf(Parcel("\"grade\": 2"));
  const Value placed = ValueOf(Parcel("\"x\": 109.7912, \"y\": 26.1595"));
  EXPECT_EQ(TextAt(placed, "unit_price_yuan_per_sqm"), TextAt(stated, "unit_price_yuan_per_sqm"));
  EXPECT_EQ(json::ToLine(*placed.Find("steps")), json::ToLine(*stated.Find("steps")));
  EXPECT_NE(json::ToLine(*placed.Find("warnings"))
                .find("by its coordinates (109.7912, 26.1595) the parcel is in residential 2"),
            std::string::npos);
  const Value zone =
      ValueOf(Parcel("\"x\": \"109.793\", \"y\": \"26.153\", \"crs\": \"EPSG:4490\""));
  EXPECT_EQ(TextAt(zone, "base_price_yuan_per_sqm"), "735");
  EXPECT_NE(json::ToLine(*zone.Find("steps")).find("zone J201"), std::string::npos);
  const auto missing = [&](const std::string& place, const std::string& area = "城区") {
    const Value answer = ValueOf(Parcel(place, area));
    EXPECT_EQ(TextAt(answer, "status"), "withheld");
    EXPECT_TRUE(answer.Find("steps")->array()->empty());
    return TextAt(answer.Find("missing")->array()->front(), "code");
  };
  EXPECT_EQ(missing("\"x\": 109.79, \"y\": 26.155"), "DJ-2717");
  EXPECT_EQ(missing("\"x\": 109.9, \"y\": 26.155"), "DJ-2716");
  EXPECT_EQ(missing("\"x\": 26.155, \"y\": 109.79"), "DJ-2704");
  EXPECT_EQ(missing("\"x\": 109.79"), "DJ-2720");
  EXPECT_EQ(missing("\"x\": 109.79, \"y\": 26.155", "北区"), "DJ-2713");
}

// A map is evidence called zones.geojson, in any form of GeoJSON.
TEST_F(Zones, AMapComesInWithItsPublication) {
  const std::string key = county.AddKey("赵六", app::Role::kClerk);
  served.emplace(QuickLimits(), http::Routes(), kSource / "rules/packs", county.Source(),
                 county.Keys(), county.Desk());
  const std::string map = io::ReadText(kSource / "tests/golden/tongdao/zones.geojson");
  const auto import = [&](const std::string& text) {
    Value body{Value::Object()}, file{Value::Object()};
    body.Add("publication", json::WritePublication(Round("td-2030", "2030-01-01", "800")));
    file.Add("name", Value::Text("zones.geojson"));
    file.Add("text", Value(text));
    body.Add("evidence", Value(Value::Array{std::move(file)}));
    return *Ask(
        served->port(),
        RequestText("POST", "/v1/publications", json::ToLine(body),
                    "Content-Type: application/json\r\nAuthorization: Bearer " + key + "\r\n"));
  };
  const Reply done = import(map);
  ASSERT_EQ(done.status, 201) << done.body;
  EXPECT_EQ(TextAt(MustParse(done.body).Find("evidence")->array()->front(), "name"),
            "zones.geojson");
  std::string twisted = map;
  const std::string grade = "\"级别\": \"Ⅴ\"";
  twisted.replace(twisted.find(grade), grade.size(), "\"级别\": \"九级\"");
  const Reply refused = import(twisted);
  EXPECT_EQ(refused.status, 422);
  const Value problem = MustParse(refused.body);
  const Value::Array& errors = *problem.Find("errors")->array();
  // A grade too many, one that is missing, and three uses of which nothing is drawn.
  ASSERT_EQ(errors.size(), 5U) << refused.body;
  EXPECT_EQ(TextAt(errors.front(), "code"), "DJ-2708");
  EXPECT_EQ(TextAt(errors.front(), "row"), "6");
  EXPECT_EQ(TextAt(errors[1], "code"), "DJ-2710");
  EXPECT_EQ(TextAt(errors.back(), "code"), "DJ-2711");
  EXPECT_EQ(import("no map").status, 422);
}

TEST_F(Zones, ABatchIsPlacedRowByRow) {
  const std::string rows =
      "parcel_id,county,area,use,valuation_date,x,y,far,term_years,development_level\n"
      "A,431230,城区,residential,2026-06-03,109.785,26.155,2,70,五通一平\n"
      "B,431230,城区,residential,2026-06-03,109.9,26.155,2,70,五通一平\n";
  const auto reply = Ask(served->port(), RequestText("POST", "/v1/valuations/batch", rows,
                                                     "Content-Type: text/csv\r\n"));
  ASSERT_EQ(reply->status, 200);
  EXPECT_NE(reply->body.find("DJ-2718"), std::string::npos) << reply->body;
  EXPECT_NE(reply->body.find("DJ-2716"), std::string::npos) << reply->body;
}

}  // namespace
}  // namespace dijia::test
