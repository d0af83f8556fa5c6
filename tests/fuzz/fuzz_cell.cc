// Any text as a cell of every kind: understood or refused, never both, and the same however it is
// padded with blanks.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "dijia/base/decimal.h"
#include "fuzz/require.h"
#include "io/cell.h"

namespace {

using dijia::io::CellValue;

template <class T>
void ExpectOneAnswer(const CellValue<T>& cell) {
  DIJIA_REQUIRE(!(cell.value && cell.problem));
  if (cell.problem) DIJIA_REQUIRE(!cell.problem->arguments.empty());
}

template <class T>
void ExpectSame(const CellValue<T>& a, const CellValue<T>& b) {
  ExpectOneAnswer(a);
  DIJIA_REQUIRE(a.value == b.value);
  DIJIA_REQUIRE(a.problem.has_value() == b.problem.has_value());
}

void ExpectPlainIsStable(std::string_view text) {
  std::string buffer, again;
  const std::string plain(dijia::io::Plain(text, buffer));
  DIJIA_REQUIRE(dijia::io::Plain(plain, again) == plain);
}

// What ParseDecimal reads, a cell of decimals says too.
void ExpectPlainDecimals(std::string_view text) {
  for (const int scale : {0, 4, 6}) {
    const auto units = dijia::ParseDecimal(text, scale);
    const auto cell = dijia::io::ReadDecimalCell(text, scale);
    ExpectSame(cell, dijia::io::ReadDecimalCell(" " + std::string(text) + "　", scale));
    if (units) DIJIA_REQUIRE(cell.value == *units);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const std::string padded = "　" + std::string(text) + " ";
  ExpectPlainIsStable(text);
  ExpectPlainDecimals(text);
  ExpectSame(dijia::io::ReadAreaCell(text, dijia::io::AreaUnit::kMu),
             dijia::io::ReadAreaCell(padded, dijia::io::AreaUnit::kMu));
  ExpectSame(dijia::io::ReadDateCell(text), dijia::io::ReadDateCell(padded));
  ExpectSame(dijia::io::ReadDoubleCell(text), dijia::io::ReadDoubleCell(padded));
  ExpectOneAnswer(dijia::io::ReadPriceCell(text, std::nullopt));
  ExpectOneAnswer(dijia::io::ReadPriceCell(text, dijia::PriceUnit::kWanYuanTotal));
  ExpectOneAnswer(dijia::io::ReadFarCell(text));
  ExpectOneAnswer(dijia::io::ReadTermCell(text));
  const auto grade = dijia::io::ReadGradeCell(text);
  ExpectOneAnswer(grade);
  if (grade.value) {
    DIJIA_REQUIRE(grade.value->grade.value == 0 || grade.value->land_class.value == 0);
    DIJIA_REQUIRE(grade.value->land_class.value <= 15);
  }
  return 0;
}
