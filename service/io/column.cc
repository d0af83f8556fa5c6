#include "io/column.h"

#include <charconv>
#include <cmath>
#include <type_traits>

#include "dijia/base/codes.h"

namespace dijia::io {
namespace {

CellReading Refused(const Error& error, int scale) {
  CellReading reading;
  reading.missing = true;
  reading.fate = Fate::kUnreadable;
  reading.code = error.code;
  reading.arguments = {error.detail};
  if (error.code == Code::kTooManyDecimals) reading.arguments.push_back(std::to_string(scale));
  return reading;
}

CellReading ReadDecimal(std::string_view cell, int scale) {
  const Result<std::int64_t> units = ParseDecimal(cell, scale);
  if (!units) return Refused(units.error(), scale);
  return {.value = *units};
}

CellReading ReadInt32(std::string_view cell, int scale) {
  CellReading reading = ReadDecimal(cell, scale);
  if (!reading.missing && (reading.value > INT32_MAX || reading.value <= INT32_MIN)) {
    return Refused({Code::kNumberTooLarge, std::string(cell)}, scale);
  }
  return reading;
}

CellReading ReadReal(std::string_view cell) {
  double number = 0.0;
  const char* const end = cell.data() + cell.size();
  const auto [rest, failure] = std::from_chars(cell.data(), end, number);
  if (failure == std::errc::result_out_of_range) {
    return Refused({Code::kNumberTooLarge, std::string(cell)}, 0);
  }
  if (failure != std::errc() || rest != end || !std::isfinite(number)) {
    return Refused({Code::kNotANumber, std::string(cell)}, 0);
  }
  return {.number = number};
}

CellReading ReadDay(std::string_view cell) {
  const Result<Date> date = ParseDate(cell);
  if (!date) return Refused(date.error(), 0);
  return {.value = ToDays(*date)};
}

}  // namespace

CellReader PlainReader(const ColumnTarget& target) {
  if (const auto* to = std::get_if<ToInt64>(&target)) {
    return [scale = to->scale](std::string_view cell) { return ReadDecimal(cell, scale); };
  }
  if (const auto* to = std::get_if<ToInt32>(&target)) {
    return [scale = to->scale](std::string_view cell) { return ReadInt32(cell, scale); };
  }
  if (std::holds_alternative<ToReal>(target) || std::holds_alternative<ToFigure>(target)) {
    return ReadReal;
  }
  if (std::holds_alternative<ToDate>(target)) return ReadDay;
  return [](std::string_view cell) { return CellReading{.name = std::string(cell)}; };
}

}  // namespace dijia::io
