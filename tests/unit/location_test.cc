#include "dijia/location.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "dijia/quantile.h"
#include "dijia/scale.h"
#include "dijia/sum.h"
#include "support/reference_csv.h"

namespace dijia {
namespace {

using test::ReadReferenceTable;
using test::ReferenceValues;

using Sample = std::vector<double>;

Sample SortedReference(const std::string& name) {
  Sample x = ReadReferenceTable("validation/numeric/data/" + name + ".csv").Numbers("x");
  std::sort(x.begin(), x.end());
  return x;
}

TEST(Sum, KeepsDigitsThatCancellationWouldTake) {
  EXPECT_EQ(Sum(Sample{1, 1e100, 1, -1e100}), 2);
  EXPECT_EQ(Sum(Sample{1e16, 1, 1, 1, 1, 1, -1e16}), 5);
}

TEST(Sum, OfNothingIsZero) {
  EXPECT_EQ(Sum({}), 0);
  EXPECT_EQ(WeightedSum({}, {}), 0);
  EXPECT_EQ(SumOfSquares({}, 1), 0);
}

TEST(Sum, WeightsEachValue) { EXPECT_EQ(WeightedSum(Sample{1, 2, 3}, Sample{4, 5, 6}), 32); }

TEST(Mean, AndStandardDeviationHaveTheCertifiedDigitsOfNist) {
  DIJIA_SKIP_WITHOUT("validation/numeric");
  const auto expected = ReadReferenceTable("validation/numeric/expected/nist_univariate.csv");
  const auto sets = expected.Texts("set");
  ASSERT_EQ(sets.size(), 5U);
  for (std::size_t i = 0; i < sets.size(); ++i) {
    const Sample y =
        ReadReferenceTable("validation/numeric/data/nist_" + sets[i] + ".csv").Numbers("y");
    const double mean = expected.Numbers("mean")[i];
    const double sd = expected.Numbers("sd")[i];
    EXPECT_NEAR(Mean(y), mean, 1e-14 * mean) << sets[i];
    EXPECT_NEAR(StandardDeviation(y), sd, 1e-8 * sd) << sets[i];
  }
}

TEST(Median, OfAnEvenCountIsTheMiddleOfTheTwo) {
  EXPECT_EQ(Median(Sample{1, 2, 10, 20}), 6);
  EXPECT_EQ(Median(Sample{1, 2, 10}), 2);
}

TEST(Estimate, OfNothingIsNotANumber) {
  for (const auto& row : EnumTableOf<Estimator>::kRows) {
    EXPECT_TRUE(std::isnan(Estimate(row.value, {}, {}))) << row.code;
  }
}

TEST(Estimate, OfOneValueIsThatValue) {
  const Sample one{7}, weight{3};
  for (const auto& row : EnumTableOf<Estimator>::kRows) {
    EXPECT_EQ(Estimate(row.value, one, weight), 7) << row.code;
  }
}

TEST(Estimate, AreaWeightedMeanIsTheTotalPriceOverTheTotalArea) {
  EXPECT_EQ(Estimate(Estimator::kAreaWeightedMean, Sample{100, 400}, Sample{200, 100}), 200);
}

TEST(Estimate, EveryEstimatorOfASymmetricSampleIsItsCentre) {
  const Sample x{-9, -4, -1, 0, 1, 4, 9};
  const Sample equal(x.size(), 2);
  for (const auto& row : EnumTableOf<Estimator>::kRows) {
    EXPECT_EQ(Estimate(row.value, x, equal), 0) << row.code;
  }
}

TEST(TrimmedMean, LeavesOutTheSameNumberAtEachEnd) {
  EXPECT_EQ(TrimmedMean(Sample{-1000, 1, 2, 3, 4, 5, 6, 7, 8, 5000}, 0.1), 4.5);
  EXPECT_EQ(TrimmedMean(Sample{1, 2, 9}, 0.1), 4);  // floor(0.3) = 0 values left out
}

// The definition, written out.
double NaiveHodgesLehmann(const Sample& x) {
  Sample walsh;
  for (std::size_t i = 0; i < x.size(); ++i) {
    for (std::size_t j = i; j < x.size(); ++j) walsh.push_back(x[i] + x[j]);
  }
  std::sort(walsh.begin(), walsh.end());
  return Median(walsh) / 2;
}

TEST(HodgesLehmann, IsTheMedianOfAllWalshAverages) {
  DIJIA_SKIP_WITHOUT("validation/numeric");
  for (const char* name : {"rivers", "precip"}) {
    const Sample x = SortedReference(name);
    for (std::size_t n = 1; n <= x.size(); ++n) {
      const Sample part(x.begin(), x.begin() + static_cast<std::ptrdiff_t>(n));
      EXPECT_EQ(HodgesLehmann(part), NaiveHodgesLehmann(part)) << name << " " << n;
    }
  }
}

TEST(HodgesLehmann, OfEqualValuesIsThatValue) { EXPECT_EQ(HodgesLehmann(Sample(500, 3.5)), 3.5); }

TEST(HuberLocation, IsTheMedianWhenHalfOfTheValuesAreEqual) {
  EXPECT_EQ(HuberLocation(Sample{96, 96, 96, 96, 300}), 96);
}

TEST(HuberLocation, SolvesItsEquation) {
  const Sample x{1, 2, 2.5, 3, 3.5, 4, 5, 40, 90};
  const double bend = 1.5 * MedianAbsoluteDeviation(x);
  const double centre = HuberLocation(x);
  double score = 0;
  for (const double v : x) score += std::clamp(v - centre, -bend, bend);
  EXPECT_NEAR(score, 0, 1e-13);
}

TEST(HuberLocation, WithASmallBendApproachesTheMedian) {
  EXPECT_NEAR(HuberLocation(Sample{0, 1, 5, 90, 91}, 1e-9), 5, 1e-6);
}

class RobustReference : public testing::TestWithParam<const char*> {};

TEST_P(RobustReference, LocationAndScaleAgreeWithR) {
  DIJIA_SKIP_WITHOUT("validation/numeric");
  const Sample x = SortedReference(GetParam());
  const ReferenceValues all("validation/numeric/expected/robust.csv");
  const auto expected = [&](const std::string& quantity) {
    return all.Of(std::string("location/scale ") + GetParam(), quantity);
  };
  constexpr double kTolerance = 1e-8;
  EXPECT_NEAR(Mean(x), expected("mean"), kTolerance);
  EXPECT_NEAR(StandardDeviation(x), expected("sd"), kTolerance);
  EXPECT_NEAR(Median(x), expected("median"), kTolerance);
  EXPECT_NEAR(MedianAbsoluteDeviation(x), expected("mad_1.4826"), kTolerance);
  EXPECT_NEAR(Quantile(x, 0.75) - Quantile(x, 0.25), expected("iqr_type7"), kTolerance);
  EXPECT_NEAR(TrimmedMean(x, 0.1), expected("trimmed_mean_10pct"), kTolerance);
  EXPECT_NEAR(HuberLocation(x), expected("huber_location"), kTolerance);
  // robustbase 0.95 passes the order statistic through a float: 5.9 of precip becomes 5.9000001,
  // 1.6e-8 more. Whole numbers (rivers) agree to the last digits.
  EXPECT_NEAR(Qn(x), expected("Qn"), 1.7e-8 * expected("Qn"));
  EXPECT_NEAR(Sn(x), expected("Sn"), kTolerance);
  EXPECT_NEAR(MomentsOf(x).skewness, expected("skewness_g1"), kTolerance);
  EXPECT_NEAR(MomentsOf(x).kurtosis, expected("kurtosis_b2"), kTolerance);
  EXPECT_NEAR(Medcouple(x), expected("medcouple"), kTolerance);
}

TEST_P(RobustReference, AllNineQuantileTypesAgreeWithR) {
  DIJIA_SKIP_WITHOUT("validation/numeric");
  const Sample x = SortedReference(GetParam());
  const ReferenceValues all("validation/numeric/expected/robust.csv");
  for (int type = 1; type <= 9; ++type) {
    for (const int percent : {1, 5, 10, 25, 50, 75, 90, 95, 99}) {
      const double expected = all.Of("quantile type " + std::to_string(type) + " " + GetParam(),
                                     "p" + std::to_string(percent));
      EXPECT_NEAR(Quantile(x, percent / 100.0, static_cast<QuantileType>(type - 1)), expected, 1e-8)
          << "type " << type << " p" << percent;
    }
  }
}

TEST_P(RobustReference, TukeyFencesAgreeWithR) {
  DIJIA_SKIP_WITHOUT("validation/numeric");
  const ReferenceValues all("validation/numeric/expected/robust.csv");
  const auto expected = [&](const std::string& quantity) {
    return all.Of(std::string("tukey fences (hinges)  ") + GetParam(), quantity);
  };
  const TukeyFences fences = FencesOf(SortedReference(GetParam()));
  EXPECT_EQ(fences.lower_whisker, expected("lower_whisker"));
  EXPECT_EQ(fences.lower_hinge, expected("lower_hinge"));
  EXPECT_EQ(fences.upper_hinge, expected("upper_hinge"));
  EXPECT_EQ(fences.upper_whisker, expected("upper_whisker"));
  EXPECT_EQ(static_cast<double>(fences.outside), expected("n_outliers"));
}

INSTANTIATE_TEST_SUITE_P(NumericValidation, RobustReference, testing::Values("rivers", "precip"),
                         [](const auto& test) { return std::string(test.param); });

TEST(Quantile, EndsAreTheSmallestAndTheLargestValue) {
  const Sample x{3, 5, 8, 13};
  for (const auto& row : EnumTableOf<QuantileType>::kRows) {
    EXPECT_EQ(Quantile(x, 0, row.value), 3) << row.code;
    EXPECT_EQ(Quantile(x, 1, row.value), 13) << row.code;
  }
}

TEST(Quantile, OfNothingIsNotANumber) { EXPECT_TRUE(std::isnan(Quantile({}, 0.5))); }

TEST(TukeyFences, OfNothingAreNotANumber) {
  const TukeyFences fences = FencesOf({});
  EXPECT_TRUE(std::isnan(fences.lower_whisker) && std::isnan(fences.upper_hinge));
  EXPECT_EQ(fences.outside, 0U);
}

TEST(MedianAbsoluteDeviation, IsTheScaledMedianOfTheDistances) {
  EXPECT_DOUBLE_EQ(MedianAbsoluteDeviation(Sample{1, 2, 3, 4, 100}), 1.4826);
  EXPECT_DOUBLE_EQ(MedianAbsoluteDeviation(Sample{1, 2, 3, 4}), 1.4826);  // 0.5 0.5 1.5 1.5
  EXPECT_EQ(MedianAbsoluteDeviation(Sample{8}), 0);
}

TEST(Scale, OfTooFewValuesIsNotANumber) {
  EXPECT_TRUE(std::isnan(StandardDeviation(Sample{1})));
  EXPECT_TRUE(std::isnan(MedianAbsoluteDeviation({})));
  EXPECT_TRUE(std::isnan(Qn({})) && std::isnan(Sn({})));
  EXPECT_EQ(Qn(Sample{4}), 0);
  EXPECT_EQ(Sn(Sample{4}), 0);
}

double NaiveSn(const Sample& x) {
  const std::size_t n = x.size();
  Sample outer;
  for (const double a : x) {
    Sample inner;
    for (const double b : x) inner.push_back(std::abs(a - b));
    std::sort(inner.begin(), inner.end());
    outer.push_back(inner[n / 2]);
  }
  std::sort(outer.begin(), outer.end());
  return outer[(n + 1) / 2 - 1];
}

TEST(Sn, AgreesWithItsDefinitionForEveryStartOfASample) {
  DIJIA_SKIP_WITHOUT("validation/numeric");
  const Sample x = SortedReference("precip");
  for (std::size_t n = 10; n <= x.size(); n += 2) {  // even: no correction
    const Sample part(x.begin(), x.begin() + static_cast<std::ptrdiff_t>(n));
    EXPECT_DOUBLE_EQ(Sn(part), 1.1926 * NaiveSn(part)) << n;
  }
}

// The definition, written out: ties with the median by their place among the ties.
double NaiveMedcouple(const Sample& x) {
  const double m = Median(x);
  const auto ties = static_cast<int>(std::count(x.begin(), x.end(), m));
  Sample skews;
  int row = 0;
  for (const double a : x) {
    if (a > m) break;
    int column = 0;
    for (const double b : x) {
      if (b < m) continue;
      if (a == m && b == m) {
        const int place = row + column++ - (ties - 1);
        skews.push_back(place < 0 ? -1 : (place > 0 ? 1 : 0));
      } else {
        skews.push_back(((b - m) - (m - a)) / (b - a));
      }
    }
    if (a == m) ++row;
  }
  std::sort(skews.begin(), skews.end());
  return Median(skews);
}

TEST(Medcouple, AgreesWithItsDefinitionForEveryStartOfASample) {
  DIJIA_SKIP_WITHOUT("validation/numeric");
  for (const char* name : {"rivers", "precip"}) {
    const Sample x = SortedReference(name);
    for (std::size_t n = 1; n <= x.size(); ++n) {
      const Sample part(x.begin(), x.begin() + static_cast<std::ptrdiff_t>(n));
      EXPECT_EQ(Medcouple(part), NaiveMedcouple(part)) << name << " " << n;
    }
  }
}

TEST(Medcouple, AgreesWithItsDefinitionWhenManyValuesAreEqual) {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    std::mt19937_64 random(seed);
    Sample x;
    for (std::uint64_t i = 0; i < 1 + seed * 3; ++i) x.push_back(static_cast<double>(random() % 7));
    std::sort(x.begin(), x.end());
    EXPECT_EQ(Medcouple(x), NaiveMedcouple(x)) << "seed " << seed;
  }
}

TEST(Medcouple, IsTheOppositeOfTheMirroredSample) {
  const Sample x{1, 2, 2, 3, 8, 9, 20}, mirrored{-20, -9, -8, -3, -2, -2, -1};
  EXPECT_EQ(Medcouple(x), -Medcouple(mirrored));
  EXPECT_GT(Medcouple(x), 0);
}

TEST(Medcouple, OfEqualValuesIsNothingAndOfNoValuesNotANumber) {
  EXPECT_EQ(Medcouple(Sample(500, 3.5)), 0);
  EXPECT_EQ(Medcouple(Sample{4}), 0);
  EXPECT_TRUE(std::isnan(Medcouple({})));
}

TEST(CoefficientOfVariation, IsTheSpreadInUnitsOfTheMean) {
  EXPECT_DOUBLE_EQ(CoefficientOfVariation(Sample{1, 2, 3}), 0.5);
  EXPECT_TRUE(std::isnan(CoefficientOfVariation(Sample{-1, 0, 1})));
}

}  // namespace
}  // namespace dijia
