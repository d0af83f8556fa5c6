// The reference tables of data/reference that reading needs: names and what they stand for.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "dijia/base/land.h"
#include "dijia/base/result.h"

namespace dijia::io {

// Full-width signs as half-width ones, Latin letters small, no blanks: the form in which names are
// compared.
std::string NameKey(std::string_view name);

// Names → codes, compared by their keys.
class NameTable {
 public:
  void Add(std::string_view name, std::string_view code);
  // The code of a name; nothing for an unknown one.
  const std::string* Find(std::string_view name) const;
  // One name for each code, as `挂牌 (listing)`, in order: what a message lists as allowed.
  std::string Choices() const;
  // All names as they were added.
  const std::vector<std::string>& names() const { return names_; }

 private:
  std::unordered_map<std::string, std::string> codes_;
  std::vector<std::string> names_;
};

struct Reference {
  NameTable columns;                      // header → canonical column (columns.csv)
  NameTable parcel_columns;               // header → field of a parcel (parcel_columns.csv)
  NameTable land_uses;                    // name → use code (land_uses.csv)
  NameTable methods, kinds, price_units;  // names.csv
  NameTable counties;            // name → GB/T 2260 code (counties.csv); no city-level entries
  NameTable development_levels;  // name → level (development_levels.csv)
  NameTable personal_columns;    // headers that are never read (personal_columns.csv)
};

// Reads the tables of a folder. Errors: kFileNotFound and the like; kMissingColumn when a table
// does not have the columns it should.
Result<Reference> LoadReference(const std::filesystem::path& folder);

}  // namespace dijia::io
