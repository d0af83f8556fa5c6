// Any text as the XML of a sheet: refused, or its faults in order of place, each inside a sheet and
// with a name.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "dijia/base/codes.h"
#include "fuzz/require.h"
#include "io/sheet_xml.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view xml(reinterpret_cast<const char*>(bytes), size);
  const auto faults = dijia::io::FindSheetFaultsIn(xml, "S");
  if (!faults) {
    DIJIA_REQUIRE(faults.error().code == dijia::Code::kTableNotReadable);
    return 0;
  }
  const dijia::io::SheetFault* before = nullptr;
  for (const dijia::io::SheetFault& fault : *faults) {
    DIJIA_REQUIRE(fault.code == dijia::Code::kFormulaWithoutValue ||
                  fault.code == dijia::Code::kMergedCells);
    DIJIA_REQUIRE(fault.column >= 1 && fault.column <= 26 + 26 * 26 + 26 * 26 * 26);
    DIJIA_REQUIRE(fault.row >= 1 && fault.row <= 9'999'999);
    DIJIA_REQUIRE(fault.name.starts_with("S!") && fault.name.size() > 2);
    if (before != nullptr) {
      DIJIA_REQUIRE(before->row < fault.row ||
                    (before->row == fault.row && before->column <= fault.column));
    }
    before = &fault;
  }
  return 0;
}
