// The layout of a publication's workbook: its sheets and their columns (service/workbook.md). One
// table of columns reads, writes and is held against the documentation.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "workbook/words.h"

namespace dijia::workbook {

// What the cells of a column hold, and so what they become in the document.
enum class CellKind : std::uint8_t {
  kText,
  kName,  // a text that may have a word: the name of a coefficient
  kWord,  // one of `words`
  kFlag,  // 是 or 否
  kDecimal,
  kPercent,  // hundredths; a rate in the document
  kDate,
  kGrade,  // 1–255, in any of the ways grades are written
};

struct Column {
  std::string_view header;
  std::string_view field;  // of the document; empty = understood by the sheet's own reader
  CellKind kind = CellKind::kText;
  bool required = false;  // no cell may be empty
  std::string_view example;
  Words words = {};
};
using Columns = std::span<const Column>;

// The sheets that every workbook has, or may have.
inline constexpr std::string_view kFactsSheet = "概况", kRoundingSheet = "取整",
                                  kUsesSheet = "用途", kFormulasSheet = "公式",
                                  kGradesSheet = "级别地价", kZonesSheet = "区片地价",
                                  kRoutesSheet = "路线价", kCoefficientsSheet = "修正系数";
inline constexpr std::string_view kFixedSheets[] = {kFactsSheet,    kRoundingSheet,    kUsesSheet,
                                                    kFormulasSheet, kGradesSheet,      kZonesSheet,
                                                    kRoutesSheet,   kCoefficientsSheet};
// Sheets whose names begin so are not read.
inline constexpr std::string_view kNotesPrefix = "说明";

// The rows of 概况: header is what stands in the column 项目.
inline constexpr Column kFacts[] = {
    {"格式", "format", CellKind::kText, true, "dijia-publication/1"},
    {"编号", "id", CellKind::kText, true, "demo-2025"},
    {"县级代码", "county", CellKind::kText, true, "431230"},
    {"定级范围", "area", CellKind::kText, false, "城区"},
    {"标题", "title", CellKind::kText, false, "某县城镇基准地价"},
    {"文号", "document_no", CellKind::kText, false, "某政发〔2026〕1号"},
    {"基准日", "base_date", CellKind::kDate, true, "2025-04-01"},
    {"施行日", "effective_from", CellKind::kDate, false, "2026-01-06"},
    {"失效日", "effective_until", CellKind::kDate, false, "2029-01-06"},
    {"状态", "status", CellKind::kWord, true, "已公布", kStatusWords},
    {"价格单位", "primary_unit", CellKind::kWord, false, "元/㎡", kUnitWords},
    {"混合用途份额", "mixed_use", CellKind::kWord, false, "建筑面积", kShareWords},
};
inline constexpr Column kFactColumns[] = {{"项目", "", CellKind::kText, true, "编号"},
                                          {"内容", "", CellKind::kText, false, "demo-2025"}};

inline constexpr Column kUseColumn{"用途", "", CellKind::kWord, true, "居住", kUseWords};

enum RoundingColumn : std::uint8_t { kRoundingResult, kRoundingFrom };
inline constexpr Column kRoundingColumns[] = {
    {"结果", "", CellKind::kWord, true, "地面地价", kResultWords},
    {"单价自（元/㎡）", "", CellKind::kDecimal, false, "10000"},
    {"间隔", "interval", CellKind::kDecimal, true, "0.1"},
    {"方式", "mode", CellKind::kWord, true, "四舍五入", kRoundingWords},
};

inline constexpr Column kUseColumns[] = {
    kUseColumn,
    {"名称", "name", CellKind::kText, false, "居住用地"},
    {"年期（年）", "term_years", CellKind::kDecimal, true, "70"},
    {"土地还原率（%）", "capitalization_rate", CellKind::kPercent, true, "6.75"},
    {"开发程度", "development_level", CellKind::kText, false, "五通一平"},
};

enum FormulaColumn : std::uint8_t { kFormulaUse, kFormulaKind, kFormulaPart, kFormulaCoefficient };
inline constexpr Column kFormulaColumns[] = {
    kUseColumn,
    {"公式", "", CellKind::kWord, true, "级别价", kFormulaWords},
    {"部分", "", CellKind::kWord, false, "连乘", kPartWords},
    {"系数", "", CellKind::kName, false, "容积率"},
};

inline constexpr Column kGradeColumn{"级别", "grade", CellKind::kGrade, true, "1"};
// A price in one of two units, or 不公布; where both are filled in, the first one counts and the
// second is checked against it.
inline constexpr Column kPriceColumn{"地价（元/㎡）", "", CellKind::kDecimal, false, "790"};
inline constexpr Column kMuColumn{"地价（万元/亩）", "", CellKind::kDecimal, false, "52.67"};
inline constexpr Column kFarColumn{"容积率", "far", CellKind::kDecimal, false, "2.0"};

inline constexpr Column kGradeColumns[] = {
    kUseColumn,
    kGradeColumn,
    {"细分用途", "sub_use", CellKind::kText, false, "商务"},
    kPriceColumn,
    kMuColumn,
    kFarColumn,
    {"状态", "status", CellKind::kText, false, "computed"},
    {"方法", "method", CellKind::kText, false, "median"},
};
inline constexpr Column kZoneColumns[] = {
    kUseColumn,   {"区片", "zone", CellKind::kText, true, "J101"},
    kGradeColumn, kPriceColumn,
    kMuColumn,    kFarColumn,
};
inline constexpr Column kRouteColumns[] = {
    kUseColumn,
    {"路线", "route", CellKind::kText, true, "B25"},
    kPriceColumn,
    kMuColumn,
    {"级别", "grade", CellKind::kGrade, false, "1"},
    {"标准深度（米）", "standard_depth_m", CellKind::kDecimal, false, "20"},
};

// The directory of coefficients: which table stands on which sheet, and how it is read. A column of
// `kinds` is for coefficients of these kinds only.
enum DirectoryColumn : std::uint8_t {
  kDirectoryUse,
  kDirectoryName,
  kDirectoryKind,
  kDirectorySheet,
  kFirstParameter,
};
inline constexpr Column kDirectoryColumns[] = {
    kUseColumn,
    {"系数", "", CellKind::kName, true, "容积率"},
    {"种类", "kind", CellKind::kWord, true, "数值表", kKindWords},
    {"工作表", "", CellKind::kText, false, "居住·容积率"},
    {"分级", "by", CellKind::kWord, false, "分级", kByWords},
    {"插值", "interpolation", CellKind::kWord, false, "线性", kInterpolationWords},
    {"界外", "outside", CellKind::kWord, false, "取端值", kOutsideWords},
    {"基准值", "base", CellKind::kDecimal, false, "1.5"},
    {"相对", "relative", CellKind::kFlag, false, "是", kFlagWords},
    {"月变动率（%）", "rate", CellKind::kPercent, false, "0.2"},
    {"计月", "months", CellKind::kWord, false, "整月加日数除以30", kMonthWords},
    {"标准深度（米）", "standard_depth_m", CellKind::kDecimal, false, "16"},
    {"百分率", "percent_of", CellKind::kWord, false, "累计", kPercentWords},
    {"超深", "beyond", CellKind::kWord, false, "拆分", kBeyondWords},
    {"区间", "closed", CellKind::kWord, false, "左闭右开", kClosedWords},
};
// Whether the column of a field is for coefficients of a kind, and whether it must be filled in.
bool IsParameterOf(std::string_view field, std::string_view kind);
bool IsNeededFor(std::string_view field, std::string_view kind);
// Whether coefficients of a kind have a sheet.
bool HasSheet(std::string_view kind);

// The tables, each on a sheet that the directory names. Curves, factors and pairs have further
// columns, one a grade or a level.
inline constexpr Column kCurveColumns[] = {{"数值", "", CellKind::kText, true, "1.0"}};

inline constexpr Column kIndexColumns[] = {{"日期", "date", CellKind::kDate, true, "2025-04-01"},
                                           {"指数", "index", CellKind::kDecimal, true, "100"}};

enum LevelColumn : std::uint8_t { kLevelName, kLevelFigure, kLevelLow, kLevelHigh, kLevelDivision };
inline constexpr Column kLevelColumns[] = {
    {"等级", "", CellKind::kText, true, "较优"},
    {"系数", "", CellKind::kDecimal, true, "1.01"},
    {"范围自", "low", CellKind::kDecimal, false, "1.01"},
    {"范围至", "high", CellKind::kDecimal, false, "1.02"},
    {"划分", "", CellKind::kText, false, "[1500,2000)"},
};

enum FactorColumn : std::uint8_t {
  kFactorGrade,
  kFactorName,
  kFactorRow,
  kFactorClosed,
  kFactorWeight
};
inline constexpr Column kFactorColumns[] = {
    {"级别", "", CellKind::kText, true, "2"},
    {"因素", "", CellKind::kText, false, "距汽车站距离"},
    {"项目", "", CellKind::kWord, false, "系数", kFactorRowWords},
    {"区间", "", CellKind::kWord, false, "左开右闭", kClosedWords},
    {"权重", "", CellKind::kDecimal, false, "0.0778"},
};

inline constexpr Column kAdditiveColumns[] = {
    {"等级", "", CellKind::kText, true, "三通一平"},
    {"加价（元/㎡）", "", CellKind::kDecimal, true, "-45"}};

inline constexpr Column kDepthColumns[] = {
    {"深度比", "at", CellKind::kDecimal, true, "0.25"},
    {"百分率（%）", "percent", CellKind::kDecimal, true, "40"}};

enum MatrixColumn : std::uint8_t { kMatrixRow, kMatrixGrade, kMatrixStandard };
inline constexpr Column kMatrixColumns[] = {
    {"项目", "", CellKind::kWord, true, "系数", kMatrixRowWords},
    {"级别", "", CellKind::kText, false, "各级"},
    {"标准等级", "", CellKind::kText, false, "3300"},
};

// The columns of the tables of a kind that has a sheet.
Columns ColumnsOf(std::string_view kind);

// Whether a text cannot head a free column as it is, because a fixed column is called so.
bool IsHeader(Columns columns, std::string_view text);

}  // namespace dijia::workbook
