// Coordinates as points: the Gauss-Krüger zones of CGCS2000 against PROJ.
#include "dijia/geo_point.h"

#include <gtest/gtest.h>
#include <ogr_spatialref.h>

#include <memory>
#include <random>
#include <string>

#include "dijia/base/codes.h"

namespace dijia {
namespace {

// What PROJ makes of degrees, easting first.
class Proj {
 public:
  explicit Proj(int code) {
    OGRSpatialReference from, to;
    from.importFromEPSG(4490);
    EXPECT_EQ(to.importFromEPSG(code), OGRERR_NONE) << code;
    from.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    to.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    way_.reset(OGRCreateCoordinateTransformation(&from, &to));
  }
  bool operator()(double& x, double& y) const { return way_->Transform(1, &x, &y) != 0; }

 private:
  std::unique_ptr<OGRCoordinateTransformation> way_;
};

// Every zone of every family; a unit of a point is a tenth of a millimetre.
TEST(GeoPoint, EveryZoneIsTheOneOfProj) {
  std::mt19937_64 random(2026);
  for (int code = 4491; code <= 4554; ++code) {
    const bool is_wide = code <= 4512;
    const int place = is_wide ? (code - 4491) % 11 : (code - 4513) % 21;
    const double meridian = 75 + place * (is_wide ? 6 : 3), half = is_wide ? 3 : 1.5;
    if (meridian < 76) continue;
    const Proj proj(code);
    for (int i = 0; i < 50; ++i) {
      const double share = static_cast<double>(random() % 20001) / 10000 - 1;
      const double longitude = std::min(135.9, meridian + share * half);
      const double latitude = 4 + static_cast<double>(random() % 49000) / 1000;
      double x = longitude, y = latitude;
      ASSERT_TRUE(proj(x, y));
      Diagnostic fault;
      const auto point = GeoPointOf(x, y, "EPSG:" + std::to_string(code), fault);
      ASSERT_TRUE(point) << code << ' ' << x << ' ' << y;
      EXPECT_NEAR(static_cast<double>(point->longitude), longitude * 1e9, 1.0) << code;
      EXPECT_NEAR(static_cast<double>(point->latitude), latitude * 1e9, 1.0) << code;
      const bool has_number = code <= 4501 || (code >= 4513 && code <= 4533);
      if (has_number) {
        EXPECT_EQ(GeoPointOf(x, y, "", fault), point) << code;
      } else {
        EXPECT_FALSE(GeoPointOf(x, y, "", fault));
        EXPECT_EQ(fault.code, Code::kZoneNumberNeeded);
      }
    }
  }
}

TEST(GeoPoint, DegreesAreTakenAsTheyAre) {
  Diagnostic fault;
  const GeoPoint hohhot{111'670'000'001, 40'818'300'000};
  for (const char* crs : {"", "EPSG:4490", "epsg:4326"}) {
    EXPECT_EQ(GeoPointOf(111.670000001, 40.8183, crs, fault), hohhot) << crs;
  }
  EXPECT_EQ(GeoPointOf(73, 3, "", fault), (GeoPoint{73'000'000'000, 3'000'000'000}));
}

TEST(GeoPoint, WhatCannotBeIsRefusedByName) {
  const auto code_of = [](double x, double y, const char* crs) {
    Diagnostic fault;
    EXPECT_FALSE(GeoPointOf(x, y, crs, fault)) << x << ' ' << y << ' ' << crs;
    return fault.code;
  };
  EXPECT_EQ(code_of(40.8, 111.6, ""), Code::kOutsideChina);            // axes exchanged
  EXPECT_EQ(code_of(4'519'000, 37'556'000, ""), Code::kOutsideChina);  // the same in metres
  EXPECT_EQ(code_of(556'000, 4'519'000, ""), Code::kZoneNumberNeeded);
  EXPECT_EQ(code_of(556'000, 4'519'000, "EPSG:4525"), Code::kOutsideChina);  // lacks its number
  EXPECT_EQ(code_of(37'556'000, 4'519'000, "EPSG:4546"), Code::kOutsideChina);
  EXPECT_EQ(code_of(38'556'000, 4'519'000, "EPSG:4525"), Code::kOutsideChina);
  EXPECT_EQ(code_of(556'000, 4'519'000, "EPSG:2346"), Code::kCoordinateSystemNotAccepted);
  EXPECT_EQ(code_of(111.6, 40.8, "CGCS2000"), Code::kCoordinateSystemNotAccepted);
  EXPECT_EQ(code_of(0, 0, ""), Code::kOutsideChina);
}

}  // namespace
}  // namespace dijia
