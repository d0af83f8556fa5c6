// The log of keys, in every back-end.
#include <gtest/gtest.h>

#include <map>
#include <thread>

#include "dijia/base/codes.h"
#include "store/key_log.h"
#include "store/named_store.h"
#include "store/store_kind.h"
#include "support/temporary_folder.h"

namespace dijia::test {
namespace {

using store::AccessKey;
using store::KeyEntry;
using store::Role;
using Codes = std::vector<Code>;

store::NewKey Clerk(const std::string& name, const std::string& county = "") {
  return {name, Role::kClerk, county, "scrypt:2:1:1:00:ff"};
}

class Keys : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    if (IsSkipped()) return;
    GetParam().init(folder_.path());
    store_ = GetParam().open(folder_.path());
  }
  KeyEntry Add(const store::NewKey& key) {
    const auto entry = store_->AddKey(key, By("管理员", "新同事"), diagnostics_);
    EXPECT_TRUE(entry);
    return entry.value_or(KeyEntry());
  }
  bool Revoke(const std::string& id) {
    return store_->RevokeKey(id, By("管理员"), diagnostics_).has_value();
  }
  std::vector<Code> Reports() {
    const std::vector<Code> codes = CodesOf(diagnostics_);
    diagnostics_ = {};
    return codes;
  }
  std::vector<AccessKey> Now() { return store::KeysOf(GetParam().open(folder_.path())->KeyLog()); }

  TemporaryFolder folder_;
  std::unique_ptr<store::Store> store_;
  Diagnostics diagnostics_;
};

TEST_P(Keys, AreKeptAsTheyWereMade) {
  EXPECT_TRUE(store_->KeyLog().empty());
  const KeyEntry first = Add(Clerk("张三", "152502"));
  const KeyEntry second = Add({"交易平台", Role::kViewer, "", "v"});
  EXPECT_EQ(first.key, "k1");
  EXPECT_EQ(second.key, "k2");
  const std::vector<AccessKey> keys = Now();
  ASSERT_EQ(keys.size(), 2U);
  EXPECT_EQ(keys[0].id, "k1");
  EXPECT_EQ(keys[0].about.name, "张三");
  EXPECT_EQ(keys[0].about.role, Role::kClerk);
  EXPECT_EQ(keys[0].about.county, "152502");
  EXPECT_EQ(keys[0].about.verifier, "scrypt:2:1:1:00:ff");
  EXPECT_EQ(keys[0].made_at, first.recorded_at);
  EXPECT_EQ(keys[0].revoked_at, "");
  EXPECT_EQ(keys[1].about.role, Role::kViewer);
  const std::vector<KeyEntry> log = store_->KeyLog();
  EXPECT_EQ(log[0].actor, "管理员");
  EXPECT_EQ(log[0].reason, "新同事");
  EXPECT_EQ(log[1].previous, log[0].hash);
  EXPECT_EQ(log[1].hash, store::HashOf(log[1]));
}

TEST_P(Keys, AreRevokedOnceAndStayInTheLog) {
  Add(Clerk("张三"));
  Add(Clerk("李四"));
  EXPECT_TRUE(Revoke("k1"));
  EXPECT_FALSE(Revoke("k1"));
  EXPECT_EQ(Reports(), Codes{Code::kKeyRevoked});
  EXPECT_FALSE(Revoke("k7"));
  EXPECT_FALSE(Revoke(""));
  EXPECT_EQ(Reports(), Codes(2, Code::kKeyUnknown));
  const KeyEntry next = Add(Clerk("王五"));
  EXPECT_EQ(next.key, "k4") << "ids are those of entries, and none is given twice";
  const std::vector<AccessKey> keys = Now();
  ASSERT_EQ(keys.size(), 3U);
  EXPECT_EQ(keys[0].revoked_at, store_->KeyLog()[2].recorded_at);
  EXPECT_EQ(keys[1].revoked_at, "");
}

TEST_P(Keys, NamesAreNamesOfPeople) {
  for (const char* name : {"", " ", "a\nb", "\xff"}) {
    EXPECT_FALSE(store_->AddKey(Clerk(name), By("管理员"), diagnostics_));
    EXPECT_EQ(Reports(), Codes{Code::kActorNotUsable}) << name;
  }
  EXPECT_FALSE(store_->AddKey(Clerk("张三"), By(""), diagnostics_));
  EXPECT_EQ(Reports(), Codes{Code::kActorNotUsable});
  EXPECT_TRUE(store_->KeyLog().empty());
}

