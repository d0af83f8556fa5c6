// J3a: least squares with heteroscedasticity-consistent errors.
#include <memory>
#include <utility>
#include <vector>

#include "dijia/least_squares.h"
#include "job.h"

namespace dijia::bench {

Run PrepareLeastSquares(const Arrays& arrays) {
  struct Input {
    std::vector<double> x, y;
  };
  const auto input =
      std::make_shared<const Input>(Input{arrays.Doubles("ols_X"), arrays.Doubles("ols_y")});
  return [input](unsigned threads) {
    const std::size_t rows = input->y.size();
    const auto fit = FitLeastSquares({input->x, rows, input->x.size() / rows}, input->y,
                                     {.covariance = CovarianceKind::kHC1, .threads = threads});
    if (!fit) return std::string("[]");
    return CheckOf({fit->terms[0].value, fit->terms[1].value, fit->terms[0].standard_error,
                    fit->terms[1].standard_error});
  };
}

}  // namespace dijia::bench
