// Chinese and English names of the codes that people read (data/reference/labels.csv).
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "dijia/base/code.h"

namespace dijia::report {

// An immutable table of names. An empty table names every code by itself.
class Labels {
 public:
  // Reads the text of a file with the header `code,zh,en` and no quoted cells; lines that are not
  // three cells are passed over.
  static Labels Parse(std::string_view csv);

  // The name of `code`, or the code itself where the table has none.
  std::string_view Of(std::string_view code, Language language) const;
  bool Has(std::string_view code) const { return names_.find(code) != names_.end(); }
  std::vector<std::string_view> Codes() const;  // in order

 private:
  struct Name {
    std::string zh, en;
  };
  std::map<std::string, Name, std::less<>> names_;
};

}  // namespace dijia::report
