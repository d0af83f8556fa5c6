// The facts that a run needs beside its inputs (data/reference).
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "report/labels.h"

namespace dijia::app {

// A row of counties.csv: a county, or a city or its own level under the same code.
struct County {
  std::string code, name, level, city_code, city_name;
};

struct Reference {
  report::Labels labels;
  std::map<std::string, std::string, std::less<>> county_names;  // by GB/T 2260 code
  std::vector<County> counties;  // every row, in the order of the file

  // The name of a county; empty when it is not known.
  std::string_view CountyName(std::string_view code) const;
};

// Reads labels.csv and counties.csv of a folder. Throws FileError.
Reference LoadReference(const std::filesystem::path& folder);

}  // namespace dijia::app