TEST_P(Keys, TheLogIsProvedWithTheOthers) {
  EXPECT_FALSE(store_->Verify(std::nullopt, diagnostics_).keys);
  Add(Clerk("张三"));
  Add(Clerk("李四"));
  ASSERT_TRUE(Revoke("k2"));
  const auto whole = store_->Verify(std::nullopt, diagnostics_).keys;
  ASSERT_TRUE(whole);
  EXPECT_TRUE(whole->is_whole);
  EXPECT_EQ(whole->entries, 3);
  EXPECT_EQ(whole->head, store_->KeyLog().back().hash);
  EXPECT_EQ(Reports(), Codes());
  const auto raw = GetParam().raw(folder_.path());
  raw->Force("UPDATE key_event SET role = 'admin' WHERE entry = 2");
  const auto broken = store_->Verify(std::nullopt, diagnostics_).keys;
  EXPECT_FALSE(broken->is_whole);
  EXPECT_EQ(broken->entries, 2);
  // Force leaves other traces, which are reported after this.
  EXPECT_EQ(Reports().front(), Code::kKeyLogBroken);
  raw->Force("UPDATE key_event SET role = 'clerk' WHERE entry = 2");
  EXPECT_TRUE(store_->Verify(std::nullopt, diagnostics_).keys->is_whole);
  raw->Force("DELETE FROM key_event WHERE entry = 1");
  EXPECT_FALSE(store_->Verify(std::nullopt, diagnostics_).keys->is_whole);
}

// What other hands try on the table with the triggers of the layout in place.
TEST_P(Keys, TheDatabaseRefusesWhatIsNoEntry) {
  Add(Clerk("张三"));
  const auto raw = GetParam().raw(folder_.path());
  const std::map<std::string, std::string> refusals{
      {"UPDATE key_event SET role = 'admin'", "the log of keys never changes"},
      {"DELETE FROM key_event", "the log of keys never shrinks"},
      {"INSERT INTO key_event SELECT 3, 'k3', action, name, role, county, verifier, actor, reason, "
       "recorded_at, hash, hash FROM key_event",
       "an entry follows the last one"},
      {"INSERT INTO key_event SELECT 2, 'k2', action, name, role, county, verifier, actor, reason, "
       "recorded_at, '', hash FROM key_event",
       "an entry follows the last one"},
      {"INSERT INTO key_event SELECT 2, key_id, 'revoked', name, 'admin', county, verifier, actor, "
       "reason, recorded_at, hash, hash FROM key_event",
       "an entry follows the last one"}};
  for (const auto& [statement, words] : refusals) {
    const std::string said = raw->Try(statement);
    EXPECT_NE(said.find(words), std::string::npos) << statement << ": " << said;
  }
  for (const char* statement :
       {"INSERT INTO key_event SELECT 2, key_id, action, name, role, county, verifier, actor, "
        "reason, recorded_at, hash, hash FROM key_event",
        "INSERT INTO key_event SELECT 2, 'k2', action, name, 'owner', county, verifier, actor, "
        "reason, recorded_at, hash, hash FROM key_event"}) {
    EXPECT_NE(raw->Try(statement), "") << statement;
  }
  EXPECT_EQ(store_->KeyLog().size(), 1U);
}

TEST_P(Keys, SeveralAreMadeAtOnceWithoutALoss) {
  constexpr int kThreads = 4, kKeys = 5;
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      const auto mine = GetParam().open(folder_.path());
      Diagnostics none;
      for (int n = 0; n < kKeys; ++n) {
        EXPECT_TRUE(
            mine->AddKey(Clerk("张三"), {"管理员", "", "2026-01-01T01:02:03.000004Z"}, none));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(store_->KeyLog().size(), std::size_t{kThreads * kKeys});
  EXPECT_TRUE(store_->Verify(std::nullopt, diagnostics_).keys->is_whole);
  EXPECT_EQ(Reports(), Codes());
}

TEST_P(Keys, GoWithACopyOfTheStore) {
  Add(Clerk("张三"));
  ASSERT_TRUE(Revoke("k1"));
  const TemporaryFolder other;
  const std::string copy = (other.path() / "copy.db").string();
  store::CopyStore(GetParam().store_name(folder_.path()), copy, diagnostics_);
  EXPECT_EQ(Reports(), Codes());
  const auto log = store::OpenStore(copy)->KeyLog();
  ASSERT_EQ(log.size(), 2U);
  EXPECT_EQ(log.back().hash, store_->KeyLog().back().hash);
}

INSTANTIATE_TEST_SUITE_P(BackEnds, Keys, testing::ValuesIn(StoreKinds()),
                         [](const auto& kind) { return kind.param.name; });

}  // namespace
}  // namespace dijia::test
