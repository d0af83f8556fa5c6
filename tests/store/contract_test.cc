// What every back-end of the store must do.
#include <gtest/gtest.h>

#include <barrier>
#include <thread>

#include "dijia/base/codes.h"
#include "dijia/base/sha256.h"
#include "store/chain.h"
#include "store/store_kind.h"
#include "support/temporary_folder.h"

namespace dijia::test {
namespace {

using store::Event;
using store::PublicationKey;
using enum PublicationStatus;

constexpr const char* kCounty = "152502";

class StoreContract : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    if (IsSkipped()) return;
    GetParam().init(folder_.path());
    Reopen();
  }
  void Reopen() { store_ = GetParam().open(folder_.path()); }

  // Without a report, or the test fails.
  Event Import(const store::Arrival& arrival, const std::string& actor = "甲") {
    const auto entries = store_->Import(std::vector{arrival}, By(actor), diagnostics_);
    EXPECT_TRUE(entries) << TextOfLast();
    return entries ? entries->front() : Event();
  }
  std::optional<Event> Move(const std::string& id, PublicationStatus status,
                            const std::string& actor, const char* county = kCounty) {
    return store_->Move({county, id}, status, By(actor, "理由"), diagnostics_);
  }
  void Publish(const store::Arrival& arrival) {
    Import(arrival);
    const char* county = arrival.key.county.c_str();
    EXPECT_TRUE(Move(arrival.key.publication, kSubmitted, "甲", county));
    EXPECT_TRUE(Move(arrival.key.publication, kApproved, "乙", county));
    EXPECT_TRUE(Move(arrival.key.publication, kPublished, "乙", county)) << TextOfLast();
  }
  // The ids of the prices in force on a day.
  std::vector<std::string> InForce(const std::string& day, const std::string& known_at = "") {
    std::vector<std::string> ids;
    for (const Event& event : store_->Current({kCounty, "", {}, *ParseDate(day), known_at})) {
      ids.push_back(event.key.publication);
    }
    return ids;
  }
  std::string TextOfLast() const {
    const auto& kept = diagnostics_.kept();
    return kept.empty() ? "" : TextOf(kept.back(), Language::kEn);
  }
  // The reports since the last call.
  std::vector<Code> Reports() {
    const std::vector<Code> codes = CodesOf(diagnostics_);
    diagnostics_ = {};
    return codes;
  }
  void ExpectWhole() {
    const auto verification = store_->Verify(std::nullopt, diagnostics_);
    EXPECT_EQ(Reports(), std::vector<Code>());
    for (const auto& chain : verification.chains) EXPECT_TRUE(chain.is_whole) << chain.county;
  }

  TemporaryFolder folder_;
  std::unique_ptr<store::Store> store_;
  Diagnostics diagnostics_;
};

using Ids = std::vector<std::string>;
using Codes = std::vector<Code>;

TEST_P(StoreContract, AnEmptyStoreHasNothingAndIsWhole) {
  EXPECT_TRUE(store_->Current({}).empty());
  EXPECT_TRUE(store_->History({kCounty, "a"}).empty());
  EXPECT_FALSE(store_->Text(kCounty, Sha256Of("")));
  EXPECT_TRUE(store_->Verify(std::nullopt, diagnostics_).chains.empty());
  ExpectWhole();
}

TEST_P(StoreContract, KeepsWhatWasImportedByteForByte) {
  store::Arrival arrival = Prices("a", "2025-01-01", "2028-01-01");
  arrival.area = "城区";
  const std::string bytes("\0\xff 价\r\n", 8);
  arrival.evidence = {{"z.csv", bytes}, {"a.json", ""}};
  const Event entry = Import(arrival, "张 三");
  Reopen();
  ASSERT_EQ(store_->History({kCounty, "a"}), std::vector{entry});
  EXPECT_EQ(store_->Current({}), std::vector{entry});
  EXPECT_EQ(entry.entry, 1);
  EXPECT_EQ(entry.area, "城区");
  EXPECT_EQ(entry.before, std::nullopt);
  EXPECT_EQ(entry.status, kDraft);
  EXPECT_EQ(entry.actor, "张 三");
  EXPECT_EQ(entry.stated_until, ParseDate("2028-01-01").value());
  EXPECT_EQ(store_->Text(kCounty, entry.content), arrival.document);
  EXPECT_EQ(entry.evidence, Sha256Of("") + "  a.json\n" + Sha256Of(bytes) + "  z.csv\n");
  EXPECT_EQ(store_->Text(kCounty, Sha256Of(bytes)), bytes);
  EXPECT_EQ(store_->Text(kCounty, Sha256Of("")), "");
  EXPECT_FALSE(store_->Text("150000", Sha256Of(bytes))) << "texts belong to their county";
  EXPECT_EQ(entry.hash, store::HashOf(entry));
  ExpectWhole();
}

