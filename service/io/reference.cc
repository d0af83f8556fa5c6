#include "io/reference.h"

#include <algorithm>
#include <initializer_list>

#include "dijia/base/codes.h"
#include "dijia/base/names.h"

#include "io/byte_source.h"
#include "io/cell.h"
#include "io/csv_head.h"

namespace dijia::io {
namespace {

constexpr std::size_t kMostRows = 100'000;

// The wanted columns of a reference table, row by row, without the header.
using Rows = std::vector<std::vector<std::string>>;

Result<Rows> ReadColumns(const std::filesystem::path& path,
                         std::initializer_list<std::string_view> wanted) {
  const Result<ByteSource> bytes = ByteSource::Open(path);
  if (!bytes) return bytes.error();
  const Result<std::string> text = bytes->ReadAll();
  if (!text) return text.error();
  Rows records = SplitRecords(*text, ',', kMostRows, true);
  std::vector<std::size_t> positions;
  for (const std::string_view name : wanted) {
    const auto found = records.empty() ? std::vector<std::string>::iterator()
                                       : std::ranges::find(records.front(), name);
    if (records.empty() || found == records.front().end()) {
      return Error{Code::kMissingColumn, path.string() + ": " + std::string(name)};
    }
    positions.push_back(static_cast<std::size_t>(found - records.front().begin()));
  }
  Rows rows;
  for (std::size_t i = 1; i < records.size(); ++i) {
    std::vector<std::string> row;
    for (const std::size_t position : positions) {
      row.push_back(position < records[i].size() ? records[i][position] : std::string());
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

Status AddPairs(const std::filesystem::path& path, std::string_view name, std::string_view code,
                NameTable& table) {
  const Result<Rows> rows = ReadColumns(path, {name, code});
  if (!rows) return rows.error();
  for (const auto& row : *rows) table.Add(row[0], row[1]);
  return Done{};
}

Status AddVocabularies(const std::filesystem::path& path, Reference& reference) {
  const Result<Rows> rows = ReadColumns(path, {"vocabulary", "name", "code"});
  if (!rows) return rows.error();
  for (const auto& row : *rows) {
    if (row[0] == "method") reference.methods.Add(row[1], row[2]);
    if (row[0] == "kind") reference.kinds.Add(row[1], row[2]);
    if (row[0] == "price_unit") reference.price_units.Add(row[1], row[2]);
  }
  return Done{};
}

Status AddCounties(const std::filesystem::path& path, Reference& reference) {
  const Result<Rows> rows = ReadColumns(path, {"name", "code", "level"});
  if (!rows) return rows.error();
  for (const auto& row : *rows) {
    if (row[2] != "city") reference.counties.Add(row[0], row[1]);
  }
  return Done{};
}

}  // namespace

std::string NameKey(std::string_view name) {
  std::string buffer;
  std::string key;
  for (const char c : Plain(name, buffer)) {
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') continue;
    key += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return key;
}

void NameTable::Add(std::string_view name, std::string_view code) {
  if (codes_.emplace(NameKey(name), code).second) names_.emplace_back(name);
}

const std::string* NameTable::Find(std::string_view name) const {
  const auto found = codes_.find(NameKey(name));
  return found == codes_.end() ? nullptr : &found->second;
}

std::string NameTable::Choices() const {
  std::vector<std::string> choices;
  std::unordered_set<std::string_view> listed;
  for (const std::string& name : names_) {
    const std::string& code = *Find(name);
    if (name == code || !listed.insert(code).second) continue;
    choices.push_back(name + " (" + code + ")");
  }
  const std::vector<std::string_view> views(choices.begin(), choices.end());
  return JoinNames(views);
}

Result<Reference> LoadReference(const std::filesystem::path& folder) {
  Reference reference;
  for (const Status& status :
       {AddPairs(folder / "columns.csv", "header", "column", reference.columns),
        AddPairs(folder / "parcel_columns.csv", "header", "column", reference.parcel_columns),
        AddPairs(folder / "land_uses.csv", "name", "use", reference.land_uses),
        AddPairs(folder / "development_levels.csv", "name", "level", reference.development_levels),
        AddPairs(folder / "personal_columns.csv", "header", "what", reference.personal_columns),
        AddVocabularies(folder / "names.csv", reference),
        AddCounties(folder / "counties.csv", reference)}) {
    if (!status) return status.error();
  }
  for (const auto& use : EnumTableOf<LandUse>::kRows) {
    reference.land_uses.Add(use.code, use.code);
  }
  return reference;
}

}  // namespace dijia::io
