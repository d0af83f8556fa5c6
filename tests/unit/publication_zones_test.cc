// Maps of grades and zones: read in every format, held against the prices, and what is wrong.
#include "app/publication_zones.h"

#include <gdal_priv.h>
#include <gtest/gtest.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "app/publication_map.h"
#include "dijia/base/codes.h"
#include "io/file_error.h"
#include "io/file_text.h"
#include "json/zones_codec.h"
#include "support/map_files.h"
#include "support/temporary_folder.h"

namespace dijia::test {
namespace {

namespace fs = std::filesystem;

// Two residential grades, the first with a zone, and one industrial grade that nobody drew.
Publication Town() {
  Publication town;
  town.id = "town-2026";
  town.county = "152502";
  const auto grade = [](int number, const char* price) {
    PublishedGrade made;
    made.grade = number;
    made.price = *UnitPrice::Parse(price);
    return made;
  };
  PublishedUse& homes = town.uses[LandUse::kResidential];
  homes.grades = {grade(1, "790"), grade(2, "710")};
  PublishedZone zone;
  zone.zone = "J101";
  zone.grade = 1;
  zone.price = *UnitPrice::Parse("800");
  homes.zones = {zone};
  town.uses[LandUse::kIndustrial].grades = {grade(1, "350")};
  return town;
}

std::vector<MapFeature> Shapes() {
  return {{{"居住用地", "Ⅰ", ""}, SquareWkt(116.00, 43.90, 0.01)},
          {{"居住用地", "二级", ""}, SquareWkt(116.01, 43.90, 0.01)},
          {{"住宅用地", "", "J101"}, SquareWkt(116.002, 43.902, 0.004)}};
}

class PublicationZones : public testing::Test {
 protected:
  fs::path File(const std::string& name) const { return folder_.path() / name; }
  std::optional<std::vector<MappedPlace>> Read(const std::vector<fs::path>& files) {
    std::vector<io::ZoneLayerSource> sources;
    for (const fs::path& file : files) sources.push_back({file, std::nullopt});
    problems_ = {};
    return app::ReadZones(sources, town_, reference_, problems_);
  }
  std::optional<std::vector<MappedPlace>> ReadShapes(const std::vector<MapFeature>& shapes) {
    fs::remove(File("map.gpkg"));
    WriteMap(File("map.gpkg"), {{.features = shapes}});
    return Read({File("map.gpkg")});
  }
  // `code row text` of every problem but notes.
  std::vector<std::string> Problems() const {
    std::vector<std::string> lines;
    for (const Diagnostic& d : problems_.kept()) {
      if (RowOf(d.code).severity == Severity::kNote) continue;
      lines.push_back(CodeId(d.code) + " " + std::to_string(d.where.row) + " " +
                      TextOf(d, Language::kEn));
    }
    return lines;
  }

