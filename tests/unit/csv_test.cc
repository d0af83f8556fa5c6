#include "io/csv.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "dijia/base/codes.h"
#include "dijia/simd.h"

namespace dijia::io {
namespace {

CsvColumns Read(const std::string& text, const std::vector<CsvSchemaColumn>& schema,
                const CsvOptions& options = {}) {
  Result<CsvColumns> columns = ReadCsv(ByteSource::FromMemory(text), schema, options);
  EXPECT_TRUE(columns.has_value()) << (columns ? "" : columns.error().detail);
  return columns ? std::move(*columns) : CsvColumns{};
}

std::vector<std::string> Texts(const CsvValues& values) {
  std::vector<std::string> texts;
  const auto& column = std::get<TextColumn>(values);
  for (std::size_t i = 0; i < column.size(); ++i) texts.emplace_back(column[i]);
  return texts;
}

std::vector<std::string> TextsOf(const std::string& text, const std::string& column,
                                 const CsvOptions& options = {}) {
  return Texts(Read(text, {{column, CsvType::kText}}, options).columns.at(0));
}

std::vector<Code> CodesOf(const Filling& filling) {
  std::vector<Code> codes;
  for (const CellFault& fault : filling.faults) codes.push_back(fault.code.value());
  return codes;
}

Code OpenErrorOf(const std::string& text, const CsvOptions& options = {}) {
  const Result<CsvFile> file = CsvFile::Open(ByteSource::FromMemory(text), options);
  EXPECT_FALSE(file.has_value());
  return file ? Code::kInternal : file.error().code;
}

using Strings = std::vector<std::string>;

TEST(Csv, ReadsEveryTypeOfColumn) {
  const CsvColumns columns = Read(
      "price,area,x,day,name,id\n1.5,200,0.25,2024-02-29,甲,a1\n,,,,,\n-2,3,1e3,2024/03/01,乙,b2\n",
      {{"price", CsvType::kInt64, 4},
       {"area", CsvType::kInt32, 2},
       {"x", CsvType::kReal},
       {"day", CsvType::kDate},
       {"name", CsvType::kName},
       {"id", CsvType::kText}});
  EXPECT_EQ(std::get<0>(columns.columns[0]),
            (std::vector<std::int64_t>{15000, kMissing64, -20000}));
  EXPECT_EQ(std::get<1>(columns.columns[1]), (std::vector<std::int32_t>{20000, kMissing32, 300}));
  const auto& x = std::get<2>(columns.columns[2]);
  EXPECT_EQ(x[0], 0.25);
  EXPECT_TRUE(std::isnan(x[1]));
  EXPECT_EQ(x[2], 1000.0);
  const Days leap_day = ToDays(*ParseDate("2024-02-29"));
  EXPECT_EQ(std::get<1>(columns.columns[3]),
            (std::vector<std::int32_t>{leap_day, kNoDate, leap_day + 1}));
  const auto& names = std::get<CsvNames>(columns.columns[4]);
  EXPECT_EQ(names.codes, (std::vector<std::uint32_t>{1, 0, 2}));
  EXPECT_EQ(names.names.Name(2), "乙");
  EXPECT_EQ(Texts(columns.columns[5]), (Strings{"a1", "", "b2"}));
  EXPECT_EQ(columns.filling.blank_rows, (std::vector<std::uint32_t>{1}));
  EXPECT_TRUE(columns.filling.faults.empty());
}

TEST(Csv, ReadsQuotedCells) {
  EXPECT_EQ(TextsOf("a,b\n\"1,2\",x\n\"say \"\"hi\"\"\",y\n\"two\nlines\",z\n", "a"),
            (Strings{"1,2", "say \"hi\"", "two\nlines"}));
}

TEST(Csv, ReadsQuotedNumbers) {
  const CsvColumns columns = Read("a,b\n\"84.5\",\"x\"\n", {{"a", CsvType::kInt64, 2}});
  EXPECT_EQ(std::get<0>(columns.columns[0]), (std::vector<std::int64_t>{8450}));
}

TEST(Csv, ReadsCarriageReturnsTabsAndSemicolons) {
  EXPECT_EQ(TextsOf("a;b\r\n1;2\r\n3;4\r\n", "b"), (Strings{"2", "4"}));
  EXPECT_EQ(TextsOf("a\tb\n1\t2", "b"), (Strings{"2"}));
  EXPECT_EQ(TextsOf("a,b\r\n1,2\r\n\r\n3,4", "b"), (Strings{"2", "", "4"}));
}

TEST(Csv, DoesNotNeedTheLastLineEnd) {
  EXPECT_EQ(TextsOf("a,b\n1,2\n3,4", "b"), (Strings{"2", "4"}));
  EXPECT_EQ(TextsOf("a,b", "b"), (Strings{}));
}

TEST(Csv, SkipsTheByteOrderMark) {
  EXPECT_EQ(TextsOf("\xEF\xBB\xBF"
                    "a,b\n1,2\n",
                    "a"),
            (Strings{"1"}));
}

TEST(Csv, ReportsRecordsWithTheWrongNumberOfFields) {
  const CsvColumns columns = Read("a,b,c\n1,2,3\n1,2\n1,2,3,4\n5,6,7,\n", {{"a", CsvType::kText}});
  EXPECT_EQ(Texts(columns.columns[0]), (Strings{"1", "", "", "5"}));
  ASSERT_EQ(CodesOf(columns.filling),
            (std::vector{Code::kWrongFieldCount, Code::kWrongFieldCount}));
  EXPECT_EQ(columns.filling.faults[0].row, 1U);
  EXPECT_EQ(columns.filling.faults[0].arguments, (Strings{"2", "3"}));
  EXPECT_EQ(columns.filling.faults[1].arguments, (Strings{"4", "3"}));
}

TEST(Csv, RefusesStrayQuotes) {
  const CsvColumns columns =
      Read("a,b\n5\" pipe 6\",1\n\"x\"y,2\nz,3\n", {{"a", CsvType::kText}, {"b", CsvType::kInt64}});
  EXPECT_EQ(CodesOf(columns.filling), (std::vector{Code::kStrayQuote, Code::kStrayQuote}));
  EXPECT_EQ(columns.filling.faults[0].arguments, (Strings{"5\" pipe 6\""}));
  EXPECT_EQ(Texts(columns.columns[0]), (Strings{"", "", "z"}));
}

TEST(Csv, KnowsAnUnclosedQuote) {
  const Result<CsvFile> file = CsvFile::Open(ByteSource::FromMemory("a,b\n1,2\n\"3,4\n5,6\n"), {});
  ASSERT_TRUE(file.has_value());
  EXPECT_TRUE(file->ends_in_quotes());
  EXPECT_EQ(file->records(), 3U);
  const CsvColumns columns = Read("a,b\n1,2\n\"3,4\n5,6\n", {{"a", CsvType::kText}});
  EXPECT_EQ(CodesOf(columns.filling), (std::vector{Code::kQuoteNotClosed}));
  EXPECT_EQ(columns.filling.faults[0].row, 1U);
  EXPECT_EQ(Texts(columns.columns[0]), (Strings{"1", ""}));
}

TEST(Csv, ReadsGb18030WhenItIsNotUtf8) {
  const std::string text = "\xD3\xC3\xCD\xBE,b\n\xD7\xA1\xD5\xAC,1\n";  // 用途 / 住宅
  EXPECT_EQ(TextsOf(text, "用途"), (Strings{"住宅"}));
  EXPECT_EQ(TextsOf(text, "用途", {.encoding = "GBK"}), (Strings{"住宅"}));
  const Result<CsvFile> file = CsvFile::Open(ByteSource::FromMemory(text), {});
  ASSERT_TRUE(file.has_value());
  EXPECT_EQ(file->encoding(), "gb18030");
}

TEST(Csv, ReportsGbkRowsInsideAUtf8File) {
  const std::string text = "用途,b\n住宅,1\n\xB9\xA4\xD2\xB5,2\n商业,3\n工业,4\n";
  const CsvColumns columns = Read(text, {{"用途", CsvType::kText}});
  EXPECT_EQ(Texts(columns.columns[0]), (Strings{"住宅", "", "商业", "工业"}));
  ASSERT_EQ(CodesOf(columns.filling), (std::vector{Code::kNotUtf8}));
  EXPECT_EQ(columns.filling.faults[0].row, 1U);
}

TEST(Csv, TakesLettersNoChineseTableHasForGbk) {
  // 住宅 and 商 in GBK are valid UTF-8: Hebrew, Armenian and a Latin letter.
  EXPECT_EQ(TextsOf("use,b\n\xD7\xA1\xD5\xAC,1\n", "use"), (Strings{"住宅"}));
  EXPECT_EQ(TextsOf("use,b\n商 α,1\n", "use"), (Strings{"商 α"}));
  EXPECT_EQ(TextsOf("use,b\nm²,1\n", "use"), (Strings{"m²"}));
}

TEST(Csv, TakesTheEncodingItIsTold) {
  // Two letters of GBK that happen to be valid UTF-8 as well.
  const std::string text = "a,b\n\xC1\xAA\xCD\xA8,1\n";
  EXPECT_EQ(TextsOf(text, "a", {.encoding = "gb18030"}), (Strings{"联通"}));
  EXPECT_EQ(TextsOf(text, "a", {.encoding = "utf-8"}), (Strings{""}));
  EXPECT_EQ(OpenErrorOf(text, {.encoding = "latin1"}), Code::kUnknownEncoding);
  EXPECT_EQ(OpenErrorOf("a\xFF\n", {.encoding = "gbk"}), Code::kNotGb18030);
}

TEST(Csv, RefusesUtf16) {
  using std::string_literals::operator""s;
  EXPECT_EQ(OpenErrorOf("\xFF\xFE"
                        "a\0,\0b\0"s),
            Code::kUtf16);
}

// Bringing it to UTF-8 would take twice its size in memory.
TEST(Csv, RefusesAnEndlessLineOfGb18030BeforeItIsRecoded) {
  std::string text = "a,b\n";
  while (text.size() < CsvFile::kLongestRecord + (std::size_t{1} << 20)) {
    text += "\xD7\xA1\xD5\xAC\xD3\xC3\xB5\xD8";
  }
  EXPECT_EQ(OpenErrorOf(text), Code::kRecordTooLong);
  EXPECT_EQ(OpenErrorOf(text, {.encoding = "gb18030"}), Code::kRecordTooLong);
}

TEST(Csv, RefusesMoreRowsThanItCanNumber) {
  EXPECT_TRUE(CsvFile::CheckRecords(4'294'967'245).has_value());
  const Status refused = CsvFile::CheckRecords(4'294'967'246);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, Code::kTooManyRows);
}

TEST(Csv, ReportsNulBytes) {
  using std::string_literals::operator""s;
  const CsvColumns columns = Read("a,b\n1\0,2\n3,4\n"s, {{"a", CsvType::kText}});
  EXPECT_EQ(CodesOf(columns.filling), (std::vector{Code::kNulByte}));
  EXPECT_EQ(Texts(columns.columns[0]), (Strings{"", "3"}));
}

TEST(Csv, RefusesARecordWithoutEnd) {
  std::string line(CsvFile::kLongestRecord + 10, 'x');
  EXPECT_EQ(OpenErrorOf(line), Code::kRecordTooLong);
  const CsvColumns columns = Read("a,b\n1,2\n" + line + ",3\n4,5\n", {{"b", CsvType::kText}});
  EXPECT_EQ(Texts(columns.columns[0]), (Strings{"2", "", "5"}));
  EXPECT_EQ(CodesOf(columns.filling), (std::vector{Code::kRecordTooLong}));
}

TEST(Csv, RefusesTooManyFields) {
  EXPECT_EQ(OpenErrorOf(std::string(CsvFile::kMostFields + 1, ',')), Code::kTooManyFields);
}

TEST(Csv, NamesTheMissingColumn) {
  const std::vector<CsvSchemaColumn> schema{{"price", CsvType::kText}};
  const Result<CsvColumns> columns = ReadCsv(ByteSource::FromMemory("a,b\n"), schema);
  ASSERT_FALSE(columns.has_value());
  EXPECT_EQ(columns.error().code, Code::kMissingColumn);
  EXPECT_EQ(columns.error().detail, "price");
}

TEST(Csv, SaysWhatIsWrongWithACell) {
  const CsvColumns columns = Read("n,d\n\"0,8\",2024-02-30\nNaN,x\n1e309,\n1.23456,\n",
                                  {{"n", CsvType::kInt64, 4}, {"d", CsvType::kDate}});
  EXPECT_EQ(CodesOf(columns.filling),
            (std::vector{Code::kNotANumber, Code::kNotADate, Code::kNotANumber, Code::kNotADate,
                         Code::kNumberTooLarge, Code::kTooManyDecimals}));
  const CsvColumns small = Read("n,m\n99999999,1\n", {{"n", CsvType::kInt32, 2}});
  EXPECT_EQ(CodesOf(small.filling), (std::vector{Code::kNumberTooLarge}));
}

TEST(Csv, RefusesMoreNamesThanTheCodesCanNumber) {
  std::string text = "a,b\n";
  for (int i = 0; i < 70'000; ++i) text += std::to_string(i) + ",1\n";
  const Result<CsvFile> file = CsvFile::Open(ByteSource::FromMemory(text), {});
  ASSERT_TRUE(file.has_value());
  std::vector<std::uint16_t> codes(70'000);
  Dictionary names;
  const std::vector<WantedColumn> wanted{
      {.position = 0, .field = "a", .target = ToCode16{codes, &names}}};
  const Result<Filling> filling = file->Fill(0, wanted);
  ASSERT_FALSE(filling.has_value());
  EXPECT_EQ(filling.error().code, Code::kTooManyNames);
}

// A plain reader of the same grammar: the records of a text, unquoted where they can be.
std::vector<Strings> NaiveRecords(const std::string& text) {
  std::vector<Strings> records{{""}};
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"') quoted = !quoted;
    if (!quoted && c == ',') {
      records.back().emplace_back();
    } else if (!quoted && c == '\n') {
      if (i + 1 < text.size()) records.push_back({""});
    } else {
      records.back().back() += c;
    }
  }
  return records;
}

std::string RandomField(std::mt19937_64& random) {
  switch (random() % 8) {
    case 0:
      return "";
    case 1:
      return "\"a,\"\"b\"\"\n" + std::to_string(random() % 100) + "\"";
    case 2:
      return "地价" + std::to_string(random() % 10);
    case 3:
      return std::string(random() % 40, 'y');
    default:
      return std::to_string(static_cast<int>(random() % 2'000'000) - 1'000'000) + "." +
             std::to_string(random() % 100);
  }
}

TEST(Csv, IsTheSameForEveryBlockSizeThreadCountAndLevel) {
  const std::uint64_t seed = 20240604;
  std::mt19937_64 random(seed);
  for (int round = 0; round < 60; ++round) {
    std::string text = "a,b,c\n";
    const std::size_t rows = random() % 30;
    for (std::size_t r = 0; r < rows; ++r) {
      text += RandomField(random) + "," + RandomField(random);
      if (random() % 10 != 0) text += "," + RandomField(random);
      text += random() % 3 == 0 ? "\r\n" : "\n";
    }
    if (random() % 2 == 0) text.pop_back();
    const std::vector<Strings> naive = NaiveRecords(text);
    const std::vector<CsvSchemaColumn> schema{
        {"a", CsvType::kText}, {"b", CsvType::kName}, {"c", CsvType::kInt64, 2}};
    const CsvColumns expected = Read(text, schema, {.delimiter = ',', .threads = 1});
    ASSERT_EQ(expected.rows + 1, naive.size()) << "seed " << seed << " round " << round;
    for (const std::size_t block : {1U, 2U, 7U, 64U, 1000U}) {
      for (const unsigned threads : {1U, 3U}) {
        const auto level = static_cast<SimdLevel>(random() % (1 + std::size_t(BestSimdLevel())));
        SCOPED_TRACE(testing::Message() << "seed " << seed << " round " << round << " block "
                                        << block << " threads " << threads << "\n"
                                        << text);
        const CsvColumns actual =
            Read(text, schema,
                 {.delimiter = ',', .threads = threads, .block_bytes = block, .level = level});
        ASSERT_EQ(Texts(actual.columns[0]), Texts(expected.columns[0]));
        const auto& names = std::get<CsvNames>(actual.columns[1]);
        ASSERT_EQ(names.codes, std::get<CsvNames>(expected.columns[1]).codes);
        ASSERT_EQ(std::get<0>(actual.columns[2]), std::get<0>(expected.columns[2]));
        ASSERT_EQ(CodesOf(actual.filling), CodesOf(expected.filling));
        ASSERT_EQ(actual.filling.blank_rows, expected.filling.blank_rows);
      }
    }
    for (std::size_t r = 1; r < naive.size(); ++r) {
      if (naive[r].size() != 3 || naive[r][0].starts_with('"')) continue;
      EXPECT_EQ(Texts(expected.columns[0])[r - 1], naive[r][0]);
    }
  }
}

}  // namespace
}  // namespace dijia::io
