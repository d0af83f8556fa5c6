#include "io/sheet_cells.h"

#include <algorithm>
#include <utility>

#include "dijia/base/codes.h"

namespace dijia::io {
namespace {

// Cells; ranges on top of each other would have more.
constexpr std::size_t kMostMerged = 500'000;

}  // namespace

std::optional<CellPlace> PlaceOf(std::string_view name) {
  CellPlace place;
  std::size_t i = 0;
  for (; i < name.size() && name[i] >= 'A' && name[i] <= 'Z'; ++i) {
    place.column = place.column * 26 + static_cast<std::size_t>(name[i] - 'A' + 1);
  }
  const std::size_t letters = i;
  for (; i < name.size() && name[i] >= '0' && name[i] <= '9'; ++i) {
    place.row = place.row * 10 + static_cast<std::size_t>(name[i] - '0');
  }
  constexpr std::size_t kMostLetters = 3, kMostDigits = 7;
  if (i != name.size() || letters == 0 || letters > kMostLetters || i == letters ||
      i - letters > kMostDigits || place.row == 0) {
    return std::nullopt;
  }
  return place;
}

std::string NameOf(CellPlace place) {
  std::string letters;
  for (std::size_t rest = place.column; rest > 0; rest = (rest - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
  }
  return letters + std::to_string(place.row);
}

std::string_view Attribute(std::string_view tag, std::string_view name) {
  const std::string token = " " + std::string(name) + "=\"";
  const std::size_t at = tag.find(token);
  if (at == std::string_view::npos) return {};
  const std::size_t begin = at + token.size();
  return tag.substr(begin, std::min(tag.find('"', begin), tag.size()) - begin);
}

void FaultCollector::AddFormula(CellPlace place) {
  faults_.push_back(
      {place.row, place.column, Code::kFormulaWithoutValue, sheet_ + "!" + NameOf(place)});
}

void FaultCollector::AddMerged(CellPlace from, CellPlace to) {
  constexpr std::size_t kMostCells = 100'000;
  if (to.row < from.row || to.column < from.column) return;
  const std::size_t rows = to.row - from.row + 1, columns = to.column - from.column + 1;
  if (rows > kMostCells || columns > kMostCells || rows * columns > kMostCells) return;
  merged_ += rows * columns;
  if (merged_ > kMostMerged) return;
  const std::string name = sheet_ + "!" + NameOf(from) + ":" + NameOf(to);
  for (std::size_t row = from.row; row <= to.row; ++row) {
    for (std::size_t column = from.column; column <= to.column; ++column) {
      if (row == from.row && column == from.column) continue;
      faults_.push_back({row, column, Code::kMergedCells, name});
    }
  }
}

Result<SheetFaults> FaultCollector::Take(std::string_view format) {
  if (merged_ > kMostMerged) return Error{Code::kTableNotReadable, std::string(format)};
  std::ranges::stable_sort(faults_, [](const SheetFault& a, const SheetFault& b) {
    return a.row != b.row ? a.row < b.row : a.column < b.column;
  });
  return std::move(faults_);
}

}  // namespace dijia::io
