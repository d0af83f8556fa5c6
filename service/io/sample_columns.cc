#include "io/sample_columns.h"

#include <algorithm>
#include <utility>

#include "dijia/base/codes.h"
#include "dijia/base/names.h"
#include "dijia/conversion.h"

namespace dijia::io {
namespace {

// A problem of a cell as a reading: an error makes the row unreadable, a warning only leaves the
// cell without a value.
CellReading Refused(const CellProblem& problem) {
  const bool is_error = RowOf(problem.code).severity == Severity::kError;
  return {.missing = true,
          .fate = is_error ? Fate::kUnreadable : Fate::kUsed,
          .code = problem.code,
          .arguments = problem.arguments};
}

// Whether a cell was written in a form that had to be understood first.
bool IsPlainNumber(std::string_view text) {
  return text.find_first_not_of("0123456789.-") == std::string_view::npos;
}

// A reader of CellValue<T> as a reader of columns; `store` puts the value into the reading.
template <class T, class Read, class Store>
CellReader Reader(Read read, Store store) {
  return [read, store](std::string_view text) -> CellReading {
    const CellValue<T> cell = read(text);
    if (cell.problem) return Refused(*cell.problem);
    if (!cell.value) return {.missing = true};
    CellReading reading;
    reading.normalised = !IsPlainNumber(text);
    store(*cell.value, reading);
    return reading;
  };
}

CellReader NameReader(const NameTable& names, std::string_view what,
                      std::uint8_t (*number_of)(std::string_view)) {
  return [&names, what, number_of](std::string_view text) -> CellReading {
    const std::string* code = names.Find(text);
    if (code != nullptr) return {.value = number_of(*code)};
    const std::vector<std::string_view> known(names.names().begin(), names.names().end());
    const std::string_view near = NearestName(text, known);
    return {.missing = true,
            .fate = Fate::kUnreadable,
            .code = near.empty() ? Code::kNameNotKnown : Code::kCellMisspelt,
            .arguments = {std::string(text), std::string(what),
                          near.empty() ? names.Choices() : std::string(near)}};
  };
}

template <class Enum>
std::uint8_t NumberOf(std::string_view code) {
  const std::optional<Enum> value = FromCode<Enum>(code);
  return value ? static_cast<std::uint8_t>(*value) : kMissing8;
}

// Several known uses in one cell share one price.
bool NamesSeveralUses(std::string_view text, const NameTable& uses) {
  std::size_t known = 0;
  while (!text.empty()) {
    std::size_t length = 1;
    std::size_t end = text.find(';');
    if (const std::size_t wide = text.find("；"); wide < end) {
      end = wide;
      length = 3;
    }
    const std::string_view part = text.substr(0, end);
    if (!NameKey(part).empty()) {
      if (uses.Find(part) == nullptr) return false;
      ++known;
    }
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + length);
  }
  return known > 1;
}

CellReader UseReader(const Reference& reference) {
  return [&reference](std::string_view text) -> CellReading {
    const std::string* code = reference.land_uses.Find(text);
    if (code != nullptr) return {.value = NumberOf<LandUse>(*code)};
    if (NamesSeveralUses(text, reference.land_uses)) {
      return {.missing = true, .fate = Fate::kMixedUse};
    }
    return {.missing = true, .code = Code::kUseNotKnown, .arguments = {std::string(text)}};
  };
}

CellReader TermReader() {
  return Reader<TermCell>(ReadTermCell, [](const TermCell& term, CellReading& reading) {
    if (term.years && term.years->units() <= std::numeric_limits<std::int32_t>::max()) {
      reading.value = term.years->units();
      return;
    }
    reading.missing = true;
    reading.normalised = false;
    reading.fate = term.is_mixed  ? Fate::kMixedUse
                   : term.is_text ? Fate::kTermNotANumber
                                  : Fate::kTermImpossible;
  });
}

CellReader FarReader(FarBound bound) {
  return Reader<FarCell>(ReadFarCell, [bound](const FarCell& far, CellReading& reading) {
    if (!far.lower && !far.upper) {
      reading.missing = true;
      return;
    }
    const std::int64_t lower = (far.lower ? far.lower : far.upper)->units();
    const std::int64_t upper = (far.upper ? far.upper : far.lower)->units();
    if (lower > upper) reading.fate = Fate::kFarImpossible;
    reading.value = bound == FarBound::kUpper   ? upper
                    : bound == FarBound::kLower ? lower
                                                : lower + (upper - lower) / 2;
  });
}

CellReader GradeReader() {
  return [](std::string_view text) -> CellReading {
    const CellValue<GradeCell> cell = ReadGradeCell(text);
    if (cell.problem) return Refused(*cell.problem);
    if (!cell.value) return {.missing = true};
    const std::uint8_t grade = cell.value->grade.value;
    if (grade == 0) return {.missing = true, .fate = Fate::kGradeIsLandClass};
    // Ⅰ, I, 一级 and 1 are one grade: worth telling, because tables join on the text.
    const bool is_roman = text.starts_with("\xE2\x85") || text.find_first_of("IVX") == 0;
    return {.value = grade, .normalised = is_roman};
  };
}

// The land class that a grade column holds; whatever else stands there is the grade's business.
CellReader ClassInGradeReader() {
  return [](std::string_view text) -> CellReading {
    const CellValue<GradeCell> cell = ReadGradeCell(text);
    if (!cell.value || cell.value->land_class.value == 0) return {.missing = true};
    return {.value = cell.value->land_class.value};
  };
}

// A land class column: `13`, `十三等`, `十三等级`.
CellReader LandClassReader() {
  return [](std::string_view text) -> CellReading {
    const CellValue<GradeCell> cell = ReadGradeCell(text);
    const std::uint8_t number =
        cell.value ? std::max(cell.value->land_class.value, cell.value->grade.value)
                   : std::uint8_t{0};
    if (number >= 1 && number <= 15) return {.value = number};
    return {.missing = true, .code = Code::kLandClassNotKnown, .arguments = {std::string(text)}};
  };
}

CellReader LevelReader(const Reference& reference) {
  return [&reference](std::string_view text) -> CellReading {
    const std::string* level = reference.development_levels.Find(text);
    return {.name = level != nullptr ? *level : std::string(text)};
  };
}

// Codes as they are; a name as its code, because codes change and names stay longer. What is
// neither would make a county of its own.
CellReader CountyReader(const Reference& reference) {
  return [&reference](std::string_view text) -> CellReading {
    constexpr std::size_t kCodeDigits = 6;
    std::string buffer;
    const std::string_view plain = Plain(text, buffer);
    const bool is_code = plain.size() == kCodeDigits &&
                         plain.find_first_not_of("0123456789") == std::string_view::npos;
    if (is_code) return {.name = std::string(plain)};
    if (const std::string* code = reference.counties.Find(plain)) return {.name = *code};
    return {.missing = true,
            .fate = Fate::kUnreadable,
            .code = Code::kCountyNotKnown,
            .arguments = {std::string(text)}};
  };
}

// A price; one that states its own unit overrides column and mapping.
CellReader PriceReader() {
  const CellReader read = Reader<PriceCell>(
      [](std::string_view text) { return ReadPriceCell(text, PriceUnit::kYuanPerSqm); },
      [](const PriceCell& price, CellReading& reading) { reading.value = price.units; });
  return [read](std::string_view text) {
    CellReading reading = read(text);
    // Without a unit to fall back on, only a cell that states one gives a value.
    const CellValue<PriceCell> stated = ReadPriceCell(text, std::nullopt);
    if (stated.value) reading.unit = static_cast<std::uint8_t>(stated.value->unit);
    return reading;
  };
}

CellReader CircumstanceReader() {
  return Reader<std::int64_t>(
      [](std::string_view text) { return ReadDecimalCell(text, Coefficient::kScale); },
      [](std::int64_t units, CellReading& reading) {
        reading.value = units;
        reading.missing = units <= 0 || units > std::numeric_limits<std::int32_t>::max();
        if (reading.missing) reading.fate = Fate::kPriceImplausible;
      });
}

}  // namespace

