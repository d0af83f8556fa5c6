// Least squares against certified and independent results:
// NIST Statistical Reference Datasets, R's lm with the packages sandwich and lmtest (ols.csv), and
// the hedonic models V21 of the validation folder.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "dijia/least_squares.h"
#include "support/regression_reference.h"

namespace dijia {
namespace {

using test::DesignOf;
using test::Mapped;
using test::OwnedDesign;
using test::ReadReferenceTable;
using test::ReferenceTable;
using test::ReferenceValues;

struct NistSet {
  std::string name;
  int degree;  // of the polynomial in x; 0 = the columns x1, x2, …
  bool intercept;
  double digits_of_r;  // coefficients by R's lm, worst parameter (validation/numeric/README.md)
  double digits_of_r_se;
};

const NistSet kNistSets[] = {
    {"norris", 1, true, 11.9, 13.6},  {"pontius", 2, true, 12.0, 12.3},
    {"noint1", 1, false, 14.9, 14.6}, {"noint2", 1, false, 14.9, 14.6},
    {"filip", 10, true, 8.2, 7.6},    {"longley", 0, true, 13.0, 14.1},
    {"wampler1", 5, true, 9.2, 10.0}, {"wampler2", 5, true, 13.2, 14.9},
    {"wampler3", 5, true, 9.4, 13.3}, {"wampler4", 5, true, 7.6, 13.8},
    {"wampler5", 5, true, 5.6, 13.8},
};

// Correct decimal digits, at most 15; absolute where the truth is 0.
double Digits(double got, double exact) {
  const double error = exact == 0.0 ? std::fabs(got) : std::fabs(got / exact - 1.0);
  return error == 0.0 ? 15.0 : std::min(15.0, -std::log10(error));
}

std::map<std::string, double> ExactValues(const std::string& set) {
  const ReferenceTable table =
      ReadReferenceTable("validation/numeric/expected/nist_" + set + ".csv");
  std::map<std::string, double> out;
  for (const auto& row : table.rows) out[row.at(0)] = std::strtod(row.at(2).c_str(), nullptr);
  return out;
}

Result<LeastSquaresFit> FitNist(const ReferenceTable& data, const NistSet& set) {
  LeastSquaresOptions options;
  options.intercept = set.intercept;
  const std::vector<double> y = data.Numbers("y");
  if (set.degree > 0) return FitPolynomial(data.Numbers("x"), y, set.degree, options);
  return FitLeastSquares(DesignOf(data, {"x1", "x2", "x3", "x4", "x5", "x6"}).View(), y, options);
}

TEST(NistLinearRegression, HasNineDigitsOnEverySetAndNeverFewerThanR) {
  DIJIA_SKIP_WITHOUT("validation/numeric");
  for (const NistSet& set : kNistSets) {
    const ReferenceTable data =
        ReadReferenceTable("validation/numeric/data/nist_" + set.name + ".csv");
    const std::map<std::string, double> exact = ExactValues(set.name);
    const Result<LeastSquaresFit> fit = FitNist(data, set);
    ASSERT_TRUE(fit.has_value()) << set.name << ": " << fit.error().detail;
    double worst = 15.0;
    double worst_error = 15.0;
    for (std::size_t j = 0; j < fit->terms.size(); ++j) {
      const std::string at = std::to_string(j + (set.intercept ? 0 : 1));
      worst = std::min(worst, Digits(fit->terms[j].value, exact.at("b" + at)));
      worst_error =
          std::min(worst_error, Digits(fit->terms[j].standard_error, exact.at("se" + at)));
    }
    EXPECT_GE(worst, std::max(9.0, set.digits_of_r)) << set.name;
    EXPECT_GE(worst_error, std::max(9.0, set.digits_of_r_se)) << set.name;
    EXPECT_GE(Digits(fit->residual_deviation, exact.at("residual_sd")), 9.0) << set.name;
    EXPECT_GE(Digits(fit->r_squared, exact.at("r_squared")), 9.0) << set.name;
    RecordProperty(set.name + "_digits", std::to_string(worst));
    RecordProperty(set.name + "_digits_se", std::to_string(worst_error));
  }
}

// Every quantity of ols.csv for one model.
class OlsReference {
 public:
  OlsReference(std::string procedure, OwnedDesign design, std::vector<double> y)
      : reference_("validation/numeric/expected/ols.csv"),
        procedure_(std::move(procedure)),
        design_(std::move(design)),
        y_(std::move(y)) {}

