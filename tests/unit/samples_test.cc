#include "io/samples.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "dijia/base/codes.h"
#include "dijia/conversion.h"
#include "io/byte_source.h"
#include "io/mapping.h"

namespace dijia::io {
namespace {

namespace fs = std::filesystem;

// A scratch folder of one test.
class ReadSamplesTest : public testing::Test {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = fs::path(testing::TempDir()) / ("dijia_samples_" + std::string(test->name()));
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  fs::path Write(const std::string& name, const std::string& text) {
    const fs::path path = folder_ / name;
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }

  static ReadSamplesOptions Options() {
    ReadSamplesOptions options;
    options.reference_folder = fs::path(DIJIA_SOURCE_DIR) / "data/reference";
    return options;
  }

  static SamplesInput Read(std::vector<fs::path> files, ReadSamplesOptions options = Options()) {
    Result<SamplesInput> input = ReadSamples(files, options);
    EXPECT_TRUE(input.has_value()) << (input ? "" : input.error().detail);
    return input ? *std::move(input) : SamplesInput();
  }

  SamplesInput ReadText(const std::string& text) { return Read({Write("samples.csv", text)}); }

  fs::path folder_;
};

std::vector<std::string> Codes(const Diagnostics& diagnostics) {
  std::vector<std::string> codes;
  for (const Diagnostic& diagnostic : diagnostics.kept()) codes.push_back(CodeId(diagnostic.code));
  return codes;
}

bool Has(const Diagnostics& diagnostics, Code code) {
  return std::ranges::any_of(diagnostics.kept(),
                             [&](const Diagnostic& d) { return d.code == code; });
}

TEST_F(ReadSamplesTest, FillsEveryColumnOfTheTable) {
  const SamplesInput input = ReadText(
      "sample_id,county,area,zone,use,sub_use,grade,kind,date,price,price_unit,area_sqm,far,"
      "term_years,development_level,circumstance_factor,method,land_class,x,y,note\n"
      "A1,152502,城区,J101,residential,多层,2,transfer,2014-05-06,1234.5,yuan_per_sqm,800,1.8,70,"
      "五通一平,1.02,listing,13,116.1,43.9,n\n");
  EXPECT_EQ(input.diagnostics.total(), 0U) << Describe(input.diagnostics.kept()[0], Language::kEn);
  const SampleTable& t = input.table;
  ASSERT_EQ(t.size(), 1U);
  EXPECT_EQ(t.sample_id[0], "A1");
  EXPECT_EQ(t.counties.Name(t.county[0]), "152502");
  EXPECT_EQ(t.areas.Name(t.area[0]), "城区");
  EXPECT_EQ(t.zones.Name(t.zone[0]), "J101");
  EXPECT_EQ(t.sub_uses.Name(t.sub_use[0]), "多层");
  EXPECT_EQ(t.development_levels.Name(t.development_level[0]), "五通一平");
  EXPECT_EQ(t.use[0], static_cast<int>(LandUse::kResidential));
  EXPECT_EQ(t.grade[0], 2);
  EXPECT_EQ(t.land_class[0], 13);
  EXPECT_EQ(t.kind[0], static_cast<int>(SampleKind::kTransfer));
  EXPECT_EQ(t.method[0], static_cast<int>(AssignmentMethod::kListing));
  EXPECT_EQ(FormatDate(FromDays(t.date[0])), "2014-05-06");
  EXPECT_EQ(t.price[0], 12'345'000);
  EXPECT_EQ(t.price_unit[0], static_cast<int>(PriceUnit::kYuanPerSqm));
  EXPECT_EQ(t.area_sqm[0], 8'000'000);
  EXPECT_EQ(t.far[0], 1'800'000);
  EXPECT_EQ(t.term_years[0], 700'000);
  EXPECT_EQ(t.circumstance[0], 1'020'000);
  EXPECT_EQ(t.x[0], 116.1);
  EXPECT_EQ(t.y[0], 43.9);
  EXPECT_EQ(t.row[0], 2U);
  EXPECT_EQ(t.fate[0], Fate::kUsed);
}

TEST_F(ReadSamplesTest, UnderstandsChineseHeadersAndUnitsInCells) {
  const SamplesInput input = ReadText(
      "样点编号,用途,级别,成交日期,成交价,宗地面积（公顷）,容积率,使用年限\n"
      "甲,住宅用地,Ⅱ,2024年1月2日,12万元/亩,1.2,≤1.5,７０年\n"
      "乙,工业用地,二级,2024/1/2,350元/㎡,3亩,0,50\n");
  EXPECT_EQ(input.diagnostics.errors(), 0U);
  const SampleTable& t = input.table;
  ASSERT_EQ(t.size(), 2U);
  EXPECT_EQ(t.price[0], 120'000);
  EXPECT_EQ(t.price_unit[0], static_cast<int>(PriceUnit::kWanYuanPerMu));
  EXPECT_EQ(t.area_sqm[0], Area::Of(12'000).units());
  EXPECT_EQ(t.area_sqm[1], Area::Of(2'000).units());
  EXPECT_EQ(t.far[0], 1'500'000);
  EXPECT_EQ(t.far[1], kMissing64) << "0 is not known";
  EXPECT_EQ(t.term_years[0], 700'000);
  EXPECT_EQ(t.grade[0], 2);
  EXPECT_EQ(t.grade[1], 2);
}

TEST_F(ReadSamplesTest, ReportsAllBadCellsAtOnceWithTheirPlace) {
  const SamplesInput input = ReadText(
      "use,grade,date,price,price_unit,far\n"
      "residential,1,2014-01-01,700,yuan_per_sqm,\"0,8\"\n"
      "residential,1,2014-02-30,NaN,yuan_per_sqm,1\n"
      "residential,1,2014-01-01,700,yuan,1\n"
      "residential,1,2014-01-01,-5,yuan_per_sqm,1\n");
  EXPECT_EQ(Codes(input.diagnostics),
            (std::vector<std::string>{"DJ-1106", "DJ-1104", "DJ-1101", "DJ-1111", "DJ-1107"}));
  EXPECT_EQ(input.diagnostics.kept()[0].where,
            (Location{(folder_ / "samples.csv").string(), 2, 6, "far"}));
  EXPECT_EQ(std::ranges::count(input.table.fate, Fate::kUnreadable), 4);
}

TEST_F(ReadSamplesTest, NamesMissingColumnsAndNearestNames) {
  const SamplesInput input = ReadText("use,grad,date,prise\nresidential,1,2014-01-01,700\n");
  EXPECT_TRUE(Has(input.diagnostics, Code::kColumnsMissing));
  EXPECT_TRUE(Has(input.diagnostics, Code::kColumnMisspelt));
  EXPECT_EQ(input.table.size(), 0U);
}

TEST_F(ReadSamplesTest, RefusesAColumnThatIsGivenTwice) {
  const SamplesInput input =
      ReadText("use,用途,grade,date,price\nresidential,居住,1,2014-01-01,700\n");
  EXPECT_TRUE(Has(input.diagnostics, Code::kColumnTwice));
}

TEST_F(ReadSamplesTest, NeverReadsPersonalColumns) {
  const SamplesInput input = ReadText(
      "sample_id,use,grade,date,price,price_unit,受让人,身份证号\n"
      "A,residential,1,2014-01-01,700,yuan_per_sqm,张三,150102199001011234\n");
  ASSERT_TRUE(Has(input.diagnostics, Code::kColumnsPersonal));
  EXPECT_EQ(input.diagnostics.errors(), 0U);
  EXPECT_EQ(input.table.sub_uses.size() + input.table.areas.size() + input.table.zones.size(), 3U);
}

TEST_F(ReadSamplesTest, FindsTheHeaderBelowATitle) {
  const SamplesInput input = ReadText(
      "某县样点表,,,,\n,,,,\nuse,grade,date,price,price_unit\n"
      "residential,1,2014-01-01,700,yuan_per_sqm\n");
  ASSERT_EQ(input.table.size(), 1U);
  EXPECT_EQ(input.table.row[0], 4U);
}

TEST_F(ReadSamplesTest, BlankLinesAreNoRecords) {
  const SamplesInput input = ReadText(
      "sample_id,use,grade,date,price,price_unit\n"
      "A,residential,1,2014-01-01,700,yuan_per_sqm\n"
      ",,,,,\n"
      "B,residential,1,2014-01-02,710,yuan_per_sqm\n");
  ASSERT_EQ(input.table.size(), 2U);
  EXPECT_EQ(input.table.sample_id[1], "B");
  EXPECT_EQ(input.table.row[1], 4U);
  EXPECT_EQ(input.files[0].rows, 2U);
}

TEST_F(ReadSamplesTest, ReadsGb18030) {
  // 用途,级别,date,price,price_unit / 住宅,1,… in GBK bytes.
  const SamplesInput input = ReadText(
      "\xD3\xC3\xCD\xBE,\xBC\xB6\xB1\xF0,date,price,price_unit\n"
      "\xD7\xA1\xD5\xAC\xD3\xC3\xB5\xD8,1,2014-01-01,700,yuan_per_sqm\n");
  EXPECT_EQ(input.diagnostics.errors(), 0U);
  ASSERT_EQ(input.table.size(), 1U);
  EXPECT_EQ(input.table.use[0], static_cast<int>(LandUse::kResidential));
  EXPECT_EQ(input.files[0].encoding, "gb18030");
}

TEST_F(ReadSamplesTest, KeepsFiguresOfConversions) {
  const SamplesInput input = ReadText(
      "use,grade,date,price,price_unit,kind,rent_yuan_per_year,building_area_sqm\n"
      "commercial,1,2014-01-01,,,house_lease,36000,120\n"
      "commercial,1,2014-01-01,700,yuan_per_sqm,transfer,,\n");
  EXPECT_EQ(input.diagnostics.errors(), 0U);
  ASSERT_EQ(input.table.figures.size(), 2U);
  EXPECT_EQ(input.table.figures[0].row, 0U);
  EXPECT_EQ(ConversionFigureNames()[input.table.figures[0].name], "rent_yuan_per_year");
  EXPECT_EQ(input.table.figures[0].value, 36'000.0);
}

TEST_F(ReadSamplesTest, SeveralFilesMakeOneTable) {
  const std::string header = "sample_id,use,grade,date,price,price_unit,area\n";
  const auto a = Write("a.csv", header + "A,residential,1,2014-01-01,700,yuan_per_sqm,甲镇\n");
  const auto b = Write("b.csv", header + "B,residential,1,2014-01-01,700,yuan_per_sqm,乙镇\n" +
                                    "C,residential,1,2014-01-01,700,yuan_per_sqm,甲镇\n");
  const SamplesInput input = Read({a, b});
  ASSERT_EQ(input.table.size(), 3U);
  EXPECT_EQ(input.table.source[2], 1);
  EXPECT_EQ(input.table.row[2], 3U);
  EXPECT_EQ(input.table.area[0], input.table.area[2]);
  EXPECT_EQ(input.table.sample_id[2], "C");
}

TEST_F(ReadSamplesTest, FilesThatAreNotThereAreToldBeforeAnyIsRead) {
  ReadSamplesOptions options = Options();
  options.mapping = "landchna";
  const SamplesInput input = Read({Write("a.csv", "x"), folder_ / "nothing.csv", folder_}, options);
  EXPECT_EQ(Codes(input.diagnostics), (std::vector<std::string>{"DJ-1001", "DJ-1002", "DJ-1148"}));
  EXPECT_TRUE(input.is_refused);
}

TEST_F(ReadSamplesTest, AFileThatCannotBeUsedIsToldWithTheOthers) {
  const std::string good = "use,grade,date,price,price_unit\nresidential,1,2014-01-01,700,元/㎡\n";
  const SamplesInput input = Read(
      {Write("a.doc", "x"), Write("b.xls", "x"), Write("c.csv", ""), Write("d.csv", "\xFF\xFEu"),
       Write("e.csv", std::string("u\0s\0e\0,\0g\0r\0a\0d\0e\0", 18)), Write("f.csv", "PK\x03\x04"),
       Write("g.csv", "no,header\n"), Write("h.csv", good)});
  EXPECT_EQ(Codes(input.diagnostics),
            (std::vector<std::string>{"DJ-1018", "DJ-1033", "DJ-1031", "DJ-1004", "DJ-1004",
                                      "DJ-1032", "DJ-1146"}));
  EXPECT_EQ(input.diagnostics.kept()[3].where.source, (folder_ / "d.csv").string());
  EXPECT_TRUE(input.is_refused);
  EXPECT_EQ(input.files.size(), 1U);
}

TEST_F(ReadSamplesTest, AFileThatShrinksWhileItIsReadIsNoFileOfLess) {
  const fs::path path = Write("a.csv", "use,grade\n");
  const Result<ByteSource> bytes = ByteSource::Open(path);
  fs::resize_file(path, 3);
  EXPECT_EQ(bytes->ReadAll().error().code, Code::kFileNotReadable);
}

TEST_F(ReadSamplesTest, AMappingWithErrorsIsNotUsed) {
  Diagnostics diagnostics;
  const fs::path mapping = Write("m.toml", "synonyms = 1\n");
  const auto loaded = LoadMapping(mapping.string(), Options().reference_folder, diagnostics);
  ASSERT_FALSE(loaded.has_value());
  EXPECT_EQ(loaded.error().code, Code::kMappingNotUsable);
  EXPECT_EQ(diagnostics.errors(), 1U);
}

TEST_F(ReadSamplesTest, CountiesAreCodesOrNamesOfTheList) {
  const SamplesInput input = ReadText(
      "county,use,grade,date,price,price_unit\n"
      "１５２５０２,residential,1,2014-01-01,700,yuan_per_sqm\n"
      "锡林浩特市,residential,1,2014-01-01,700,yuan_per_sqm\n"
      "某某县,residential,1,2014-01-01,700,yuan_per_sqm\n"
      "15250,residential,1,2014-01-01,700,yuan_per_sqm\n");
  const SampleTable& t = input.table;
  EXPECT_EQ(Codes(input.diagnostics), (std::vector<std::string>{"DJ-1154", "DJ-1154"}));
  EXPECT_EQ(t.counties.Name(t.county[0]), "152502");
  EXPECT_EQ(t.county[0], t.county[1]);
}

TEST_F(ReadSamplesTest, NamesTheNearestChoiceOrAll) {
  const SamplesInput input = ReadText(
      "use,grade,date,price,price_unit,method\n"
      "residential,1,2014-01-01,700,yuan_per_sqm,listng\n"
      "residential,1,2014-01-01,700,yuan_per_sqm,抽签\n");
  ASSERT_EQ(Codes(input.diagnostics), (std::vector<std::string>{"DJ-1153", "DJ-1111"}));
  EXPECT_EQ(TextOf(input.diagnostics.kept()[0], Language::kEn),
            "\"listng\" is not a known method; \"listing\" may be meant");
  EXPECT_EQ(TextOf(input.diagnostics.kept()[1], Language::kEn).substr(0, 72),
            "\"抽签\" is not a known method; allowed are: 招标 (bidding), 拍卖 (a");
}

TEST_F(ReadSamplesTest, ABadMappingIsReportedWithItsPlaces) {
  ReadSamplesOptions options = Options();
  options.mapping = Write("m.toml", "synonims = true\n[columns]\npreis = [\"价格\"]\n").string();
  const SamplesInput input = Read({folder_ / "x.csv"}, options);
  EXPECT_TRUE(Has(input.diagnostics, Code::kMisspeltField));
  EXPECT_TRUE(Has(input.diagnostics, Code::kNotACanonicalColumn));
}

// The land-market notices as they are; the counts are those of the README beside them.
class LandMarketNotices : public ReadSamplesTest {
 protected:
  void SetUp() override {
    ReadSamplesTest::SetUp();
    const fs::path folder = fs::path(DIJIA_SHARED_DIR) / "realdata/landchina_im";
    std::vector<fs::path> files;
    for (const char* year : {"2012", "2013", "2014"}) {
      files.push_back(folder / ("im_landchina_" + std::string(year) + ".csv"));
      if (!fs::exists(files.back())) GTEST_SKIP() << "no shared records";
    }
    ReadSamplesOptions options = Options();
    options.mapping = "landchina";
    input_ = Read(files, options);
  }

  std::ptrdiff_t Count(const std::function<bool(std::size_t)>& is_counted) const {
    std::ptrdiff_t count = 0;
    for (std::size_t i = 0; i < input_.table.size(); ++i) count += is_counted(i);
    return count;
  }

  SamplesInput input_;
};

TEST_F(LandMarketNotices, AreReadRowByRow) {
  const SampleTable& t = input_.table;
  EXPECT_EQ(t.size(), 11'936U);
  // 2013, row 4789: no use, and 0.18892 where the term should stand.
  ASSERT_EQ(input_.diagnostics.errors(), 1U);
  EXPECT_EQ(Count([&](std::size_t i) { return t.fate[i] == Fate::kUnreadable; }), 1);
  EXPECT_EQ(Count([&](std::size_t i) { return t.use[i] == kMissing8; }), 1);
  EXPECT_EQ(Count([&](std::size_t i) { return t.price[i] == kMissing64; }), 1'117);
  EXPECT_EQ(Count([&](std::size_t i) { return t.price[i] == 0; }), 2'120);
  EXPECT_EQ(t.counties.size(), 105U) << "104 codes and the empty one";
}

TEST_F(LandMarketNotices, HaveTheMethodsThatTheNoticeCounts) {
  const SampleTable& t = input_.table;
  const auto with = [&](AssignmentMethod method) {
    return Count([&](std::size_t i) { return t.method[i] == static_cast<int>(method); });
  };
  EXPECT_EQ(with(AssignmentMethod::kListing), 6'139);
  EXPECT_EQ(with(AssignmentMethod::kAllocation), 3'315);
  EXPECT_EQ(with(AssignmentMethod::kAgreement), 2'275);
  EXPECT_EQ(with(AssignmentMethod::kAuction), 195);
  EXPECT_EQ(with(AssignmentMethod::kBidding), 10);
  EXPECT_EQ(with(AssignmentMethod::kLease), 2);
  EXPECT_EQ(Count([&](std::size_t i) {
              return t.price[i] > 0 && t.method[i] != kMissing8 &&
                     IsMarketSale(static_cast<AssignmentMethod>(t.method[i]));
            }),
            6'344);
}

TEST_F(LandMarketNotices, KeepGradesAndLandClassesApart) {
  const SampleTable& t = input_.table;
  EXPECT_EQ(Count([&](std::size_t i) { return t.grade[i] == 1; }), 2'896);
  EXPECT_EQ(Count([&](std::size_t i) { return t.land_class[i] == 15; }), 1'422);
  EXPECT_EQ(Count([&](std::size_t i) { return t.grade[i] > 0 && t.land_class[i] > 0; }), 0);
  EXPECT_TRUE(Has(input_.diagnostics, Code::kLandClassNotKnown)) << "十七 and 十八等级";
}

TEST_F(LandMarketNotices, KnowMixedTermsAndImpossibleRatios) {
  const SampleTable& t = input_.table;
  EXPECT_EQ(Count([&](std::size_t i) {
              return t.fate[i] == Fate::kMixedUse && t.price[i] > 0 &&
                     IsMarketSale(static_cast<AssignmentMethod>(t.method[i]));
            }),
            865);
  EXPECT_EQ(Count([&](std::size_t i) { return t.far[i] > FloorAreaRatio::Of(20).units(); }), 13);
}

// 2012-00001: 15.616520 ha, 1164.7972 万元, bounds 0.00 and 0.70.
TEST_F(LandMarketNotices, KeepExactFigures) {
  const SampleTable& t = input_.table;
  EXPECT_EQ(t.sample_id[0], "2012-00001");
  EXPECT_EQ(Area::FromUnits(t.area_sqm[0]).ToString(), "156165.2");
  EXPECT_EQ(FormatDecimal(t.price[0], Money::kScale), "1164.7972");
  EXPECT_EQ(t.price_unit[0], static_cast<int>(PriceUnit::kWanYuanTotal));
  EXPECT_EQ(FloorAreaRatio::FromUnits(t.far[0]).ToString(), "0.7");
}

}  // namespace
}  // namespace dijia::io
