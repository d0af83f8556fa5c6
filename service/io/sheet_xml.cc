#include "io/sheet_xml.h"

#include <cpl_minixml.h>
#include <cpl_vsi.h>

#include <cstring>
#include <memory>

#include "dijia/base/codes.h"

namespace dijia::io {
namespace {

Result<std::string> ReadMember(const std::filesystem::path& path, const std::string& member,
                               const char* title) {
  const std::string name = "/vsizip/{" + path.string() + "}/" + member;
  VSIStatBufL stat{};
  if (VSIStatL(name.c_str(), &stat) != 0) return Error{Code::kTableNotReadable, title};
  const std::unique_ptr<VSILFILE, int (*)(VSILFILE*)> file(VSIFOpenL(name.c_str(), "rb"),
                                                           VSIFCloseL);
  std::string text(static_cast<std::size_t>(stat.st_size), '\0');
  if (!file || VSIFReadL(text.data(), 1, text.size(), file.get()) != text.size()) {
    return Error{Code::kTableNotReadable, title};
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

// What a workbook says about itself and one of its sheets.
struct Workbook {
  std::string member;  // xl/worksheets/sheet1.xml
  bool counts_from_1904 = false;
  bool computes_on_load = false;  // the results that are stored are not to be trusted
};

bool IsTrue(CPLXMLNode* root, const char* element, const char* attribute) {
  CPLXMLNode* node = CPLSearchXMLNode(root, element);
  const std::string_view value = node == nullptr ? "" : CPLGetXMLValue(node, attribute, "");
  return value == "1" || value == "true";
}

Result<Workbook> ReadWorkbook(const std::filesystem::path& path, const std::string& sheet) {
  const Result<std::string> workbook = ReadMember(path, "xl/workbook.xml", "XLSX");
  if (!workbook) return workbook.error();
  const Result<std::string> relations = ReadMember(path, "xl/_rels/workbook.xml.rels", "XLSX");
  if (!relations) return relations.error();
  const Xml book = ParseXml(*workbook);
  const Xml links = ParseXml(*relations);
  if (!book || !links) return Error{Code::kTableNotReadable, "XLSX"};
  const std::string id = Lookup(CPLSearchXMLNode(book.get(), "=sheets"), "name", sheet, "id");
  const std::string target =
      Lookup(CPLSearchXMLNode(links.get(), "=Relationships"), "Id", id, "Target");
  if (target.empty()) return Error{Code::kTableNotReadable, "XLSX"};
  return Workbook{target.front() == '/' ? target.substr(1) : "xl/" + target,
                  IsTrue(book.get(), "=workbookPr", "date1904"),
                  IsTrue(book.get(), "=calcPr", "fullCalcOnLoad")};
}

}  // namespace

Result<SheetFaults> FindSheetFaults(const std::filesystem::path& path, TableFormat format,
                                    const std::string& sheet) {
  if (format == TableFormat::kOds) {
    const Result<std::string> content = ReadMember(path, "content.xml", "ODS");
    if (!content) return content.error();
    return FindOdsFaults(*content, sheet);
  }
  const Result<Workbook> book = ReadWorkbook(path, sheet);
  if (!book) return book.error();
  if (book->counts_from_1904) return Error{Code::kDates1904, {}};
  const Result<std::string> xml = ReadMember(path, book->member, "XLSX");
  if (!xml) return xml.error();
  return FindSheetFaultsIn(*xml, sheet, !book->computes_on_load);
}

}  // namespace dijia::io
