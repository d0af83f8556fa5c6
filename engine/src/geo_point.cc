#include "dijia/geo_point.h"

#include <array>
#include <charconv>
#include <cmath>
#include <numbers>

#include "dijia/base/codes.h"

namespace dijia {
namespace {

constexpr double kUnitsPerDegree = 1e9, kDegree = std::numbers::pi / 180;

// Ellipsoid of CGCS2000 (GB 22021-2008): a in metres, 1 / f.
constexpr double kSemiMajor = 6378137, kInverseFlattening = 298.257222101;

// What the series of Krüger need of the ellipsoid, to the sixth order of its third flattening.
struct Series {
  double radius;  // of the circle whose arcs are those of the meridian
  std::array<double, 6> beta;
  double eccentricity;
};

Series MakeSeries() {
  constexpr double f = 1 / kInverseFlattening, n = f / (2 - f);
  constexpr double n2 = n * n, n3 = n2 * n, n4 = n2 * n2, n5 = n4 * n, n6 = n3 * n3;
  Series series{};
  series.radius = kSemiMajor / (1 + n) * (1 + n2 / 4 + n4 / 64 + n6 / 256);
  series.beta = {
      n / 2 - n2 * 2 / 3 + n3 * 37 / 96 - n4 / 360 - n5 * 81 / 512 + n6 * 96199 / 604800,
      n2 / 48 + n3 / 15 - n4 * 437 / 1440 + n5 * 46 / 105 - n6 * 1118711 / 3870720,
      n3 * 17 / 480 - n4 * 37 / 840 - n5 * 209 / 4480 + n6 * 5569 / 90720,
      n4 * 4397 / 161280 - n5 * 11 / 504 - n6 * 830251 / 7257600,
      n5 * 4583 / 161280 - n6 * 108847 / 3991680,
      n6 * 20648693 / 638668800,
  };
  series.eccentricity = std::sqrt(f * (2 - f));
  return series;
}

// The tangent of the latitude from that of the conformal latitude, by Newton's method.
double TangentOfLatitude(double conformal, double eccentricity) {
  const double squared = eccentricity * eccentricity;
  double tangent = conformal / (1 - squared);
  for (int step = 0; step < 5; ++step) {
    const double secant = std::hypot(1, tangent);
    const double sigma = std::sinh(eccentricity * std::atanh(eccentricity * tangent / secant));
    const double reached = tangent * std::hypot(1, sigma) - sigma * secant;
    tangent += (conformal - reached) / std::hypot(1, reached) *
               (1 + (1 - squared) * tangent * tangent) / ((1 - squared) * secant);
  }
  return tangent;
}

struct Degrees {
  double longitude, latitude;
};

// The inverse of the Gauss-Krüger projection: metres east and north of a central meridian on the
// equator. Within four degrees of the meridian exact to a hundredth of a millimetre.
Degrees FromGaussKrueger(double east, double north, double meridian) {
  static const Series kSeries = MakeSeries();
  double xi = north / kSeries.radius, eta = east / kSeries.radius;
  const double xi0 = xi, eta0 = eta;
  for (std::size_t i = 0; i < kSeries.beta.size(); ++i) {
    const double order = 2.0 * static_cast<double>(i + 1);
    xi -= kSeries.beta[i] * std::sin(order * xi0) * std::cosh(order * eta0);
    eta -= kSeries.beta[i] * std::cos(order * xi0) * std::sinh(order * eta0);
  }
  const double conformal = std::sin(xi) / std::hypot(std::sinh(eta), std::cos(xi));
  const double tangent = TangentOfLatitude(conformal, kSeries.eccentricity);
  return {meridian + std::atan2(std::sinh(eta), std::cos(xi)) / kDegree,
          std::atan(tangent) / kDegree};
}

constexpr double kFalseEasting = 500'000, kPerZone = 1'000'000;

// One of the families of zones of CGCS2000: consecutive codes for consecutive meridians.
struct Zones {
  int first_code, last_code, first_meridian, width;
  int first_number;  // in front of the easting; 0 = not there
};
constexpr Zones kZones[] = {{4491, 4501, 75, 6, 13},
                            {4502, 4512, 75, 6, 0},
                            {4513, 4533, 75, 3, 25},
                            {4534, 4554, 75, 3, 0}};

std::optional<GeoPoint> InZone(double x, double y, const Zones& zones, int place) {
  const double number = zones.first_number == 0 ? 0 : zones.first_number + place;
  const double east = x - kFalseEasting - number * kPerZone;
  // Beyond its zone and a neighbour the projection is not used; a wrong number would be believed.
  if (!(std::abs(east) < kFalseEasting) || !(y > 0 && y < 6'500'000)) return std::nullopt;
  const Degrees at = FromGaussKrueger(east, y, zones.first_meridian + zones.width * place);
  return GeoPointAt(at.longitude, at.latitude);
}

// The number of an EPSG code; 0 for other names.
int EpsgCode(std::string_view name) {
  if (name.size() < 5) return 0;
  constexpr std::string_view kAuthority = "epsg:";
  for (std::size_t i = 0; i < kAuthority.size(); ++i) {
    const char c = name[i];
    if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c) != kAuthority[i]) return 0;
  }
  int code = 0;
  const char* const end = name.data() + name.size();
  const auto [stop, wrong] = std::from_chars(name.data() + kAuthority.size(), end, code);
  return wrong == std::errc() && stop == end ? code : 0;
}