SampleColumns::SampleColumns(const MatchedHeader& header, const ColumnMapping& mapping,
                             const Reference& reference, SampleTable& samples, std::size_t first,
                             std::size_t rows)
    : header_(header),
      mapping_(mapping),
      reference_(reference),
      samples_(samples),
      first_(first),
      rows_(rows),
      price_unit_(header.price_unit ? header.price_unit : mapping.price_unit) {
  WantTexts();
  WantChoices();
  WantNumbers();
  WantFigures();
}

std::optional<std::size_t> SampleColumns::PositionOf(const std::string& column) const {
  const auto found = header_.positions.find(column);
  if (found == header_.positions.end()) return std::nullopt;
  return found->second;
}

template <class T>
std::span<T> SampleColumns::Rows(std::vector<T>& column) const {
  return std::span<T>(column).subspan(first_, rows_);
}

void SampleColumns::Want(const std::string& column, ColumnTarget target, CellReader reader,
                         bool plain_cells) {
  const std::optional<std::size_t> position = PositionOf(column);
  if (!position) return;
  wanted_.push_back({*position, column, std::move(target), std::move(reader), plain_cells});
}

void SampleColumns::WantTexts() {
  Want("sample_id", ToText{&samples_.sample_id}, {});
  Want("county", ToCode16{Rows(samples_.county), &samples_.counties}, CountyReader(reference_));
  Want("area", ToCode16{Rows(samples_.area), &samples_.areas}, {});
  Want("sub_use", ToCode16{Rows(samples_.sub_use), &samples_.sub_uses}, {});
  Want("zone", ToCode32{Rows(samples_.zone), &samples_.zones}, {});
  Want("development_level",
       ToCode16{Rows(samples_.development_level), &samples_.development_levels},
       LevelReader(reference_));
}

