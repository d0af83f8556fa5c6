#include "tail.h"

#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>

namespace dijia {
namespace {

namespace bm = boost::math;

// 1 below the support, 0 at infinity, NaN for NaN; the distributions themselves throw there.
template <class Distribution>
double TailOfPositive(const Distribution& distribution, double x) {
  if (std::isnan(x)) return std::numeric_limits<double>::quiet_NaN();
  if (x <= 0) return 1;
  return std::isinf(x) ? 0 : cdf(complement(distribution, x));
}

}  // namespace

double TwoSidedStudentTail(double t, double freedom) {
  if (t == 0) return 1;
  return std::isnan(t) ? t : 2 * TailOfPositive(bm::students_t(freedom), std::fabs(t));
}

double FisherTail(double f, double numerator_freedom, double denominator_freedom) {
  return TailOfPositive(bm::fisher_f(numerator_freedom, denominator_freedom), f);
}

double ChiSquareTail(double x, double freedom) {
  return TailOfPositive(bm::chi_squared(freedom), x);
}

double StudentReach(double coverage, double freedom) {
  return quantile(complement(bm::students_t(freedom), (1 - coverage) / 2));
}

double NormalReach(double coverage) {
  return quantile(complement(bm::normal(), (1 - coverage) / 2));
}

}  // namespace dijia
