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
  CPLXMLNode* sheets = CPLSearchXMLNode(book.get(), "sheets");
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
      i - letters > kMostDigits) {
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

void FindFormulas(std::string_view xml, const std::string& sheet, SheetFaults& faults) {
  for (std::size_t at = xml.find("<c "); at != std::string_view::npos;
       at = xml.find("<c ", at + 1)) {
    const std::size_t end = xml.find('>', at);
    if (end == std::string_view::npos) return;
    if (xml[end - 1] == '/') continue;
    const std::string_view tag = xml.substr(at, end - at);
    const std::size_t close = xml.find("</c>", end);
    if (close == std::string_view::npos) return;
    const std::string_view body = xml.substr(end + 1, close - end - 1);
    const bool has_formula = body.find("<f") != std::string_view::npos;
    const std::size_t value = body.find("<v>");
    const bool has_value =
        value != std::string_view::npos && !body.substr(value).starts_with("<v></v>");
    if (!has_formula || has_value) continue;
    const std::string_view name = Attribute(tag, "r");
    if (const auto place = PlaceOf(name)) {
      faults.push_back(
          {place->row, place->column, Code::kFormulaWithoutValue, sheet + "!" + std::string(name)});
    }
  }
}

void FindMerged(std::string_view xml, const std::string& sheet, SheetFaults& faults) {
  constexpr std::size_t kMostCells =
      100'000;  // a merged range over whole columns is a layout, not data
  for (std::size_t at = xml.find("<mergeCell "); at != std::string_view::npos;
       at = xml.find("<mergeCell ", at + 1)) {
    const std::string_view range =
        Attribute(xml.substr(at, std::min(xml.find('>', at), xml.size()) - at), "ref");
    const std::size_t colon = range.find(':');
    if (colon == std::string_view::npos) continue;
    const auto from = PlaceOf(range.substr(0, colon));
    const auto to = PlaceOf(range.substr(colon + 1));
    if (!from || !to || to->row < from->row || to->column < from->column) continue;
    if ((to->row - from->row + 1) * (to->column - from->column + 1) > kMostCells) continue;
    for (std::size_t row = from->row; row <= to->row; ++row) {
      for (std::size_t column = from->column; column <= to->column; ++column) {
        if (row == from->row && column == from->column) continue;
        faults.push_back({row, column, Code::kMergedCells, sheet + "!" + std::string(range)});
      }
    }
  }
}

}  // namespace

SheetFaults FindSheetFaultsIn(std::string_view xml, const std::string& sheet) {
  SheetFaults faults;
  FindFormulas(xml, sheet, faults);
  FindMerged(xml, sheet, faults);
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
