#include "dijia/zone_map.h"

// Headers of Boost include others that Boost itself calls deprecated.
#define BOOST_ALLOW_DEPRECATED_HEADERS
#include <algorithm>
#include <array>
#include <boost/geometry.hpp>
#include <boost/geometry/index/rtree.hpp>
#include <functional>
#include <limits>
#include <map>
#include <tuple>
#include <utility>

#include "mapped_polygon.h"

namespace dijia {

namespace {

namespace geometry = boost::geometry;

// Units of GeoPoint as doubles, which hold them exactly.
using IndexPoint = geometry::model::point<double, 2, geometry::cs::cartesian>;
using IndexBox = geometry::model::box<IndexPoint>;

IndexPoint IndexPointOf(const GeoPoint& point) {
  return {static_cast<double>(point.longitude), static_cast<double>(point.latitude)};
}

IndexBox IndexBoxOf(const MapBox& box) {
  return {IndexPointOf(box.least), IndexPointOf(box.greatest)};
}

// Twice the area of a ring in square units, positive when it runs anticlockwise. Exact enough to
// tell the sign: |result| of a ring that has an area is far above the error.
double TwiceArea(const MapRing& ring) {
  if (ring.empty()) return 0;
  const GeoPoint& origin = ring.front();
  double sum = 0;
  for (std::size_t i = 1; i + 1 < ring.size(); ++i) {
    const auto across = [&](const GeoPoint& p) {
      return std::pair(static_cast<double>(p.longitude - origin.longitude),
                       static_cast<double>(p.latitude - origin.latitude));
    };
    const auto [ax, ay] = across(ring[i]);
    const auto [bx, by] = across(ring[i + 1]);
    sum += ax * by - bx * ay;
  }
  return sum;
}

void NormaliseRing(MapRing& ring, bool anticlockwise) {
  ring.erase(std::unique(ring.begin(), ring.end()), ring.end());
  while (ring.size() > 1 && ring.front() == ring.back()) ring.pop_back();
  if ((TwiceArea(ring) > 0) != anticlockwise) std::ranges::reverse(ring);
  std::rotate(ring.begin(), std::ranges::min_element(ring), ring.end());
}

auto OrderOf(const MappedPlace& place) {
  return std::tie(place.use, place.zone, place.sub_use, place.grade, place.polygons);
}

// The order in which shapes answer for a use or a sub-use: the first that has the point counts.
// kNever: the shape says nothing of it.
constexpr int kNever = 3;
int TurnOf(const MappedPlace& place, const std::string& sub_use) {
  const bool is_zone = !place.zone.empty();
  if (sub_use.empty()) return is_zone ? 0 : place.sub_use.empty() ? 1 : kNever;
  if (is_zone) return 1;
  return place.sub_use == sub_use ? 0 : place.sub_use.empty() ? 2 : kNever;
}

}  // namespace

std::string NameOf(const MappedPlace& place) {
  std::string name(CodeOf(place.use));
  if (!place.sub_use.empty()) name += " " + place.sub_use;
  return name + " " + (place.zone.empty() ? std::to_string(place.grade) : place.zone);
}

void Normalise(std::vector<MappedPlace>& places) {
  for (MappedPlace& place : places) {
    for (MapPolygon& polygon : place.polygons) {
      NormaliseRing(polygon.outside, true);
      for (MapRing& hole : polygon.holes) NormaliseRing(hole, false);
      std::ranges::sort(polygon.holes);
    }
    std::ranges::sort(place.polygons);
  }
  std::ranges::stable_sort(
      places, [](const MappedPlace& a, const MappedPlace& b) { return OrderOf(a) < OrderOf(b); });
}

bool MapBox::Meets(const MapBox& other) const {
  return least.longitude <= other.greatest.longitude &&
         other.least.longitude <= greatest.longitude && least.latitude <= other.greatest.latitude &&
         other.least.latitude <= greatest.latitude;
}

struct ZoneMap::Index {
  using Entry = std::pair<IndexBox, std::size_t>;  // a polygon of `polygons`
  using Tree = geometry::index::rtree<Entry, geometry::index::quadratic<8>>;

  std::vector<MappedPlace> places;
  std::vector<MappedPolygon> polygons;  // of all places, by place
  std::vector<std::size_t> place_of;    // by polygon
  std::vector<std::size_t> first_of;    // by place, and the end: its first polygon
  std::map<LandUse, Tree> trees;

  // The places of a use that have the point, by turn.
  std::array<std::vector<const MappedPlace*>, kNever> Having(const GeoPoint& point, LandUse use,
                                                             const std::string& sub_use) const {
    std::array<std::vector<const MappedPlace*>, kNever> having;
    const auto tree = trees.find(use);
    if (tree == trees.end()) return having;
    for (auto at = tree->second.qbegin(geometry::index::intersects(IndexPointOf(point)));
         at != tree->second.qend(); ++at) {
      const MappedPlace& place = places[place_of[at->second]];
      const int turn = TurnOf(place, sub_use);
      if (turn == kNever || !polygons[at->second].Has(point)) continue;
      having[static_cast<std::size_t>(turn)].push_back(&place);
    }
    return having;
  }

