#include "io/cell.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "dijia/base/codes.h"

namespace dijia::io {
namespace {

constexpr Rounding kAreaRounding{RoundingMode::kHalfUp, 100};  // 0.0001 m²

constexpr std::string_view kBlanks[] = {" ", "\t", "\r", "\n", "\xC2\xA0", "\xE3\x80\x80"};

bool StripPrefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

bool StripSuffix(std::string_view& text, std::string_view suffix) {
  if (!text.ends_with(suffix)) return false;
  text.remove_suffix(suffix.size());
  return true;
}

// The ASCII form of a full-width character U+FF01…U+FF5E given as three UTF-8 bytes, or 0.
char HalfWidth(std::string_view text) {
  if (text.size() < 3 || text[0] != '\xEF') return 0;
  const auto second = static_cast<unsigned char>(text[1]);
  const auto third = static_cast<unsigned char>(text[2]);
  if (second == 0xBC && third >= 0x81 && third <= 0xBF) return static_cast<char>(third - 0x60);
  if (second == 0xBD && third >= 0x80 && third <= 0x9E) return static_cast<char>(third - 0x20);
  return 0;
}

template <class T>
CellValue<T> Value(T value) {
  return {std::move(value), std::nullopt};
}

template <class T>
CellValue<T> Problem(Code code, std::vector<std::string> arguments) {
  return {std::nullopt, CellProblem{code, std::move(arguments)}};
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// How many characters at the front can belong to a number.
std::size_t NumberLength(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size()) {
    const char c = text[i];
    const bool sign =
        (c == '-' || c == '+') && (i == 0 || text[i - 1] == 'e' || text[i - 1] == 'E');
    const bool exponent = (c == 'e' || c == 'E') && i > 0 && i + 1 < text.size() &&
                          (IsDigit(text[i + 1]) || text[i + 1] == '-' || text[i + 1] == '+');
    if (!IsDigit(c) && c != '.' && c != ',' && !sign && !exponent) break;
    ++i;
  }
  return i;
}

// `1,234.5` and `1,234,567` without their separators; false when a comma can mean two things.
bool WithoutSeparators(std::string_view number, std::string& plain) {
  const std::size_t point = std::min(number.find('.'), number.size());
  const std::string_view whole = number.substr(0, point);
  const auto commas = std::ranges::count(whole, ',');
  const bool sure = commas > 1 || point < number.size();
  std::size_t group = 0;
  bool first = true;
  for (std::size_t i = whole.size(); i-- > 0;) {
    if (whole[i] != ',') {
      ++group;
      continue;
    }
    if (group != 3) return false;
    group = 0;
    first = false;
  }
  if (!sure || first || group == 0 || group > 3) return false;
  if (number.substr(point).find(',') != std::string_view::npos) return false;
  plain.clear();
  std::ranges::remove_copy(number, std::back_inserter(plain), ',');
  return true;
}

CellValue<std::int64_t> ReadNumber(std::string_view number, std::string_view cell, int scale) {
  std::string plain;
  if (number.find(',') != std::string_view::npos) {
    if (!WithoutSeparators(number, plain)) {
      return Problem<std::int64_t>(Code::kSeparatorAmbiguous, {std::string(cell)});
    }
    number = plain;
  }
  const Result<std::int64_t> units = ParseDecimal(number, scale);
  if (units) return Value(*units);
  std::vector<std::string> arguments{std::string(cell)};
  if (units.error().code == Code::kTooManyDecimals) arguments.push_back(std::to_string(scale));
  return Problem<std::int64_t>(units.error().code, std::move(arguments));
}

// A number and what follows it.
struct Measured {
  std::string_view number, unit;
};

Measured Split(std::string_view text) {
  const std::size_t length = NumberLength(text);
  return {text.substr(0, length), Trimmed(text.substr(length))};
}

struct AreaUnitName {
  std::string_view name;
  AreaUnit unit;
};
constexpr AreaUnitName kAreaUnits[] = {
    {"㎡", AreaUnit::kSqm},
    {"m²", AreaUnit::kSqm},
    {"m2", AreaUnit::kSqm},
    {"平方米", AreaUnit::kSqm},
    {"平米", AreaUnit::kSqm},
    {"sqm", AreaUnit::kSqm},
    {"公顷", AreaUnit::kHectare},
    {"ha", AreaUnit::kHectare},
    {"hm²", AreaUnit::kHectare},
    {"hm2", AreaUnit::kHectare},
    {"亩", AreaUnit::kMu},
    {"mu", AreaUnit::kMu},
    {"万㎡", AreaUnit::kTenThousandSqm},
    {"万m²", AreaUnit::kTenThousandSqm},
    {"万m2", AreaUnit::kTenThousandSqm},
    {"万平方米", AreaUnit::kTenThousandSqm},
    {"km²", AreaUnit::kSqkm},
    {"km2", AreaUnit::kSqkm},
    {"平方公里", AreaUnit::kSqkm},
    {"平方千米", AreaUnit::kSqkm},
};

struct PriceUnitName {
  std::string_view name;
  PriceUnit unit;
};
// With `平方米`, `m²` and `m2` already written as `㎡`, `每` and `·` as `/`.
constexpr PriceUnitName kPriceUnits[] = {
    {"元/㎡", PriceUnit::kYuanPerSqm},
    {"万元/亩", PriceUnit::kWanYuanPerMu},
    {"元", PriceUnit::kYuanTotal},
    {"万元", PriceUnit::kWanYuanTotal},
    {"元/㎡/年", PriceUnit::kYuanPerSqmYear},
    {"元/亩/年", PriceUnit::kYuanPerMuYear},
    {"元/年/㎡", PriceUnit::kYuanPerSqmYear},
    {"元/㎡楼面", PriceUnit::kYuanPerSqmFloor},
    {"元/建筑㎡", PriceUnit::kYuanPerSqmFloor},
};

std::string Replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

// The numbers 1…99 as Chinese numerals; 0 for anything else.
int ChineseNumber(std::string_view text) {
  static constexpr std::string_view kDigits[] = {"一", "二", "三", "四", "五",
                                                 "六", "七", "八", "九"};
  const auto take_digit = [&] {
    for (int i = 0; i < 9; ++i) {
      if (StripPrefix(text, kDigits[i])) return i + 1;
    }
    return 0;
  };
  const int first = take_digit();
  if (!StripPrefix(text, "十")) return text.empty() ? first : 0;
  const int second = take_digit();
  return text.empty() ? (first == 0 ? 1 : first) * 10 + second : 0;
}

// I…XII in Latin letters or as the one-character numerals Ⅰ…Ⅻ; 0 for anything else.
int RomanNumber(std::string_view text) {
  static constexpr std::string_view kLatin[] = {"I",   "II",   "III", "IV", "V",  "VI",
                                                "VII", "VIII", "IX",  "X",  "XI", "XII"};
  static constexpr std::string_view kNumerals[] = {"Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ", "Ⅵ",
                                                   "Ⅶ", "Ⅷ", "Ⅸ", "Ⅹ", "Ⅺ", "Ⅻ"};
  for (int i = 0; i < 12; ++i) {
    if (text == kLatin[i] || text == kNumerals[i]) return i + 1;
  }
  return 0;
}

int GradeNumber(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc() && end == text.data() + text.size()) return number > 0 ? number : 0;
  const int chinese = ChineseNumber(text);
  return chinese > 0 ? chinese : RomanNumber(text);
}

CellValue<FloorAreaRatio> ReadBound(std::string_view text, std::string_view cell) {
  const auto units = ReadNumber(Trimmed(text), cell, FloorAreaRatio::kScale);
  if (units.problem) return {std::nullopt, units.problem};
  if (*units.value < 0) return Problem<FloorAreaRatio>(Code::kNegativeCell, {std::string(cell)});
  return Value(FloorAreaRatio::FromUnits(*units.value));
}

// The day that a spreadsheet's serial number stands for, 1927 to 2173; empty for anything else.
std::string DayOfSerial(std::string_view cell) {
  constexpr std::size_t kDigits = 5;
  const std::string_view whole = cell.substr(0, cell.find('.'));
  if (whole.size() != kDigits || whole[0] == '0' ||
      cell.find_first_not_of("0123456789.") != std::string_view::npos) {
    return {};
  }
  int serial = 0;
  std::from_chars(whole.data(), whole.data() + whole.size(), serial);
  const Days first =
      ToDays(Date{std::chrono::year(1899), std::chrono::December, std::chrono::day(30)});
  return FormatDate(FromDays(first + serial));
}

// 0 is "no bound".
std::optional<FloorAreaRatio> Known(std::optional<FloorAreaRatio> bound) {
  return bound && bound->units() > 0 ? bound : std::nullopt;
}

}  // namespace

