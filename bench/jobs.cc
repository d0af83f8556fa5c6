#include <array>
#include <charconv>

#include "job.h"

namespace dijia::bench {
namespace {

constexpr std::array kJobs = {
    Job{"J1a", "normalise 10M samples", PrepareNormalize},
    Job{"J1b", "median and MAD screen, 10M in 200 groups", PrepareScreen},
    Job{"J1c", "Shapiro-Wilk, Jarque-Bera and Anderson-Darling, 50 x 5000", PrepareNormalityTests},
    Job{"J2a", "bootstrap of the median, 50 x 200, B = 10,000", PrepareMedianBootstrap},
    Job{"J2a2", "bootstrap of the mean, BCa, 50 x 200, B = 10,000", PrepareMeanBootstrap},
    Job{"J2b", "weighted isotonic fit, 1M", PrepareIsotonic},
    Job{"J3a", "least squares with HC1 errors, 1M x 21", PrepareLeastSquares},
    Job{"J3b", "repeat-sales index (WRS), 500k pairs, 120 periods", PrepareRepeatSales},
    Job{"J3c", "hedonic imputation index, 1M sales, 120 periods", PrepareHedonicIndex},
    Job{"J9", "value 10M parcels in doubles", PrepareValues},
    Job{"J13", "read a 10M x 15 CSV into columns", PrepareCsv},
};

}  // namespace

std::span<const Job> Jobs() { return kJobs; }

const Job* FindJob(std::string_view name) {
  for (const Job& job : kJobs) {
    if (job.name == name) return &job;
  }
  return nullptr;
}

std::string CheckOf(std::initializer_list<double> values) {
  std::string text = "[";
  for (const double value : values) {
    char digits[32];
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    if (text.size() > 1) text += ',';
    text.append(digits, end);
  }
  return text + "]";
}

}  // namespace dijia::bench