TEST_P(StoreContract, GoesThroughTheLifeOfAPublication) {
  Publish(Prices("a", "2025-01-01"));
  const std::vector<Event> history = store_->History({kCounty, "a"});
  ASSERT_EQ(history.size(), 4U);
  const std::vector statuses{kDraft, kSubmitted, kApproved, kPublished};
  for (std::size_t i = 0; i < history.size(); ++i) {
    EXPECT_EQ(history[i].status, statuses[i]);
    EXPECT_EQ(history[i].previous, i == 0 ? "" : history[i - 1].hash);
  }
  EXPECT_EQ(history[3].submitted_by, "甲");
  EXPECT_EQ(history[3].reason, "理由");
  EXPECT_EQ(InForce("2024-12-31"), Ids());
  EXPECT_EQ(InForce("2025-01-01"), Ids{"a"});
  EXPECT_EQ(InForce("2099-01-01"), Ids{"a"});
  ExpectWhole();
}

TEST_P(StoreContract, RefusesStepsOutOfOrder) {
  Import(Prices("a", "2025-01-01"));
  EXPECT_FALSE(Move("a", kApproved, "乙"));
  EXPECT_EQ(TextOfLast(),
            "\"a\" is draft and cannot become approved; allowed are: submitted, withdrawn");
  EXPECT_FALSE(Move("a", kPublished, "乙"));
  EXPECT_FALSE(Move("a", kSuperseded, "乙"));
  EXPECT_FALSE(Move("a", kDraft, "乙"));
  EXPECT_EQ(Reports(), Codes(4, Code::kTransitionNotAllowed));
  EXPECT_FALSE(Move("b", kSubmitted, "乙"));
  EXPECT_FALSE(Move("a", kSubmitted, "乙", "150000"));
  EXPECT_EQ(Reports(), Codes(2, Code::kPublicationUnknown));
  EXPECT_EQ(store_->History({kCounty, "a"}).size(), 1U);
  ASSERT_TRUE(Move("a", kWithdrawn, "甲"));
  EXPECT_FALSE(Move("a", kSubmitted, "甲"));
  EXPECT_EQ(TextOfLast(), "\"a\" is withdrawn and cannot become submitted; allowed are: –");
  Reports();
  ExpectWhole();
}

TEST_P(StoreContract, TheSubmitterNeitherApprovesNorPublishes) {
  Import(Prices("a", "2025-01-01"), "乙");
  ASSERT_TRUE(Move("a", kSubmitted, "Zhang San"));
  EXPECT_FALSE(Move("a", kApproved, "Zhang San"));
  EXPECT_FALSE(Move("a", kApproved, "ZHANG san"));
  ASSERT_TRUE(Move("a", kApproved, "乙"));
  EXPECT_FALSE(Move("a", kPublished, "Zhang San"));
  EXPECT_EQ(Reports(), Codes(3, Code::kSamePerson));
  EXPECT_TRUE(Move("a", kPublished, "乙"));
}

TEST_P(StoreContract, RefusesNamesAndNotesThatAreNone) {
  for (const char* name : {"", " ", " 甲", "甲 ", "a\tb", "a\nb", "\xff", "\x7f"}) {
    EXPECT_FALSE(store_->Import(std::vector{Prices("a", "2025-01-01")}, By(name), diagnostics_));
    EXPECT_EQ(Reports(), Codes{Code::kActorNotUsable}) << name;
  }
  EXPECT_FALSE(Move("a", kSubmitted, std::string(101, 'x')));
  EXPECT_EQ(Reports(), Codes{Code::kActorNotUsable});
  const std::string longest(store::kLongestNote, 'x');
  EXPECT_FALSE(store_->Move({kCounty, "a"}, kSubmitted, By("甲", longest + "x"), diagnostics_));
  EXPECT_FALSE(store_->Move({kCounty, "a"}, kSubmitted, By("甲", "\xff"), diagnostics_));
  const std::string zero("a\0b", 3);
  EXPECT_FALSE(store_->Move({kCounty, "a"}, kSubmitted, By("甲", zero), diagnostics_));
  EXPECT_EQ(Reports(), Codes(3, Code::kNoteNotUsable));
  Import(Prices("a", "2025-01-01"));
  EXPECT_TRUE(store_->Move({kCounty, "a"}, kSubmitted, By("甲", longest), diagnostics_));
  ExpectWhole();
}