  // The polygon of the use that is nearest to the point.
  void FindNearest(const GeoPoint& point, LandUse use, const std::string& sub_use,
                   Answer& answer) const {
    const GroundMeasure measure(point);
    std::vector<std::pair<double, std::size_t>> by_box;  // a heap, the nearest first
    for (std::size_t i = 0; i < polygons.size(); ++i) {
      const MappedPlace& place = places[place_of[i]];
      if (place.use != use || TurnOf(place, sub_use) == kNever) continue;
      by_box.emplace_back(polygons[i].MetresToBox(point, measure), i);
    }
    std::ranges::make_heap(by_box, std::greater<>());
    answer.metres = std::numeric_limits<double>::infinity();
    while (!by_box.empty() && by_box.front().first <= answer.metres) {
      const std::size_t i = by_box.front().second;
      std::ranges::pop_heap(by_box, std::greater<>());
      by_box.pop_back();
      const double there = polygons[i].MetresTo(point, measure);
      if (there >= answer.metres) continue;
      answer.metres = there;
      answer.nearest = &places[place_of[i]];
    }
  }
};

ZoneMap::ZoneMap(std::vector<MappedPlace> places) {
  auto index = std::make_unique<Index>();
  index->places = std::move(places);
  std::map<LandUse, std::vector<Index::Entry>> entries;
  for (std::size_t i = 0; i < index->places.size(); ++i) {
    index->first_of.push_back(index->polygons.size());
    for (const MapPolygon& polygon : index->places[i].polygons) {
      index->polygons.emplace_back(polygon);
      index->place_of.push_back(i);
      entries[index->places[i].use].emplace_back(IndexBoxOf(index->polygons.back().wide_box()),
                                                 index->polygons.size() - 1);
    }
  }
  index->first_of.push_back(index->polygons.size());
  for (const auto& [use, boxes] : entries) index->trees.emplace(use, Index::Tree(boxes));
  index_ = std::move(index);
}

ZoneMap::~ZoneMap() = default;

std::span<const MappedPlace> ZoneMap::places() const { return index_->places; }

MapBox ZoneMap::BoxOf(std::size_t place) const {
  MapBox box;
  for (std::size_t i = index_->first_of[place]; i < index_->first_of[place + 1]; ++i) {
    const MapBox& one = index_->polygons[i].box();
    if (i == index_->first_of[place]) box = one;
    box.least = {std::min(box.least.longitude, one.least.longitude),
                 std::min(box.least.latitude, one.least.latitude)};
    box.greatest = {std::max(box.greatest.longitude, one.greatest.longitude),
                    std::max(box.greatest.latitude, one.greatest.latitude)};
  }
  return box;
}

bool ZoneMap::Meets(std::size_t place, const MapBox& box) const {
  for (std::size_t i = index_->first_of[place]; i < index_->first_of[place + 1]; ++i) {
    if (index_->polygons[i].Meets(box)) return true;
  }
  return false;
}

ZoneMap::Answer ZoneMap::Locate(const GeoPoint& point, LandUse use,
                                const std::string& sub_use) const {
  Answer answer;
  auto having = index_->Having(point, use, sub_use);
  const auto first =
      std::ranges::find_if(having, [](const auto& places) { return !places.empty(); });
  if (first == having.end()) {
    index_->FindNearest(point, use, sub_use, answer);
    return answer;
  }
  answer.places = *first;
  const bool is_zone = !answer.places.front()->zone.empty();
  answer.is_grade_only = !sub_use.empty() && is_zone;
  // A zone lies in its grade; the extent of another grade that has the point too begins at its
  // border.
  if (is_zone && std::next(first) != having.end()) {
    for (const MappedPlace* extent : *std::next(first)) {
      const bool is_other = std::ranges::none_of(
          *first, [&](const MappedPlace* zone) { return zone->grade == extent->grade; });
      if (is_other) answer.places.push_back(extent);
    }
  }
  const auto price = [&](const MappedPlace* place) {
    return std::pair(place->grade, answer.is_grade_only ? std::string() : place->zone);
  };
  // In an order that does not depend on the index; places of one price are one place.
  std::ranges::sort(answer.places);
  std::ranges::stable_sort(answer.places, {}, price);
  const auto same = [&](const MappedPlace* a, const MappedPlace* b) {
    return price(a) == price(b);
  };
  answer.places.erase(std::unique(answer.places.begin(), answer.places.end(), same),
                      answer.places.end());
  return answer;
}

}  // namespace dijia
