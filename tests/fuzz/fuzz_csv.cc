// Any bytes as a CSV file. They are read twice, in one block by the plain loops and in small blocks
// by wide ones on two threads, and both must come to the same. The first byte of the input chooses
// how.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "dijia/simd.h"
#include "fuzz/require.h"
#include "io/csv.h"

namespace {

using dijia::Dictionary;
using dijia::Result;
using dijia::SimdLevel;
using dijia::TextColumn;
using dijia::io::ByteSource;
using dijia::io::CellFault;
using dijia::io::ColumnTarget;
using dijia::io::CsvFile;
using dijia::io::CsvOptions;
using dijia::io::Filling;
using dijia::io::WantedColumn;

// All that is read from a file, with its columns taken in turn as each type.
struct Contents {
  std::vector<std::int64_t> wide;
  std::vector<std::int32_t> small, dates;
  std::vector<double> reals;
  std::vector<std::uint16_t> codes;
  std::vector<std::uint32_t> wide_codes;
  Dictionary names, wide_names;
  TextColumn texts;
  Filling filling;
  bool failed = false;
};

bool Same(const Dictionary& a, const Dictionary& b) {
  bool same = a.size() == b.size();
  for (std::uint32_t i = 0; same && i < a.size(); ++i) same = a.Name(i) == b.Name(i);
  return same;
}

bool Same(const TextColumn& a, const TextColumn& b) {
  bool same = a.size() == b.size();
  for (std::size_t i = 0; same && i < a.size(); ++i) same = a[i] == b[i];
  return same;
}

bool Same(const std::vector<double>& a, const std::vector<double>& b) {
  return a.size() == b.size() &&
         (a.empty() || std::memcmp(a.data(), b.data(), a.size() * sizeof(double)) == 0);
}

bool Same(const std::vector<CellFault>& a, const std::vector<CellFault>& b) {
  bool same = a.size() == b.size();
  for (std::size_t i = 0; same && i < a.size(); ++i) {
    same = a[i].row == b[i].row && a[i].column == b[i].column && a[i].code == b[i].code &&
           a[i].fate == b[i].fate && a[i].arguments == b[i].arguments;
  }
  return same;
}

Contents ReadAll(const CsvFile& file) {
  Contents contents;
  if (file.head().empty()) return contents;
  const std::size_t rows = file.records() - 1;
  contents.wide.resize(rows);
  contents.small.resize(rows);
  contents.dates.resize(rows);
  contents.reals.resize(rows);
  contents.codes.resize(rows);
  contents.wide_codes.resize(rows);
  const std::vector<ColumnTarget> targets{
      dijia::io::ToInt64{contents.wide, 4},
      dijia::io::ToText{&contents.texts},
      dijia::io::ToInt32{contents.small, 2},
      dijia::io::ToDate{contents.dates},
      dijia::io::ToReal{contents.reals},
      dijia::io::ToCode16{contents.codes, &contents.names},
      dijia::io::ToCode32{contents.wide_codes, &contents.wide_names}};
  const std::size_t fields = file.head().front().size();
  std::vector<WantedColumn> wanted(targets.size());
  for (std::size_t i = 0; i < targets.size(); ++i) {
    wanted[i].position = i % fields;
    wanted[i].target = targets[i];
  }
  Result<Filling> filling = file.Fill(0, wanted);
  contents.failed = !filling.has_value();
  if (filling) contents.filling = *std::move(filling);
  return contents;
}

void ExpectSame(const Contents& a, const Contents& b) {
  DIJIA_REQUIRE(a.failed == b.failed);
  if (a.failed) return;
  DIJIA_REQUIRE(a.wide == b.wide && a.small == b.small && a.dates == b.dates);
  DIJIA_REQUIRE(Same(a.reals, b.reals));
  DIJIA_REQUIRE(a.codes == b.codes && Same(a.names, b.names));
  DIJIA_REQUIRE(a.wide_codes == b.wide_codes && Same(a.wide_names, b.wide_names));
  DIJIA_REQUIRE(Same(a.texts, b.texts));
  DIJIA_REQUIRE(Same(a.filling.faults, b.filling.faults));
  DIJIA_REQUIRE(a.filling.blank_rows == b.filling.blank_rows);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  const unsigned choice = bytes[0];
  const std::string text(reinterpret_cast<const char*>(bytes) + 1, size - 1);
  CsvOptions plain;
  plain.threads = 1;
  plain.level = SimdLevel::kBaseline;
  if ((choice & 1U) != 0) plain.encoding = (choice & 2U) != 0 ? "gb18030" : "utf-8";
  CsvOptions wide = plain;
  wide.threads = (choice & 4U) != 0 ? 2 : 1;
  wide.level =
      std::min((choice & 8U) != 0 ? SimdLevel::kAvx2 : SimdLevel::kAvx512, dijia::BestSimdLevel());
  wide.block_bytes = 1 + (choice >> 4U) * 5;
  const Result<CsvFile> one = CsvFile::Open(ByteSource::FromMemory(text), plain);
  const Result<CsvFile> other = CsvFile::Open(ByteSource::FromMemory(text), wide);
  DIJIA_REQUIRE(one.has_value() == other.has_value());
  if (!one) {
    DIJIA_REQUIRE(one.error().code == other.error().code);
    return 0;
  }
  DIJIA_REQUIRE(one->records() == other->records() && one->head() == other->head());
  DIJIA_REQUIRE(one->encoding() == other->encoding() && one->delimiter() == other->delimiter());
  ExpectSame(ReadAll(*one), ReadAll(*other));
  return 0;
}
