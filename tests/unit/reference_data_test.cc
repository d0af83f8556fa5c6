// The tables under data/reference against themselves and against real records.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "dijia/base/codes.h"
#include "dijia/base/diagnostic.h"
#include "dijia/base/land.h"
#include "dijia/estimator.h"
#include "dijia/grade_price.h"
#include "dijia/plan.h"
#include "dijia/publication.h"
#include "dijia/sample.h"
#include "support/reference_csv.h"

namespace dijia {
namespace {

using test::ReferenceTable;

ReferenceTable ReadProjectTable(const std::string& file) {
  std::ifstream in(std::string(DIJIA_SOURCE_DIR) + "/data/reference/" + file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  std::vector<std::vector<std::string>> rows = test::ParseCsv(text);
  EXPECT_FALSE(rows.empty()) << file;
  ReferenceTable table;
  if (rows.empty()) return table;
  table.header = rows.front();
  table.rows.assign(rows.begin() + 1, rows.end());
  for (const auto& row : table.rows) EXPECT_EQ(row.size(), table.header.size()) << file << row[0];
  return table;
}

std::vector<std::pair<std::string, std::string>> Pairs(const ReferenceTable& table,
                                                       const std::string& first,
                                                       const std::string& second) {
  std::vector<std::pair<std::string, std::string>> pairs;
  for (const auto& row : table.rows) {
    pairs.emplace_back(row.at(table.Column(first)), row.at(table.Column(second)));
  }
  return pairs;
}

std::vector<ReferenceTable> LandMarketNotices() {
  std::vector<ReferenceTable> tables;
  for (const char* year : {"2012", "2013", "2014"}) {
    tables.push_back(test::ReadReferenceTable(
        std::string("realdata/landchina_im/im_landchina_").append(year).append(".csv")));
  }
  return tables;
}

TEST(Counties, AreOneHundredAndThreeInTwelveLeaguesAndCities) {
  const ReferenceTable table = ReadProjectTable("counties.csv");
  std::map<std::string, std::size_t> count;
  std::map<std::string, std::string> cities;
  for (const auto& row : table.rows) {
    const std::string& level = row.at(table.Column("level"));
    ++count[level];
    if (level == "city" || level == "league") cities[row[0]] = row[1];
  }
  EXPECT_EQ(count["county"], 103U);
  EXPECT_EQ(count["city"] + count["league"], 12U);
  EXPECT_EQ(count["city_level"], 12U);
  for (const auto& row : table.rows) {
    EXPECT_TRUE(row[0].size() == 6 && row[0].starts_with("15")) << row[0];
    if (row.at(table.Column("level")) != "county") continue;
    const std::string& city = row.at(table.Column("city_code"));
    EXPECT_EQ(city, row[0].substr(0, 4) + "00") << row[1];
    EXPECT_EQ(cities[city], row.at(table.Column("city_name"))) << row[1];
  }
}

TEST(Counties, HaveNoCodeAndNameTwice) {
  const auto pairs = Pairs(ReadProjectTable("counties.csv"), "code", "name");
  EXPECT_EQ(std::set(pairs.begin(), pairs.end()).size(), pairs.size());
}

TEST(Counties, AgreeWithAnotherListOfTheCodes) {
  DIJIA_SKIP_WITHOUT("realdata/im_admin");
  const ReferenceTable table = ReadProjectTable("counties.csv");
  std::set<std::pair<std::string, std::string>> ours;
  for (const auto& row : table.rows) {
    if (row.at(table.Column("level")) == "county") ours.emplace(row[0], row[1]);
  }
  const auto theirs =
      Pairs(test::ReadReferenceTable("realdata/im_admin/im_103_counties.csv"), "adcode", "name");
  EXPECT_EQ(ours, std::set(theirs.begin(), theirs.end()));
}

TEST(Counties, CoverEveryDistrictOfTheLandMarketNotices) {
  DIJIA_SKIP_WITHOUT("realdata/landchina_im");
  const auto pairs = Pairs(ReadProjectTable("counties.csv"), "code", "name");
  const std::set known(pairs.begin(), pairs.end());
  for (const ReferenceTable& notices : LandMarketNotices()) {
    for (const auto& district : Pairs(notices, "行政区代码", "行政区")) {
      EXPECT_TRUE(known.contains(district)) << district.first << " " << district.second;
    }
  }
}

TEST(LandUseNames, HaveOneUseEachThatIsAUseOfOurs) {
  std::map<std::string, std::string> uses;
  for (const auto& [name, use] : Pairs(ReadProjectTable("land_uses.csv"), "name", "use")) {
    EXPECT_TRUE(FromCode<LandUse>(use).has_value()) << use;
    const auto [it, added] = uses.emplace(name, use);
    EXPECT_EQ(it->second, use) << name;
  }
  EXPECT_EQ(uses["其他商服用地"], "commercial");
  EXPECT_EQ(uses["中低价位、中小套型普通商品住房用地"], "residential");
}

TEST(LandUseNames, CoverEveryUseOfTheLandMarketNotices) {
  DIJIA_SKIP_WITHOUT("realdata/landchina_im");
  const std::vector<std::string> names = ReadProjectTable("land_uses.csv").Texts("name");
  const std::set<std::string> known(names.begin(), names.end());
  for (const ReferenceTable& notices : LandMarketNotices()) {
    for (const std::string& name : notices.Texts("土地用途")) {
      EXPECT_TRUE(name.empty() || known.contains(name)) << name;
    }
  }
}

TEST(ColumnNames, MapEachHeaderToOneCanonicalColumn) {
  const std::set<std::string> canonical{"sample_id",
                                        "county",
                                        "area",
                                        "zone",
                                        "use",
                                        "sub_use",
                                        "grade",
                                        "kind",
                                        "date",
                                        "price",
                                        "price_unit",
                                        "area_sqm",
                                        "far",
                                        "term_years",
                                        "development_level",
                                        "circumstance_factor",
                                        "method",
                                        "land_class",
                                        "x",
                                        "y",
                                        "note"};
  std::set<std::string> headers;
  std::set<std::string> reached;
  for (const auto& [header, column] : Pairs(ReadProjectTable("columns.csv"), "header", "column")) {
    EXPECT_TRUE(canonical.contains(column)) << column;
    EXPECT_TRUE(headers.insert(header).second) << header << " is listed twice";
    if (header == column) reached.insert(column);
  }
  EXPECT_EQ(reached, canonical);
  EXPECT_FALSE(headers.contains("面积")) << "a bare 面积 has no unit";
}

TEST(DevelopmentLevels, CountTheServicesTheyList) {
  const ReferenceTable table = ReadProjectTable("development_levels.csv");
  std::set<std::string> names;
  for (const auto& row : table.rows) {
    const std::string& items = row.at(table.Column("items"));
    const auto separators = std::count(items.begin(), items.end(), ';');
    EXPECT_EQ(std::to_string(items.empty() ? 0 : separators + 1), row.at(table.Column("services")))
        << row[0];
    EXPECT_TRUE(names.insert(row[0]).second) << row[0] << " is listed twice";
  }
  for (const std::string& level : table.Texts("level")) EXPECT_TRUE(names.contains(level)) << level;
}

template <class Enum>
void ExpectLabels(const std::map<std::string, std::string>& zh) {
  for (const EnumRow<Enum>& row : EnumTableOf<Enum>::kRows) {
    EXPECT_TRUE(zh.contains(std::string(row.code))) << row.code << " has no label";
  }
}

TEST(Labels, ExistInBothLanguagesForEveryCode) {
  const ReferenceTable table = ReadProjectTable("labels.csv");
  std::map<std::string, std::string> zh;
  for (const auto& row : table.rows) {
    EXPECT_FALSE(row.at(1).empty() || row.at(2).empty()) << row[0];
    EXPECT_TRUE(zh.emplace(row[0], row[1]).second) << row[0] << " is listed twice";
  }
  ExpectLabels<LandUse>(zh);
  ExpectLabels<AssignmentMethod>(zh);
  ExpectLabels<PriceUnit>(zh);
  ExpectLabels<SampleKind>(zh);
  ExpectLabels<Fate>(zh);
  ExpectLabels<CellStatus>(zh);
  ExpectLabels<Estimator>(zh);
  ExpectLabels<IntervalMethod>(zh);
  ExpectLabels<ThinCellPolicy>(zh);
  ExpectLabels<GradeModelFamily>(zh);
}

// Texts that have codes among their arguments: “x”不能采用：{1}；… of all fates.
TEST(Labels, OfFatesDecisionsAndStatesAreThoseThatDiagnosticsSay) {
  std::map<std::string, std::vector<std::string>> labels;
  for (const auto& row : ReadProjectTable("labels.csv").rows) labels[row[0]] = row;
  const auto expect_said = [](const Diagnostic& problem, const std::vector<std::string>& label) {
    const std::string zh = TextOf(problem, Language::kZh), en = TextOf(problem, Language::kEn);
    EXPECT_NE(zh.find(label.at(1)), std::string::npos) << label[0] << ": " << zh;
    EXPECT_NE(en.find(label.at(2)), std::string::npos) << label[0] << ": " << en;
  };
  for (const EnumRow<Fate>& row : EnumTableOf<Fate>::kRows) {
    const std::string fate(row.code);
    const std::vector<std::string>& label = labels[fate];
    expect_said({Code::kInclusionNotPossible, {}, {"x", fate, "-"}}, label);
    expect_said({Code::kInclusionNotPossible, {}, {"x", "-", "y, " + fate}}, label);
    expect_said({Code::kDecisionWithoutEffect, {}, {"x", "-", fate}}, label);
  }
  for (const std::string decision : {"include", "exclude"}) {
    expect_said({Code::kDecisionWithoutEffect, {}, {"x", decision, "-"}}, labels[decision]);
  }
  for (const EnumRow<PublicationStatus>& row : EnumTableOf<PublicationStatus>::kRows) {
    const std::string status(row.code);
    const std::vector<std::string>& label = labels["publication." + status];
    expect_said({Code::kTransitionNotAllowed, {}, {"x", status, "-", "-"}}, label);
    expect_said({Code::kTransitionNotAllowed, {}, {"x", "-", status, "-"}}, label);
    expect_said({Code::kTransitionNotAllowed, {}, {"x", "-", "-", "y, " + status}}, label);
    expect_said({Code::kSamePerson, {}, {"x", "y", status}}, label);
    expect_said({Code::kNoDraftAnyMore, {}, {"x", status}}, label);
    for (const Code code : {Code::kPersonNotRegistered, Code::kPersonLeft, Code::kPersonRoleTooLow,
                            Code::kPersonOfOtherCounty}) {
      expect_said({code, {}, {"x", "y", status, "-", "-"}}, label);
    }
  }
}

template <class Enum>
std::set<std::string> Codes() {
  std::set<std::string> codes;
  for (const EnumRow<Enum>& row : EnumTableOf<Enum>::kRows) codes.emplace(row.code);
  return codes;
}

TEST(CodeNames, ReachEveryCodeAndNothingElse) {
  const ReferenceTable table = ReadProjectTable("names.csv");
  std::map<std::string, std::set<std::string>> reached;
  std::set<std::pair<std::string, std::string>> names;
  for (const auto& row : table.rows) {
    EXPECT_TRUE(names.emplace(row[0], row[1]).second) << row[0] << " " << row[1];
    reached[row[0]].insert(row[2]);
    EXPECT_TRUE(names.contains({row[0], row[2]})) << row[2] << " does not name itself first";
  }
  EXPECT_EQ(reached,
            (std::map<std::string, std::set<std::string>>{{"method", Codes<AssignmentMethod>()},
                                                          {"price_unit", Codes<PriceUnit>()},
                                                          {"kind", Codes<SampleKind>()}}));
}

}  // namespace
}  // namespace dijia
