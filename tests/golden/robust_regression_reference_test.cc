// Robust regressions of Brownlee's stack loss data against MASS, robustbase and quantreg
// (robust.csv).
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "dijia/robust_regression.h"
#include "support/regression_reference.h"

namespace dijia {
namespace {

using test::DesignOf;
using test::OwnedDesign;
using test::ReadReferenceTable;
using test::ReferenceTable;
using test::ReferenceValues;

const std::vector<std::string> kColumns = {"air", "water", "acid"};

class StackLoss : public testing::Test {
 protected:
  void SetUp() override {
    DIJIA_SKIP_WITHOUT("validation/numeric");
    const ReferenceTable data = ReadReferenceTable("validation/numeric/data/stackloss.csv");
    design_ = DesignOf(data, kColumns);
    loss_ = data.Numbers("loss");
  }
  static double Expected(const std::string& procedure, const std::string& quantity) {
    return ReferenceValues("validation/numeric/expected/robust.csv").Of(procedure, quantity);
  }
  static void CheckTerms(const RobustFit& fit, const std::string& procedure, double tolerance) {
    EXPECT_NEAR(fit.terms[0].value, Expected(procedure, "b:(Intercept)"), 30 * tolerance);
    for (std::size_t j = 0; j < kColumns.size(); ++j) {
      EXPECT_NEAR(fit.terms[j + 1].value, Expected(procedure, "b:" + kColumns[j]), tolerance);
    }
  }

  OwnedDesign design_;
  std::vector<double> loss_;
};

TEST_F(StackLoss, ByHuberAgreesWithMass) {
  const auto fit = FitHuber(design_.View(), loss_);
  ASSERT_TRUE(fit.has_value());
  CheckTerms(*fit, "rlm Huber k=1.345 stackloss", 1e-8);
  EXPECT_NEAR(fit->scale, Expected("rlm Huber k=1.345 stackloss", "scale"), 1e-8);
}

TEST_F(StackLoss, ByBisquareAgreesWithMass) {
  const auto fit = FitBisquare(design_.View(), loss_);
  ASSERT_TRUE(fit.has_value());
  const std::string procedure = "rlm bisquare c=4.685 stackloss (start: LS)";
  CheckTerms(*fit, procedure, 1e-8);
  EXPECT_NEAR(fit->scale, Expected(procedure, "scale"), 1e-8);
}

TEST_F(StackLoss, ByMMAgreesWithRobustbase) {
  const auto fit = FitMM(design_.View(), loss_);
  ASSERT_TRUE(fit.has_value());
  CheckTerms(*fit, "lmrob MM bisquare stackloss", 1e-8);
  EXPECT_NEAR(fit->scale, Expected("lmrob MM bisquare stackloss", "s_scale"), 1e-8);
  // The rows that this data set is known for (Rousseeuw & Leroy 1987, chapter 3): 1, 3, 4, 21.
  EXPECT_LT(fit->weights[20], 0.01);
}

TEST_F(StackLoss, ByQuantilesReachesTheCheckLossOfQuantreg) {
  for (const char* tau : {"0.25", "0.50", "0.75"}) {
    const auto fit = FitQuantile(design_.View(), loss_, std::stod(tau));
    ASSERT_TRUE(fit.has_value());
    const std::string procedure = std::string("rq tau=") + tau + " stackloss";
    EXPECT_NEAR(fit->check_loss, Expected(procedure, "check_loss"), 1e-12) << tau;
    EXPECT_NEAR(fit->coefficients[0], Expected(procedure, "b:(Intercept)"), 1e-8) << tau;
    for (std::size_t j = 0; j < kColumns.size(); ++j) {
      EXPECT_NEAR(fit->coefficients[j + 1], Expected(procedure, "b:" + kColumns[j]), 1e-8) << tau;
    }
  }
}

}  // namespace
}  // namespace dijia
