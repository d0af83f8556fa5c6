#include "io/csv_kernels.h"

#include <gtest/gtest.h>

#include <cstring>
#include <random>
#include <string>
#include <vector>

#include "dijia/base/decimal.h"
#include "dijia/sample.h"

namespace dijia::io {
namespace {

constexpr SimdLevel kLevels[] = {SimdLevel::kBaseline, SimdLevel::kAvx2, SimdLevel::kAvx512};

// Levels this processor can run.
std::vector<SimdLevel> Levels() {
  std::vector<SimdLevel> levels;
  for (const SimdLevel level : kLevels) {
    if (level <= BestSimdLevel()) levels.push_back(level);
  }
  return levels;
}

std::string RandomText(std::mt19937_64& random, std::size_t size, std::string_view alphabet) {
  std::string text;
  while (text.size() < size) text += alphabet[random() % alphabet.size()];
  return text;
}

std::string Padded(std::string text) { return text + std::string(kKernelPadding, '"'); }

struct NaiveCounts {
  std::uint64_t newlines = 0, quotes = 0, even = 0;
  bool high = false, nul = false;
};

NaiveCounts CountNaively(const std::string& text) {
  NaiveCounts counts;
  for (const char c : text) {
    if (c == '"') ++counts.quotes;
    if (c == '\n') ++counts.newlines;
    if (c == '\n' && counts.quotes % 2 == 0) ++counts.even;
    counts.high |= static_cast<unsigned char>(c) >= 0x80;
    counts.nul |= c == '\0';
  }
  return counts;
}

TEST(CsvKernels, CountLikeANaiveLoop) {
  const std::uint64_t seed = 20240601;
  std::mt19937_64 random(seed);
  using std::string_view_literals::operator""sv;
  for (const auto alphabet : {"a,1\n"sv, "a\"\n"sv, "a\xE4\n"sv, "ab\0\n\","sv}) {
    for (int round = 0; round < 200; ++round) {
      const std::string text = RandomText(random, random() % 300, alphabet);
      const NaiveCounts expected = CountNaively(text);
      for (const SimdLevel level : Levels()) {
        SCOPED_TRACE(testing::Message() << "seed " << seed << " level " << int(level));
        const BlockCounts counts = KernelsFor(level).count(Padded(text).data(), text.size());
        ASSERT_EQ(counts.newlines, expected.newlines);
        ASSERT_EQ(counts.quotes, expected.quotes);
        ASSERT_EQ(counts.newlines_after_even_quotes, expected.even);
        ASSERT_EQ(counts.has_high_bytes, expected.high);
        ASSERT_EQ(counts.has_nul, expected.nul);
      }
    }
  }
}

TEST(CsvKernels, FindTheSeparatorsOutsideQuotes) {
  const std::uint64_t seed = 20240602;
  std::mt19937_64 random(seed);
  for (int round = 0; round < 500; ++round) {
    const std::string text =
        RandomText(random, 1 + random() % 400, round % 2 == 0 ? "a,b\n;" : "a,\n\"");
    const std::size_t begin = random() % text.size();
    const bool start_quoted = random() % 2 == 0;
    std::vector<std::uint32_t> expected;
    bool quoted = start_quoted;
    for (std::size_t i = begin; i < text.size(); ++i) {
      if (text[i] == '"') quoted = !quoted;
      if (!quoted && (text[i] == ',' || text[i] == '\n')) {
        expected.push_back(static_cast<std::uint32_t>(i));
      }
    }
    for (const SimdLevel level : Levels()) {
      SCOPED_TRACE(testing::Message() << "seed " << seed << " level " << int(level));
      std::vector<std::uint32_t> offsets(text.size() + 64);
      bool state = start_quoted;
      offsets.resize(KernelsFor(level).find_separators(Padded(text).data(), begin, text.size(), ',',
                                                       state, offsets.data()));
      ASSERT_EQ(offsets, expected) << text;
      ASSERT_EQ(state, quoted);
    }
  }
}

// A batch of cells in one text, read at every level and held against ParseDecimal.
void ExpectLikeParseDecimal(const std::vector<std::string>& texts, int scale) {
  ASSERT_LE(texts.size(), kDecimalBatch);
  ShortCells cells{};
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const bool is_long = texts[i].size() > 8;
    std::string eight = is_long ? std::string(8, '\0') : texts[i];
    cells.lengths[i] = eight.size();
    eight.resize(8, '7');  // what lies behind a cell must not matter
    std::memcpy(&cells.words[i], eight.data(), 8);
  }
  for (const SimdLevel level : Levels()) {
    ShortDecimals decimals;
    const bool any_odd = KernelsFor(level).parse_decimals(cells, FactorsOfScale(scale), decimals);
    bool expected_any = false;
    for (std::size_t i = 0; i < texts.size(); ++i) {
      SCOPED_TRACE(testing::Message()
                   << "'" << texts[i] << "' scale " << scale << " level " << int(level));
      expected_any |= decimals.odd[i] != 0;
      if (texts[i].empty()) {
        EXPECT_EQ(decimals.units[i], kMissing64);
        EXPECT_EQ(decimals.odd[i], 0);
        continue;
      }
      const Result<std::int64_t> units = ParseDecimal(texts[i], scale);
      if (decimals.odd[i] == 0) {
        ASSERT_TRUE(units.has_value());
        EXPECT_EQ(decimals.units[i], *units);
      }
    }
    EXPECT_EQ(any_odd, expected_any);
  }
}

TEST(CsvKernels, ReadPlainDecimalsExactly) {
  ExpectLikeParseDecimal({"0", "7", "84.5", "-84.5", "12345678", "1234567", "-1234567", "0.0001",
                          ".5", "5.", "-0", "00012", "1234.567", "-0.0734", "99999999", ""},
                         4);
  // None of these may go the careful way, or reading would be slow.
  ShortCells cells{};
  const std::vector<std::string> plain{"0", "84.5", "-84.5", "12345678", "-123.456", "5.", ".5"};
  for (std::size_t i = 0; i < plain.size(); ++i) {
    cells.lengths[i] = plain[i].size();
    std::memcpy(&cells.words[i], plain[i].data(), plain[i].size());
  }
  for (const SimdLevel level : Levels()) {
    ShortDecimals decimals;
    EXPECT_FALSE(KernelsFor(level).parse_decimals(cells, FactorsOfScale(4), decimals));
  }
}

TEST(CsvKernels, LeaveEverythingElseToTheCarefulWay) {
  const std::vector<std::string> odd{"-",   ".",   "-.",      "1.2.3",        "1e3", "+5",
                                     "0,8", "NaN", "1/2",     " 1",           "1 ",  "--1",
                                     "1-",  "inf", "1.00005", "12.345678901", "１"};
  ExpectLikeParseDecimal(odd, 4);
  ShortCells cells{};
  for (std::size_t i = 0; i < odd.size(); ++i) {
    const std::string eight = odd[i].size() > 8 ? std::string(8, '\0') : odd[i];
    cells.lengths[i] = eight.size();
    std::memcpy(&cells.words[i], eight.data(), eight.size());
  }
  for (const SimdLevel level : Levels()) {
    ShortDecimals decimals;
    EXPECT_TRUE(KernelsFor(level).parse_decimals(cells, FactorsOfScale(4), decimals));
    for (std::size_t i = 0; i < odd.size(); ++i) EXPECT_NE(decimals.odd[i], 0) << odd[i];
  }
}

TEST(CsvKernels, ReadRandomTextsLikeParseDecimal) {
  std::mt19937_64 random(20240603);
  for (int round = 0; round < 600; ++round) {
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < kDecimalBatch; ++i) {
      texts.push_back(
          RandomText(random, random() % 10, round % 3 == 0 ? "0123456789.-/:" : "0190."));
    }
    ExpectLikeParseDecimal(texts, static_cast<int>(random() % 10));
    if (testing::Test::HasFailure()) break;
  }
}

}  // namespace
}  // namespace dijia::io
