#include "io/sheet_cells.h"
#include "io/sheet_xml.h"

namespace dijia::io {
namespace {

// The element of `token` that begins at `at`, with all that stands before the next one: pieces that
// do not overlap, so that a sheet is looked at once however it is broken.
std::string_view PieceAt(std::string_view xml, std::string_view token, std::size_t at) {
  return xml.substr(at, xml.find(token, at + token.size()) - at);
}

std::string_view TagOf(std::string_view piece) { return piece.substr(0, piece.find('>')); }

// Whether the result of a formula was stored; an empty text is one.
bool HasResult(std::string_view tag, std::string_view body) {
  const std::size_t value = body.find("<v>");
  if (value == std::string_view::npos) return false;
  return Attribute(tag, "t") == "str" || !body.substr(value).starts_with("<v></v>");
}

// A cell with a formula whose result cannot be used.
bool IsFormulaWithoutResult(std::string_view piece, bool trust_results) {
  const std::string_view tag = TagOf(piece);
  if (tag.size() == piece.size() || tag.ends_with('/')) return false;
  const std::size_t close = piece.find("</c>", tag.size());
  if (close == std::string_view::npos) return false;
  const std::string_view body = piece.substr(tag.size() + 1, close - tag.size() - 1);
  if (body.find("<f") == std::string_view::npos) return false;
  return !trust_results || !HasResult(tag, body);
}

void FindFormulas(std::string_view xml, bool trust_results, FaultCollector& faults) {
  constexpr std::string_view kCell = "<c ";
  for (std::size_t at = xml.find(kCell); at != std::string_view::npos;
       at = xml.find(kCell, at + kCell.size())) {
    const std::string_view piece = PieceAt(xml, kCell, at);
    if (!IsFormulaWithoutResult(piece, trust_results)) continue;
    if (const auto place = PlaceOf(Attribute(TagOf(piece), "r"))) faults.AddFormula(*place);
  }
}

void FindMerged(std::string_view xml, FaultCollector& faults) {
  constexpr std::string_view kMerge = "<mergeCell ";
  for (std::size_t at = xml.find(kMerge); at != std::string_view::npos;
       at = xml.find(kMerge, at + kMerge.size())) {
    const std::string_view range = Attribute(TagOf(PieceAt(xml, kMerge, at)), "ref");
    const std::size_t colon = range.find(':');
    if (colon == std::string_view::npos) continue;
    const auto from = PlaceOf(range.substr(0, colon));
    const auto to = PlaceOf(range.substr(colon + 1));
    if (from && to) faults.AddMerged(*from, *to);
  }
}

}  // namespace

Result<SheetFaults> FindSheetFaultsIn(std::string_view xml, const std::string& sheet,
                                      bool trust_results) {
  FaultCollector faults(sheet);
  FindFormulas(xml, trust_results, faults);
  FindMerged(xml, faults);
  return faults.Take("XLSX");
}

}  // namespace dijia::io