  void CheckFit() const {
    const LeastSquaresFit fit = Fit(CovarianceKind::kClassical);
    CheckTerms(fit, "se:");
    Expect("sigma", fit.residual_deviation);
    Expect("r2", fit.r_squared);
    Expect("adj_r2", fit.adjusted_r_squared);
    Expect("F", fit.f);
    Expect("logLik", fit.log_likelihood);
    Expect("AIC", fit.aic);
    Expect("BIC", fit.bic);
    CheckTerms(Fit(CovarianceKind::kHC0), "se_HC0:");
    CheckTerms(Fit(CovarianceKind::kHC1), "se_HC1:");
    CheckTerms(Fit(CovarianceKind::kHC2), "se_HC2:");
    CheckTerms(Fit(CovarianceKind::kHC3), "se_HC3:");
  }

  void CheckDiagnostics() const {
    const auto checks = DiagnoseLeastSquares(design_.View(), y_);
    ASSERT_TRUE(checks.has_value());
    const auto largest = [](const std::vector<double>& values) {
      double out = 0.0;
      for (const double value : values) out = std::max(out, std::fabs(value));
      return out;
    };
    Expect("breusch_pagan_studentised", checks->breusch_pagan);
    Expect("breusch_pagan_p", checks->breusch_pagan_p);
    Expect("durbin_watson", checks->durbin_watson);
    Expect("max_leverage", largest(checks->leverages));
    Expect("max_cooks_distance", largest(checks->cook_distances));
    Expect("max_abs_rstudent", largest(checks->studentized));
    for (std::size_t j = 0; j < design_.names.size(); ++j) {
      Expect("vif:" + design_.names[j], checks->variance_inflation[j]);
    }
  }

 private:
  LeastSquaresFit Fit(CovarianceKind kind) const {
    LeastSquaresOptions options;
    options.covariance = kind;
    return *FitLeastSquares(design_.View(), y_, options);
  }
  void CheckTerms(const LeastSquaresFit& fit, const std::string& error_prefix) const {
    for (std::size_t j = 0; j < fit.terms.size(); ++j) {
      const std::string name = j == 0 ? "(Intercept)" : design_.names[j - 1];
      Expect("b:" + name, fit.terms[j].value);
      Expect(error_prefix + name, fit.terms[j].standard_error);
    }
  }
  void Expect(const std::string& quantity, double got) const {
    const double expected = reference_.Of(procedure_, quantity);
    EXPECT_NEAR(got, expected, 1e-9 * std::max(1.0, std::fabs(expected))) << quantity;
  }

