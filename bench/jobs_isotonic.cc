// J2b: weighted isotonic fit of a million values.
#include <memory>
#include <vector>

#include "dijia/monotone.h"
#include "job.h"

namespace dijia::bench {

Run PrepareIsotonic(const Arrays& arrays) {
  struct Input {
    std::vector<double> y, weights;
  };
  const auto input =
      std::make_shared<const Input>(Input{arrays.Doubles("iso_y"), arrays.Doubles("iso_w")});
  return [input](unsigned) {
    double squares = 0.0;
    for (const double fitted : IsotonicFit(input->y, input->weights)) squares += fitted * fitted;
    return CheckOf({squares});
  };
}

}  // namespace dijia::bench
