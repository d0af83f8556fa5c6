// Reference numbers of other programs, read at run time from the shared folder and never copied
// into the project. A test starts with `DIJIA_SKIP_WITHOUT("validation/numeric")`.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dijia::test {

// A file or folder of the shared folder, for example SharedPath("validation/numeric/data/x.csv").
inline std::filesystem::path SharedPath(std::string_view relative) {
  return std::filesystem::path(DIJIA_SHARED_DIR) / relative;
}

// Skips the running test when the shared folder lacks `relative`.
#define DIJIA_SKIP_WITHOUT(relative)                                   \
  if (!std::filesystem::exists(::dijia::test::SharedPath(relative))) { \
    GTEST_SKIP() << relative << " is not in the shared folder";        \
  }                                                                    \
  static_assert(true)

// Comma-separated text (RFC 4180: quoted fields, doubled quotes, LF or CRLF, an optional byte-order
// mark) as rows of cells; an empty line is no row.
inline std::vector<std::vector<std::string>> ParseCsv(std::string_view text) {
  if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> row;
  std::string cell;
  bool quoted = false;
  bool started = false;  // the line holds something
  const auto end_cell = [&] { row.push_back(std::exchange(cell, {})); };
  const auto end_row = [&] {
    if (!started) return;
    end_cell();
    rows.push_back(std::exchange(row, {}));
    started = false;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c != '"') {
        cell += c;
      } else if (i + 1 < text.size() && text[i + 1] == '"') {
        cell += text[++i];
      } else {
        quoted = false;
      }
    } else if (c == '\n') {
      end_row();
    } else if (c != '\r') {
      started = true;
      if (c == '"') quoted = true;
      if (c == ',') end_cell();
      if (c != '"' && c != ',') cell += c;
    }
  }
  end_row();
  return rows;
}

struct ReferenceTable {
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;

  // The place of a column; throws when the header lacks it.
  std::size_t Column(std::string_view name) const {
    const auto it = std::find(header.begin(), header.end(), name);
    if (it == header.end()) throw std::runtime_error("no column " + std::string(name));
    return static_cast<std::size_t>(it - header.begin());
  }

  std::vector<std::string> Texts(std::string_view name) const {
    const std::size_t column = Column(name);
    std::vector<std::string> out;
    for (const auto& row : rows) out.push_back(row.at(column));
    return out;
  }

  // A column as numbers; a cell that is not a number is 0, as strtod says.
  std::vector<double> Numbers(std::string_view name) const {
    std::vector<double> out;
    for (const std::string& text : Texts(name)) out.push_back(std::strtod(text.c_str(), nullptr));
    return out;
  }
};

// Reads a file of the shared folder whose first row is the header; throws when it cannot be read.
inline ReferenceTable ReadReferenceTable(std::string_view relative) {
  std::ifstream in(SharedPath(relative), std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + std::string(relative));
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  std::vector<std::vector<std::string>> rows = ParseCsv(text);
  if (rows.empty()) throw std::runtime_error("no header in " + std::string(relative));
  ReferenceTable table;
  table.header = std::move(rows.front());
  rows.erase(rows.begin());
  table.rows = std::move(rows);
  return table;
}

// The values of a `procedure,quantity,value,…` file.
class ReferenceValues {
 public:
  explicit ReferenceValues(std::string_view relative) {
    const ReferenceTable table = ReadReferenceTable(relative);
    const std::size_t procedure = table.Column("procedure");
    const std::size_t quantity = table.Column("quantity");
    const std::size_t value = table.Column("value");
    for (const auto& row : table.rows) {
      values_[{row.at(procedure), row.at(quantity)}] = std::strtod(row.at(value).c_str(), nullptr);
    }
  }

  // The number of a quantity; throws, naming both, when the file lacks it.
  double Of(const std::string& procedure, const std::string& quantity) const {
    const auto it = values_.find({procedure, quantity});
    if (it == values_.end()) throw std::runtime_error("no " + procedure + " / " + quantity);
    return it->second;
  }

  const std::map<std::pair<std::string, std::string>, double>& all() const { return values_; }

 private:
  std::map<std::pair<std::string, std::string>, double> values_;
};

}  // namespace dijia::test