bool SaysNothing(std::string_view cell) {
  static constexpr std::array<std::string_view, 8> kNotKnown{"-",    "—",       "--",   "——",
                                                             "未知", "unknown", "不详", "null"};
  return cell.empty() || std::ranges::find(kNotKnown, cell) != kNotKnown.end();
}

std::string_view Trimmed(std::string_view text) {
  const auto strip = [&](bool (*step)(std::string_view&, std::string_view)) {
    return std::ranges::any_of(kBlanks, [&](std::string_view blank) { return step(text, blank); });
  };
  while (strip(StripPrefix)) {
  }
  while (strip(StripSuffix)) {
  }
  return text;
}

std::string_view Plain(std::string_view text, std::string& buffer) {
  text = Trimmed(text);
  if (text.find('\xEF') == std::string_view::npos) return text;
  buffer.clear();
  for (std::size_t i = 0; i < text.size();) {
    const char half = HalfWidth(text.substr(i));
    buffer += half != 0 ? half : text[i];
    i += half != 0 ? 3 : 1;
  }
  return Trimmed(buffer);
}

std::optional<AreaUnit> AreaUnitOf(std::string_view text) {
  for (const AreaUnitName& row : kAreaUnits) {
    if (row.name == text) return row.unit;
  }
  return std::nullopt;
}

