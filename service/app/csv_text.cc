#include "app/csv_text.h"

#include <array>
#include <cstdint>
#include <cstring>

#include "dijia/base/decimal.h"

namespace dijia::app {
namespace {

// "00" … "99".
constexpr std::array<char, 200> kPairs = [] {
  std::array<char, 200> pairs{};
  for (int i = 0; i < 100; ++i) {
    pairs[static_cast<std::size_t>(2 * i)] = static_cast<char>('0' + i / 10);
    pairs[static_cast<std::size_t>(2 * i + 1)] = static_cast<char>('0' + i % 10);
  }
  return pairs;
}();

// Writes the digits of `number` so that they end before `end`; returns where they begin.
char* DigitsBefore(char* end, std::uint64_t number) {
  while (number >= 100) {
    end -= 2;
    std::memcpy(end, &kPairs[2 * (number % 100)], 2);
    number /= 100;
  }
  if (number >= 10) {
    end -= 2;
    std::memcpy(end, &kPairs[2 * number], 2);
    return end;
  }
  *--end = static_cast<char>('0' + number);
  return end;
}

constexpr std::size_t kLongestNumber = 24;

// What a character asks for: quotes wherever it stands, or a sign before it where it is the first.
constexpr std::uint8_t kQuotes = 1, kFormula = 2;
constexpr std::array<std::uint8_t, 256> kAsks = [] {
  std::array<std::uint8_t, 256> asks{};
  for (const char c : {',', '"', '\n', '\r'}) asks[static_cast<unsigned char>(c)] |= kQuotes;
  for (const char c : {'=', '+', '-', '@', '\t', '\r'})
    asks[static_cast<unsigned char>(c)] |= kFormula;
  return asks;
}();

std::uint8_t AsksFor(char c) { return kAsks[static_cast<unsigned char>(c)]; }

bool StartsFormula(std::string_view text) {
  return !text.empty() && (AsksFor(text.front()) & kFormula) != 0;
}

bool NeedsQuotes(std::string_view text) {
  std::uint8_t asked = 0;
  for (const char c : text) asked |= AsksFor(c);
  return (asked & kQuotes) != 0;
}

}  // namespace

std::string CsvCell(std::string_view text) {
  std::string cell;
  if (StartsFormula(text)) cell += '\'';
  cell += text;
  if (!NeedsQuotes(cell)) return cell;
  std::string quoted = "\"";
  for (const char c : cell) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

bool CsvText::IsPlain(std::string_view text) { return !StartsFormula(text) && !NeedsQuotes(text); }

void CsvText::PutUnsigned(std::uint64_t number) {
  std::array<char, kLongestNumber> digits;
  char* const end = digits.data() + digits.size();
  const char* const begin = DigitsBefore(end, number);
  *this += std::string_view(begin, static_cast<std::size_t>(end - begin));
}

void CsvText::PutFixed(std::int64_t units, int decimals) {
  const auto magnitude =
      units < 0 ? 0 - static_cast<std::uint64_t>(units) : static_cast<std::uint64_t>(units);
  if (units < 0) *this += '-';
  const auto one = static_cast<std::uint64_t>(PowerOfTen(decimals));
  PutUnsigned(magnitude / one);
  if (decimals == 0) return;
  // The digits of 1.fraction, whose 1 becomes the point.
  std::array<char, kLongestNumber> digits;
  char* const end = digits.data() + digits.size();
  char* const begin = DigitsBefore(end, one + magnitude % one);
  *begin = '.';
  *this += std::string_view(begin, static_cast<std::size_t>(end - begin));
}

void CsvText::PutDecimal(std::int64_t units, int decimals) {
  constexpr std::int64_t kMany = 1'000'000;
  constexpr int kManyZeros = 6;
  for (; decimals >= kManyZeros && units % kMany == 0; decimals -= kManyZeros) units /= kMany;
  for (; decimals > 0 && units % 10 == 0; --decimals) units /= 10;
  PutFixed(units, decimals);
}

void CsvText::PutRounded(double value, int decimals) {
  static constexpr double kPowers[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};
  constexpr double kLargest = 9e18;
  const double scaled = value * kPowers[decimals];
  const double half = scaled < 0 ? scaled - 0.5 : scaled + 0.5;
  if (half > -kLargest && half < kLargest) PutFixed(static_cast<std::int64_t>(half), decimals);
}

}  // namespace dijia::app
