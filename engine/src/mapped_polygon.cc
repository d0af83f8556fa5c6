#include "mapped_polygon.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace dijia {
namespace {

__extension__ using Wide = __int128;

// Wider than kBorderMetres in every direction anywhere in China: 0.11 m along a meridian, 0.065 m
// along the northernmost parallel.
constexpr std::int64_t kMargin = 1000;

double SquaredMetresToEdge(const GeoPoint& p, const GeoPoint& from, const GeoPoint& to,
                           const GroundMeasure& measure) {
  const auto east = [&](const GeoPoint& q) {
    return static_cast<double>(q.longitude - p.longitude) * measure.per_longitude;
  };
  const auto north = [&](const GeoPoint& q) {
    return static_cast<double>(q.latitude - p.latitude) * measure.per_latitude;
  };
  const double ax = east(from), ay = north(from), dx = east(to) - ax, dy = north(to) - ay;
  const double length = dx * dx + dy * dy;
  const double along = length > 0 ? std::clamp(-(ax * dx + ay * dy) / length, 0.0, 1.0) : 0.0;
  const double x = ax + along * dx, y = ay + along * dy;
  return x * x + y * y;
}

// Whether the ray from p to the east crosses the edge; exact.
bool IsCrossed(const GeoPoint& p, const GeoPoint& from, const GeoPoint& to) {
  const bool is_above = from.latitude > p.latitude;
  if (is_above == (to.latitude > p.latitude)) return false;
  const Wide turn = Wide{to.longitude - from.longitude} * (p.latitude - from.latitude) -
                    Wide{p.longitude - from.longitude} * (to.latitude - from.latitude);
  return is_above ? turn < 0 : turn > 0;
}

// Whether an edge and a box have a point in common; exact. Where their extents meet, they have none
// only if all corners of the box lie on one side of the edge's line.
bool MeetsEdge(const MapBox& box, const GeoPoint& from, const GeoPoint& to) {
  const auto [west, east] = std::minmax(from.longitude, to.longitude);
  const auto [south, north] = std::minmax(from.latitude, to.latitude);
  if (!box.Meets({{west, south}, {east, north}})) return false;
  bool has_left = false, has_right = false;
  for (const std::int64_t longitude : {box.least.longitude, box.greatest.longitude}) {
    for (const std::int64_t latitude : {box.least.latitude, box.greatest.latitude}) {
      const Wide turn = Wide{to.longitude - from.longitude} * (latitude - from.latitude) -
                        Wide{longitude - from.longitude} * (to.latitude - from.latitude);
      has_left = has_left || turn >= 0;
      has_right = has_right || turn <= 0;
    }
  }
  return has_left && has_right;
}

}  // namespace

GroundMeasure::GroundMeasure(const GeoPoint& at) {
  constexpr double kSemiMajor = 6378137, kFlattening = 1 / 298.257222101;
  constexpr double kSquared = kFlattening * (2 - kFlattening);
  constexpr double kRadiansPerUnit = std::numbers::pi / 180 * 1e-9;
  const double latitude = static_cast<double>(at.latitude) * kRadiansPerUnit;
  const double sine = std::sin(latitude), root = std::sqrt(1 - kSquared * sine * sine);
  per_longitude = kSemiMajor / root * std::cos(latitude) * kRadiansPerUnit;
  per_latitude = kSemiMajor * (1 - kSquared) / (root * root * root) * kRadiansPerUnit;
}

