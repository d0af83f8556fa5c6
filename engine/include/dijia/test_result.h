// What a statistical test says.
#pragma once

namespace dijia {

// NaN where a test cannot be made: too few values, or values that are all equal.
struct TestResult {
  double statistic = 0;
  double p_value = 1;  // P(a statistic at least as extreme | the hypothesis of the test)
};

}  // namespace dijia
