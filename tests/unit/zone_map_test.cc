// In which place a point lies: rules at borders, and random maps against a slow twin.
#include "dijia/zone_map.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace dijia {
namespace {

// Millionths of a degree from 110 E, 40 N: 0.085 m and 0.111 m.
GeoPoint At(std::int64_t x, std::int64_t y) {
  return {110'000'000'000 + x * 1000, 40'000'000'000 + y * 1000};
}

MapRing Square(std::int64_t x, std::int64_t y, std::int64_t side) {
  return {At(x, y), At(x + side, y), At(x + side, y + side), At(x, y + side)};
}

MappedPlace Grade(int grade, std::vector<MapPolygon> polygons, std::string sub_use = "") {
  return {LandUse::kResidential, std::move(sub_use), grade, "", std::move(polygons)};
}
MappedPlace Zone(const std::string& zone, int grade, std::vector<MapPolygon> polygons) {
  return {LandUse::kResidential, "", grade, zone, std::move(polygons)};
}

ZoneMap MapOf(std::vector<MappedPlace> places) {
  Normalise(places);
  return ZoneMap(std::move(places));
}

// `NAME`, `NAME|NAME` on a border, or `outside NAME METRES`.
std::string Where(const ZoneMap& map, const GeoPoint& point, const std::string& sub_use = "") {
  const ZoneMap::Answer answer = map.Locate(point, LandUse::kResidential, sub_use);
  std::string names;
  for (const MappedPlace* place : answer.places) {
    names += (names.empty() ? "" : "|") +
             (answer.is_grade_only ? std::to_string(place->grade) : NameOf(*place));
  }
  if (!names.empty()) return names;
  if (answer.nearest == nullptr) return "no shapes";
  return "outside " + NameOf(*answer.nearest) + " " + std::to_string(std::lround(answer.metres));
}

// Two grades side by side, the second with a hole, and a zone in the first.
ZoneMap Town() {
  return MapOf({Grade(1, {{Square(0, 0, 1000), {}}}),
                Grade(2, {{Square(1000, 0, 1000), {Square(1400, 400, 200)}}}),
                Zone("J101", 1, {{Square(100, 100, 300), {}}})});
}

TEST(ZoneMap, APointIsInTheZoneElseInTheGrade) {
  const ZoneMap map = Town();
  EXPECT_EQ(Where(map, At(500, 500)), "residential 1");
  EXPECT_EQ(Where(map, At(1200, 500)), "residential 2");
  EXPECT_EQ(Where(map, At(200, 200)), "residential J101");
  EXPECT_EQ(Where(map, At(100, 200)), "residential J101");  // its border is its own
}

TEST(ZoneMap, AZoneBesideAnotherGradeEndsAtItsBorder) {
  const ZoneMap map =
      MapOf({Grade(1, {{Square(0, 0, 1000), {}}}), Zone("J201", 2, {{Square(1000, 0, 500), {}}})});
  EXPECT_EQ(Where(map, At(1000, 200)), "residential 1|residential J201");
  EXPECT_EQ(Where(map, At(1000, 200), "旅馆"), "1|2");
  EXPECT_EQ(Where(map, At(1001, 200)), "residential J201");
}

TEST(ZoneMap, APointBetweenTwoGradesIsInNeither) {
  const ZoneMap map = Town();
  EXPECT_EQ(Where(map, At(1000, 500)), "residential 1|residential 2");
  const GeoPoint border = At(1000, 500);
  // One unit of longitude is 0.0000852 m here: 0.049 m are 575, 0.052 m are 610.
  for (const int side : {-1, 1}) {
    EXPECT_EQ(Where(map, {border.longitude + side * 575, border.latitude}),
              "residential 1|residential 2");
    EXPECT_EQ(Where(map, {border.longitude + side * 610, border.latitude}),
              side < 0 ? "residential 1" : "residential 2");
  }
}

TEST(ZoneMap, AHoleIsOutsideAndTheNearestIsNamed) {
  const ZoneMap map = Town();
  EXPECT_EQ(Where(map, At(1500, 500)), "outside residential 2 9");  // 100 × 0.0852 m
  EXPECT_EQ(Where(map, At(-2000, 500)), "outside residential 1 171");
  EXPECT_EQ(Where(map, At(500, 3000)), "outside residential 1 222");
  EXPECT_EQ(map.Locate(At(500, 500), LandUse::kIndustrial, "").nearest, nullptr);
}

TEST(ZoneMap, ASubUseHasItsOwnGradesElseThoseOfTheUse) {
  const ZoneMap map =
      MapOf({Grade(1, {{Square(0, 0, 1000), {}}}), Grade(3, {{Square(0, 0, 500), {}}}, "旅馆"),
             Zone("J101", 2, {{Square(1600, 600, 300), {}}})});
  EXPECT_EQ(Where(map, At(200, 200), "旅馆"), "residential 旅馆 3");
  EXPECT_EQ(Where(map, At(200, 200), "办公"), "residential 1");
  EXPECT_EQ(Where(map, At(1700, 700), "办公"), "2");  // the grade of the zone, not its price
  EXPECT_EQ(Where(map, At(200, 200)), "residential 1");
}

// Pieces of one place that touch are one place.
TEST(ZoneMap, PiecesOfOneGradeHaveNoBorderBetweenThem) {
  const ZoneMap map =
      MapOf({Grade(1, {{Square(0, 0, 1000), {}}}), Grade(1, {{Square(1000, 0, 1000), {}}})});
  EXPECT_EQ(Where(map, At(1000, 500)), "residential 1");
}

TEST(ZoneMap, ShapesHaveOneFormHoweverTheyWereDrawn) {
  std::vector<MappedPlace> one{Grade(2, {{Square(1000, 0, 1000), {Square(1400, 400, 200)}}}),
                               Grade(1, {{Square(0, 0, 1000), {}}, {Square(0, 5000, 10), {}}})};
  std::vector<MappedPlace> other{one[1], one[0]};
  std::ranges::reverse(other[0].polygons);
  for (MappedPlace& place : other) {
    for (MapPolygon& polygon : place.polygons) {
      std::ranges::reverse(polygon.outside);
      std::rotate(polygon.outside.begin(), polygon.outside.begin() + 2, polygon.outside.end());
      polygon.outside.push_back(polygon.outside.front());  // closed, and a point twice
      polygon.outside.insert(polygon.outside.begin(), polygon.outside.front());
    }
  }
  Normalise(one);
  Normalise(other);
  EXPECT_EQ(one, other);
  // Anticlockwise from its least point; the hole clockwise.
  EXPECT_EQ(one.front().polygons.front().outside, Square(0, 0, 1000));
  EXPECT_EQ(one.back().polygons.front().holes.front()[1], At(1400, 600));
}

// The obvious way: every edge of every polygon, in long double metres around the point.
bool SlowHas(const MapPolygon& polygon, const GeoPoint& p) {
  bool inside = false;
  const auto ring = [&](const MapRing& points) {
    for (std::size_t i = 0; i < points.size(); ++i) {
      const GeoPoint &a = points[i], &b = points[(i + 1) % points.size()];
      if ((a.latitude > p.latitude) == (b.latitude > p.latitude)) continue;
      const long double at = static_cast<long double>(a.longitude) +
                             static_cast<long double>(p.latitude - a.latitude) *
                                 static_cast<long double>(b.longitude - a.longitude) /
                                 static_cast<long double>(b.latitude - a.latitude);
      if (at > static_cast<long double>(p.longitude)) inside = !inside;
    }
  };
  ring(polygon.outside);
  for (const MapRing& hole : polygon.holes) ring(hole);
  return inside;
}

long double SlowMetres(const MapPolygon& polygon, const GeoPoint& p) {
  constexpr long double kEast = 85'394.0L * 1e-9L, kNorth = 111'035.0L * 1e-9L;  // at 40 N
  long double least = 1e30L;
  for (std::size_t i = 0; i < polygon.outside.size(); ++i) {
    const GeoPoint &a = polygon.outside[i], &b = polygon.outside[(i + 1) % polygon.outside.size()];
    const long double ax = static_cast<long double>(a.longitude - p.longitude) * kEast,
                      ay = static_cast<long double>(a.latitude - p.latitude) * kNorth,
                      dx = static_cast<long double>(b.longitude - a.longitude) * kEast,
                      dy = static_cast<long double>(b.latitude - a.latitude) * kNorth;
    const long double t = std::clamp(-(ax * dx + ay * dy) / (dx * dx + dy * dy), 0.0L, 1.0L);
    least = std::min(least, std::hypot(ax + t * dx, ay + t * dy));
  }
  return least;
}

// A star around a centre: many points, never crossing itself.
MapRing Star(std::mt19937_64& random, std::int64_t x, std::int64_t y, std::int64_t size) {
  MapRing ring;
  const int points = static_cast<int>(3 + random() % 60);
  for (int i = 0; i < points; ++i) {
    const double angle = 6.283185307179586 * i / points;
    const double radius =
        static_cast<double>(size) * (0.3 + 0.7 * static_cast<double>(random() % 1000) / 1000);
    ring.push_back(
        At(x + std::llround(radius * std::cos(angle)), y + std::llround(radius * std::sin(angle))));
  }
  return ring;
}

TEST(ZoneMap, RandomMapsAnswerAsTheSlowTwinDoes) {
  std::mt19937_64 random(2026);
  int inside = 0, outside = 0;
  for (int round = 0; round < 40; ++round) {
    std::vector<MappedPlace> places;
    // Cells of a grid, so that shapes do not overlap.
    for (std::int64_t i = 0; i < 36; ++i) {
      places.push_back(
          Grade(static_cast<int>(i + 1), {{Star(random, i % 6 * 2000, i / 6 * 2000, 900), {}}}));
    }
    Normalise(places);
    const ZoneMap map(places);
    for (int i = 0; i < 500; ++i) {
      const GeoPoint p{110'000'000'000 + static_cast<std::int64_t>(random() % 11'000'000) - 500'000,
                       40'000'000'000 + static_cast<std::int64_t>(random() % 11'000'000) - 500'000};
      const ZoneMap::Answer answer = map.Locate(p, LandUse::kResidential, "");
      const auto found = std::ranges::find_if(places, [&](const MappedPlace& place) {
        return SlowHas(place.polygons.front(), p) || SlowMetres(place.polygons.front(), p) < 0.05L;
      });
      if (found != places.end()) {
        ++inside;
        ASSERT_EQ(answer.places.size(), 1U) << round << ' ' << i;
        EXPECT_EQ(*answer.places.front(), *found);
        continue;
      }
      ++outside;
      ASSERT_TRUE(answer.places.empty());
      long double least = 1e30L;
      for (const MappedPlace& place : places) {
        least = std::min(least, SlowMetres(place.polygons.front(), p));
      }
      EXPECT_NEAR(answer.metres, static_cast<double>(least),
                  0.01 + 1e-3 * static_cast<double>(least));
    }
  }
  EXPECT_GT(inside, 2000);
  EXPECT_GT(outside, 2000);
}

}  // namespace
}  // namespace dijia
