#include "dijia/bootstrap.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <vector>

#include "dijia/philox.h"
#include "resample.h"
#include "selection.h"
#include "support/reference_csv.h"

namespace dijia {
namespace {

using Sample = std::vector<double>;

// Known-answer vectors of the Random123 library that goes with the Philox paper.
TEST(Philox, GivesThePublishedWords) {
  constexpr std::uint32_t kOnes = 0xFFFFFFFF;
  EXPECT_EQ(Philox4x32({0, 0, 0, 0}, {0, 0}),
            (PhiloxCounter{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  EXPECT_EQ(Philox4x32({kOnes, kOnes, kOnes, kOnes}, {kOnes, kOnes}),
            (PhiloxCounter{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(Philox4x32({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
            (PhiloxCounter{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(Philox, UniformNumbersStayInsideTheOpenUnitInterval) {
  PhiloxStream stream(1, 2, 3);
  double least = 1, largest = 0, sum = 0;
  constexpr int kCount = 100'000;
  for (int i = 0; i < kCount; ++i) {
    const double u = stream.NextUniform();
    least = std::min(least, u);
    largest = std::max(largest, u);
    sum += u;
  }
  EXPECT_GT(least, 0);
  EXPECT_LT(largest, 1);
  EXPECT_NEAR(sum / kCount, 0.5, 4 * std::sqrt(1.0 / 12 / kCount));
}

constexpr DrawSource kSource{{12345, 678}, 3};

TEST(Resample, LanesGiveTheDrawsOfTheirReplicatesAtEveryVectorWidth) {
  for (const std::size_t n : {2U, 3U, 8U, 200U, 201U, 3000U, 4095U, 4096U}) {
    std::vector<std::uint32_t> expected(n);
    for (const SimdLevel level : {SimdLevel::kBaseline, SimdLevel::kAvx2, SimdLevel::kAvx512}) {
      if (level > BestSimdLevel()) continue;
      std::vector<std::int16_t> draws(LaneBufferSize(n));
      DrawLanes(kSource, 160, n, draws, level);
      for (std::uint32_t lane = 0; lane < kReplicateLanes; ++lane) {
        DrawReplicate(kSource, 160 + lane, expected);
        for (std::size_t i = 0; i < n; ++i) {
          const int draw = draws[i / 2 * kLaneRow + std::size_t{2} * lane + i % 2];
          ASSERT_EQ(draw, static_cast<int>(expected[i])) << n << " " << lane << " " << i;
        }
      }
    }
  }
}

// 200 000 draws from 5 values: each count has the standard deviation √(200 000 · 0.2 · 0.8) = 179.
TEST(Resample, DrawsAreUniform) {
  std::array<int, 5> counts{};
  std::vector<std::uint32_t> draws(5);
  for (std::uint32_t b = 0; b < 40'000; ++b) {
    DrawReplicate(kSource, b, draws);
    for (const std::uint32_t draw : draws) ++counts.at(draw);
  }
  for (const int count : counts) EXPECT_NEAR(count, 40'000, 4 * 179);
}

TEST(Resample, MoreValuesThanThePairedLimitDrawOneIndexPerWord) {
  std::vector<std::uint32_t> draws(5000);
  DrawReplicate(kSource, 7, draws);
  PhiloxStream words(kSource.key, {0, 7, kSource.stream, 0});
  const std::uint64_t first = words.NextWord();
  EXPECT_EQ(draws[0], first * 5000 >> 32);
  EXPECT_EQ(draws[1], std::uint64_t{words.NextWord()} * 5000 >> 32);
  EXPECT_LT(*std::max_element(draws.begin(), draws.end()), 5000U);
}

// 2^32 mod 4095² is 0.9 % of 2^32 for paired draws, so most lanes of 2048 words need a replacement.
TEST(Resample, WordsThatWouldMakeDrawsUnequalAreReplaced) {
  constexpr std::uint64_t kRange = 4095 * 4095;
  constexpr std::uint64_t kBound = (std::uint64_t{1} << 32) % kRange;
  std::vector<std::uint32_t> draws(4095);
  DrawReplicate(kSource, 0, draws);
  PhiloxStream words(kSource.key, {0, 0, kSource.stream, 0});
  std::size_t replaced = 0;
  for (std::size_t i = 0; i + 1 < draws.size(); i += 2) {
    const std::uint64_t word = words.NextWord();
    const std::uint64_t pair = (word * kRange) >> 32;
    if (((word * kRange) & 0xFFFFFFFF) < kBound) {
      ++replaced;
    } else {
      ASSERT_EQ(draws[i] * 4095 + draws[i + 1], pair);
    }
  }
  EXPECT_GT(replaced, 0U);
}

TEST(OrderStatistics, AgreeWithSorting) {
  PhiloxStream stream(20240607);
  for (const std::size_t n : {1U, 2U, 511U, 513U, 20'000U}) {
    for (const bool ties : {false, true}) {
      Sample x(n);
      for (double& v : x) v = ties ? std::floor(20 * stream.NextUniform()) : stream.NextUniform();
      x[n / 2] = 1e6;  // a far value that empties most cells
      Sample sorted = x;
      std::sort(sorted.begin(), sorted.end());
      const std::vector<std::size_t> ranks = {0, n / 40, n / 2, n / 2, n - 1};
      Sample found(ranks.size());
      OrderStatistics().Select(x, ranks, found);
      for (std::size_t i = 0; i < ranks.size(); ++i) EXPECT_EQ(found[i], sorted[ranks[i]]) << n;
    }
  }
}

TEST(OrderStatistics, OfEqualOrExtremeValuesNeedNoScale) {
  OrderStatistics statistics;
  const std::vector<std::size_t> ranks = {500};
  Sample found(1);
  statistics.Select(Sample(1000, 7.0), ranks, found);
  EXPECT_EQ(found[0], 7);
  Sample huge(1001, 0.0);
  huge[0] = -1.7e308;
  huge[1] = 1.7e308;
  statistics.Select(huge, ranks, found);
  EXPECT_EQ(found[0], 0);
}

// The index matrix of the reference: s = 16807 s mod (2^31 − 1) from 12345, i = ⌊21 s / (2^31 −
// 1)⌋.
std::vector<std::uint32_t> ReferenceIndices() {
  constexpr std::uint64_t kModulus = 2147483647;
  std::uint64_t s = 12345;
  std::vector<std::uint32_t> indices(999 * 21);
  for (std::uint32_t& index : indices) {
    s = s * 16807 % kModulus;
    index = static_cast<std::uint32_t>(21 * s / kModulus);
  }
  return indices;
}

class BootstrapReference : public testing::TestWithParam<Estimator> {};

TEST_P(BootstrapReference, AgreesWithRFromTheSameIndices) {
  DIJIA_SKIP_WITHOUT("validation/numeric");
  const Sample loss =
      test::ReadReferenceTable("validation/numeric/data/stackloss.csv").Numbers("loss");
  const test::ReferenceValues values("validation/numeric/expected/bootstrap.csv");
  const auto expected = [&](const std::string& quantity) {
    return values.Of("bootstrap stackloss.loss " + std::string(CodeOf(GetParam())) +
                         " B=999, index: s=s*16807 mod 2^31-1 from 12345, i=floor(21*s/(2^31-1))",
                     quantity);
  };
  const std::vector<std::uint32_t> indices = ReferenceIndices();
  // The reference sums indices from 1 or from 0: which one is fixed by the first row.
  const auto first = std::accumulate(indices.begin(), indices.begin() + 21, 0U);
  const bool from_one = expected("first_index_sum") != first;
  EXPECT_EQ(first + (from_one ? 21 : 0), expected("first_index_sum"));
  const auto all = std::accumulate(indices.begin(), indices.end(), 0U);
  EXPECT_EQ(static_cast<double>(all + (from_one ? indices.size() : 0)), expected("all_index_sum"));

  BootstrapOptions options;
  options.half_of_ties = false;
  constexpr double kTolerance = 1e-12;
  const BootstrapResult bca = BootstrapFromIndices(GetParam(), loss, {}, indices, {}, options);
  EXPECT_NEAR(bca.estimate, expected("t0"), kTolerance);
  EXPECT_NEAR(bca.mean, expected("mean_t"), kTolerance);
  EXPECT_NEAR(bca.standard_deviation, expected("sd_t"), kTolerance);
  EXPECT_NEAR(bca.bias_correction, expected("z0"), kTolerance);
  EXPECT_NEAR(bca.acceleration, expected("jack_acceleration"), kTolerance);
  EXPECT_NEAR(bca.interval.low, expected("bca_type6_lo"), kTolerance);
  EXPECT_NEAR(bca.interval.high, expected("bca_type6_hi"), kTolerance);
  options.interval = BootstrapInterval::kPercentile;
  const BootstrapResult percentile =
      BootstrapFromIndices(GetParam(), loss, {}, indices, {}, options);
  EXPECT_NEAR(percentile.interval.low, expected("pctl_type6_lo"), kTolerance);
  EXPECT_NEAR(percentile.interval.high, expected("pctl_type6_hi"), kTolerance);
}

INSTANTIATE_TEST_SUITE_P(NumericValidation, BootstrapReference,
                         testing::Values(Estimator::kMean, Estimator::kMedian),
                         [](const auto& test) { return std::string(CodeOf(test.param)); });

Sample SkewedSample(std::size_t n) {
  PhiloxStream stream(99, static_cast<std::uint32_t>(n));
  Sample x(n);
  for (double& v : x) v = 1000 - 800 * std::log(stream.NextUniform());
  std::sort(x.begin(), x.end());
  return x;
}

Sample WeightsFor(const Sample& x) {
  PhiloxStream stream(98, static_cast<std::uint32_t>(x.size()));
  Sample weights(x.size());
  for (double& w : weights) w = 100 + 900 * stream.NextUniform();
  return weights;
}

TEST(Bootstrap, LanesAndSingleReplicatesGiveTheSameBits) {
  for (const std::size_t n : {2U, 3U, 36U, 201U}) {
    const Sample x = SkewedSample(n);
    const Sample weights = WeightsFor(x);
    BootstrapOptions options;
    options.replicates = 70;  // not a multiple of the lanes
    options.seed = 5;
    options.stream = 11;
    for (const auto& row : EnumTableOf<Estimator>::kRows) {
      const Sample replicates = BootstrapReplicates(row.value, x, weights, {}, options);
      std::vector<std::uint32_t> indices(n * options.replicates);
      for (std::uint32_t b = 0; b < options.replicates; ++b) {
        DrawReplicate({PhiloxKeyOf(5), 11}, b, std::span(indices).subspan(b * n, n));
      }
      const BootstrapResult given =
          BootstrapFromIndices(row.value, x, weights, indices, {}, options);
      const BootstrapResult drawn = Bootstrap(row.value, x, weights, {}, options);
      EXPECT_EQ(given.mean, drawn.mean) << row.code << " " << n;
      EXPECT_EQ(given.interval.low, drawn.interval.low) << row.code << " " << n;
      EXPECT_EQ(given.interval.high, drawn.interval.high) << row.code << " " << n;
      // The naive replicate: draw, sort, estimate.
      Sample naive(n), naive_weights(n);
      std::vector<std::size_t> order(indices.begin(),
                                     indices.begin() + static_cast<std::ptrdiff_t>(n));
      std::sort(order.begin(), order.end());
      for (std::size_t i = 0; i < n; ++i) {
        naive[i] = x[order[i]];
        naive_weights[i] = weights[order[i]];
      }
      EXPECT_NEAR(replicates[0], Estimate(row.value, naive, naive_weights), 1e-9) << row.code;
    }
  }
}

TEST(Bootstrap, HasTheSameBitsForEveryNumberOfThreads) {
  const Sample x = SkewedSample(50);
  BootstrapOptions options;
  options.replicates = 3001;
  const Sample one = BootstrapReplicates(Estimator::kMedian, x, {}, {}, options);
  for (const unsigned threads : {2U, 3U, 8U}) {
    options.threads = threads;
    EXPECT_EQ(BootstrapReplicates(Estimator::kMedian, x, {}, {}, options), one) << threads;
  }
}

TEST(Bootstrap, OfOneValueOrOfEqualValuesIsThatPoint) {
  for (const auto& row : EnumTableOf<Estimator>::kRows) {
    for (const Sample& x : {Sample{96}, Sample(12, 96.0)}) {
      const BootstrapResult result = Bootstrap(row.value, x, Sample(x.size(), 2.0), {}, {});
      EXPECT_DOUBLE_EQ(result.interval.low, 96) << row.code;
      EXPECT_DOUBLE_EQ(result.interval.high, 96) << row.code;
      EXPECT_NEAR(result.standard_deviation, 0, 1e-12) << row.code;
    }
  }
}

TEST(Bootstrap, OfNothingIsNotANumber) {
  const BootstrapResult result = Bootstrap(Estimator::kMean, {}, {}, {}, {});
  EXPECT_TRUE(std::isnan(result.interval.low) && std::isnan(result.estimate));
  EXPECT_TRUE(std::isnan(BootstrapReplicates(Estimator::kMean, {}, {}, {}, {}).front()));
  EXPECT_TRUE(std::isnan(BootstrapFromIndices(Estimator::kMean, {}, {}, {}, {}, {}).estimate));
}

TEST(Bootstrap, BcaFollowsTheSkewOfTheSample) {
  const Sample x = SkewedSample(40);
  BootstrapOptions options;
  const BootstrapResult bca = Bootstrap(Estimator::kMean, x, {}, {}, options);
  options.interval = BootstrapInterval::kPercentile;
  const BootstrapResult percentile = Bootstrap(Estimator::kMean, x, {}, {}, options);
  EXPECT_GT(bca.acceleration, 0);
  EXPECT_GT(bca.interval.high, percentile.interval.high);
  EXPECT_GT(bca.interval.low, percentile.interval.low);
}

TEST(Bootstrap, ShareOfTiesKeepsTheMedianOfFewValuesUnbiased) {
  const Sample x{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
  const BootstrapResult half = Bootstrap(Estimator::kMedian, x, {}, {}, {});
  EXPECT_NEAR(half.bias_correction, 0, 0.05);
  BootstrapOptions strict;
  strict.half_of_ties = false;
  EXPECT_LT(Bootstrap(Estimator::kMedian, x, {}, {}, strict).bias_correction, -0.2);
}

TEST(BootstrapCells, AreTheBootstrapsOfTheirCellsAndStreams) {
  const Sample a = SkewedSample(30);
  const Sample b = SkewedSample(41);
  Sample both = a;
  both.insert(both.end(), b.begin(), b.end());
  const std::vector<std::size_t> offsets = {0, 30, 71};
  BootstrapOptions options;
  options.replicates = 999;
  options.stream = 4;
  for (const unsigned threads : {1U, 2U, 8U}) {
    options.threads = threads;
    const auto cells = BootstrapCells(Estimator::kMedian, both, {}, offsets, {}, options);
    ASSERT_EQ(cells.size(), 2U);
    BootstrapOptions second = options;
    second.stream = 5;
    EXPECT_EQ(cells[0].mean, Bootstrap(Estimator::kMedian, a, {}, {}, options).mean);
    EXPECT_EQ(cells[1].mean, Bootstrap(Estimator::kMedian, b, {}, {}, second).mean);
  }
  EXPECT_TRUE(BootstrapCells(Estimator::kMedian, {}, {}, {}, {}, options).empty());
}

// All 4^4 = 256 equally likely resamples of four values, counted.
TEST(ExactBootstrap, AgreesWithCountingEveryResample) {
  for (const Sample& x : {Sample{1, 2, 4, 8}, Sample{3, 3, 5, 5}, Sample{2, 7, 11}}) {
    const std::size_t n = x.size();
    std::size_t total = 1;
    for (std::size_t i = 0; i < n; ++i) total *= n;
    Sample medians;
    for (std::size_t code = 0; code < total; ++code) {
      Sample draw(n);
      std::size_t rest = code;
      for (double& v : draw) {
        v = x[rest % n];
        rest /= n;
      }
      std::sort(draw.begin(), draw.end());
      medians.push_back(Median(draw));
    }
    for (double t = 0; t < 12; t += 0.25) {
      const auto below =
          std::count_if(medians.begin(), medians.end(), [t](double m) { return m <= t; });
      EXPECT_NEAR(BootstrapMedianProbability(x, t),
                  static_cast<double>(below) / static_cast<double>(total), 1e-13)
          << n << " " << t;
    }
    std::sort(medians.begin(), medians.end());
    const Interval interval = ExactBootstrapMedianInterval(x, 0.9);
    EXPECT_EQ(interval.low, Quantile(medians, 0.05, QuantileType::kInverse));
    EXPECT_EQ(interval.high, Quantile(medians, 0.95, QuantileType::kInverse));
  }
}

// 9999 replicates: the share below t has a standard deviation of at most 0.5 / √9999 = 0.005.
TEST(ExactBootstrap, IsTheLimitOfSimulatedReplicates) {
  for (const std::size_t n : {35U, 200U}) {
    const Sample x = SkewedSample(n);
    BootstrapOptions options;
    options.interval = BootstrapInterval::kPercentile;
    const Sample replicates = BootstrapReplicates(Estimator::kMedian, x, {}, {}, options);
    for (const double p : {0.3, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7}) {
      const double t = Quantile(x, p);
      const auto below =
          std::count_if(replicates.begin(), replicates.end(), [t](double m) { return m <= t; });
      EXPECT_NEAR(static_cast<double>(below) / 9999, BootstrapMedianProbability(x, t), 0.02);
    }
  }
}

TEST(ExactBootstrap, OfManyValuesDoesNotOverflow) {
  Sample x(100'000);
  std::iota(x.begin(), x.end(), 0.0);
  const Interval interval = ExactBootstrapMedianInterval(x);
  // Normal approximation: the index of the median has the standard deviation √n / 2 = 158.1.
  EXPECT_NEAR(interval.low, 50'000 - 1.96 * 158.1, 3);
  EXPECT_NEAR(interval.high, 50'000 + 1.96 * 158.1, 3);
}

TEST(ExactBootstrap, OfNothingIsNotANumber) {
  EXPECT_TRUE(std::isnan(ExactBootstrapMedianInterval({}).low));
  EXPECT_TRUE(std::isnan(BootstrapMedianProbability({}, 1)));
}

}  // namespace
}  // namespace dijia