TEST_P(StoreContract, ADraftIsImportedAgainAndTheOldOneStays) {
  const Event first = Import(Prices("a", "2025-01-01"));
  const Event second = Import(Prices("a", "2025-02-01"));
  EXPECT_EQ(second.before, kDraft);
  EXPECT_TRUE(store_->Text(kCounty, first.content));
  ASSERT_TRUE(Move("a", kSubmitted, "甲"));
  EXPECT_FALSE(store_->Import(std::vector{Prices("a", "2025-03-01")}, By("甲"), diagnostics_));
  EXPECT_EQ(Reports(), Codes{Code::kNoDraftAnyMore});
  EXPECT_EQ(store_->Current({}).front().content, second.content);
  ExpectWhole();
}

TEST_P(StoreContract, ImportsAllOrNone) {
  Publish(Prices("old", "2020-01-01"));
  const std::vector<Event> before = store_->Current({});
  store::Arrival twice = Prices("b", "2025-01-01");
  twice.evidence = {{"e", "1"}, {"e", "2"}};
  EXPECT_FALSE(store_->Import(
      std::vector{Prices("a", "2025-01-01"), Prices("old", "2025-01-01"), twice,
                  Prices("c", "2025-01-01", "2025-01-01"), Prices("a", "2025-01-01")},
      By("甲"), diagnostics_));
  EXPECT_EQ(Reports(), (Codes{Code::kNoDraftAnyMore, Code::kEvidenceNameTaken, Code::kPeriodEmpty,
                              Code::kImportedTwice}));
  EXPECT_EQ(store_->Current({}), before);
  EXPECT_TRUE(store_->Import({}, By("甲"), diagnostics_)->empty());
  ExpectWhole();
}

TEST_P(StoreContract, ASuccessorEndsThePeriodOfItsPredecessor) {
  Publish(Prices("a", "2020-01-01"));
  Publish(Prices("b", "2023-07-01"));
  Publish(Prices("c", "2026-01-01"));
  EXPECT_EQ(InForce("2023-06-30"), Ids{"a"});
  EXPECT_EQ(InForce("2023-07-01"), Ids{"b"});
  EXPECT_EQ(InForce("2025-12-31"), Ids{"b"});
  EXPECT_EQ(InForce("2026-01-01"), Ids{"c"});
  EXPECT_EQ(store_->Current({kCounty, "a", {}, {}, ""}).front().status, kSuperseded);
  EXPECT_EQ(store_->Current({kCounty, "", kPublished, {}, ""}).size(), 1U);
  ExpectWhole();
}

TEST_P(StoreContract, ASuccessorStartsLaterAndLeavesNoGap) {
  Publish(Prices("a", "2020-01-01", "2023-01-01"));
  for (const auto& [id, from] : {std::pair("early", "2019-01-01"),
                                 {"same", "2020-01-01"},
                                 {"late", "2023-01-02"},
                                 {"next", "2023-01-01"}}) {
    Import(Prices(id, from));
    ASSERT_TRUE(Move(id, kSubmitted, "甲"));
    ASSERT_TRUE(Move(id, kApproved, "乙"));
  }
  EXPECT_FALSE(Move("early", kPublished, "乙"));
  EXPECT_FALSE(Move("same", kPublished, "乙"));
  EXPECT_EQ(Reports(), Codes(2, Code::kPeriodTaken));
  EXPECT_FALSE(Move("late", kPublished, "乙"));
  EXPECT_EQ(TextOfLast(),
            "\"late\" is to be in force from 2023-01-02, but \"a\" only until 2023-01-01, which is "
            "not included: no price would be in force between");
  EXPECT_EQ(Reports(), Codes{Code::kPeriodGap});
  EXPECT_EQ(InForce("2022-12-31"), Ids{"a"});
  EXPECT_TRUE(Move("next", kPublished, "乙"));
  ExpectWhole();
}

TEST_P(StoreContract, WithdrawingPublishedPricesBringsTheOldOnesBack) {
  Publish(Prices("a", "2020-01-01"));
  EXPECT_FALSE(Move("a", kWithdrawn, "乙"));
  EXPECT_EQ(Reports(), Codes{Code::kNoPriceLeft});
  Publish(Prices("b", "2023-01-01"));
  EXPECT_FALSE(Move("a", kWithdrawn, "乙"));
  EXPECT_EQ(Reports(), Codes{Code::kTransitionNotAllowed});
  ASSERT_TRUE(Move("b", kWithdrawn, "甲"));
  EXPECT_EQ(InForce("2024-01-01"), Ids{"a"});
  EXPECT_EQ(store_->Current({kCounty, "a", {}, {}, ""}).front().status, kPublished);
  Publish(Prices("c", "2023-01-01"));
  EXPECT_EQ(InForce("2022-12-31"), Ids{"a"});
  EXPECT_EQ(InForce("2023-01-01"), Ids{"c"});
  ExpectWhole();
}