void AppendNumber(double number, std::string& text) {
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number,
                                 std::chars_format::general, 15);
  text.append(digits.data(), end.ptr);
}

std::string NumberText(double number) {
  std::string text;
  AppendNumber(number, text);
  return text;
}

std::optional<GeoPoint> OrOutside(std::optional<GeoPoint> point, double x, double y,
                                  Diagnostic& fault) {
  if (!point) fault = {Code::kOutsideChina, {}, {NumberText(x), NumberText(y)}};
  return point;
}

// Degrees, or metres that begin with the number of their zone.
std::optional<GeoPoint> WithoutCrs(double x, double y, Diagnostic& fault) {
  constexpr double kMostDegrees = 360;
  if (std::abs(x) <= kMostDegrees && std::abs(y) <= kMostDegrees) {
    return OrOutside(GeoPointAt(x, y), x, y, fault);
  }
  for (const Zones& zones : kZones) {
    const double place = std::floor(x / kPerZone) - zones.first_number;
    const int count = zones.last_code - zones.first_code + 1;
    if (zones.first_number == 0 || place < 0 || place >= count) continue;
    return OrOutside(InZone(x, y, zones, static_cast<int>(place)), x, y, fault);
  }
  // A northing has seven digits, an easting with its number eight.
  if (y >= 13 * kPerZone) return OrOutside(std::nullopt, x, y, fault);
  fault = {Code::kZoneNumberNeeded, {}, {NumberText(x)}};
  return std::nullopt;
}

}  // namespace

std::optional<GeoPoint> GeoPointAt(double longitude, double latitude) {
  const bool is_in_china = longitude >= 73 && longitude <= 136 && latitude >= 3 && latitude <= 54;
  if (!is_in_china) return std::nullopt;  // also for what is no number
  return GeoPoint{std::llround(longitude * kUnitsPerDegree),
                  std::llround(latitude * kUnitsPerDegree)};
}

std::string KnownCrs() { return "EPSG:4490, EPSG:4326, EPSG:4491 – EPSG:4554"; }

std::optional<GeoPoint> GeoPointOf(double x, double y, std::string_view crs, Diagnostic& fault) {
  if (crs.empty()) return WithoutCrs(x, y, fault);
  const int code = EpsgCode(crs);
  if (code == 4490 || code == 4326) return OrOutside(GeoPointAt(x, y), x, y, fault);
  for (const Zones& zones : kZones) {
    if (code < zones.first_code || code > zones.last_code) continue;
    return OrOutside(InZone(x, y, zones, code - zones.first_code), x, y, fault);
  }
  fault = {Code::kCoordinateSystemNotAccepted, {}, {std::string(crs), KnownCrs()}};
  return std::nullopt;
}

std::string CoordinatesText(double x, double y) { return NumberText(x) + ", " + NumberText(y); }

}  // namespace dijia
