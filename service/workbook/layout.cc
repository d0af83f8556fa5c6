#include "workbook/layout.h"

#include <algorithm>

namespace dijia::workbook {
namespace {

struct Parameter {
  std::string_view kind, field;
  bool needed = false;
};
constexpr Parameter kParameters[] = {
    {"curve", "by"},
    {"curve", "interpolation"},
    {"curve", "outside"},
    {"curve", "base"},
    {"curve", "relative"},
    {"monthly_rate", "rate", true},
    {"monthly_rate", "months"},
    {"index", "outside"},
    {"levels", "closed"},
    {"factors", "by"},
    {"depth", "outside"},
    {"depth", "standard_depth_m", true},
    {"depth", "percent_of"},
    {"depth", "beyond"},
    {"matrix", "closed"},
};

const Parameter* Find(std::string_view field, std::string_view kind) {
  const auto* found = std::ranges::find_if(kParameters, [&](const Parameter& parameter) {
    return parameter.kind == kind && parameter.field == field;
  });
  return found == std::end(kParameters) ? nullptr : found;
}

}  // namespace

bool IsParameterOf(std::string_view field, std::string_view kind) {
  return Find(field, kind) != nullptr;
}

bool IsNeededFor(std::string_view field, std::string_view kind) {
  const Parameter* parameter = Find(field, kind);
  return parameter != nullptr && parameter->needed;
}

bool HasSheet(std::string_view kind) { return !ColumnsOf(kind).empty(); }

Columns ColumnsOf(std::string_view kind) {
  if (kind == "curve") return kCurveColumns;
  if (kind == "index") return kIndexColumns;
  if (kind == "levels") return kLevelColumns;
  if (kind == "factors") return kFactorColumns;
  if (kind == "additive") return kAdditiveColumns;
  if (kind == "depth") return kDepthColumns;
  if (kind == "matrix") return kMatrixColumns;
  return {};  // term_formula, monthly_rate
}

bool IsHeader(Columns columns, std::string_view text) {
  return std::ranges::find(columns, text, &Column::header) != columns.end();
}

}  // namespace dijia::workbook