std::optional<PriceUnit> PriceUnitOf(std::string_view text) {
  std::string name(text);
  for (const std::string_view square : {"平方米", "m²", "m2", "平米"}) {
    name = Replaced(name, square, "㎡");
  }
  for (const std::string_view per : {"每", "·", "／"}) name = Replaced(name, per, "/");
  for (const PriceUnitName& row : kPriceUnits) {
    if (row.name == name) return row.unit;
  }
  return FromCode<PriceUnit>(text);
}

CellValue<Area> ReadAreaCell(std::string_view text, AreaUnit unit) {
  std::string buffer;
  const std::string_view cell = Plain(text, buffer);
  if (cell.empty()) return {};
  const Measured measured = Split(cell);
  if (!measured.unit.empty() && !measured.number.empty()) {
    const std::optional<AreaUnit> named = AreaUnitOf(measured.unit);
    if (!named) {
      return Problem<Area>(Code::kUnitNotKnown, {std::string(cell), std::string(measured.unit),
                                                 "㎡, 公顷, 亩, 万㎡, km²"});
    }
    unit = *named;
  }
  static constexpr int kDecimals[] = {4, 8, 6, 8, 10};  // by AreaUnit: what 0.0001 m² needs
  const std::string_view number = measured.number.empty() ? cell : measured.number;
  const auto units = ReadNumber(number, cell, kDecimals[static_cast<std::size_t>(unit)]);
  if (units.problem) return {std::nullopt, units.problem};
  if (*units.value < 0) return Problem<Area>(Code::kNegativeCell, {std::string(cell)});
  if (unit != AreaUnit::kMu) return Value(Area::FromUnits(*units.value));
  const auto area = AreaFromMu(AreaInMu::FromUnits(*units.value), kAreaRounding);
  return area ? Value(*area) : Problem<Area>(Code::kNumberTooLarge, {std::string(cell)});
}

CellValue<PriceCell> ReadPriceCell(std::string_view text, std::optional<PriceUnit> unit) {
  std::string buffer;
  const std::string_view cell = Plain(text, buffer);
  if (cell.empty()) return {};
  const Measured measured = Split(cell);
  const std::string_view number = measured.number.empty() ? cell : measured.number;
  const auto units = ReadNumber(number, cell, Money::kScale);
  if (units.problem) return {std::nullopt, units.problem};
  if (!measured.unit.empty()) {
    unit = PriceUnitOf(measured.unit);
    if (!unit) {
      return Problem<PriceCell>(Code::kUnitNotKnown,
                                {std::string(cell), std::string(measured.unit),
                                 "元/㎡, 万元/亩, 元, 万元, 元/㎡·年, 元/亩·年"});
    }
  }
  if (!unit) return Problem<PriceCell>(Code::kPriceWithoutUnit, {std::string(cell)});
  if (*units.value < 0) return Problem<PriceCell>(Code::kNegativeCell, {std::string(cell)});
  return Value(PriceCell{*units.value, *unit});
}

CellValue<FarCell> ReadFarCell(std::string_view text) {
  std::string buffer;
  std::string_view cell = Plain(text, buffer);
  if (cell.empty()) return {};
  std::string_view rest = cell;
  for (const std::string_view sign : {"≤", "<=", "不高于", "不大于"}) {
    if (StripPrefix(rest, sign)) {
      const auto bound = ReadBound(rest, cell);
      if (bound.problem) return {std::nullopt, bound.problem};
      return Value(FarCell{std::nullopt, Known(bound.value)});
    }
  }
  for (const std::string_view sign : {"≥", ">=", "不低于", "不小于"}) {
    if (StripPrefix(rest, sign)) {
      const auto bound = ReadBound(rest, cell);
      if (bound.problem) return {std::nullopt, bound.problem};
      return Value(FarCell{Known(bound.value), std::nullopt});
    }
  }
  for (const std::string_view between : {"-", "~", "—", "–", "至"}) {
    const std::size_t at = cell.find(between, 1);
    if (at == std::string_view::npos || cell[at - 1] == 'e') continue;
    const auto lower = ReadBound(cell.substr(0, at), cell);
    const auto upper = ReadBound(cell.substr(at + between.size()), cell);
    if (lower.problem) return {std::nullopt, lower.problem};
    if (upper.problem) return {std::nullopt, upper.problem};
    return Value(FarCell{Known(lower.value), Known(upper.value)});
  }
  const auto far = ReadBound(cell, cell);
  if (far.problem) return {std::nullopt, far.problem};
  return Value(FarCell{Known(far.value), Known(far.value)});
}

