// Column mappings as data: which headers of a table stand for which columns of a sample, in which
// units. service/README.md, "Reading", describes the file.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dijia/base/diagnostic.h"
#include "dijia/base/enum_table.h"
#include "dijia/sample.h"
#include "io/cell.h"
#include "io/reference.h"

namespace dijia {

template <>
struct EnumTableOf<io::AreaUnit> {
  static constexpr std::array<EnumRow<io::AreaUnit>, 5> kRows{{
      {io::AreaUnit::kSqm, "sqm"},
      {io::AreaUnit::kHectare, "hectare"},
      {io::AreaUnit::kMu, "mu"},
      {io::AreaUnit::kTenThousandSqm, "ten_thousand_sqm"},
      {io::AreaUnit::kSqkm, "sqkm"},
  }};
};
static_assert(EnumTableIsComplete<io::AreaUnit>(5));

namespace io {

// Which of two known bounds stands for the floor area ratio of a sale.
enum class FarBound : std::uint8_t { kUpper, kLower, kMean };

struct ColumnMapping {
  std::string title;
  // Also accept every header that columns.csv knows.
  bool synonyms = false;
  // Canonical columns without which a table is no sample table.
  std::vector<std::string> required;
  // Canonical column → the headers that may stand for it.
  std::map<std::string, std::vector<std::string>> columns;
  AreaUnit area_unit = AreaUnit::kSqm;
  std::optional<PriceUnit> price_unit;      // of prices that state none
  SampleKind kind = SampleKind::kTransfer;  // of records that state none
  FarBound far_bound = FarBound::kUpper;
};

// The columns a mapping may name: those of contract.md §3, `far_lower` and `far_upper` for bounds,
// and the figures of conversion.h.
std::span<const std::string_view> CanonicalColumns();

// Reads the text of a mapping file; everything wrong is reported at once, with places.
std::optional<ColumnMapping> ReadMapping(std::string_view text, const std::string& source,
                                         Diagnostics& diagnostics);

// Finds and reads a mapping: a name of reference_folder/mappings, or the path of a .toml file.
// Error: kMappingNotFound, naming those there are, and file errors.
Result<ColumnMapping> LoadMapping(const std::string& name,
                                  const std::filesystem::path& reference_folder,
                                  Diagnostics& diagnostics);

// A header matched with a mapping.
struct MatchedHeader {
  std::size_t record = 0;                        // which of the first records is the header
  std::map<std::string, std::size_t> positions;  // canonical column → position, from 0
  std::optional<AreaUnit> area_unit;  // stated by the header itself, as in 面积（公顷）
  std::optional<PriceUnit> price_unit;
};

// How many cells of a record are headers the mapping knows.
std::size_t KnownHeaders(std::span<const std::string> record, const ColumnMapping& mapping,
                         const Reference& reference);

// Finds the header among the first records: the first one with two known names. Reports everything
// that is wrong: no header, required columns missing, a column twice; and notes unknown columns,
// the nearest known name where one is near, and personal columns, which are never read. A header at
// one of the `cut` positions, from 0, may be the beginning of a name: where all known names that
// begin so stand for one column it is that, otherwise it is refused by name.
std::optional<MatchedHeader> MatchHeader(const std::vector<std::vector<std::string>>& head,
                                         const ColumnMapping& mapping, const Reference& reference,
                                         const std::string& source, Diagnostics& diagnostics,
                                         std::span<const std::size_t> cut = {});

// The names of the mappings in reference_folder/mappings, in order.
std::vector<std::string> MappingNames(const std::filesystem::path& reference_folder);

}  // namespace io

template <>
struct EnumTableOf<io::FarBound> {
  static constexpr std::array<EnumRow<io::FarBound>, 3> kRows{{
      {io::FarBound::kUpper, "upper"},
      {io::FarBound::kLower, "lower"},
      {io::FarBound::kMean, "mean"},
  }};
};
static_assert(EnumTableIsComplete<io::FarBound>(3));

}  // namespace dijia