void SampleColumns::WantChoices() {
  std::ranges::fill(Rows(samples_.kind), static_cast<std::uint8_t>(mapping_.kind));
  std::ranges::fill(Rows(samples_.price_unit), kMissing8);
  Want("use", ToChoice{Rows(samples_.use), kMissing8}, UseReader(reference_));
  Want("method", ToChoice{Rows(samples_.method), kMissing8},
       NameReader(reference_.methods, "method", NumberOf<AssignmentMethod>));
  Want("kind", ToChoice{Rows(samples_.kind), static_cast<std::uint8_t>(mapping_.kind)},
       NameReader(reference_.kinds, "kind", NumberOf<SampleKind>));
  Want("price_unit", ToChoice{Rows(samples_.price_unit), kMissing8},
       NameReader(reference_.price_units, "price_unit", NumberOf<PriceUnit>));
  Want("grade", ToChoice{Rows(samples_.grade), 0}, GradeReader());
  if (PositionOf("land_class")) {
    Want("land_class", ToChoice{Rows(samples_.land_class), 0}, LandClassReader());
  } else {
    Want("grade", ToChoice{Rows(samples_.land_class), 0}, ClassInGradeReader());
  }
}

void SampleColumns::WantNumbers() {
  Want("date", ToDate{Rows(samples_.date)},
       Reader<Date>(ReadDateCell, [](Date date, CellReading& reading) {
         reading.value = ToDays(date);
         reading.normalised = false;
       }));
  Want("price", ToInt64{Rows(samples_.price), Money::kScale}, PriceReader());
  const AreaUnit unit = header_.area_unit.value_or(mapping_.area_unit);
  // Plain numbers of these units are exact counts of 0.0001 m² at this scale.
  static constexpr int kScale[] = {4, 8, 0, 8, 0};
  const int scale = kScale[static_cast<std::size_t>(unit)];
  Want("area_sqm", ToInt64{Rows(samples_.area_sqm), scale == 0 ? 4 : scale},
       Reader<Area>([unit](std::string_view text) { return ReadAreaCell(text, unit); },
                    [](Area area, CellReading& reading) { reading.value = area.units(); }),
       scale != 0);
  Want("term_years", ToInt32{Rows(samples_.term_years), Years::kScale}, TermReader());
  Want("circumstance_factor", ToInt32{Rows(samples_.circumstance), Coefficient::kScale},
       CircumstanceReader(), false);
  Want("far", ToInt64{Rows(samples_.far), FloorAreaRatio::kScale}, FarReader(mapping_.far_bound));
  if (PositionOf("far_lower") || PositionOf("far_upper")) {
    far_lower_.assign(rows_, kMissing64);
    far_upper_.assign(rows_, kMissing64);
    Want("far_lower", ToInt64{far_lower_, FloorAreaRatio::kScale}, FarReader(FarBound::kLower));
    Want("far_upper", ToInt64{far_upper_, FloorAreaRatio::kScale}, FarReader(FarBound::kUpper));
  }
  if (!samples_.x.empty()) {
    const auto coordinate = Reader<double>(
        ReadDoubleCell, [](double value, CellReading& reading) { reading.number = value; });
    Want("x", ToReal{Rows(samples_.x)}, coordinate);
    Want("y", ToReal{Rows(samples_.y)}, coordinate);
  }
}

void SampleColumns::WantFigures() {
  const auto names = ConversionFigureNames();
  for (std::size_t i = 0; i < names.size(); ++i) {
    Want(std::string(names[i]),
         ToFigure{&samples_.figures, static_cast<std::uint16_t>(i),
                  static_cast<std::uint32_t>(first_)},
         Reader<double>(ReadDoubleCell,
                        [](double value, CellReading& reading) { reading.number = value; }));
  }
}

