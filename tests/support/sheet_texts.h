// The sheets of a publication's workbook as one text, and back: `== NAME`, then a row a line, cells
// apart by tabs; tabs, line ends and backslashes inside cells are escaped.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "io/workbook.h"
#include "workbook/publication_sheets.h"

namespace dijia::test {

inline std::string EscapedCell(std::string_view cell) {
  std::string out;
  for (const char c : cell) {
    if (c == '\\') out += "\\\\";
    if (c == '\t') out += "\\t";
    if (c == '\n') out += "\\n";
    if (c != '\\' && c != '\t' && c != '\n') out += c;
  }
  return out;
}

inline std::string UnescapedCell(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) {
      ++i;
      out += text[i] == 't' ? '\t' : text[i] == 'n' ? '\n' : text[i];
    } else {
      out += text[i];
    }
  }
  return out;
}

// As a reader sees what a writer wrote, without a file between.
inline std::vector<io::WorkbookSheet> SheetsRead(const std::vector<workbook::SheetText>& sheets) {
  std::vector<io::WorkbookSheet> read;
  for (const workbook::SheetText& sheet : sheets) {
    io::WorkbookSheet out{sheet.name, {sheet.header}, {}};
    for (const auto& row : sheet.rows) {
      std::vector<std::string> record;
      for (const workbook::Cell& cell : row) record.push_back(cell.text);
      out.records.push_back(std::move(record));
    }
    read.push_back(std::move(out));
  }
  return read;
}

inline std::string TextOfSheets(const std::vector<io::WorkbookSheet>& sheets) {
  std::string text;
  for (const io::WorkbookSheet& sheet : sheets) {
    text += "== " + EscapedCell(sheet.name) + "\n";
    for (const auto& record : sheet.records) {
      std::string line;
      for (std::size_t i = 0; i < record.size(); ++i) {
        line += (i > 0 ? "\t" : "") + EscapedCell(record[i]);
      }
      text += line + "\n";
    }
  }
  return text;
}

inline std::vector<io::WorkbookSheet> SheetsOfText(std::string_view text) {
  std::vector<io::WorkbookSheet> sheets;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.starts_with("== ")) {
      sheets.push_back({UnescapedCell(line.substr(3)), {}, {}});
      continue;
    }
    if (sheets.empty()) continue;
    std::vector<std::string>& record = sheets.back().records.emplace_back();
    for (std::size_t tab = 0; tab != std::string_view::npos;) {
      tab = line.find('\t');
      record.push_back(UnescapedCell(line.substr(0, tab)));
      if (tab != std::string_view::npos) line.remove_prefix(tab + 1);
    }
  }
  return sheets;
}

}  // namespace dijia::test
