// Rows of CSV files, fast and the same on every machine: text into growing memory, numbers as
// scaled integers, no locale.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "dijia/base/text_buffer.h"

namespace dijia::app {

// A text cell as it stands in a file of ours: quoted where CSV needs it (comma, quote, line break),
// and with an apostrophe before a first `=`, `+`, `-`, `@`, tab or return, which spreadsheets would
// run as a formula.
std::string CsvCell(std::string_view text);

// Appends cells. Put… writes the value only; the caller puts commas and line ends.
class CsvText : public TextBuffer {
 public:
  // A text that may need quotes or an apostrophe.
  void PutText(std::string_view text) {
    if (IsPlain(text)) {
      *this += text;
    } else {
      *this += CsvCell(text);
    }
  }
  void PutUnsigned(std::uint64_t number);
  // `units` counts of 10^-decimals with exactly that many places, 0 to 18.
  void PutFixed(std::int64_t units, int decimals);
  // The same without zeros at the end: 840000 with 4 decimals is 84.
  void PutDecimal(std::int64_t units, int decimals);
  // The value rounded half away from zero to `decimals` places, 0 to 6; nothing for NaN, infinities
  // and what leaves int64.
  void PutRounded(double value, int decimals);

  // True when the text stands in a file as it is.
  static bool IsPlain(std::string_view text);
};

}  // namespace dijia::app