MappedPolygon::MappedPolygon(const MapPolygon& polygon) {
  const auto add = [&](const MapRing& ring) {
    for (std::size_t i = 0; i < ring.size(); ++i) {
      edges_.push_back({ring[i], ring[i + 1 == ring.size() ? 0 : i + 1]});
    }
  };
  add(polygon.outside);
  for (const MapRing& hole : polygon.holes) add(hole);
  constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
  box_ = {{kMost, kMost}, {-kMost, -kMost}};
  for (const GeoPoint& p : polygon.outside) {
    box_.least = {std::min(box_.least.longitude, p.longitude),
                  std::min(box_.least.latitude, p.latitude)};
    box_.greatest = {std::max(box_.greatest.longitude, p.longitude),
                     std::max(box_.greatest.latitude, p.latitude)};
  }
  if (edges_.empty()) {
    box_ = {};
    band_starts_ = {0, 0};
    return;
  }
  constexpr std::size_t kEdgesPerBand = 4, kMostBands = std::size_t{1} << 16;
  const std::size_t bands = std::clamp(edges_.size() / kEdgesPerBand, std::size_t{1}, kMostBands);
  const std::int64_t height = box_.greatest.latitude - box_.least.latitude + 1;
  band_height_ = std::max<std::int64_t>(1, height / static_cast<std::int64_t>(bands) + 1);
  band_starts_.assign(bands + 1, 0);
  const auto for_each_band = [&](const Edge& edge, const auto& use) {
    const auto [low, high] = std::minmax(edge.from.latitude, edge.to.latitude);
    for (std::size_t b = BandOf(low - kMargin); b <= BandOf(high + kMargin); ++b) use(b);
  };
  for (const Edge& edge : edges_)
    for_each_band(edge, [&](std::size_t b) { ++band_starts_[b + 1]; });
  for (std::size_t b = 0; b < bands; ++b) band_starts_[b + 1] += band_starts_[b];
  band_edges_.resize(band_starts_.back());
  std::vector<std::uint32_t> next(band_starts_.begin(), band_starts_.end() - 1);
  for (std::size_t i = 0; i < edges_.size(); ++i) {
    for_each_band(edges_[i],
                  [&](std::size_t b) { band_edges_[next[b]++] = static_cast<std::uint32_t>(i); });
  }
}

std::size_t MappedPolygon::BandOf(std::int64_t latitude) const {
  const std::int64_t last = static_cast<std::int64_t>(band_starts_.size()) - 2;
  const std::int64_t above = std::max<std::int64_t>(0, latitude - box_.least.latitude);
  return static_cast<std::size_t>(std::min(last, above / band_height_));
}

MapBox MappedPolygon::wide_box() const {
  return {{box_.least.longitude - kMargin, box_.least.latitude - kMargin},
          {box_.greatest.longitude + kMargin, box_.greatest.latitude + kMargin}};
}

bool MappedPolygon::Has(const GeoPoint& point) const {
  if (!wide_box().Meets({point, point})) return false;
  const GroundMeasure measure(point);
  const std::size_t band = BandOf(point.latitude);
  bool is_inside = false;
  for (std::uint32_t i = band_starts_[band]; i < band_starts_[band + 1]; ++i) {
    const Edge& edge = edges_[band_edges_[i]];
    if (SquaredMetresToEdge(point, edge.from, edge.to, measure) <= kBorderMetres * kBorderMetres) {
      return true;
    }
    if (IsCrossed(point, edge.from, edge.to)) is_inside = !is_inside;
  }
  return is_inside;
}

bool MappedPolygon::Contains(const GeoPoint& point) const {
  if (!box_.Meets({point, point})) return false;
  const std::size_t band = BandOf(point.latitude);
  bool is_inside = false;
  for (std::uint32_t i = band_starts_[band]; i < band_starts_[band + 1]; ++i) {
    const Edge& edge = edges_[band_edges_[i]];
    if (IsCrossed(point, edge.from, edge.to)) is_inside = !is_inside;
  }
  return is_inside;
}

bool MappedPolygon::Meets(const MapBox& box) const {
  if (edges_.empty() || !box_.Meets(box)) return false;
  const bool crosses = std::ranges::any_of(
      edges_, [&](const Edge& edge) { return MeetsEdge(box, edge.from, edge.to); });
  return crosses || Contains(box.least);  // the box lies inside
}

double MappedPolygon::MetresTo(const GeoPoint& point, const GroundMeasure& measure) const {
  double least = std::numeric_limits<double>::infinity();
  for (const Edge& edge : edges_) {
    least = std::min(least, SquaredMetresToEdge(point, edge.from, edge.to, measure));
  }
  return std::sqrt(least);
}

double MappedPolygon::MetresToBox(const GeoPoint& point, const GroundMeasure& measure) const {
  const GeoPoint nearest{std::clamp(point.longitude, box_.least.longitude, box_.greatest.longitude),
                         std::clamp(point.latitude, box_.least.latitude, box_.greatest.latitude)};
  return std::sqrt(SquaredMetresToEdge(point, nearest, nearest, measure));
}

}  // namespace dijia
