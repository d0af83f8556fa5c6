// Monotone fits and natural breaks against other programs: V19, V20 of the validation folder and
// isotonic_breaks.csv (R isoreg, fdrtool, classInt).
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <sstream>
#include <string>
#include <vector>

#include "dijia/monotone.h"
#include "dijia/natural_breaks.h"
#include "support/reference_csv.h"

namespace dijia {
namespace {

using test::ReadReferenceTable;
using test::ReferenceTable;
using test::ReferenceValues;

std::vector<double> NumbersOf(const std::string& joined) {
  std::vector<double> out;
  std::stringstream in(joined);
  for (std::string part; std::getline(in, part, '|');) {
    out.push_back(std::strtod(part.c_str(), nullptr));
  }
  return out;
}

TEST(IsotonicReference, AgreesWithTheCasesOfV20) {
  DIJIA_SKIP_WITHOUT("validation/grading");
  const ReferenceTable table = ReadReferenceTable("validation/grading/isotonic_expected.csv");
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    const std::vector<double> expected = NumbersOf(table.Texts("expected_fit")[row]);
    const std::vector<double> fitted =
        IsotonicFit(NumbersOf(table.Texts("y")[row]), NumbersOf(table.Texts("w")[row]));
    ASSERT_EQ(fitted.size(), expected.size());
    for (std::size_t i = 0; i < fitted.size(); ++i) EXPECT_NEAR(fitted[i], expected[i], 1e-12);
  }
}

TEST(IsotonicReference, AgreesWithIsoregAndFdrtool) {
  DIJIA_SKIP_WITHOUT("validation/numeric");
  const ReferenceValues reference("validation/numeric/expected/isotonic_breaks.csv");
  const std::vector<double> y = {1, 0, 4, 3, 3, 5, 4, 2, 0};
  const std::vector<double> w = {1, 2, 1, 3, 1, 1, 2, 1, 1};
  const auto check = [&](const std::string& procedure, const std::vector<double>& fitted) {
    for (std::size_t i = 0; i < fitted.size(); ++i) {
      EXPECT_NEAR(fitted[i], reference.Of(procedure, "yf" + std::to_string(i + 1)), 1e-12);
    }
  };
  check("isoreg y=1 0 4 3 3 5 4 2 0", IsotonicFit(y));
  check("weighted isotonic y as above, w=1 2 1 3 1 1 2 1 1", IsotonicFit(y, w));
  check("weighted antitonic, same", IsotonicFit(y, w, MonotoneDirection::kFalling));
}

TEST(NaturalBreaksReference, AgreeWithClassIntOnRiversAndBaltimore) {
  DIJIA_SKIP_WITHOUT("validation/numeric");
  const ReferenceValues reference("validation/numeric/expected/isotonic_breaks.csv");
  const auto check = [&](const std::string& name, const std::vector<double>& numbers) {
    for (int k = 3; k <= 8; ++k) {
      const std::string procedure = "natural breaks " + name + " k=" + std::to_string(k);
      const auto breaks = FindNaturalBreaks(numbers, k);
      ASSERT_TRUE(breaks.has_value());
      const double within = reference.Of(procedure, "within_ss");
      EXPECT_NEAR(breaks->within_squares / within, 1.0, 1e-12) << procedure;
      EXPECT_NEAR(breaks->goodness_of_fit, reference.Of(procedure, "gvf"), 1e-12) << procedure;
      for (int i = 0; i < k; ++i) {
        EXPECT_EQ(breaks->smallest[static_cast<std::size_t>(i)],
                  reference.Of(procedure, "class_min_" + std::to_string(i + 1)))
            << procedure;
      }
    }
  };
  check("rivers", ReadReferenceTable("validation/numeric/data/rivers.csv").Numbers("x"));
  check("baltimore.PRICE",
        ReadReferenceTable("validation/numeric/data/baltimore.csv").Numbers("PRICE"));
}

TEST(NaturalBreaksReference, AgreeWithV19) {
  DIJIA_SKIP_WITHOUT("validation/grading");
  const ReferenceTable data = ReadReferenceTable("validation/grading/jenks71.csv");
  const std::vector<double> numbers = data.Numbers("jenks71");
  const ReferenceTable expected = ReadReferenceTable("validation/grading/jenks71_expected.csv");
  for (const auto& row : expected.rows) {
    const int k = std::atoi(row.at(0).c_str());
    const auto breaks = FindNaturalBreaks(numbers, k);
    ASSERT_TRUE(breaks.has_value());
    EXPECT_EQ(breaks->bounds, NumbersOf(row.at(2))) << k;
    const std::vector<double> counts = NumbersOf(row.at(3));
    for (std::size_t i = 0; i < counts.size(); ++i) {
      EXPECT_EQ(static_cast<double>(breaks->counts[i]), counts[i]) << k;
    }
    EXPECT_NEAR(breaks->within_squares, std::strtod(row.at(4).c_str(), nullptr), 1e-9);
    EXPECT_NEAR(breaks->goodness_of_fit, std::strtod(row.at(5).c_str(), nullptr), 1e-12);
  }
}

}  // namespace
}  // namespace dijia
