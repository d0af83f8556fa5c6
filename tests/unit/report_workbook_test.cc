#include <gdal_priv.h>
#include <gtest/gtest.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "dijia/base/codes.h"
#include "report/workbook.h"
#include "support/sample_report.h"

namespace dijia::report {
namespace {

namespace fs = std::filesystem;
using Rows = std::vector<std::vector<std::string>>;

// A folder of its own for each test.
class Workbook : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "dijia-report-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string Path(const std::string& name) const { return (folder_ / name).string(); }

  std::string Write(const test::SampleReport& sample, Language language = Language::kZh) {
    const std::string path = Path("publication.xlsx");
    const Status status = WriteWorkbook(sample.View(), language, path);
    EXPECT_TRUE(status) << status.error().detail;
    return path;
  }

  static std::string Bytes(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    return bytes.str();
  }

  // Every sheet as GDAL reads it: all rows as texts, nothing taken for a header.
  static std::map<std::string, Rows> Read(const std::string& path) {
    GDALAllRegister();
    CPLSetConfigOption("OGR_XLSX_HEADERS", "DISABLE");
    CPLSetConfigOption("OGR_XLSX_FIELD_TYPES", "STRING");
    std::map<std::string, Rows> sheets;
    const GDALDatasetUniquePtr data(
        GDALDataset::Open(path.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY));
    if (data == nullptr) return sheets;
    for (OGRLayer* layer : data->GetLayers()) {
      Rows& rows = sheets[layer->GetName()];
      for (const auto& feature : *layer) {
        std::vector<std::string>& row = rows.emplace_back();
        for (int i = 0; i < feature->GetFieldCount(); ++i) {
          row.emplace_back(feature->GetFieldAsString(i));
        }
      }
    }
    return sheets;
  }

  static const std::vector<std::string>* Find(const Rows& rows, const std::string& first,
                                              const std::string& second) {
    for (const auto& row : rows) {
      if (row.size() > 1 && row[0] == first && row[1] == second) return &row;
    }
    return nullptr;
  }

