#include "workbook/publication_sheets.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <variant>

#include "dijia/base/codes.h"
#include "dijia/base/decimal.h"
#include "workbook/cell_text.h"
#include "workbook/layout.h"

namespace dijia::workbook {
namespace {

using Row = std::vector<Cell>;

template <class Enum>
Cell WordCell(Words words, Enum value) {
  return {std::string(WordOf(words, CodeOf(value)))};
}
template <class T>
Cell MaybeNumber(const std::optional<T>& quantity) {
  return quantity ? NumberCell(*quantity) : Cell();
}
Cell MaybeDate(const std::optional<Date>& date) { return date ? Cell{FormatDate(*date)} : Cell(); }
Cell PercentCell(Rate rate) { return {FormatDecimal(rate.units(), Rate::kScale - 2), true}; }
Cell GradeCell(int grade) { return {std::to_string(grade), true}; }

// The name of a coefficient: its word, or its own text where that would be read as a word.
Cell NameCell(const std::string& name) {
  const std::string_view word = WordOf(kCoefficientWords, name);
  if (word != name) return {std::string(word)};
  return NeededText(name, CodeOfWord(kCoefficientWords, name).has_value());
}

SheetText Facts(const Publication& publication) {
  SheetText sheet{std::string(kFactsSheet), HeaderOf(std::size(kFactColumns), kFactColumns), {}};
  const Cell cells[] = {
      {std::string(kPublicationFormat)},
      NeededText(publication.id),
      NeededText(publication.county),
      TextCell(publication.area),
      TextCell(publication.title),
      TextCell(publication.document_no),
      {FormatDate(publication.base_date)},
      MaybeDate(publication.effective_from),
      MaybeDate(publication.effective_until),
      WordCell(kStatusWords, publication.status),
      WordCell(kUnitWords, publication.primary_unit),
      publication.mixed_use ? WordCell(kShareWords, *publication.mixed_use) : Cell()};
  static_assert(std::size(cells) == std::size(kFacts));
  for (std::size_t i = 0; i < std::size(kFacts); ++i) {
    sheet.rows.push_back({{std::string(kFacts[i].header)}, cells[i]});
  }
  return sheet;
}

Row RoundingRow(std::string_view result, Cell from, const Rounding& rounding) {
  return {{std::string(WordOf(kResultWords, result))},
          std::move(from),
          {FormatDecimal(rounding.interval, Rounding::kScale), true},
          WordCell(kRoundingWords, rounding.mode)};
}

SheetText RoundingSheet(const Publication& publication) {
  SheetText sheet{
      std::string(kRoundingSheet), HeaderOf(std::size(kRoundingColumns), kRoundingColumns), {}};
  const RoundingPlan& plan = publication.rounding;
  const std::pair<std::string_view, const std::optional<Rounding>*> results[] = {
      {"coefficient", &plan.coefficient}, {"factor_sum", &plan.factor_sum},
      {"months", &plan.months},           {"unit_price", &plan.unit_price},
      {"floor_price", &plan.floor_price}, {"total", &plan.total}};
  for (const auto& [result, rounding] : results) {
    if (*rounding) sheet.rows.push_back(RoundingRow(result, {}, **rounding));
  }
  for (const MagnitudeRounding& magnitude : publication.unit_price_by_magnitude) {
    sheet.rows.push_back(RoundingRow("unit_price", NumberCell(magnitude.from), magnitude.rounding));
  }
  return sheet;
}

SheetText UsesSheet(const Publication& publication) {
  SheetText sheet{std::string(kUsesSheet), HeaderOf(std::size(kUseColumns), kUseColumns), {}};
  for (const auto& [code, use] : publication.uses) {
    sheet.rows.push_back({WordCell(kUseWords, code), TextCell(use.name), NumberCell(use.term),
                          PercentCell(use.capitalization_rate), TextCell(use.development_level)});
  }
  return sheet;
}

void AddFormula(LandUse use, std::string_view kind, const PriceFormula& formula, SheetText& sheet) {
  const Cell use_cell = WordCell(kUseWords, use);
  const Cell kind_cell{std::string(WordOf(kFormulaWords, kind))};
  const auto add = [&](std::string_view part, const std::string& name) {
    sheet.rows.push_back(
        {use_cell, kind_cell, {std::string(WordOf(kPartWords, part))}, NameCell(name)});
  };
  if (!formula.sum.empty()) add("sum", formula.sum);
  for (const std::string& name : formula.excess) add("excess", name);
  for (const std::string& name : formula.product) add("product", name);
  for (const std::string& name : formula.add) add("add", name);
  if (formula == PriceFormula()) sheet.rows.push_back({use_cell, kind_cell, {}, {}});
}

SheetText FormulasSheet(const Publication& publication) {
  SheetText sheet{
      std::string(kFormulasSheet), HeaderOf(std::size(kFormulaColumns), kFormulaColumns), {}};
  for (const auto& [code, use] : publication.uses) {
    AddFormula(code, "formula", use.formula, sheet);
    if (use.frontage_formula) AddFormula(code, "frontage_formula", *use.frontage_formula, sheet);
  }
  return sheet;
}

// A price in yuan, and in 万元/亩 of a publication that sets its prices so.
class PriceCells {
 public:
  explicit PriceCells(const Publication& publication)
      : in_mu_(publication.primary_unit == PriceUnit::kWanYuanPerMu) {}

