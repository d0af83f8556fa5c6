#include "app/cell_cursor.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <limits>
#include <random>

#include "app/csv_text.h"
#include "dijia/base/decimal.h"

namespace dijia::app {
namespace {

std::string Fixed(std::int64_t units, int decimals) {
  CsvText text;
  text.PutFixed(units, decimals);
  return std::string(text.view());
}

std::string Rounded(double value, int decimals) {
  CsvText text;
  text.PutRounded(value, decimals);
  return std::string(text.view());
}

TEST(CsvCell, QuotesWhatCsvNeedsQuoted) {
  EXPECT_EQ(CsvCell("城区"), "城区");
  EXPECT_EQ(CsvCell("a,b"), "\"a,b\"");
  EXPECT_EQ(CsvCell("say \"价\""), "\"say \"\"价\"\"\"");
  EXPECT_EQ(CsvCell("two\nlines"), "\"two\nlines\"");
}

TEST(CsvCell, KeepsSpreadsheetsFromRunningATextAsAFormula) {
  EXPECT_EQ(CsvCell("=1+1"), "'=1+1");
  EXPECT_EQ(CsvCell("+86"), "'+86");
  EXPECT_EQ(CsvCell("-1"), "'-1");
  EXPECT_EQ(CsvCell("@SUM(A1)"), "'@SUM(A1)");
  EXPECT_EQ(CsvCell("\t=1"), "'\t=1");
  EXPECT_EQ(CsvCell("=HYPERLINK(\"x\",\"y\")"), "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"");
  EXPECT_EQ(CsvCell("a=1"), "a=1");
}

TEST(CsvText, PutsAPlainTextAsItIsAndOthersAsCells) {
  CsvText text;
  text.PutText("plain");
  text += '|';
  text.PutText("=x");
  text += '|';
  text.PutText("");
  EXPECT_EQ(text.view(), "plain|'=x|");
}

TEST(CsvText, GrowsWithoutLosingWhatItHolds) {
  CsvText text;
  std::string expected;
  for (int i = 0; i < 5'000; ++i) {
    text.PutUnsigned(static_cast<std::uint64_t>(i));
    expected += std::to_string(i);
  }
  EXPECT_EQ(text.view(), expected);
}

TEST(CsvText, PrintsTheExtremesOfInt64) {
  EXPECT_EQ(Fixed(std::numeric_limits<std::int64_t>::min(), 4), "-922337203685477.5808");
  EXPECT_EQ(Fixed(std::numeric_limits<std::int64_t>::max(), 0), "9223372036854775807");
  EXPECT_EQ(Fixed(-5, 6), "-0.000005");
}

TEST(CsvText, FixedAgreesWithTheSlowFormatter) {
  std::mt19937_64 random(20'220'421);
  for (int i = 0; i < 100'000; ++i) {
    const int shift = static_cast<int>(random() % 63);
    const auto units = static_cast<std::int64_t>(random()) >> shift;
    const int decimals = static_cast<int>(random() % 7);
    ASSERT_EQ(Fixed(units, decimals), FormatFixed(units, decimals, decimals)) << units;
  }
}

TEST(CsvText, RoundsHalfAwayFromZero) {
  EXPECT_EQ(Rounded(0.5, 0), "1");
  EXPECT_EQ(Rounded(-0.5, 0), "-1");
  EXPECT_EQ(Rounded(2.125, 2), "2.13");
  EXPECT_EQ(Rounded(-1e-9, 4), "0.0000");
  EXPECT_EQ(Rounded(1234567.891, 4), "1234567.8910");
}

TEST(CsvText, PutsNothingForWhatIsNoNumber) {
  EXPECT_EQ(Rounded(std::nan(""), 4), "");
  EXPECT_EQ(Rounded(std::numeric_limits<double>::infinity(), 4), "");
  EXPECT_EQ(Rounded(-1e30, 4), "");
}

// printf rounds the exact binary value; ours may differ by one unit of the last place on a tie of
// the scaled product only, which prices of four decimals and factors near 1 hardly ever meet.
TEST(CsvText, RoundedAgreesWithPrintfToHalfAUnit) {
  std::mt19937_64 random(7);
  std::uniform_real_distribution<double> price(0.0, 20'000.0);
  for (int i = 0; i < 100'000; ++i) {
    const double value = price(random);
    ASSERT_NEAR(std::stod(Rounded(value, 4)), value, 0.5000001e-4) << value;
  }
}

template <class Write>
std::string Written(const Write& write) {
  CsvText text;
  text += "x";  // what is there already stays
  CellCursor cursor(text.Open(CellCursor::kLongestNumber + CellCursor::kSlack));
  write(cursor);
  text.Close(cursor.at());
  return std::string(text.view().substr(1));
}

TEST(CellCursor, WritesIntegersAsTheyAre) {
  std::mt19937_64 generator(20240607);
  for (int i = 0; i < 20'000; ++i) {
    const std::uint64_t number = generator() >> generator() % 64;
    EXPECT_EQ(Written([&](CellCursor& out) { out.PutUnsigned(number); }), std::to_string(number));
  }
  for (const std::uint64_t edge : {0ULL, 9ULL, 10ULL, 99'999'999ULL, 100'000'000ULL,
                                   9'999'999'999'999'999ULL, 10'000'000'000'000'000ULL, ~0ULL}) {
    EXPECT_EQ(Written([&](CellCursor& out) { out.PutUnsigned(edge); }), std::to_string(edge));
  }
}

TEST(CellCursor, RoundsAsCsvTextDoes) {
  std::mt19937_64 generator(20240607);
  std::uniform_real_distribution<double> exponent(-9.0, 15.0);
  const auto check = [](double value) {
    EXPECT_EQ(Written([&](CellCursor& out) { out.PutRounded<4>(value); }), Rounded(value, 4));
    EXPECT_EQ(Written([&](CellCursor& out) { out.PutRounded<6>(value); }), Rounded(value, 6));
  };
  for (int i = 0; i < 20'000; ++i) {
    const double value = std::pow(10.0, exponent(generator));
    check(i % 2 == 0 ? value : -value);
  }
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  for (const double value : {0.0, -0.0, -0.00004, 0.00005, -0.00005, 0.99995, 9999.99995, 1e300,
                             kInfinity, -kInfinity, std::nan("")}) {
    check(value);
  }
}

TEST(CellCursor, CopiesShortTexts) {
  const ShortText longest(std::string_view("0123456789012345678901234567890"));
  EXPECT_EQ(Written([&](CellCursor& out) {
              out.Put(ShortText(",", "used", "\n"));
              out.Put(longest);
              out.Put(ShortText());
              out.Put('|');
            }),
            ",used\n0123456789012345678901234567890|");
}

}  // namespace
}  // namespace dijia::app
