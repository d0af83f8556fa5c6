// Cell texts as offices write them → exact values. A cell is understood or refused by name, never
// guessed: `１．２公顷`, `12万元/亩`, `３０年`, `一级` and `≤1.5` are read; `0,8`, `NaN` and `约30`
// are not.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dijia/base/codes.h"
#include "dijia/base/date.h"
#include "dijia/base/land.h"

namespace dijia::io {

// Why a cell was refused: the code and what fills its text.
struct CellProblem {
  Code code = Code::kNotANumber;
  std::vector<std::string> arguments;
};

// A value, nothing (a blank cell), or the problem.
template <class T>
struct CellValue {
  std::optional<T> value;
  std::optional<CellProblem> problem;
};

// Without the blanks (also ideographic and non-breaking) at both ends.
std::string_view Trimmed(std::string_view text);

// Full-width digits, letters and signs become half-width; blanks (also ideographic and
// non-breaking) are cut off both ends. What needs no change is returned as it is, without a copy
// into `buffer`.
std::string_view Plain(std::string_view text, std::string& buffer);

// Whether a plain cell says that nobody knows: blank, `-`, 未知, ….
bool SaysNothing(std::string_view cell);

// Land area with its unit (㎡, m², 平方米, 公顷, ha, 亩, 万㎡, km² …); without one it is in `unit`.
// Areas in mu that are no exact decimals are rounded half up to 0.0001 m².
enum class AreaUnit : std::uint8_t { kSqm, kHectare, kMu, kTenThousandSqm, kSqkm };
CellValue<Area> ReadAreaCell(std::string_view text, AreaUnit unit);

// The unit that a text such as `公顷` or `元/㎡` names.
std::optional<AreaUnit> AreaUnitOf(std::string_view text);
std::optional<PriceUnit> PriceUnitOf(std::string_view text);

// A price or an amount with its unit; without one it is in `unit`, and without that it is refused.
struct PriceCell {
  std::int64_t units = 0;  // 10^-4 of what the unit counts
  PriceUnit unit = PriceUnit::kYuanPerSqm;
};
CellValue<PriceCell> ReadPriceCell(std::string_view text, std::optional<PriceUnit> unit);

// Floor area ratio: one number, or bounds `1.5-2.5`, `≤1.5`, `≥2.5`, `1.0<FAR≤1.8`-like texts are
// refused. 0 means that no bound is known, as in the land-market notices.
struct FarCell {
  std::optional<FloorAreaRatio> lower, upper;
};
CellValue<FarCell> ReadFarCell(std::string_view text);

// Term of use: years, or why the text is no single term.
struct TermCell {
  std::optional<Years> years = std::nullopt;
  bool is_mixed = false;  // several terms for several uses, such as `商服40年; 住宅70年`
  bool is_text = false;   // no number at all
};
CellValue<TermCell> ReadTermCell(std::string_view text);

// `1`, `一级`, `Ⅰ`, `I级` are grades; `十三等级`, `13等` the county's land class; `未评估` neither.
struct GradeCell {
  Grade grade{};
  LandClass land_class{};
  bool not_assessed = false;
};
CellValue<GradeCell> ReadGradeCell(std::string_view text);

// A date, also with the midnight that spreadsheets add. The serial number of a spreadsheet's date
// is refused by that name.
CellValue<Date> ReadDateCell(std::string_view text);

// A plain decimal with at most `scale` decimals, full-width digits and unambiguous thousands
// separators understood. The second one is for figures that are statistics.
CellValue<std::int64_t> ReadDecimalCell(std::string_view text, int scale);
CellValue<double> ReadDoubleCell(std::string_view text);

// The number in a spreadsheet cell by the 15 digits that such programs show: what is stored behind
// them is the rounding of binary arithmetic, as in 3.3000000000000003. Any other text as it is.
std::string SpreadsheetText(std::string_view text);

}  // namespace dijia::io
