// Jobs that are compared with peers. A job is prepared once (reading its input is not measured) and
// then run any number of times; each run answers a check value that the peer must answer too.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "arrays.h"

namespace dijia::bench {

// Does the work once with that many threads (0 = all cores) and answers its check value: a JSON
// number or array of numbers.
using Run = std::function<std::string(unsigned threads)>;

struct Job {
  std::string_view name;  // as in compare.py, for example "J2b"
  std::string_view title;
  Run (*prepare)(const Arrays& arrays);
};

// All jobs, in the order of their names.
std::span<const Job> Jobs();

// The job of that name, or null.
const Job* FindJob(std::string_view name);

// "[1.5,2]": shortest text that reads back as the same numbers.
std::string CheckOf(std::initializer_list<double> values);

// The jobs of each source file.
Run PrepareNormalityTests(const Arrays& arrays);
Run PrepareMedianBootstrap(const Arrays& arrays);
Run PrepareMeanBootstrap(const Arrays& arrays);
Run PrepareIsotonic(const Arrays& arrays);
Run PrepareLeastSquares(const Arrays& arrays);
Run PrepareRepeatSales(const Arrays& arrays);
Run PrepareHedonicIndex(const Arrays& arrays);
Run PrepareNormalize(const Arrays& arrays);
Run PrepareScreen(const Arrays& arrays);
Run PrepareValues(const Arrays& arrays);
Run PrepareCsv(const Arrays& arrays);

}  // namespace dijia::bench
