// A store moves between back-ends with every hash as it was.
#include <gtest/gtest.h>

#include "dijia/base/codes.h"
#include "store/named_store.h"
#include "store/store_kind.h"
#include "support/temporary_folder.h"

namespace dijia::test {
namespace {

struct Way {
  StoreKind from, to;
};
void PrintTo(const Way& way, std::ostream* out) { *out << way.from.name << "_" << way.to.name; }

class MovedStore : public testing::TestWithParam<Way> {
 protected:
  void SetUp() override {
    for (const StoreKind& kind : {from(), to()}) {
      if (const std::string why = kind.why_absent(); !why.empty()) GTEST_SKIP() << why;
    }
    MakeSmallStore(from(), source_.path());
    // A server's store stands in a database that is there.
    if (to().name == "postgres") to().init(target_.path());
  }
  const StoreKind& from() const { return GetParam().from; }
  const StoreKind& to() const { return GetParam().to; }
  Code Copy(Diagnostics& diagnostics) {
    return Thrown([&] {
      store::CopyStore(from().store_name(source_.path()), to().store_name(target_.path()),
                       diagnostics);
    });
  }

  TemporaryFolder source_, target_;
};

// Row by row, where a server is at one end. A file is copied into a file as it is; that no file is
// written over is for the command to see to.
class MovedLog : public MovedStore {};

TEST_P(MovedStore, HasTheSameLogAndTexts) {
  Diagnostics diagnostics;
  ASSERT_EQ(Copy(diagnostics), Code::kInternal);
  const auto source = from().open(source_.path()), target = to().open(target_.path());
  EXPECT_EQ(Snapshot(*target), Snapshot(*source));
  EXPECT_EQ(target->Current({}), source->Current({}));
  const auto proof = target->Verify(std::nullopt, diagnostics);
  const auto expected = source->Verify(std::nullopt, diagnostics);
  EXPECT_EQ(proof.chains.at(0).head, expected.chains.at(0).head);
  EXPECT_EQ(proof.chains.at(0).texts, expected.chains.at(0).texts);
  // … and it goes on from there.
  target->Import(std::vector{Prices("c", "2025-01-01")}, By("甲"), diagnostics);
  EXPECT_EQ(target->Verify(std::nullopt, diagnostics).chains.at(0).entries, 10);
  EXPECT_EQ(CodesOf(diagnostics), std::vector<Code>());
}

TEST_P(MovedLog, IsNotPutUponAnother) {
  MakeSmallStore(to(), target_.path());
  const std::string before = Snapshot(*to().open(target_.path()));
  Diagnostics diagnostics;
  EXPECT_EQ(Copy(diagnostics), Code::kStoreNotEmpty);
  EXPECT_EQ(Snapshot(*to().open(target_.path())), before);
}

TEST_P(MovedLog, IsWholeOrDoesNotMove) {
  from().raw(source_.path())->Force("UPDATE event SET actor = 'x' WHERE entry = 7");
  Diagnostics diagnostics;
  EXPECT_EQ(Copy(diagnostics), Code::kInternal);
  ASSERT_EQ(CodesOf(diagnostics), std::vector<Code>{Code::kEntryAltered});
  EXPECT_EQ(diagnostics.kept()[0].arguments.at(1), "7");
  EXPECT_TRUE(to().open(target_.path())->Current({}).empty());
}

TEST(NamedStore, OfAnotherKindOfServerIsRefused) {
  EXPECT_EQ(Thrown([] { store::OpenStore("mysql://localhost/dijia"); }), Code::kStoreKindNotKnown);
  EXPECT_FALSE(store::IsServer("/var/lib/dijia.db"));
  EXPECT_TRUE(store::IsServer("postgres://localhost/dijia"));
}

std::vector<Way> Ways() {
  std::vector<Way> ways;
  for (const StoreKind& from : StoreKinds()) {
    for (const StoreKind& to : StoreKinds()) ways.push_back({from, to});
  }
  return ways;
}
std::vector<Way> WaysOfLogs() {
  std::vector<Way> ways = Ways();
  std::erase_if(ways, [](const Way& way) {
    return way.from.name == "sqlite" && way.to.name == way.from.name;
  });
  return ways;
}
std::string NameOf(const testing::TestParamInfo<Way>& way) {
  return way.param.from.name + "_to_" + way.param.to.name;
}

INSTANTIATE_TEST_SUITE_P(BackEnds, MovedStore, testing::ValuesIn(Ways()), NameOf);
INSTANTIATE_TEST_SUITE_P(BackEnds, MovedLog, testing::ValuesIn(WaysOfLogs()), NameOf);

}  // namespace
}  // namespace dijia::test
