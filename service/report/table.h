// Tables of the pages: a caption, scoped headers, the first cell of a row its header.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "report/markup.h"

namespace dijia::report {

enum class Align : std::uint8_t { kText, kNumber, kWide };

struct Column {
  std::string name;
  Align align = Align::kText;
};

struct Cell {
  Cell(std::string words) : text(std::move(words)) {}  // NOLINT(google-explicit-constructor)
  Cell(std::string_view words) : text(words) {}        // NOLINT(google-explicit-constructor)
  Cell(std::string words, std::string_view kind) : text(std::move(words)), tag(kind) {}
  std::string text;
  std::string tag;  // shown as a label of this kind (a class of the style sheet); empty = as text
};

// Writes on construction and Close(); rows between.
class Table {
 public:
  Table(Markup& page, std::string_view caption, std::vector<Column> columns);
  void Row(const std::vector<Cell>& cells, std::string_view css = {});
  void Close();

 private:
  Markup& page_;
  std::vector<Column> columns_;
};

// A label with a coloured ground; the colour repeats what the words say.
void WriteTag(Markup& page, std::string_view kind, std::string_view words);

}  // namespace dijia::report