CellValue<TermCell> ReadTermCell(std::string_view text) {
  std::string buffer;
  const std::string_view cell = Plain(text, buffer);
  if (cell.empty()) return {};
  std::string_view number = cell;
  StripSuffix(number, "年");
  number = Trimmed(number);
  if (NumberLength(number) == number.size()) {
    const auto units = ReadNumber(number, cell, Years::kScale);
    if (units.problem) return {std::nullopt, units.problem};
    return Value(TermCell{.years = Years::FromUnits(*units.value)});
  }
  // Parts such as `其他商服用地40年; 住宅用地70`: how many carry a number.
  int terms = 0;
  bool in_number = false;
  for (const char c : cell) {
    terms += IsDigit(c) && !in_number;
    in_number = IsDigit(c) || (in_number && c == '.');
  }
  return Value(TermCell{.is_mixed = terms > 0, .is_text = terms == 0});
}

CellValue<GradeCell> ReadGradeCell(std::string_view text) {
  constexpr int kLandClasses = 15, kLargestGrade = 99;
  std::string buffer;
  const std::string_view cell = Plain(text, buffer);
  if (cell.empty()) return {};
  if (cell.starts_with("未评估") || cell == "未定级" || cell == "级外") {
    return Value(GradeCell{.not_assessed = true});
  }
  std::string_view label = cell;
  const bool is_class =
      StripSuffix(label, "等级") || StripSuffix(label, "等别") || StripSuffix(label, "等");
  if (!is_class) StripSuffix(label, "级");
  const int number = GradeNumber(Trimmed(label));
  if (number == 0 || number > kLargestGrade) {
    return Problem<GradeCell>(Code::kGradeNotKnown, {std::string(cell)});
  }
  if (!is_class) return Value(GradeCell{.grade = Grade{static_cast<std::uint8_t>(number)}});
  if (number > kLandClasses) {
    return Problem<GradeCell>(Code::kLandClassNotKnown, {std::string(cell)});
  }
  return Value(GradeCell{.land_class = LandClass{static_cast<std::uint8_t>(number)}});
}

CellValue<Date> ReadDateCell(std::string_view text) {
  std::string buffer;
  std::string_view cell = Plain(text, buffer);
  if (cell.empty()) return {};
  for (const std::string_view midnight : {" 00:00:00", "T00:00:00", " 00:00"}) {
    if (StripSuffix(cell, midnight)) break;
  }
  const Result<Date> date = ParseDate(cell);
  if (date) return Value(*date);
  if (const std::string day = DayOfSerial(cell); !day.empty()) {
    return Problem<Date>(Code::kDateIsSerial, {std::string(cell), day});
  }
  return Problem<Date>(Code::kNotADate, {std::string(cell)});
}

CellValue<std::int64_t> ReadDecimalCell(std::string_view text, int scale) {
  std::string buffer;
  const std::string_view cell = Plain(text, buffer);
  if (cell.empty()) return {};
  return ReadNumber(cell, cell, scale);
}

CellValue<double> ReadDoubleCell(std::string_view text) {
  std::string buffer;
  const std::string_view cell = Plain(text, buffer);
  if (cell.empty()) return {};
  std::string_view number = cell;
  std::string without_separators;
  if (number.find(',') != std::string_view::npos) {
    if (!WithoutSeparators(number, without_separators)) {
      return Problem<double>(Code::kSeparatorAmbiguous, {std::string(cell)});
    }
    number = without_separators;
  }
  // from_chars reads `inf` and `nan`; a figure may be neither.
  double value = 0.0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
  if (error == std::errc::result_out_of_range) {
    return Problem<double>(Code::kNumberTooLarge, {std::string(cell)});
  }
  if (error != std::errc() || end != number.data() + number.size() || !std::isfinite(value)) {
    return Problem<double>(Code::kNotANumber, {std::string(cell)});
  }
  return Value(value);
}

std::string SpreadsheetText(std::string_view text) {
  constexpr std::size_t kShownDigits = 15;
  const bool is_number = text.find_first_not_of("0123456789.-+eE") == std::string_view::npos;
  const std::string_view mantissa = text.substr(0, text.find_first_of("eE"));
  if (!is_number || mantissa.size() <= kShownDigits ||
      mantissa.find('.') == std::string_view::npos) {
    return std::string(text);
  }
  double number = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::string(text);
  std::array<char, 40> shown{};
  const auto written = std::to_chars(shown.data(), shown.data() + shown.size(), number,
                                     std::chars_format::general, kShownDigits);
  return {shown.data(), written.ptr};
}

}  // namespace dijia::io
