// Parcels placed by their coordinates, in a map of a county's size.
#include <benchmark/benchmark.h>

#include <cmath>
#include <cstdint>
#include <numbers>
#include <random>
#include <utility>
#include <vector>

#include "dijia/geo_point.h"
#include "dijia/zone_map.h"

namespace {

constexpr int kAcross = 24, kPoints = 1000;  // 576 zones of a thousand points each

dijia::GeoPoint At(double longitude, double latitude) {
  return *dijia::GeoPointAt(longitude, latitude);
}

// Cells of a grid over 0.24 degrees with wavy borders, each a zone of its own.
const dijia::ZoneMap& County() {
  static const dijia::ZoneMap kMap([] {
    std::vector<dijia::MappedPlace> places;
    for (int i = 0; i < kAcross * kAcross; ++i) {
      const double x = 111 + 0.01 * (i % kAcross), y = 40 + 0.01 * (i / kAcross);
      dijia::MapRing ring;
      for (int p = 0; p < kPoints; ++p) {
        const double turn = 2 * std::numbers::pi * p / kPoints;
        const double radius = 0.0045 * (1 + 0.1 * std::sin(40 * turn));
        ring.push_back(At(x + radius * std::cos(turn), y + radius * std::sin(turn)));
      }
      places.push_back(
          {dijia::LandUse::kResidential, "", 1, "J" + std::to_string(i), {{ring, {}}}});
    }
    dijia::Normalise(places);
    return places;
  }());
  return kMap;
}

// Near the middle of zones, or where four of them leave a gap.
std::vector<dijia::GeoPoint> Points(bool inside) {
  std::mt19937_64 random(1);
  const auto below = [&](double most) {
    return static_cast<double>(random() % 10000) / 10000 * most;
  };
  const double gap = inside ? 0 : 0.005;
  std::vector<dijia::GeoPoint> points;
  for (int i = 0; i < 4096; ++i) {
    const double x = 111 + 0.01 * static_cast<double>(random() % (kAcross - 1));
    const double y = 40 + 0.01 * static_cast<double>(random() % (kAcross - 1));
    const double side = inside ? 0.002 : 0.0005;
    points.push_back(At(x + gap + below(side), y + gap + below(side)));
  }
  return points;
}

void Locate(benchmark::State& state, bool inside) {
  const std::vector<dijia::GeoPoint> points = Points(inside);
  const dijia::ZoneMap& county = County();
  for (auto step : state) {
    for (const dijia::GeoPoint& point : points) {
      benchmark::DoNotOptimize(county.Locate(point, dijia::LandUse::kResidential, ""));
    }
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(points.size()));
}
void LocateInside(benchmark::State& state) { Locate(state, true); }
BENCHMARK(LocateInside);
void LocateOutside(benchmark::State& state) { Locate(state, false); }  // with the nearest zone
BENCHMARK(LocateOutside);

void ReadMetres(benchmark::State& state) {
  for (auto step : state) {
    for (int i = 0; i < 1024; ++i) {
      dijia::Diagnostic fault;
      benchmark::DoNotOptimize(
          dijia::GeoPointOf(37'500'000 + 10.25 * i, 4'430'000 + 7.5 * i, "", fault));
    }
  }
  state.SetItemsProcessed(state.iterations() * 1024);
}
BENCHMARK(ReadMetres);

}  // namespace

BENCHMARK_MAIN();