  void Add(const std::optional<UnitPrice>& price, Row& row) const {
    row.push_back(price ? NumberCell(*price) : Cell{std::string(kNotPublished)});
    row.push_back(price && in_mu_ ? InMu(*price) : Cell());
  }

 private:
  static Cell InMu(UnitPrice price) {
    constexpr Rounding kFourPlaces{RoundingMode::kHalfUp, 100};
    return MaybeNumber(PricePerMuOf(price, kFourPlaces));
  }
  bool in_mu_;
};

SheetText GradesSheet(const Publication& publication) {
  SheetText sheet{std::string(kGradesSheet), HeaderOf(std::size(kGradeColumns), kGradeColumns), {}};
  const PriceCells prices(publication);
  for (const auto& [code, use] : publication.uses) {
    for (const PublishedGrade& grade : use.grades) {
      Row row{WordCell(kUseWords, code), GradeCell(grade.grade), TextCell(grade.sub_use)};
      prices.Add(grade.price, row);
      row.insert(row.end(),
                 {MaybeNumber(grade.far), TextCell(grade.status), TextCell(grade.method)});
      sheet.rows.push_back(std::move(row));
    }
  }
  return sheet;
}

SheetText ZonesSheet(const Publication& publication) {
  SheetText sheet{std::string(kZonesSheet), HeaderOf(std::size(kZoneColumns), kZoneColumns), {}};
  const PriceCells prices(publication);
  for (const auto& [code, use] : publication.uses) {
    for (const PublishedZone& zone : use.zones) {
      Row row{WordCell(kUseWords, code), NeededText(zone.zone), GradeCell(zone.grade)};
      prices.Add(zone.price, row);
      row.push_back(MaybeNumber(zone.far));
      sheet.rows.push_back(std::move(row));
    }
  }
  return sheet;
}

SheetText RoutesSheet(const Publication& publication) {
  SheetText sheet{std::string(kRoutesSheet), HeaderOf(std::size(kRouteColumns), kRouteColumns), {}};
  const PriceCells prices(publication);
  for (const auto& [code, use] : publication.uses) {
    for (const PublishedRoute& route : use.routes) {
      Row row{WordCell(kUseWords, code), NeededText(route.route)};
      prices.Add(route.price, row);
      row.push_back(route.grade == 0 ? Cell() : GradeCell(route.grade));
      row.push_back(MaybeNumber(route.standard_depth));
      sheet.rows.push_back(std::move(row));
    }
  }
  return sheet;
}

// The parameter of a coefficient that a column of the directory is for.
class Parameter {
 public:
  explicit Parameter(std::string_view field) : field_(field) {}

  Cell operator()(const TermFormula&) const { return {}; }
  Cell operator()(const Additive&) const { return {}; }
  Cell operator()(const Curve& curve) const {
    if (field_ == "by") return WordCell(kByWords, curve.by);
    if (field_ == "interpolation") return WordCell(kInterpolationWords, curve.interpolation);
    if (field_ == "outside") return WordCell(kOutsideWords, curve.outside);
    if (field_ == "base") return MaybeNumber(curve.base);
    if (field_ == "relative" && curve.relative) return {std::string(WordOf(kFlagWords, "true"))};
    return {};
  }
  Cell operator()(const MonthlyRate& rate) const {
    if (field_ == "rate") return PercentCell(rate.rate);
    return field_ == "months" ? WordCell(kMonthWords, rate.months) : Cell();
  }
  Cell operator()(const IndexSeries& index) const {
    return field_ == "outside" ? WordCell(kOutsideWords, index.outside) : Cell();
  }
  Cell operator()(const Levels& levels) const { return Closed(levels.breaks); }
  Cell operator()(const Factors& factors) const {
    return field_ == "by" ? WordCell(kByWords, factors.by) : Cell();
  }
  Cell operator()(const Depth& depth) const {
    if (field_ == "outside") return WordCell(kOutsideWords, depth.outside);
    if (field_ == "standard_depth_m") return NumberCell(depth.standard_depth);
    if (field_ == "percent_of") return WordCell(kPercentWords, depth.percent_of);
    return field_ == "beyond" ? WordCell(kBeyondWords, depth.beyond) : Cell();
  }
  Cell operator()(const Matrix& matrix) const { return Closed(matrix.breaks); }

 private:
  Cell Closed(const std::optional<Breaks>& breaks) const {
    return field_ == "closed" && breaks ? WordCell(kClosedWords, breaks->closed) : Cell();
  }
  std::string_view field_;
};

// Names of sheets: at most 31 characters, without some signs, unlike without regard to case.
class SheetNames {
 public:
  SheetNames() {
    for (const std::string_view name : kFixedSheets) taken_.emplace(name);
  }

