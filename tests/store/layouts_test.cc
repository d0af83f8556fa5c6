// Stores of all released layouts (layouts/README.md) are upgraded and lose nothing.
#include <gtest/gtest.h>

#include "dijia/base/codes.h"
#include "store/named_store.h"
#include "store/store_kind.h"
#include "support/temporary_folder.h"

namespace dijia::test {
namespace {

namespace fs = std::filesystem;

const fs::path kLayouts = fs::path(DIJIA_SOURCE_DIR) / "tests" / "store" / "layouts";
// Of the last entry of each of them …
constexpr const char* kHead = "c39c6c8b612f4c422ca2fd7473e685b8cd78e6e47032f00554c46317e33fe2c4";
// … and, from layout 2 on, of the last one of the keys.
constexpr const char* kKeyHead = "887d4c045f6db1641e3c3a7a0adeee992eb7c29ba4e57973ea52bfb6de9136fa";
// … and, from layout 3 on, of the last kept check and the last version of samples.
constexpr const char* kCheckHead =
    "1660d038b0dfb93a7b043615e2d911136ce0f9d501f763a764cbdf08af31ce25";
constexpr const char* kSampleHead =
    "ec75cfd85412dffd859c127ea93e2262748e0cd982861a9fc80cf48614dd7722";
// … and, from layout 4 on, of the last land class.
constexpr const char* kClassHead =
    "e7d9fda755e7760d3703a3480416d7312bce7b892c79d4692586a5b565976cdb";

// … and, from layout 5 on, of the last one of the people.
constexpr const char* kPersonHead =
    "a188f5b245134d1b58153682c69b0cb5760916225d4006223fa35da8f5a7940f";

class ReleasedLayout : public StoreTest {
 protected:
  void Make(int layout) {
    folder_.emplace();
    const std::string file = GetParam().name + "-" + std::to_string(layout) + ".sql";
    GetParam().provide(folder_->path());
    GetParam().raw(folder_->path())->Run(Contents(kLayouts / file));
  }
  std::string name() const { return GetParam().store_name(folder_->path()); }

  std::optional<TemporaryFolder> folder_;
};

TEST_P(ReleasedLayout, IsUpgradedAndProved) {
  const int newest = store::NewestLayoutOf(GetParam().name == "sqlite" ? "a.db" : "postgresql://");
  for (int layout = 1; layout <= newest; ++layout) {
    Make(layout);
    EXPECT_EQ(store::InitStore(name()), layout);
    EXPECT_EQ(store::InitStore(name()), newest);
    const auto opened = store::OpenStore(name());
    Diagnostics diagnostics;
    const auto proof = opened->Verify(std::nullopt, diagnostics);
    EXPECT_EQ(CodesOf(diagnostics), std::vector<Code>());
    ASSERT_EQ(proof.chains.size(), 1U);
    EXPECT_EQ(proof.chains[0].head, kHead);
    EXPECT_EQ(proof.chains[0].entries, 9);
    EXPECT_EQ(proof.chains[0].texts, 3U);
    EXPECT_EQ(proof.keys ? proof.keys->head : "", layout < 2 ? "" : kKeyHead);
    if (layout < 3) {
      EXPECT_TRUE(proof.checks.empty() && proof.samples.empty());
    } else {
      ASSERT_EQ(proof.checks.size(), 1U);
      EXPECT_EQ(proof.checks[0].head, kCheckHead);
      ASSERT_EQ(proof.samples.size(), 1U);
      EXPECT_EQ(proof.samples[0].head, kSampleHead);
      EXPECT_EQ(opened->Check({"150428", 2})->check.verdict, "unlawful");
    }
    if (layout < 4) {
      EXPECT_TRUE(proof.classes.empty());
    } else {
      ASSERT_EQ(proof.classes.size(), 1U);
      EXPECT_EQ(proof.classes[0].entries, 2);
      EXPECT_EQ(proof.classes[0].head, kClassHead);
    }
    EXPECT_EQ(proof.people ? proof.people->head : "", layout < 5 ? "" : kPersonHead);
    const auto in_force = opened->Current({"150428", "", {}, *ParseDate("2025-01-01"), ""});
    ASSERT_EQ(in_force.size(), 1U);
    EXPECT_EQ(in_force[0].key.publication, "klq-2023");
    EXPECT_EQ(in_force[0].until, *ParseDate("2026-07-01"));
    // … and it goes on.
    const auto person = opened->AddPerson({"王五", store::Role::kClerk, ""}, By("甲"), diagnostics);
    ASSERT_TRUE(person);
    EXPECT_EQ(person->person, layout < 5 ? "p1" : "p5");
    EXPECT_TRUE(opened->AddKey({"张三", store::Role::kClerk, "", "v"}, By("甲"), diagnostics));
    opened->Import(std::vector{Prices("c", "2027-01-01", "", "150428")}, By("甲"), diagnostics);
    store::NewCheck check;
    check.county = "150428";
    check.verdict = "lawful";
    check.rules_sha256 = std::string(64, 'a');
    check.given = "{}";
    const auto keeping = opened->KeepChecks();
    EXPECT_EQ(keeping->Add(check, By("甲")).entry, layout < 3 ? 1 : 3);
    keeping->Commit();
    EXPECT_TRUE(opened->ImportSamples(
        {"150428", "a.csv", std::string(64, 'a'), "canonical", "a,b", {{2, "1,2"}}}, By("甲"),
        diagnostics));
    store::NewLandClass land_class;
    land_class.county = "150428";
    land_class.land_class = 12;
    land_class.from = *ParseDate("2020-01-01");
    land_class.instrument = "甲";
    land_class.source_row = 2;
    const auto classes = opened->ImportLandClasses({"a.csv", std::string(64, 'a'), {land_class}},
                                                   By("甲"), diagnostics);
    ASSERT_TRUE(classes);
    EXPECT_EQ(classes->front().entry, layout < 4 ? 1 : 3);
    EXPECT_EQ(CodesOf(diagnostics), std::vector<Code>());
  }
}

INSTANTIATE_TEST_SUITE_P(BackEnds, ReleasedLayout, testing::ValuesIn(StoreKinds()),
                         [](const auto& kind) { return kind.param.name; });

}  // namespace
}  // namespace dijia::test
