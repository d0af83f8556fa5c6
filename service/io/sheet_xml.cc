#include "io/sheet_xml.h"

#include <cpl_minixml.h>
#include <cpl_vsi.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <optional>

#include "dijia/base/codes.h"

namespace dijia::io {
namespace {

constexpr vsi_l_offset kLargestSheet = vsi_l_offset{1} << 30;

Result<std::string> ReadMember(const std::filesystem::path& path, const std::string& member) {
  const std::string name = "/vsizip/{" + path.string() + "}/" + member;
  VSIStatBufL stat{};
  if (VSIStatL(name.c_str(), &stat) != 0 ||
      static_cast<vsi_l_offset>(stat.st_size) > kLargestSheet) {
    return Error{Code::kTableNotReadable, member};
  }
  const std::unique_ptr<VSILFILE, int (*)(VSILFILE*)> file(VSIFOpenL(name.c_str(), "rb"),
                                                           VSIFCloseL);
  std::string text(static_cast<std::size_t>(stat.st_size), '\0');
  if (!file || VSIFReadL(text.data(), 1, text.size(), file.get()) != text.size()) {
    return Error{Code::kTableNotReadable, member};
  }
  return text;
}

using Xml = std::unique_ptr<CPLXMLNode, void (*)(CPLXMLNode*)>;

Xml ParseXml(const std::string& text) {
  Xml xml(CPLParseXMLString(text.c_str()), CPLDestroyXMLNode);
  if (xml) CPLStripXMLNamespace(xml.get(), nullptr, TRUE);
  return xml;
}

// The value that `wanted` has in the child element of `parent` whose `key` is `value`.
std::string Lookup(CPLXMLNode* parent, std::string_view key, std::string_view value,
                   const char* wanted) {
  for (CPLXMLNode* node = parent == nullptr ? nullptr : parent->psChild; node != nullptr;
       node = node->psNext) {
    if (node->eType != CXT_Element) continue;
    if (CPLGetXMLValue(node, std::string(key).c_str(), "") == value) {
      return CPLGetXMLValue(node, wanted, "");
    }
  }
  return {};
}

// xl/worksheets/sheet1.xml for the name of a sheet; empty when the workbook does not say.
Result<std::string> MemberOf(const std::filesystem::path& path, const std::string& sheet) {
  const Result<std::string> workbook = ReadMember(path, "xl/workbook.xml");
  if (!workbook) return workbook.error();
  const Result<std::string> relations = ReadMember(path, "xl/_rels/workbook.xml.rels");
  if (!relations) return relations.error();
  const Xml book = ParseXml(*workbook);
  const Xml links = ParseXml(*relations);
  if (!book || !links) return Error{Code::kTableNotReadable, "xl/workbook.xml"};
  // With `=` the search also looks beside the XML declaration, which most programs write.
  CPLXMLNode* sheets = CPLSearchXMLNode(book.get(), "=sheets");
  const std::string id = Lookup(sheets, "name", sheet, "id");
  std::string target = Lookup(CPLSearchXMLNode(links.get(), "=Relationships"), "Id", id, "Target");
  if (target.empty()) return Error{Code::kTableNotReadable, sheet};
  if (target.front() == '/') return target.substr(1);
  return "xl/" + target;
}

struct CellPlace {
  std::size_t row = 0, column = 0;
};

// `C7` → row 7, column 3.
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

// The value of an attribute inside a start tag.
std::string_view Attribute(std::string_view tag, std::string_view name) {
  const std::string token = " " + std::string(name) + "=\"";
  const std::size_t at = tag.find(token);
  if (at == std::string_view::npos) return {};
  const std::size_t begin = at + token.size();
  return tag.substr(begin, std::min(tag.find('"', begin), tag.size()) - begin);
}

// The element of `token` that begins at `at`, with all that stands before the next one: pieces that
// do not overlap, so that a sheet is looked at once however it is broken.
std::string_view PieceAt(std::string_view xml, std::string_view token, std::size_t at) {
  return xml.substr(at, xml.find(token, at + token.size()) - at);
}

// A cell with a formula and no value.
bool IsFormulaWithoutValue(std::string_view piece) {
  const std::size_t end = piece.find('>');
  if (end == std::string_view::npos || piece[end - 1] == '/') return false;
  const std::size_t close = piece.find("</c>", end);
  if (close == std::string_view::npos) return false;
  const std::string_view body = piece.substr(end + 1, close - end - 1);
  if (body.find("<f") == std::string_view::npos) return false;
  const std::size_t value = body.find("<v>");
  return value == std::string_view::npos || body.substr(value).starts_with("<v></v>");
}

void FindFormulas(std::string_view xml, const std::string& sheet, SheetFaults& faults) {
  constexpr std::string_view kCell = "<c ";
  for (std::size_t at = xml.find(kCell); at != std::string_view::npos;
       at = xml.find(kCell, at + kCell.size())) {
    const std::string_view piece = PieceAt(xml, kCell, at);
    if (!IsFormulaWithoutValue(piece)) continue;
    const std::string_view name = Attribute(piece.substr(0, piece.find('>')), "r");
    if (const auto place = PlaceOf(name)) {
      faults.push_back(
          {place->row, place->column, Code::kFormulaWithoutValue, sheet + "!" + std::string(name)});
    }
  }
}

struct CellRange {
  CellPlace from, to;
  std::string_view name;