  std::string Take(const std::string& wanted) {
    const std::string plain = Plain(wanted);
    std::string name = Cut(plain, kLongest);
    for (int i = 2; !taken_.insert(Lower(name)).second; ++i) {
      const std::string number = " " + std::to_string(i);
      name = Cut(plain, kLongest - number.size()) + number;
    }
    return name;
  }

 private:
  static constexpr std::size_t kLongest = 31;

  static std::string Plain(const std::string& wanted) {
    std::string name;
    for (const char c : wanted) {
      const bool allowed = static_cast<unsigned char>(c) >= 0x20 && c != 0x7F &&
                           std::string_view("[]:*?/\\'").find(c) == std::string_view::npos;
      name += allowed ? c : '_';
    }
    return name;
  }
  // The first characters; those beyond the basic plane count twice.
  static std::string Cut(const std::string& name, std::size_t most) {
    std::size_t units = 0, at = 0;
    while (at < name.size()) {
      const auto byte = static_cast<unsigned char>(name[at]);
      units += byte >= 0xF0 ? 2 : 1;
      if (units > most) break;
      for (++at; at < name.size() && (static_cast<unsigned char>(name[at]) & 0xC0U) == 0x80U;) ++at;
    }
    return name.substr(0, at);
  }
  static std::string Lower(std::string name) {
    for (char& c : name) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    return name;
  }
  std::set<std::string> taken_;
};

// The directory of coefficients, and a sheet for every table that is unlike all before it.
void AddCoefficients(const Publication& publication, std::vector<SheetText>& sheets) {
  SheetText directory{std::string(kCoefficientsSheet),
                      HeaderOf(std::size(kDirectoryColumns), kDirectoryColumns),
                      {}};
  std::vector<SheetText> tables;
  std::vector<std::pair<const CoefficientTable*, std::string>> known;
  SheetNames names;
  for (const auto& [code, use] : publication.uses) {
    for (const auto& [name, coefficient] : use.coefficients) {
      const Cell use_cell = WordCell(kUseWords, code), name_cell = NameCell(name);
      SheetText table = TableOf(coefficient);
      const auto same = std::ranges::find_if(
          known, [&wanted = coefficient](const auto& other) { return *other.first == wanted; });
      if (same != known.end()) {
        table.name = same->second;
      } else if (!table.header.empty()) {
        table.name = names.Take(use_cell.text + "·" + name_cell.text);
        known.emplace_back(&coefficient, table.name);
        tables.push_back(table);
      }
      Row row{use_cell,
              name_cell,
              {std::string(kKindWords[coefficient.index()].word)},
              TextCell(table.name)};
      for (std::size_t i = kFirstParameter; i < std::size(kDirectoryColumns); ++i) {
        row.push_back(std::visit(Parameter(kDirectoryColumns[i].field), coefficient));
      }
      directory.rows.push_back(std::move(row));
    }
  }
  sheets.push_back(std::move(directory));
  std::ranges::move(tables, std::back_inserter(sheets));
}

void CheckSizes(const std::vector<SheetText>& sheets, Diagnostics& diagnostics) {
  for (const SheetText& sheet : sheets) {
    if (sheet.rows.size() + kRowsAbove > kMostRows || sheet.header.size() > kMostColumns) {
      diagnostics.Add(Code::kSheetTooLarge, {"", 0, 0, sheet.name},
                      {sheet.name, std::to_string(sheet.rows.size() + kRowsAbove),
                       std::to_string(sheet.header.size())});
    }
    const auto check = [&](const std::string& text) {
      if (text.size() <= kLongestCell) return;
      diagnostics.Add(Code::kCellTooLong, {"", 0, 0, sheet.name},
                      {text.substr(0, text.find('\n', 0)).substr(0, 24) + "…",
                       std::to_string(text.size()), std::to_string(kLongestCell)});
    };
    std::ranges::for_each(sheet.header, check);
    for (const Row& row : sheet.rows) {
      for (const Cell& cell : row) check(cell.text);
    }
  }
}

}  // namespace

std::vector<std::string> HeaderOf(std::size_t count, const Column* columns) {
  std::vector<std::string> header;
  for (std::size_t i = 0; i < count; ++i) header.emplace_back(columns[i].header);
  return header;
}

Cell TextCell(const std::string& text) { return text.empty() ? Cell() : Cell{CellOf(text)}; }

Cell NeededText(const std::string& text, bool reserved) { return {CellOf(text, reserved)}; }

std::vector<SheetText> SheetsOf(const Publication& publication, Diagnostics& diagnostics) {
  std::vector<SheetText> sheets{Facts(publication),       RoundingSheet(publication),
                                UsesSheet(publication),   FormulasSheet(publication),
                                GradesSheet(publication), ZonesSheet(publication),
                                RoutesSheet(publication)};
  std::erase_if(sheets, [](const SheetText& sheet) {
    return sheet.rows.empty() && (sheet.name == kZonesSheet || sheet.name == kRoutesSheet);
  });
  AddCoefficients(publication, sheets);
  CheckSizes(sheets, diagnostics);
  return sheets;
}

}  // namespace dijia::workbook