// The land-market notices write 0.00 or nothing for "no bound".
void SampleColumns::CombineFarBounds() {
  const auto known = [](std::int64_t units) { return units > 0; };
  for (std::size_t i = 0; i < far_lower_.size(); ++i) {
    const std::int64_t lower = far_lower_[i], upper = far_upper_[i];
    std::int64_t& far = samples_.far[first_ + i];
    if (known(lower) && known(upper)) {
      Fate& fate = samples_.fate[first_ + i];
      if (lower > upper && fate == Fate::kUsed) fate = Fate::kFarImpossible;
      far = mapping_.far_bound == FarBound::kUpper   ? upper
            : mapping_.far_bound == FarBound::kLower ? lower
                                                     : lower + (upper - lower) / 2;
    } else {
      far = known(upper) ? upper : (known(lower) ? lower : kMissing64);
    }
  }
}

void SampleColumns::ApplyUnits(const Filling& filling) {
  for (const UnitMark& mark : filling.unit_marks)
    samples_.price_unit[first_ + mark.row] = mark.unit;
  if (!price_unit_) return;
  std::ranges::replace(Rows(samples_.price_unit), kMissing8,
                       static_cast<std::uint8_t>(*price_unit_));
}

Location SampleColumns::At(std::uint32_t row, std::size_t column) const {
  Location where{source_, first_row_ + row, 0, ""};
  if (column < wanted_.size()) {
    where.column = static_cast<std::uint32_t>(wanted_[column].position + 1);
    where.field = wanted_[column].field;
  }
  return where;
}

void SampleColumns::Refuse(std::size_t row, std::string_view column, Code code, std::string cell,
                           Diagnostics& diagnostics) {
  Location where{source_, first_row_ + row, 0, std::string(column)};
  if (const auto position = PositionOf(where.field)) {
    where.column = static_cast<std::uint32_t>(*position + 1);
  }
  diagnostics.Add(code, std::move(where), {std::move(cell)});
  samples_.fate[first_ + row] = Fate::kUnreadable;
}

void SampleColumns::CheckSigns(Diagnostics& diagnostics) {
  struct Column {
    std::string_view name;
    const std::vector<std::int64_t>* units;
    int scale;
  };
  for (const Column& column : {Column{"price", &samples_.price, Money::kScale},
                               Column{"area_sqm", &samples_.area_sqm, Area::kScale},
                               Column{"far", &samples_.far, FloorAreaRatio::kScale}}) {
    for (std::size_t i = 0; i < rows_; ++i) {
      const std::int64_t units = (*column.units)[first_ + i];
      if (units >= 0 || units == kMissing64) continue;
      Refuse(i, column.name, Code::kNegativeCell, FormatDecimal(units, column.scale), diagnostics);
    }
  }
}

void SampleColumns::CheckUnits(Diagnostics& diagnostics) {
  for (std::size_t i = 0; i < rows_; ++i) {
    std::uint8_t& unit = samples_.price_unit[first_ + i];
    if (unit != kMissing8) continue;
    unit = static_cast<std::uint8_t>(PriceUnit::kYuanPerSqm);
    const std::int64_t price = samples_.price[first_ + i];
    if (price <= 0 || samples_.fate[first_ + i] == Fate::kUnreadable) continue;
    Refuse(i, "price", Code::kPriceWithoutUnit, FormatDecimal(price, Money::kScale), diagnostics);
  }
}

void SampleColumns::Report(const Filling& filling, Diagnostics& diagnostics) {
  for (const RepeatedNote& note : filling.repeated) {
    std::vector<std::string> arguments = note.arguments;
    arguments.push_back(std::to_string(note.rows));
    diagnostics.Add(note.code, At(note.first_row, note.column), std::move(arguments));
  }
  for (const CellFault& fault : filling.faults) {
    Fate& fate = samples_.fate[first_ + fault.row];
    const bool is_earlier = fate == Fate::kUsed || fault.fate < fate;
    if (fault.fate != Fate::kUsed && is_earlier) fate = fault.fate;
    if (fault.code) diagnostics.Add(*fault.code, At(fault.row, fault.column), fault.arguments);
  }
  for (std::size_t column = 0; column < filling.notes.size(); ++column) {
    const ColumnNotes& notes = filling.notes[column];
    if (notes.normalised == 0) continue;
    Location where = At(0, column);
    where.row = 0;
    diagnostics.Add(Code::kCellsNormalised, std::move(where),
                    {std::to_string(notes.normalised), notes.example});
  }
}

void SampleColumns::Finish(const Filling& filling, const std::string& source,
                           std::uint64_t first_row, Diagnostics& diagnostics) {
  source_ = source;
  first_row_ = first_row;
  CombineFarBounds();
  ApplyUnits(filling);
  Report(filling, diagnostics);
  CheckSigns(diagnostics);
  CheckUnits(diagnostics);
  // 0 stands for "not known" in many tables.
  std::ranges::replace(Rows(samples_.far), std::int64_t{0}, kMissing64);
}

}  // namespace dijia::io