  std::size_t cells() const { return (to.row - from.row + 1) * (to.column - from.column + 1); }
};

// `B3:B7`; nothing for what is no range, and for one over whole rows or columns, which is a layout,
// not data.
std::optional<CellRange> MergedRange(std::string_view piece) {
  constexpr std::size_t kMostCells = 100'000;
  const std::string_view name = Attribute(piece.substr(0, piece.find('>')), "ref");
  const std::size_t colon = name.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto from = PlaceOf(name.substr(0, colon)), to = PlaceOf(name.substr(colon + 1));
  if (!from || !to || to->row < from->row || to->column < from->column) return std::nullopt;
  const CellRange range{*from, *to, name};
  return range.cells() > kMostCells ? std::nullopt : std::optional(range);
}

// False when there are more merged cells than a sheet of data can have: ranges on top of each
// other.
bool FindMerged(std::string_view xml, const std::string& sheet, SheetFaults& faults) {
  constexpr std::string_view kMerge = "<mergeCell ";
  constexpr std::size_t kMostMerged = 500'000;
  std::size_t merged = 0;
  for (std::size_t at = xml.find(kMerge); at != std::string_view::npos;
       at = xml.find(kMerge, at + kMerge.size())) {
    const auto range = MergedRange(PieceAt(xml, kMerge, at));
    if (!range) continue;
    merged += range->cells();
    if (merged > kMostMerged) return false;
    for (std::size_t row = range->from.row; row <= range->to.row; ++row) {
      for (std::size_t column = range->from.column; column <= range->to.column; ++column) {
        if (row == range->from.row && column == range->from.column) continue;
        faults.push_back({row, column, Code::kMergedCells, sheet + "!" + std::string(range->name)});
      }
    }
  }
  return true;
}

}  // namespace

Result<SheetFaults> FindSheetFaultsIn(std::string_view xml, const std::string& sheet) {
  SheetFaults faults;
  FindFormulas(xml, sheet, faults);
  if (!FindMerged(xml, sheet, faults)) return Error{Code::kTableNotReadable, sheet};
  std::ranges::stable_sort(faults, [](const SheetFault& a, const SheetFault& b) {
    return a.row != b.row ? a.row < b.row : a.column < b.column;
  });
  return faults;
}

Result<SheetFaults> FindSheetFaults(const std::filesystem::path& path, const std::string& sheet) {
  const Result<std::string> member = MemberOf(path, sheet);
  if (!member) return member.error();
  const Result<std::string> xml = ReadMember(path, *member);
  if (!xml) return xml.error();
  return FindSheetFaultsIn(*xml, sheet);
}

}  // namespace dijia::io