  fs::path folder_;
};

TEST_F(Workbook, HasSevenSheetsInEachLanguage) {
  const test::SampleReport sample = test::MakeSampleReport();
  const auto zh = Read(Write(sample));
  for (const char* name :
       {"基准地价表", "内涵说明", "样点统计", "剔除清单", "样点明细", "依据", "测算方案"}) {
    EXPECT_EQ(zh.count(name), 1U) << name;
  }
  const auto en = Read(Write(sample, Language::kEn));
  for (const char* name : {"Grade prices", "Conditions", "Cell statistics", "Rejections", "Samples",
                           "Evidence", "Plan"}) {
    EXPECT_EQ(en.count(name), 1U) << name;
  }
}

TEST_F(Workbook, ReadsBackThePriceTable) {
  const auto sheets = Read(Write(test::MakeSampleReport()));
  const Rows& prices = sheets.at("基准地价表");
  const auto* first = Find(prices, "商业服务业用地", "一级");
  ASSERT_NE(first, nullptr);
  EXPECT_EQ(std::stod(first->at(2)), 1470.0);
  EXPECT_EQ(std::stod(first->at(3)), 98.0);
  EXPECT_EQ(std::stod(first->at(4)), 1357.2);
  EXPECT_EQ(first->at(7), "样点测算");
  const auto* third = Find(prices, "商业服务业用地", "三级");
  ASSERT_NE(third, nullptr);
  EXPECT_EQ(std::stod(third->at(3)), 40.67);
  const auto* withheld = Find(prices, "居住用地", "四级");
  ASSERT_NE(withheld, nullptr);
  EXPECT_EQ(withheld->at(2), "—");
  EXPECT_EQ(withheld->at(7), "暂不公布");
}

TEST_F(Workbook, HasARowForEveryRecordAndEveryRejection) {
  const test::SampleReport sample = test::MakeSampleReport();
  const auto sheets = Read(Write(sample));
  // A title, a note and the header stand above.
  EXPECT_EQ(sheets.at("样点明细").size(), sample.samples.size() + 3);
  EXPECT_EQ(sheets.at("剔除清单").size(), sample.report.rejections.size() + 2);
  EXPECT_EQ(sheets.at("样点统计").size(), sample.report.cells.size() + 3);
}

TEST_F(Workbook, NamesSourcesAsTheCallerDoesNotAsTheMachineDoes) {
  test::SampleReport sample = test::MakeSampleReport();
  sample.samples.sources = {"/home/clerk/samples.csv"};
  const std::vector<std::string> names{"samples.csv"};
  PublicationView view = sample.View();
  view.source_names = names;
  ASSERT_TRUE(WriteWorkbook(view, Language::kZh, Path("publication.xlsx")));
  const auto sheets = Read(Path("publication.xlsx"));
  EXPECT_EQ(sheets.at("样点明细").back().at(0), "samples.csv");
  EXPECT_EQ(sheets.at("剔除清单").back().at(1), "samples.csv");
}

TEST_F(Workbook, SaysWhatDecidesFirstInTheNoteOfAPrice) {
  test::SampleReport sample = test::MakeSampleReport();
  for (GradePrice& cell : sample.report.cells) std::reverse(cell.notes.begin(), cell.notes.end());
  const auto sheets = Read(Write(sample));
  const auto* withheld = Find(sheets.at("基准地价表"), "居住用地", "四级");
  ASSERT_NE(withheld, nullptr);
  EXPECT_EQ(withheld->at(10).rfind("样点分成两群", 0), 0U) << withheld->at(10);
}

TEST_F(Workbook, GivesTheDayAndTheAreaOfASaleAndNothingWhereTheyAreUnknown) {
  test::SampleReport sample = test::MakeSampleReport();
  sample.samples.area_sqm[0] = Area::Of(2500).units();
  sample.samples.date[1] = kNoDate;
  const auto sheets = Read(Write(sample));
  const Rows& rows = sheets.at("样点明细");
  EXPECT_EQ(rows[3].at(5), "2024-06-01");
  EXPECT_EQ(std::stod(rows[3].at(6)), 2500.0);
  EXPECT_EQ(rows[4].at(5), "");
  EXPECT_EQ(rows[4].at(6), "");
}

TEST_F(Workbook, KeepsTextsThatLookLikeFormulasAsTexts) {
  test::SampleReport sample = test::MakeSampleReport();
  TextColumn ids;
  const std::vector<std::string> hostile{"=1+1", "+1", "-1", "@SUM(A1)",
                                         "=HYPERLINK(\"http://x\")"};
  for (std::size_t row = 0; row < sample.samples.size(); ++row) {
    ids.Append(hostile[row % hostile.size()]);
  }
  sample.samples.sample_id = ids;
  const auto sheets = Read(Write(sample));
  const Rows& rows = sheets.at("样点明细");
  for (std::size_t i = 0; i < hostile.size(); ++i) EXPECT_EQ(rows[i + 3].at(2), hostile[i]);
}

TEST_F(Workbook, HasTheSameBytesWheneverAndWhereverItIsWritten) {
  const test::SampleReport sample = test::MakeSampleReport();
  const std::string first = Bytes(Write(sample));
  setenv("TZ", "Pacific/Auckland", 1);
  tzset();
  const std::string second = Bytes(Write(sample));
  unsetenv("TZ");
  tzset();
  EXPECT_GT(first.size(), 5000U);
  EXPECT_TRUE(first == second);
}

TEST_F(Workbook, SaysWhereTheRowsAreWhenThereAreTooMany) {
  test::SampleReport sample = test::MakeSampleReport();
  // The same rows over and over stand for a long table.
  const std::vector<std::uint32_t> rows = sample.scopes[0].rows;
  while (sample.scopes[0].rows.size() <= kLongestSheet) {
    sample.scopes[0].rows.insert(sample.scopes[0].rows.end(), rows.begin(), rows.end());
  }
  const auto sheets = Read(Write(sample));
  const Rows& shown = sheets.at("样点明细");
  EXPECT_LT(shown.size(), 10U);
  EXPECT_NE(shown.back().at(0).find("samples.csv"), std::string::npos);
}

TEST_F(Workbook, SaysThatItCouldNotBeWritten) {
  const Status status =
      WriteWorkbook(test::MakeSampleReport().View(), Language::kZh, Path("no/such/folder.xlsx"));
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, Code::kFileNotWritten);
  EXPECT_NE(status.error().detail.find("No such file"), std::string::npos);
}

TEST_F(Workbook, SurvivesTextsThatAreLongOrNotUtf8) {
  test::SampleReport sample = test::MakeSampleReport();
  sample.plan.title = "\xB5\xD8\xBC\xDB";
  sample.evidence.inputs[0].name = std::string(100'000, 'x');
  EXPECT_EQ(Read(Write(sample)).size(), 7U);
}

TEST_F(Workbook, OpensInLibreOffice) {
  if (std::system("command -v soffice >/dev/null 2>&1") != 0) GTEST_SKIP() << "no soffice";
  const std::string path = Write(test::MakeSampleReport());
  const std::string command =
      "cd '" + folder_.string() + "' && soffice -env:UserInstallation=file://" + folder_.string() +
      "/lo --headless --convert-to 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true' '" +
      path + "' >/dev/null 2>&1";
  ASSERT_EQ(std::system(command.c_str()), 0);
  const std::string csv = Bytes(Path("publication.csv"));
  EXPECT_NE(csv.find("商业服务业用地,一级,\"1,470 元/㎡\",98.00 万元/亩"), std::string::npos)
      << csv;
}

}  // namespace
}  // namespace dijia::report