  ReferenceValues reference_;
  std::string procedure_;
  OwnedDesign design_;
  std::vector<double> y_;
};

void CheckModel(const OlsReference& model) {
  model.CheckFit();
  model.CheckDiagnostics();
}

TEST(OrdinaryLeastSquares, AgreesWithROnStackloss) {
  DIJIA_SKIP_WITHOUT("validation/numeric");
  const ReferenceTable data = ReadReferenceTable("validation/numeric/data/stackloss.csv");
  CheckModel({"ols stackloss loss~air+water+acid", DesignOf(data, {"air", "water", "acid"}),
              data.Numbers("loss")});
}

const std::vector<std::string> kBaltimoreColumns = {"NROOM",  "DWELL", "NBATH", "PATIO", "FIREPL",
                                                    "AC",     "BMENT", "NSTOR", "GAR",   "AGE",
                                                    "CITCOU", "LOTSZ", "SQFT"};

TEST(OrdinaryLeastSquares, AgreesWithROnBaltimore) {
  DIJIA_SKIP_WITHOUT("validation/numeric");
  const ReferenceTable data = ReadReferenceTable("validation/numeric/data/baltimore.csv");
  std::string procedure = "ols baltimore PRICE~";
  for (const std::string& name : kBaltimoreColumns) procedure += name + "+";
  procedure.pop_back();
  CheckModel({procedure, DesignOf(data, kBaltimoreColumns), data.Numbers("PRICE")});
}

TEST(OrdinaryLeastSquares, AgreesWithROnBoston) {
  DIJIA_SKIP_WITHOUT("validation/numeric");
  const ReferenceTable data = ReadReferenceTable("validation/numeric/data/boston_c.csv");
  const auto square = [](double x) { return x * x; };
  const auto log = [](double x) { return std::log(x); };
  OwnedDesign design = DesignOf(data, {"CRIM", "ZN", "INDUS", "CHAS"});
  design.Add("I(NOX^2)", Mapped(data.Numbers("NOX"), square));
  design.Add("I(RM^2)", Mapped(data.Numbers("RM"), square));
  design.Add("AGE", data.Numbers("AGE"));
  for (const char* name : {"DIS", "RAD"}) {
    design.Add("log(" + std::string(name) + ")", Mapped(data.Numbers(name), log));
  }
  for (const char* name : {"TAX", "PTRATIO", "B"}) design.Add(name, data.Numbers(name));
  design.Add("log(LSTAT)", Mapped(data.Numbers("LSTAT"), log));
  CheckModel(
      {"ols boston_c log(CMEDV)~CRIM+ZN+INDUS+CHAS+NOX^2+RM^2+AGE+log(DIS)+log(RAD)+TAX+"
       "PTRATIO+B+log(LSTAT)",
       design, Mapped(data.Numbers("CMEDV"), log)});
}

// V21, first part.
TEST(HedonicModel, AgreesWithROnBaltimoreLogPrices) {
  DIJIA_SKIP_WITHOUT("validation/regression");
  const ReferenceTable data = ReadReferenceTable("validation/regression/baltimore.csv");
  const ReferenceTable expected =
      ReadReferenceTable("validation/regression/baltimore_expected.csv");
  const OwnedDesign design = DesignOf(data, kBaltimoreColumns);
  const auto log = [](double x) { return std::log(x); };
  const std::vector<double> y = Mapped(data.Numbers("PRICE"), log);
  const Result<LeastSquaresFit> fit = FitLeastSquares(design.View(), y);
  ASSERT_TRUE(fit.has_value());
  const std::vector<double> estimates = expected.Numbers("estimate");
  const std::vector<double> errors = expected.Numbers("std_error");
  for (std::size_t j = 0; j < fit->terms.size(); ++j) {
    EXPECT_NEAR(fit->terms[j].value, estimates[j], 1e-9);
    EXPECT_NEAR(fit->terms[j].standard_error, errors[j], 1e-9);
  }
  EXPECT_NEAR(fit->r_squared, 0.662602028822684, 1e-9);
  EXPECT_NEAR(fit->residual_deviation, 0.338187570809893, 1e-9);
  EXPECT_NEAR(fit->aic, 156.792742860815, 1e-9);
}

// V21, second part: 25,357 rows, so by cross products.
TEST(HedonicModel, AgreesWithROnLucasCounty) {
  DIJIA_SKIP_WITHOUT("validation/ratio");
  const ReferenceTable data = ReadReferenceTable("validation/ratio/lucas_house.csv");
  const auto log = [](double x) { return std::log(x); };
  OwnedDesign design;
  design.Add("tla", Mapped(data.Numbers("TLA"), log));
  design.Add("lotsize", Mapped(data.Numbers("lotsize"), log));
  const auto decades = [](double year) { return (year - 1950.0) / 10.0; };
  const std::vector<double> age = Mapped(data.Numbers("yrbuilt"), decades);
  design.Add("c", age);
  design.Add("c2", Mapped(age, [](double c) { return c * c; }));
  for (int year = 94; year <= 98; ++year) {
    design.Add("year", Mapped(data.Numbers("sdate"), [&](double date) {
                 return std::floor(date / 10000.0) == year ? 1.0 : 0.0;
               }));
  }
  const std::vector<double> y = Mapped(data.Numbers("price"), log);
  const Result<LeastSquaresFit> fit = FitLeastSquares(design.View(), y);
  ASSERT_TRUE(fit.has_value());
  EXPECT_EQ(fit->path, LeastSquaresPath::kCrossProducts);
  EXPECT_NEAR(fit->r_squared, 0.694286200325281, 1e-12);
}

}  // namespace
}  // namespace dijia
