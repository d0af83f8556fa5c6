// The pages of the sample report against committed ones. DIJIA_UPDATE_GOLDEN=1 writes them anew.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include "report/html.h"
#include "support/sample_report.h"

namespace dijia::report {
namespace {

void ExpectGolden(const std::string& name, const std::string& page) {
  const std::string path = std::string(DIJIA_SOURCE_DIR) + "/tests/golden/report/" + name;
  if (std::getenv("DIJIA_UPDATE_GOLDEN") != nullptr) std::ofstream(path) << page;
  std::ifstream file(path);
  std::ostringstream expected;
  expected << file.rdbuf();
  EXPECT_TRUE(expected.str() == page)
      << name << " differs; look at the page, then run again with DIJIA_UPDATE_GOLDEN=1";
}

TEST(GoldenReport, OfTheSampleCountyInChinese) {
  ExpectGolden("report.zh.html", ReportHtml(test::MakeSampleReport().View(), Language::kZh));
}

TEST(GoldenReport, OfTheSampleCountyInEnglish) {
  ExpectGolden("report.en.html", ReportHtml(test::MakeSampleReport().View(), Language::kEn));
}

TEST(GoldenReport, SummaryOfOneCounty) {
  const test::SampleReport sample = test::MakeSampleReport();
  const SummaryEntry entry{&sample.scopes[0], "示例县（合成）", "000000/report.html"};
  ExpectGolden(
      "summary.zh.html",
      SummaryHtml(
          {sample.samples, sample.plan, sample.report, sample.evidence, sample.labels, {&entry, 1}},
          Language::kZh));
}

}  // namespace
}  // namespace dijia::report