  TemporaryFolder folder_;
  Publication town_ = Town();
  Diagnostics problems_;
  const io::Reference reference_ =
      *io::LoadReference(fs::path(DIJIA_SOURCE_DIR) / "data/reference");
};

using Lines = std::vector<std::string>;
const std::string kNotDrawn =
    "DJ-2711 0 the use industrial has no shapes; its parcels cannot be valued by coordinates";

TEST_F(PublicationZones, GdalKnowsGeos) { EXPECT_TRUE(OGRGeometryFactory::haveGEOS()); }

// One map through formats, systems of coordinates, axis orders, encodings and names of fields.
TEST_F(PublicationZones, TheSameMapGivesTheSameBytesInEveryForm) {
  const auto places = ReadShapes(Shapes());
  ASSERT_TRUE(places);
  EXPECT_EQ(Problems(), Lines{kNotDrawn});
  const std::string text = json::WriteZones(*places);
  EXPECT_EQ(places->size(), 3U);
  EXPECT_EQ(places->back().zone, "J101");
  EXPECT_EQ(places->back().grade, 1);  // that of the publication

  const std::vector<std::string> chinese{"用途", "土地级别", "区片编号"};
  std::vector<MapFeature> turned = Shapes();
  std::ranges::reverse(turned);
  const struct {
    const char* file;
    MapOptions options;
  } kForms[] = {{"wgs.gpkg", {.epsg = 4326}},
                {"map.geojson", {.driver = "GeoJSON", .epsg = 4326}},
                {"gbk.shp", {.driver = "ESRI Shapefile", .encoding = "GBK"}},
                {"utf.shp", {.driver = "ESRI Shapefile", .encoding = "UTF-8"}}};
  for (const auto& form : kForms) {
    WriteMap(File(form.file), {{.fields = chinese, .features = turned}}, form.options);
    const auto same = Read({File(form.file)});
    ASSERT_TRUE(same) << form.file << testing::PrintToString(Problems());
    EXPECT_EQ(json::WriteZones(*same), text) << form.file;
  }
}

// EPSG:4526 is easting with the zone number, EPSG:4547 without; both say north, east. Coordinates
// come back to a tenth of a millimetre.
TEST_F(PublicationZones, ProjectedMapsComeBackToTheirDegrees) {
  const auto degrees = ReadShapes(Shapes());
  ASSERT_TRUE(degrees);
  for (const int epsg : {4526, 4547, 4508, 4497, 32650}) {
    const fs::path file = File(std::to_string(epsg) + ".gpkg");
    WriteMap(file, {{.features = Shapes()}}, {.epsg = epsg});
    const auto places = Read({file});
    ASSERT_TRUE(places) << epsg << testing::PrintToString(Problems());
    ASSERT_EQ(places->size(), degrees->size());
    for (std::size_t i = 0; i < places->size(); ++i) {
      const MapRing &one = (*places)[i].polygons.front().outside,
                    &other = (*degrees)[i].polygons.front().outside;
      ASSERT_EQ(one.size(), other.size());
      for (std::size_t j = 0; j < one.size(); ++j) {
        EXPECT_NEAR(static_cast<double>(one[j].longitude), static_cast<double>(other[j].longitude),
                    2)
            << epsg;
        EXPECT_NEAR(static_cast<double>(one[j].latitude), static_cast<double>(other[j].latitude),
                    2);
      }
    }
  }
}

TEST_F(PublicationZones, SystemsThatNeedParametersAndNoneAtAllAreRefused) {
  const auto code_of = [&](int epsg) {
    const fs::path file = File("crs" + std::to_string(epsg) + ".gpkg");
    WriteMap(file, {{.features = Shapes()}}, {.epsg = epsg});
    EXPECT_FALSE(Read({file}));
    return Problems().empty() ? "" : Problems().front().substr(0, 7);
  };
  EXPECT_EQ(code_of(2363), "DJ-1023");   // Xian 1980
  EXPECT_EQ(code_of(21480), "DJ-1023");  // Beijing 1954
  EXPECT_EQ(code_of(4267), "DJ-2703");   // NAD27
  WriteMap(File("none.shp"), {{.features = Shapes()}}, {.driver = "ESRI Shapefile", .epsg = 0});
  EXPECT_FALSE(Read({File("none.shp")}));
  EXPECT_EQ(Problems(), Lines{"DJ-2702 1 the layer \"none\" states no coordinate system; CGCS2000 "
                              "and WGS 84 are allowed"});
}

// Everything at once, each with its row.
TEST_F(PublicationZones, EveryFaultOfAMapIsNamedAtOnce) {
  std::vector<MapFeature> shapes = Shapes();
  shapes.push_back({{"居住用地", "3", ""}, SquareWkt(116.05, 43.9, 0.01)});      // 5
  shapes.push_back({{"居住用地", "2", "J101"}, SquareWkt(116.06, 43.9, 0.01)});  // 6
  shapes.push_back({{"居住用地", "2", ""}, ""});                                 // 7
  shapes.push_back({{"居住用地", "2", ""}, "POINT (116 43)"});                   // 8
  shapes.push_back({{"月球用地", "2", ""}, SquareWkt(116.07, 43.9, 0.01)});      // 9
  shapes.push_back({{"居住用地", "", ""}, SquareWkt(116.08, 43.9, 0.01)});       // 10
  shapes.push_back({{"居住用地", "甲", ""}, SquareWkt(116.09, 43.9, 0.01)});     // 11
  shapes.push_back({{"居住用地", "2", ""}, SquareWkt(43.9, 46.0, 0.01)});        // 12
  shapes.push_back({{"居住用地", "2", ""},
                    "POLYGON ((116.2 43.9, 116.3 44, 116.3 43.9, 116.2 44, 116.2 43.9))"});  // 13
  shapes.push_back({{"居住用地", "2", ""}, SquareWkt(116.0299, 43.905, 0.01)});              // 14
  shapes.push_back({{"居住用地", "2", ""}, SquareWkt(116.0299, 43.9, 0.01)});                // 15
  shapes.push_back({{"", "2", ""}, SquareWkt(116.4, 43.9, 0.01)});                           // 16
  shapes.push_back({{"商业", "2", ""}, SquareWkt(116.4, 43.9, 0.01)});                       // 17
  EXPECT_FALSE(ReadShapes(shapes));
  Lines expected{
      "DJ-2705 7 there is no polygon",
      "DJ-2705 8 there is no polygon",
      "DJ-1111 9 \"月球用地\" is not a known use; allowed are: commercial, residential, "
      "industrial, "
      "storage, public_service, public_utility, transport, other",
      "DJ-1256 10 \"grade\" is missing",
      "DJ-1109 11 \"甲\" is not a land grade; a grade such as 1, 一级 or Ⅰ is allowed",
      "DJ-2704 12 (43.9, 46) is not in China (longitude 73 to 136, latitude 3 to 54): the axes are "
      "exchanged, or the coordinate system is another one",
      "DJ-1256 16 \"use\" is missing",
      "DJ-2708 5 the publication has no residential 3; it has: residential 1, residential 2",
      "DJ-2709 6 the zone \"J101\" is said to be of grade 2; in the publication it is of grade 1",
      "DJ-2708 17 the publication has no commercial 2; it has: residential, industrial",
      kNotDrawn,
      "DJ-2706 13 the polygon is not valid: Self-intersection at or near point 116.25, 43.95",
      "DJ-2707 15 residential 2 overlaps residential 2 of row 14 by 446418 m²; shapes of one use "
      "may "
      "overlap no wider than 0.05 m"};
  EXPECT_EQ(Problems(), expected);
}

TEST_F(PublicationZones, WhatIsPublishedMustBeDrawn) {
  std::vector<MapFeature> shapes = Shapes();
  shapes.erase(shapes.begin() + 1, shapes.end());  // grade 1 only
  EXPECT_FALSE(ReadShapes(shapes));
  EXPECT_EQ(Problems(),
            (Lines{"DJ-2710 0 residential J101 of the publication has no shape",
                   "DJ-2710 0 residential 2 of the publication has no shape", kNotDrawn}));
  // A grade is drawn by its zones too, and a sub-use by the use.
  std::vector<PublishedGrade>& grades = town_.uses[LandUse::kResidential].grades;
  grades.push_back(grades.front());
  grades.back().sub_use = "公寓";
  shapes = Shapes();
  shapes.erase(shapes.begin());
  EXPECT_TRUE(ReadShapes(shapes)) << testing::PrintToString(Problems());
}

// Borders that were digitised twice differ by millimetres: these are no overlaps.
TEST_F(PublicationZones, SliversThinnerThanABorderAreNoOverlaps) {
  std::vector<MapFeature> shapes = Shapes();
  shapes[1].wkt = SquareWkt(116.01 - 0.0000005, 43.9, 0.01);  // 0.04 m
  EXPECT_TRUE(ReadShapes(shapes)) << testing::PrintToString(Problems());
  shapes[1].wkt = SquareWkt(116.01 - 0.0000008, 43.9, 0.01);  // 0.064 m
  EXPECT_FALSE(ReadShapes(shapes));
  EXPECT_EQ(Problems().back().substr(0, 9), "DJ-2707 3");
}

TEST_F(PublicationZones, AZoneLiesInItsOwnGrade) {
  std::vector<MapFeature> shapes = Shapes();
  shapes[2].wkt = SquareWkt(116.008, 43.902, 0.004);  // half of it in grade 2
  EXPECT_FALSE(ReadShapes(shapes));
  EXPECT_EQ(Problems().back().substr(0, 61),
            "DJ-2707 4 residential J101 overlaps residential 2 of row 3 by");
}

TEST_F(PublicationZones, LayersOfOtherThingsAreNotMaps) {
  WriteMap(
      File("two.gpkg"),
      {{.name = "extent", .fields = {"name"}, .features = {{{"城区"}, SquareWkt(116, 43.9, 1)}}},
       {.name = "zones", .features = Shapes()}});
  EXPECT_TRUE(Read({File("two.gpkg")})) << testing::PrintToString(Problems());
  WriteMap(
      File("other.gpkg"),
      {{.name = "extent", .fields = {"name"}, .features = {{{"城区"}, SquareWkt(116, 43.9, 1)}}}});
  EXPECT_FALSE(Read({File("other.gpkg")}));
  EXPECT_EQ(Problems().front(),
            "DJ-2701 0 no layer of polygons has the fields use and grade (or zone); the layers and "
            "their fields are: extent: name");
  // One layer for each use, in files of their own.
  std::vector<MapFeature> shapes = Shapes();
  WriteMap(File("a.gpkg"), {{.features = {shapes[0], shapes[2]}}});
  WriteMap(File("b.gpkg"), {{.features = {shapes[1]}}});
  EXPECT_TRUE(Read({File("a.gpkg"), File("b.gpkg")})) << testing::PrintToString(Problems());
}

TEST_F(PublicationZones, WhatCannotBeReadIsRefusedByName) {
  const auto code_of = [&](const fs::path& file) {
    try {
      EXPECT_FALSE(Read({file}));
    } catch (const io::FileError& error) {
      return "thrown " + CodeId(error.diagnostic().code);
    }
    return CodeId(problems_.kept().front().code);
  };
  io::WriteText(File("broken.geojson"), "{\"type\": \"FeatureColl");
  io::WriteText(File("table.csv"), "use,grade\n");
  EXPECT_EQ(code_of(File("broken.geojson")), "DJ-1017");
  EXPECT_EQ(code_of(File("nothing.gpkg")), "thrown DJ-1001");
  EXPECT_EQ(code_of(File("table.csv")), "DJ-2701");
}

// GDAL gives the bytes of a GeoJSON on as they are.
TEST_F(PublicationZones, NamesThatAreNotUtf8AreRefused) {
  WriteMap(File("map.geojson"), {{.features = Shapes()}}, {.driver = "GeoJSON", .epsg = 4326});
  std::string text = io::ReadText(File("map.geojson"));
  text.replace(text.find("J101"), 4, "\xc7\xf8\xc6\xac");
  io::WriteText(File("gbk.geojson"), text);
  EXPECT_FALSE(Read({File("gbk.geojson")}));
  EXPECT_EQ(Problems(), Lines{"DJ-1274 4 the text is not UTF-8; save it as UTF-8"});
}

TEST_F(PublicationZones, AMapOfTooManyPointsIsRefused) {
  WriteMap(File("map.gpkg"), {{.features = Shapes()}});
  EXPECT_FALSE(
      app::ReadZones({{File("map.gpkg"), std::nullopt}}, town_, reference_, problems_, 14));
  EXPECT_EQ(Problems(), Lines{"DJ-2723 0 the shapes have 15 vertices; at most 14 are allowed"});
}

// Arcs become chords, heights are left out, and a shape of several parts is one place.
TEST_F(PublicationZones, CurvesHeightsAndPartsAreUnderstood) {
  std::vector<MapFeature> shapes = Shapes();
  shapes[0].wkt =
      "CURVEPOLYGON (CIRCULARSTRING (116 43.9, 116.005 43.905, 116 43.91, 115.995 43.905, 116 "
      "43.9))";
  shapes[1].wkt =
      "MULTIPOLYGON Z (((116.1 43.9 5, 116.2 43.9 5, 116.2 44 5, 116.1 43.9 5)), ((116.3 43.9 5, "
      "116.4 43.9 5, 116.4 44 5, 116.3 43.9 5)))";
  const auto places = ReadShapes(shapes);
  ASSERT_TRUE(places) << testing::PrintToString(Problems());
  EXPECT_GT((*places)[0].polygons.front().outside.size(), 50U);
  EXPECT_EQ((*places)[1].polygons.size(), 2U);
}

// The package that the committee gets, opened again; the same bytes at any time.
TEST_F(PublicationZones, AMapIsWrittenAsAGeoPackage) {
  const auto places = ReadShapes(Shapes());
  ASSERT_TRUE(places);
  const ZoneMap map(*places);
  town_.base_date = *ParseDate("2025-01-01");
  app::Computed computed;
  computed.samples.Resize(3, true);
  for (const char* id : {"甲", "乙", "丙"}) computed.samples.sample_id.Append(id);
  computed.samples.use.assign(3, static_cast<std::uint8_t>(LandUse::kResidential));
  computed.samples.grade.assign(3, 2);
  computed.samples.date.assign(3, ToDays(*ParseDate("2024-05-01")));
  computed.samples.x = {116.015, 500'000, 116.016};  // the second has no zone number
  computed.samples.y = {43.905, 4'400'000, 43.906};
  computed.samples.fate[2] = Fate::kOutlier;
  computed.report.normalized.raw_price = {650, 660, 670};
  computed.report.normalized.normalized = {700.5, 710, 720};
  app::ComputedPublication& one = computed.publications.emplace_back();
  one.draft = town_;
  one.scope.rows = {0, 1, 2};
  ASSERT_TRUE(app::WritePublicationMap(town_, &map, &computed, File("a.gpkg")));
  ASSERT_TRUE(app::WritePublicationMap(town_, &map, &computed, File("b.gpkg")));
  EXPECT_EQ(io::ReadText(File("a.gpkg")), io::ReadText(File("b.gpkg")));
  const std::unique_ptr<GDALDataset> opened(
      GDALDataset::Open(File("a.gpkg").c_str(), GDAL_OF_VECTOR, nullptr, nullptr, nullptr));
  ASSERT_NE(opened, nullptr);
  OGRLayer* const zones = opened->GetLayerByName("zones");
  OGRLayer* const samples = opened->GetLayerByName("samples");
  ASSERT_NE(zones, nullptr);
  ASSERT_NE(samples, nullptr);
  EXPECT_EQ(std::string(zones->GetSpatialRef()->GetAuthorityCode(nullptr)), "4490");
  EXPECT_EQ(zones->GetFeatureCount(), 3);
  const std::unique_ptr<OGRFeature> zone(zones->GetFeature(3));
  EXPECT_EQ(std::string(zone->GetFieldAsString("zone")), "J101");
  EXPECT_EQ(zone->GetFieldAsDouble("price_yuan_per_sqm"), 800);
  EXPECT_TRUE(zone->GetGeometryRef()->IsValid());
  ASSERT_EQ(samples->GetFeatureCount(), 1);  // used, and with coordinates that can be understood
  const std::unique_ptr<OGRFeature> sample(samples->GetFeature(1));
  EXPECT_EQ(std::string(sample->GetFieldAsString("sample_id")), "甲");
  EXPECT_EQ(sample->GetFieldAsDouble("normalized_price_yuan_per_sqm"), 700.5);
  EXPECT_EQ(sample->GetGeometryRef()->toPoint()->getX(), 116.015);
  EXPECT_FALSE(app::WritePublicationMap(town_, nullptr, nullptr, File("c.gpkg")));
  EXPECT_FALSE(fs::exists(File("c.gpkg")));
}

TEST_F(PublicationZones, AKeptTextIsOursAndFitsThePrices) {
  const auto places = ReadShapes(Shapes());
  ASSERT_TRUE(places);
  const std::string text = json::WriteZones(*places);
  EXPECT_EQ(app::KeptZones(text, town_, problems_), places);
  // The kept text is itself a map, of the same bytes.
  problems_ = {};
  const auto again = app::ReadZones({{"zones.geojson", text}}, town_, reference_, problems_);
  ASSERT_TRUE(again) << testing::PrintToString(Problems());
  EXPECT_EQ(json::WriteZones(*again), text);
  for (const std::string& other :
       {text + " ", text.substr(0, text.size() - 1), std::string(),
        std::string("{\"features\":[1]}"),
        std::string(R"({"features":[{"geometry":{"coordinates":[[[1e300,0]]],"type":"Polygon"},)") +
            R"("properties":{"grade":1,"sub_use":"","use":"other","zone":""}}]})"}) {
    problems_ = {};
    EXPECT_FALSE(app::KeptZones(other, town_, problems_)) << other;
    EXPECT_EQ(Problems().front().substr(0, 7), "DJ-2714");
  }
  problems_ = {};
  town_.uses[LandUse::kResidential].grades.pop_back();
  EXPECT_FALSE(app::KeptZones(text, town_, problems_));
  EXPECT_EQ(Problems(),
            Lines{"DJ-2714 0 the shapes of \"town-2026\" cannot be used: the publication "
                  "has no residential 2; it has: residential 1"});
}

}  // namespace
}  // namespace dijia::test
