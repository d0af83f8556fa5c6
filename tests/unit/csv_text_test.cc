#include "app/csv_text.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <limits>
#include <random>

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
  text.PutRaw('|');
  text.PutText("=x");
  text.PutRaw('|');
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

}  // namespace
}  // namespace dijia::app
