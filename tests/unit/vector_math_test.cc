#include "vector_math.h"

#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <vector>

namespace dijia {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr std::uint64_t kSeed = 20240607;

std::vector<SimdLevel> LevelsOfThisMachine() {
  std::vector<SimdLevel> levels = {SimdLevel::kBaseline};
  if (BestSimdLevel() >= SimdLevel::kAvx2) levels.push_back(SimdLevel::kAvx2);
  if (BestSimdLevel() >= SimdLevel::kAvx512) levels.push_back(SimdLevel::kAvx512);
  return levels;
}

// The distance of `got` from the exact value in units of the last place of the exact value.
long double UlpError(double got, long double exact) {
  int exponent = 0;
  std::frexp(static_cast<double>(exact), &exponent);
  const long double ulp = std::ldexp(1.0L, std::max(exponent - 53, -1074));
  return std::fabs(static_cast<long double>(got) - exact) / ulp;
}

std::vector<double> UniformNumbers(double low, double high, std::size_t count) {
  std::mt19937_64 generator(kSeed);
  std::uniform_real_distribution<double> uniform(low, high);
  std::vector<double> numbers(count);
  for (double& number : numbers) number = uniform(generator);
  return numbers;
}

// Positive numbers of every exponent, subnormal ones included.
std::vector<double> PositiveNumbersOfEveryMagnitude(std::size_t count) {
  std::mt19937_64 generator(kSeed);
  std::vector<double> numbers(count);
  for (double& number : numbers) {
    number = std::bit_cast<double>(generator() % std::bit_cast<std::uint64_t>(kInfinity));
  }
  return numbers;
}

TEST(VectorExp, IsWithinTwoUlpOfTheExactValueInTheWholeRange) {
  for (const auto& [low, high] : {std::pair{-708.3, 709.7}, {-1.0, 1.0}, {-1e-9, 1e-9}}) {
    const std::vector<double> x = UniformNumbers(low, high, 200'000);
    std::vector<double> y(x.size());
    Exp(x, y);
    long double worst = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
      worst = std::max(worst, UlpError(y[i], std::exp(static_cast<long double>(x[i]))));
    }
    EXPECT_LT(worst, 1.5L) << low << ".." << high << ", seed " << kSeed;
  }
}

TEST(VectorExp, UnderflowsGradually) {
  for (const double x : UniformNumbers(-745.0, -708.0, 20'000)) {
    EXPECT_LE(UlpError(ExpOne(x), std::exp(static_cast<long double>(x))), 2.0L) << x;
  }
}

TEST(VectorExp, HandlesTheEndsOfTheRange) {
  EXPECT_EQ(ExpOne(0.0), 1.0);
  EXPECT_EQ(ExpOne(-0.0), 1.0);
  EXPECT_EQ(ExpOne(-kInfinity), 0.0);
  EXPECT_EQ(ExpOne(-1e300), 0.0);
  EXPECT_EQ(ExpOne(-745.2), 0.0);
  EXPECT_EQ(ExpOne(kInfinity), kInfinity);
  EXPECT_EQ(ExpOne(709.79), kInfinity);
  EXPECT_LT(ExpOne(709.78), kInfinity);
  EXPECT_TRUE(std::isnan(ExpOne(kNaN)));
}

TEST(VectorLog, IsWithinTwoUlpOfTheExactValueInTheWholeRange) {
  for (const std::vector<double>& x :
       {PositiveNumbersOfEveryMagnitude(200'000), UniformNumbers(0.5, 2.0, 200'000),
        UniformNumbers(0.9999, 1.0001, 200'000)}) {
    std::vector<double> y(x.size());
    Log(x, y);
    long double worst = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
      worst = std::max(worst, UlpError(y[i], std::log(static_cast<long double>(x[i]))));
    }
    EXPECT_LT(worst, 1.5L) << "seed " << kSeed;
  }
}

TEST(VectorLog, HandlesTheEndsOfTheRange) {
  EXPECT_EQ(LogOne(1.0), 0.0);
  EXPECT_EQ(LogOne(0.0), -kInfinity);
  EXPECT_EQ(LogOne(-0.0), -kInfinity);
  EXPECT_EQ(LogOne(kInfinity), kInfinity);
  EXPECT_TRUE(std::isnan(LogOne(-1.0)));
  EXPECT_TRUE(std::isnan(LogOne(-kInfinity)));
  EXPECT_TRUE(std::isnan(LogOne(kNaN)));
  const double smallest = std::numeric_limits<double>::denorm_min();
  EXPECT_LE(UlpError(LogOne(smallest), std::log(static_cast<long double>(smallest))), 1.0L);
}

// Every level, every remainder of a vector length, and the one-value functions: the same bits.
TEST(VectorMath, HasTheSameBitsAtEveryVectorWidth) {
  std::vector<double> exponents = UniformNumbers(-760.0, 720.0, 10'007);
  std::vector<double> positives = PositiveNumbersOfEveryMagnitude(10'007);
  const std::array special = {0.0, -0.0, kInfinity, -kInfinity, -1.0, 1.0, 5e-324, 1e-310};
  exponents.insert(exponents.end(), special.begin(), special.end());
  positives.insert(positives.end(), special.begin(), special.end());
  for (const SimdLevel level : LevelsOfThisMachine()) {
    for (std::size_t skip = 0; skip < 9; ++skip) {
      const std::span<const double> x = std::span(exponents).subspan(skip);
      const std::span<const double> p = std::span(positives).subspan(skip);
      std::vector<double> e(x.size());
      std::vector<double> l(p.size());
      Exp(x, e, level);
      Log(p, l, level);
      for (std::size_t i = 0; i < x.size(); ++i) {
        ASSERT_EQ(std::bit_cast<std::uint64_t>(e[i]), std::bit_cast<std::uint64_t>(ExpOne(x[i])));
        if (std::isnan(l[i]) && p[i] < 0.0) continue;
        ASSERT_EQ(std::bit_cast<std::uint64_t>(l[i]), std::bit_cast<std::uint64_t>(LogOne(p[i])));
      }
    }
  }
}

TEST(VectorMath, MayWriteOverItsInput) {
  std::vector<double> x = UniformNumbers(0.1, 10.0, 1001);
  std::vector<double> y(x.size());
  Log(x, y);
  Log(x, x);
  EXPECT_EQ(x, y);
}

// The bits themselves, so that another compiler or machine that rounds differently is noticed.
TEST(VectorMath, TheCheaperFormsHaveTheSameBits) {
  for (const double x : UniformNumbers(-700.0, 700.0, 100'000)) {
    ASSERT_EQ(ExpOfModerate(x), ExpOne(x)) << x;
  }
  EXPECT_EQ(ExpOfModerate(0.0), 1.0);
  EXPECT_EQ(ExpOfModerate(-0.0), 1.0);
  for (const double x : PositiveNumbersOfEveryMagnitude(100'000)) {
    if (std::isnormal(x)) {
      ASSERT_EQ(LogOfNormal(x), LogOne(x)) << x;
    }
  }
  EXPECT_EQ(LogOfNormal(1.0), 0.0);
}

TEST(VectorMath, GivesTheseBits) {
  EXPECT_EQ(ExpOne(1.0), 0x1.5bf0a8b14576ap+1);
  EXPECT_EQ(ExpOne(-10.5), 0x1.cdfc263f6a0bap-16);
  EXPECT_EQ(LogOne(10.0), 0x1.26bb1bbb55516p+1);
  EXPECT_EQ(LogOne(0.62), -0x1.e982378d782aap-2);
}

}  // namespace
}  // namespace dijia
