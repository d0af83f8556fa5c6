// Tail probabilities and quantiles of the test distributions, by Boost.Math; the header that keeps
// its many templates in one translation unit. Statistics may be infinite (a perfect fit).
#pragma once

namespace dijia {

// P(|T| >= |t|), Student's t with `freedom` > 0 degrees of freedom.
double TwoSidedStudentTail(double t, double freedom);
// P(F >= f), Fisher's F.
double FisherTail(double f, double numerator_freedom, double denominator_freedom);
// P(χ² >= x).
double ChiSquareTail(double x, double freedom);
// The t that |T| stays below with probability `coverage` in (0, 1).
double StudentReach(double coverage, double freedom);
// The z that |Z| stays below with probability `coverage` in (0, 1), Z standard normal.
double NormalReach(double coverage);

}  // namespace dijia
