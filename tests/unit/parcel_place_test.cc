// Parcels with coordinates in the places of a publication, by the rules of PlaceByCoordinates.
#include "dijia/parcel_place.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "dijia/base/codes.h"

namespace dijia {
namespace {

MapRing Square(double longitude, double latitude, double side) {
  const auto at = [](double x, double y) { return *GeoPointAt(x, y); };
  return {at(longitude, latitude), at(longitude + side, latitude),
          at(longitude + side, latitude + side), at(longitude, latitude + side)};
}

class ParcelPlace : public testing::Test {
 protected:
  ParcelPlace() {
    std::vector<MappedPlace> places{
        {LandUse::kResidential, "", 1, "", {{Square(111, 40, 0.01), {}}}},
        {LandUse::kResidential, "", 2, "J201", {{Square(111.01, 40, 0.01), {}}}},
        {LandUse::kCommercial, "", 3, "", {{Square(111, 40, 0.02), {}}}}};
    Normalise(places);
    map.emplace(std::move(places));
    parcel.site.use = LandUse::kResidential;
    publication.id = "demo-2025";
  }
  // `grade zone` and the codes of notes and of what is missing.
  std::string Place(const ZoneMap* on) {
    std::vector<Diagnostic> notes, missing;
    PlaceByCoordinates(parcel, publication, on, notes, missing);
    texts.clear();
    std::string out = std::to_string(parcel.site.grade) + " " + parcel.site.zone;
    for (const auto& list : {notes, missing}) {
      for (const Diagnostic& d : list) {
        out += " " + CodeId(d.code);
        texts += TextOf(d, Language::kEn) + "\n";
        EXPECT_EQ(d.where.field, "x");
      }
    }
    return out;
  }
  std::string Place() { return Place(&*map); }

  std::optional<ZoneMap> map;
  Parcel parcel;
  Publication publication;
  std::string texts;
};

TEST_F(ParcelPlace, TheGradeOrTheZoneIsFoundAndSaid) {
  parcel.x = 111.005;
  parcel.y = 40.005;
  EXPECT_EQ(Place(), "1  DJ-2718");
  EXPECT_EQ(texts, "by its coordinates (111.005, 40.005) the parcel is in residential 1\n");
  parcel.site.grade = 0;
  parcel.x = 111.015;
  EXPECT_EQ(Place(), "2 J201 DJ-2718");
}

TEST_F(ParcelPlace, ProjectedCoordinatesSayTheirZone) {
  // PROJ: 111.005 E 40.005 N in EPSG:4525 (zone 37) is 37500426.94 4430084.22 (geo_point_test).
  parcel.x = 37'500'426.9;
  parcel.y = 4'430'084.2;
  EXPECT_EQ(Place(), "1  DJ-2718") << texts;
  parcel.site.grade = 0;
  parcel.x = 500'426.9;
  EXPECT_EQ(Place(), "0  DJ-2721");
  EXPECT_NE(texts.find("500426.9"), std::string::npos) << texts;
  parcel.crs = "EPSG:4546";  // central meridian 111 E
  EXPECT_EQ(Place(), "1  DJ-2718") << texts;
  parcel.site.grade = 0;
  parcel.crs = "EPSG:2346";  // Xian 80
  EXPECT_EQ(Place(), "0  DJ-2703");
}

TEST_F(ParcelPlace, WhatStandsInTheWayIsNamed) {
  parcel.x = 40.005;
  parcel.y = 111.005;
  EXPECT_EQ(Place(), "0  DJ-2704");
  parcel.x = 111.03;
  parcel.y = 40.005;
  EXPECT_EQ(Place(), "0  DJ-2716");
  EXPECT_NE(texts.find("the nearest is residential J201, 854 m away"), std::string::npos) << texts;
  parcel.x = 111.01;
  EXPECT_EQ(Place(), "0  DJ-2717");
  EXPECT_NE(texts.find("residential 1, residential J201 (within 0.05 m)"), std::string::npos)
      << texts;
  EXPECT_EQ(Place(nullptr), "0  DJ-2713");
  parcel.y.reset();
  EXPECT_EQ(Place(), "0  DJ-2720");
  parcel.x.reset();
  parcel.crs = "EPSG:4490";
  EXPECT_EQ(Place(), "0  DJ-2722");
  parcel.crs = "";
  EXPECT_EQ(Place(nullptr), "0 ");  // nothing is said, nothing is done
}

TEST_F(ParcelPlace, AStatedPlaceStaysAndIsCompared) {
  parcel.x = 111.005;
  parcel.y = 40.005;
  parcel.site.grade = 1;
  EXPECT_EQ(Place(), "1 ");
  parcel.site.grade = 2;
  EXPECT_EQ(Place(), "2  DJ-2719");
  EXPECT_EQ(
      texts,
      "2 is stated, but the coordinates (111.005, 40.005) lie in residential 1; the parcel is "
      "valued as stated\n");
  parcel.site.grade = 0;
  parcel.site.zone = "J201";
  EXPECT_EQ(Place(), "0 J201 DJ-2719");
  // On the border both are right; without a map nothing is compared.
  parcel.x = 111.01;
  EXPECT_EQ(Place(), "0 J201");
  EXPECT_EQ(Place(nullptr), "0 J201");
}

TEST_F(ParcelPlace, EachPartOfMixedUseHasThePlaceOfItsUse) {
  parcel.x = 111.005;
  parcel.y = 40.005;
  parcel.site.use.reset();
  parcel.parts.resize(2);
  parcel.parts[0].use = LandUse::kResidential;
  parcel.parts[1].use = LandUse::kCommercial;
  EXPECT_EQ(Place(), "0  DJ-2718 DJ-2718");
  EXPECT_EQ(parcel.parts[0].grade, 1);
  EXPECT_EQ(parcel.parts[1].grade, 3);
}

// A parcel along a street is valued by the price of the street, which needs no grade.
TEST_F(ParcelPlace, AlongAStreetNothingIsMissing) {
  parcel.site.route = "人民路";
  parcel.x = 111.5;
  parcel.y = 40.005;
  EXPECT_EQ(Place(), "0 ");
  EXPECT_EQ(Place(nullptr), "0 ");
  parcel.x = 111.005;
  EXPECT_EQ(Place(), "1  DJ-2718");
}

}  // namespace
}  // namespace dijia
