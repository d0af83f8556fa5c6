// Cases that state no land class, judged by that of the store.
#include <string>

#include "http/served.h"
#include "store/named_store.h"
#include "support/temporary_folder.h"

namespace dijia::test {
namespace {

// kCase of a county, without its class: of class 14 it is unlawful by one fen.
std::string CaseWithoutClass() {
  std::string text = kCase;
  const std::string stated = "\"land_class\":14";
  text.replace(text.find(stated), stated.size(), "\"county\":\"150304\"");
  return RequestText("POST", kCasePath, text, "Content-Type: application/json\r\n");
}

store::NewLandClass Class(int land_class, const std::string& from, const std::string& town = "") {
  store::NewLandClass row;
  row.county = "150304";
  row.town = town;
  row.land_class = land_class;
  row.from = *ParseDate(from);
  row.instrument = "国土资发〔2006〕307号 附件2";
  row.source_row = 2;
  return row;
}

TEST(LandClassesOfTheStore, CountWhereACaseStatesNone) {
  const TemporaryFolder folder;
  const std::string name = (folder.path() / "s.db").string();
  store::InitStore(name);
  Served served(QuickLimits(), http::Routes(),
                std::filesystem::path(DIJIA_SOURCE_DIR) / "rules/packs", {}, {}, {}, {}, {}, {},
                app::LandClassSource(store::OpenStore(name)));
  const auto store = store::OpenStore(name);
  const auto verdict = [&] {
    return TextAt(MustParse(Ask(served.port(), CaseWithoutClass())->body), "verdict");
  };
  const auto record = [&](const store::NewLandClass& row) {
    Diagnostics problems;
    ASSERT_TRUE(store->ImportLandClasses({"a.csv", std::string(64, 'a'), {row}},
                                         {"甲", "", "2026-01-01T00:00:00.000000Z"}, problems));
    EXPECT_TRUE(served.rules.Changed());
    EXPECT_FALSE(served.rules.Changed());
    EXPECT_EQ(served.rules.Read(problems), http::RulesInForce::Reload::kReplaced);
    EXPECT_EQ(problems.total(), 0U);
  };
  const std::string shipped = served.rules.Now()->pack().sha256;
  EXPECT_EQ(verdict(), "needs_facts");
  record(Class(14, "2007-01-01"));
  EXPECT_EQ(verdict(), "unlawful");
  EXPECT_NE(served.rules.Now()->pack().sha256, shipped);
  record(Class(15, "2020-01-01"));
  EXPECT_EQ(verdict(), "lawful");
  // A list that begins after the decision says nothing of it.
  record(Class(14, "2023-05-02"));
  EXPECT_EQ(verdict(), "lawful");
  // Where a town differs, the case must say which class it has.
  record(Class(14, "2007-01-01", "某镇"));
  EXPECT_EQ(verdict(), "needs_facts");
  // What a case states itself counts.
  EXPECT_EQ(TextAt(MustParse(Ask(served.port(), CaseRequest())->body), "verdict"), "unlawful");
}

}  // namespace
}  // namespace dijia::test