TEST_P(StoreContract, OldPricesThatEndBeforeDoNotComeBack) {
  Publish(Prices("a", "2020-01-01", "2023-01-01"));
  Publish(Prices("b", "2023-01-01"));
  EXPECT_FALSE(Move("b", kWithdrawn, "乙"));
  EXPECT_EQ(Reports(), Codes{Code::kNoPriceLeft});
}

TEST_P(StoreContract, TellsTheLawOfADayAsItWasKnownThen) {
  Publish(Prices("a", "2020-01-01"));
  const std::string first = store_->Current({}).front().recorded_at;
  Publish(Prices("b", "2023-01-01"));
  const std::string second = NextTime();
  ASSERT_TRUE(Move("b", kWithdrawn, "乙"));
  EXPECT_EQ(InForce("2024-01-01", "2025-12-31T23:59:59.999999Z"), Ids());
  EXPECT_EQ(InForce("2024-01-01", first), Ids{"a"});
  EXPECT_EQ(InForce("2024-01-01", second), Ids{"b"});
  EXPECT_EQ(InForce("2024-01-01"), Ids{"a"});
  EXPECT_EQ(store_->Current({kCounty, "b", {}, {}, second}).front().status, kPublished);
}

TEST_P(StoreContract, AreasAndCountiesHavePricesOfTheirOwn) {
  store::Arrival town = Prices("town", "2025-01-01");
  town.area = "乡镇";
  Publish(Prices("a", "2025-01-01"));
  Publish(town);
  Publish(Prices("a", "2025-01-01", "", "150428"));
  EXPECT_EQ(InForce("2025-06-01"), (Ids{"a", "town"}));
  EXPECT_EQ(store_->Current({"", "a", {}, {}, ""}).size(), 2U);
  const auto verification = store_->Verify(std::nullopt, diagnostics_);
  ASSERT_EQ(verification.chains.size(), 2U);
  EXPECT_EQ(verification.chains[0].county, "150428");
  EXPECT_EQ(verification.chains[0].entries, 4);
  EXPECT_EQ(verification.chains[1].entries, 8);
  EXPECT_EQ(store_->Verify(PublicationKey{kCounty, "a"}, diagnostics_).chains.size(), 1U);
  ExpectWhole();
}

TEST_P(StoreContract, TimeDoesNotRunBackwards) {
  Import(Prices("a", "2025-01-01"));
  const std::string last = store_->Current({}).front().recorded_at;
  ASSERT_TRUE(store_->Move({kCounty, "a"}, kSubmitted, {"甲", "", "1999-01-01T00:00:00.000000Z"},
                           diagnostics_));
  EXPECT_EQ(store_->Current({}).front().recorded_at, last);
  ExpectWhole();
}

// Of two that publish at once, for the same days or the same publication, one wins.
TEST_P(StoreContract, OneOfTwoConcurrentPublishersWins) {
  constexpr int kRounds = 20;
  for (int round = 0; round < kRounds; ++round) {
    const std::string from = FormatDate(FromDays(20'000 + round));
    const Ids ids{"x" + std::to_string(round), "y" + std::to_string(round)};
    for (const std::string& id : ids) {
      Import(Prices(id, from));
      ASSERT_TRUE(Move(id, kSubmitted, "甲"));
      ASSERT_TRUE(Move(id, kApproved, "乙"));
    }
    const bool same = round % 2 == 0;
    std::array<Diagnostics, 2> reports;
    std::barrier start(2);
    const auto publish = [&](std::size_t i) {
      const auto store = GetParam().open(folder_.path());
      const store::Act act{"乙", "", "2026-02-01T00:00:00.000000Z"};
      start.arrive_and_wait();
      const auto entry = store->Move({kCounty, ids[same ? 0 : i]}, kPublished, act, reports[i]);
      EXPECT_EQ(entry.has_value(), !reports[i].has_errors());
    };
    { const std::jthread first(publish, 0), second(publish, 1); }
    Codes found = CodesOf(reports[0]);
    for (const Code code : CodesOf(reports[1])) found.push_back(code);
    EXPECT_EQ(found, Codes{same ? Code::kTransitionNotAllowed : Code::kPeriodTaken}) << round;
    EXPECT_EQ(InForce(from).size(), 1U);
  }
  ExpectWhole();
}

INSTANTIATE_TEST_SUITE_P(BackEnds, StoreContract, testing::ValuesIn(StoreKinds()),
                         [](const auto& kind) { return kind.param.name; });

}  // namespace
}  // namespace dijia::test
