#include "cli/price_table.h"

#include <gtest/gtest.h>

#include <sstream>
#include <string>

#include "cli/text_table.h"
#include "support/sample_report.h"

namespace dijia::cli {
namespace {

app::Computed ComputedOf(const test::SampleReport& sample) {
  app::Computed computed;
  computed.plan = sample.plan;
  computed.samples = sample.samples;
  computed.report = sample.report;
  computed.reference.labels = sample.labels;
  app::ComputedPublication publication;
  publication.scope = sample.scopes[0];
  publication.county_name = "示例县（合成）";
  publication.draft.county = "000000";
  publication.draft.area = "城区";
  computed.publications.push_back(publication);
  return computed;
}

std::string LineWith(const std::string& text, const std::string& words) {
  std::istringstream lines(text);
  std::string line;
  while (std::getline(lines, line)) {
    if (line.find(words) != std::string::npos) return line;
  }
  return {};
}

TEST(PriceTable, NamesUsesAndGradesInTheLanguageOfTheReader) {
  const app::Computed computed = ComputedOf(test::MakeSampleReport());
  const std::string zh = ComputedText(computed, Language::kZh);
  EXPECT_EQ(LineWith(zh, "1,470"),
            "商业服务业用地  一级  1,470    98.00  1,357 – 1,590    23    22  样点测算");
  const std::string en = ComputedText(computed, Language::kEn);
  EXPECT_EQ(LineWith(en, "1,470"),
            "Commercial       1    1,470        98.00  1,357 – 1,590       23    22  computed");
}

TEST(PriceTable, HasNoChinesePunctuationInEnglish) {
  const std::string en = ComputedText(ComputedOf(test::MakeSampleReport()), Language::kEn);
  EXPECT_NE(en.find("  Commercial: Grade 4 (n = 2): fewer than the minimum of 5 usable samples "
                    "(DJ-2101)\n"),
            std::string::npos)
      << en;
  for (const char* sign : {"（DJ", "：", "，", "；"}) EXPECT_EQ(en.find(sign), std::string::npos);
}

TEST(PriceTable, IsFollowedByTheFateOfEveryRecordAndTheirSum) {
  const test::SampleReport sample = test::MakeSampleReport();
  const std::string zh = ComputedText(ComputedOf(sample), Language::kZh);
  const std::string fates = zh.substr(zh.find("记录去向"));
  std::istringstream lines(fates);
  std::string line, name;
  std::getline(lines, line);  // header
  std::getline(lines, line);  // rule
  std::size_t count = 0, sum = 0;
  while (lines >> name >> count && name != "合计") sum += count;
  EXPECT_EQ(name, "合计") << fates;
  EXPECT_EQ(count, sample.samples.size());
  EXPECT_EQ(sum, count);
}

TEST(PriceTable, OfManyPublicationsIsOneLineEach) {
  const test::SampleReport sample = test::MakeSampleReport();
  app::Computed computed = ComputedOf(sample);
  computed.publications.resize(kMostPriceTables + 1, computed.publications.front());
  const std::string en = ComputedText(computed, Language::kEn);
  EXPECT_NE(LineWith(en, "000000  示例县（合成） 城区      249").size(), 0U) << en;
  EXPECT_EQ(en.find("Commercial"), std::string::npos);
}

}  // namespace
}  // namespace dijia::cli
