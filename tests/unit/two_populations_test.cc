#include "dijia/two_populations.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <functional>
#include <vector>

#include "dijia/philox.h"
#include "dip.h"
#include "support/reference_csv.h"

namespace dijia {
namespace {

using Sample = std::vector<double>;

// A sample as its different values and the distribution function after each.
struct Steps {
  Sample x, after;

  explicit Steps(const Sample& sorted) {
    for (std::size_t i = 0; i < sorted.size(); ++i) {
      if (x.empty() || sorted[i] > x.back()) {
        x.push_back(sorted[i]);
        after.push_back(0);
      }
      after.back() = static_cast<double>(i + 1) / static_cast<double>(sorted.size());
    }
  }
  double Before(std::size_t i) const { return i == 0 ? 0 : after[i - 1]; }
};

// The least that a convex function can be at x[k] from the left while it stays within d of the
// distribution function before; more than 1 when there is none. A convex function lies above every
// line through an earlier point's upper limit and a later one's lower limit.
double LeastLeftOf(const Steps& f, std::size_t k, double d) {
  constexpr double kNone = 2;
  double least = f.Before(k) - d;
  for (std::size_t j = 0; j < k; ++j) {
    const double low = f.after[j] - d;
    if (low > f.Before(j) + d + 1e-12) return kNone;
    least = std::max(least, low);
    for (std::size_t i = 0; i < j; ++i) {
      const double up = f.Before(i) + d;
      const double slope = (low - up) / (f.x[j] - f.x[i]);
      least = std::max(least, low + slope * (f.x[k] - f.x[j]));
      for (std::size_t l = j + 1; l < k; ++l) {
        const double chord = (f.Before(l) + d - up) / (f.x[l] - f.x[i]);
        if (low > up + chord * (f.x[j] - f.x[i]) + 1e-12) return kNone;
      }
    }
  }
  return least > f.Before(k) + d + 1e-12 ? kNone : least;
}

// The definition: some function with a mode at a value stays within d. Right of the mode everything
// is the mirror image.
bool IsUnimodalWithin(const Sample& sorted, double d) {
  const Steps f(sorted);
  Sample mirrored;
  for (auto it = sorted.rbegin(); it != sorted.rend(); ++it) mirrored.push_back(-*it);
  const Steps g(mirrored);
  for (std::size_t k = 0; k < f.x.size(); ++k) {
    const double left = LeastLeftOf(f, k, d);
    const double right = 1 - LeastLeftOf(g, f.x.size() - 1 - k, d);
    if (left <= 1 && right >= 0 && left <= right + 1e-12) return true;
  }
  return false;
}

TEST(Dip, IsTheDistanceFromTheNearestUnimodalDistribution) {
  for (std::uint32_t trial = 0; trial < 300; ++trial) {
    PhiloxStream stream(3, trial);
    Sample x(4 + trial % 9);
    for (double& v : x) {
      v = stream.NextUniform();
      if (trial % 3 == 1) v = std::floor(8 * v);                    // ties
      if (trial % 3 == 2) v += stream.NextUniform() < 0.5 ? 0 : 3;  // two groups
    }
    std::sort(x.begin(), x.end());
    double low = 0;
    double high = 0.5;
    for (int step = 0; step < 30; ++step) {
      const double mid = (low + high) / 2;
      (IsUnimodalWithin(x, mid) ? high : low) = mid;
    }
    EXPECT_NEAR(Dip(x), high, 1e-8) << trial;
  }
}

TEST(Dip, OfEqualValuesIsTheLeastThereIs) {
  EXPECT_EQ(Dip({}), 0);
  EXPECT_EQ(Dip(Sample{5}), 0.5);
  EXPECT_EQ(Dip(Sample(10, 96.0)), 0.05);
}

TEST(Dip, OfTwoDistantGroupsApproachesAQuarter) {
  Sample x;
  for (int i = 0; i < 50; ++i) x.push_back(i * 1e-9);
  for (int i = 0; i < 50; ++i) x.push_back(1 + i * 1e-9);
  EXPECT_NEAR(Dip(x), 0.25, 0.001);
}

Sample UniformSample(std::uint32_t trial, std::uint32_t n) {
  PhiloxStream stream(777, trial, n);
  Sample x(n);
  for (double& v : x) v = stream.NextUniform();
  std::sort(x.begin(), x.end());
  return x;
}

// 4000 samples: standard deviations of the shares 0.79 %, 0.34 % and 0.16 %.
TEST(DipTail, PValuesOfUniformSamplesAreUniform) {
  for (const std::uint32_t n :
       {10U, 13U, 25U, 50U, 140U, 300U}) {  // in the table and between its rows
    int half = 0, twentieth = 0, hundredth = 0;
    for (std::uint32_t trial = 0; trial < 4000; ++trial) {
      const double p = DipTail(Dip(UniformSample(trial, n)), n);
      half += p < 0.5 ? 1 : 0;
      twentieth += p < 0.05 ? 1 : 0;
      hundredth += p < 0.01 ? 1 : 0;
    }
    EXPECT_NEAR(half, 2000, 4 * 32) << n;
    EXPECT_NEAR(twentieth, 200, 4 * 14) << n;
    EXPECT_NEAR(hundredth, 40, 4 * 6.3) << n;
  }
}

TEST(DipTail, StaysBetweenItsEnds) {
  EXPECT_EQ(DipTail(0.25, 100), 0.0001);
  EXPECT_EQ(DipTail(0.005, 100), 1);
  EXPECT_EQ(DipTail(0.0051, 100), 0.99);
  EXPECT_EQ(DipTail(0.25, 1'000'000), 0.0001);
  double before = 1;
  for (double dip = 0.005; dip < 0.25; dip += 0.0005) {
    const double p = DipTail(dip, 100);
    EXPECT_LE(p, before);
    before = p;
  }
}

// Log prices of the residential samples of a real zone.
Sample LogPricesOfZone(const std::string& zone) {
  const auto table =
      test::ReadReferenceTable("realdata/hengzhou/hengzhou_450127_sample_points_raw_1844.csv");
  const auto zones = table.Texts("区片");
  const auto uses = table.Texts("用途");
  const Sample prices = table.Numbers("样点地价");
  Sample x;
  for (std::size_t i = 0; i < prices.size(); ++i) {
    if (zones[i] == zone && uses[i] == "住宅用地") x.push_back(std::log(prices[i]));
  }
  std::sort(x.begin(), x.end());
  return x;
}

// Two clusters, 15 points of 1667 … 5091 and 12 of 6313 … 11164 yuan/m², that 2s, 3s and MAD pass.
TEST(TwoPopulations, AreFoundInZoneJ301) {
  DIJIA_SKIP_WITHOUT("realdata/hengzhou");
  const Sample x = LogPricesOfZone("J301");
  ASSERT_EQ(x.size(), 27U);
  const TwoPopulations result = TestTwoPopulations(x);
  EXPECT_LT(result.p_value, 0.001);
  EXPECT_EQ(result.lower_count, 15U);
  EXPECT_EQ(result.upper_count, 12U);
  EXPECT_NEAR(std::exp(result.split), std::sqrt(5091.0 * 6313.0), 1);
  EXPECT_GT(result.separation, 2);
  EXPECT_LT(std::exp(result.lower_centre), 5091);
  EXPECT_GT(std::exp(result.upper_centre), 6313);
}

TEST(TwoPopulations, AreNotFoundInZonesOfOneMode) {
  DIJIA_SKIP_WITHOUT("realdata/hengzhou");
  for (const char* zone : {"J103", "J201", "J202", "J203", "J204", "J302", "J304"}) {
    EXPECT_GT(TestTwoPopulations(LogPricesOfZone(zone)).p_value, 0.2) << zone;
  }
}

double NormalNumber(PhiloxStream& stream) {
  return quantile(boost::math::normal(), stream.NextUniform());
}

struct Population {
  const char* name;
  std::function<double(PhiloxStream&)> draw;
};

std::vector<Population> SinglePopulations() {
  return {{"normal", NormalNumber},
          {"lognormal", [](PhiloxStream& s) { return std::exp(NormalNumber(s)); }},
          {"skewed t",
           [](PhiloxStream& s) {
             double square = 0;
             for (int i = 0; i < 4; ++i) square += std::pow(NormalNumber(s), 2);
             const double normal = 0.9 * std::abs(NormalNumber(s)) + 0.43 * NormalNumber(s);
             return normal / std::sqrt(square / 4);
           }},
          {"rounded", [](PhiloxStream& s) {
             return std::log(std::round(4 * std::exp(0.3 * NormalNumber(s))) + 0.01);
           }}};
}

// Share of 1000 samples called two populations at 0.01.
double CalledTwo(std::uint32_t n, const std::function<double(PhiloxStream&)>& draw) {
  constexpr std::uint32_t kTrials = 1000;
  int called = 0;
  for (std::uint32_t trial = 0; trial < kTrials; ++trial) {
    PhiloxStream stream(20240607, trial, n);
    Sample x(n);
    for (double& v : x) v = draw(stream);
    std::sort(x.begin(), x.end());
    called += TestTwoPopulations(x).p_value < 0.01 ? 1 : 0;
  }
  return called / static_cast<double>(kTrials);
}

TEST(TwoPopulations, AreSeldomFoundInOnePopulation) {
  for (const Population& population : SinglePopulations()) {
    for (const std::uint32_t n : {10U, 20U, 50U, 200U}) {
      EXPECT_LE(CalledTwo(n, population.draw), 0.02) << population.name << " " << n;
    }
  }
}

TEST(TwoPopulations, AreFoundWhenTheyLieApart) {
  const auto apart = [](double distance) {
    return [distance](PhiloxStream& s) {
      return NormalNumber(s) + (s.NextUniform() < 0.5 ? distance : 0);
    };
  };
  EXPECT_GT(CalledTwo(30, apart(6)), 0.6);
  EXPECT_GT(CalledTwo(50, apart(6)), 0.9);
  EXPECT_GT(CalledTwo(100, apart(5)), 0.95);
}

TEST(TwoPopulations, OfTwoPriceLevelsAreFound) {
  Sample x(10, std::log(96.0));
  x.insert(x.end(), 10, std::log(120.0));
  const TwoPopulations result = TestTwoPopulations(x);
  EXPECT_LT(result.p_value, 0.01);
  EXPECT_EQ(result.lower_count, 10U);
  EXPECT_TRUE(std::isinf(result.separation));
}

TEST(TwoPopulations, OfEqualValuesAreOne) {
  const TwoPopulations result = TestTwoPopulations(Sample(30, 96.0));
  EXPECT_EQ(result.p_value, 1);
  EXPECT_TRUE(std::isnan(result.split));
  EXPECT_EQ(result.lower_count, 0U);
}

TEST(TwoPopulations, OfFewerThanTenValuesHaveNoPValueButACut) {
  const TwoPopulations result = TestTwoPopulations(Sample{1, 2, 3, 10, 11});
  EXPECT_TRUE(std::isnan(result.p_value));
  EXPECT_EQ(result.split, 6.5);
  EXPECT_EQ(result.lower_count, 3U);
  EXPECT_EQ(result.lower_centre, 2);
  EXPECT_EQ(result.upper_centre, 10.5);
  EXPECT_TRUE(std::isnan(TestTwoPopulations({}).p_value));
}

}  // namespace
}  // namespace dijia
