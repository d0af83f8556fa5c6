// Random lives of publications against a model that keeps no log: a list of what was published.
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <map>

#include "dijia/base/codes.h"
#include "store/store_kind.h"
#include "support/random.h"
#include "support/temporary_folder.h"

namespace dijia::test {
namespace {

using enum PublicationStatus;

constexpr const char* kCounty = "152502";
constexpr Days kFirst = 18'000, kLast = 18'060;

// The law as a list: each publication holds until the next begins, or until it says itself.
class Model {
 public:
  struct Prices {
    PublicationStatus status = kDraft;
    Days from = 0;
    std::optional<Days> until;  // stated
    std::string submitter;
  };

  bool Import(const std::string& id, Days from, std::optional<Days> until) {
    const auto at = prices_.find(id);
    if (at != prices_.end() && at->second.status != kDraft) return false;
    prices_[id] = {kDraft, from, until, ""};
    return true;
  }
  bool Move(const std::string& id, PublicationStatus to, const std::string& actor) {
    const auto at = prices_.find(id);
    if (at == prices_.end()) return false;
    Prices& prices = at->second;
    const bool moved = (to == kSubmitted && Submit(prices, actor)) ||
                       (to == kApproved && Approve(prices, actor)) ||
                       (to == kPublished && Publish(id, prices, actor)) ||
                       (to == kWithdrawn && Withdraw(id, prices));
    if (moved) prices.status = to;
    return moved;
  }
  // The id of the prices of a day; empty = none.
  std::string On(Days day) const {
    std::string id;
    for (const std::string& published : list_) {
      if (prices_.at(published).from <= day) id = published;
    }
    const bool is_over = !id.empty() && prices_.at(id).until && *prices_.at(id).until <= day;
    return is_over ? "" : id;
  }

 private:
  static bool Submit(Prices& prices, const std::string& actor) {
    if (prices.status != kDraft) return false;
    prices.submitter = actor;
    return true;
  }
  static bool Approve(const Prices& prices, const std::string& actor) {
    return prices.status == kSubmitted && prices.submitter != actor;
  }
  bool Publish(const std::string& id, const Prices& prices, const std::string& actor) {
    if (prices.status != kApproved || prices.submitter == actor) return false;
    if (!list_.empty()) {
      const Prices& last = prices_.at(list_.back());
      if (prices.from <= last.from || (last.until && *last.until < prices.from)) return false;
    }
    list_.push_back(id);
    return true;
  }
  bool Withdraw(const std::string& id, const Prices& prices) {
    if (prices.status == kWithdrawn) return false;
    if (prices.status != kPublished) return true;
    if (list_.back() != id || list_.size() < 2) return false;
    const Prices& before = prices_.at(list_[list_.size() - 2]);
    if (before.until && *before.until <= prices.from) return false;
    list_.pop_back();
    return true;
  }

  std::map<std::string, Prices> prices_;
  std::vector<std::string> list_;  // published, ascending by first day
};

std::string InForceOn(store::Store& store, Days day, const std::string& known_at) {
  std::string ids;
  for (const auto& event : store.Current({kCounty, "", {}, FromDays(day), known_at})) {
    ids += event.key.publication;
  }
  return ids;
}

class Life {
 public:
  Life(store::Store& store, std::uint64_t seed) : store_(store), random_(seed) {}

  void Step() {
    const std::string id(1, static_cast<char>('a' + random_.Between(0, 7)));
    const std::string actor = random_.OneIn(2) ? "甲" : "乙";
    Diagnostics diagnostics;
    if (random_.OneIn(4)) {
      const Days from = static_cast<Days>(random_.Between(kFirst, kLast - 1));
      const auto until = random_.OneIn(4)
                             ? std::optional(from + static_cast<Days>(random_.Between(1, 20)))
                             : std::nullopt;
      store::Arrival arrival = Prices(id, FormatDate(FromDays(from)));
      if (until) arrival.stated_until = FromDays(*until);
      const bool is_in = store_.Import(std::vector{arrival}, By(actor), diagnostics).has_value();
      EXPECT_EQ(is_in, model_.Import(id, from, until)) << id;
      EXPECT_EQ(is_in, !diagnostics.has_errors());
    } else {
      const PublicationStatus to = random_.Of(kTo);
      const auto entry = store_.Move({kCounty, id}, to, By(actor), diagnostics);
      EXPECT_EQ(entry.has_value(), model_.Move(id, to, actor)) << id << " " << CodeOf(to);
      EXPECT_EQ(entry.has_value(), !diagnostics.has_errors());
    }
    known_.emplace_back(NextTime(), model_);
  }

  // Every day as it is now, and as it was known at some time of the past.
  void Compare() {
    const auto& [time, then] = random_.Of(known_);
    for (Days day = kFirst - 1; day < kLast + 25; ++day) {
      ASSERT_EQ(InForceOn(store_, day, ""), model_.On(day)) << day;
      ASSERT_EQ(InForceOn(store_, day, time), then.On(day)) << day << " as known at " << time;
    }
  }

 private:
  static constexpr PublicationStatus kTo[] = {kSubmitted, kSubmitted, kApproved, kApproved,
                                              kPublished, kPublished, kWithdrawn};
  store::Store& store_;
  Random random_;
  Model model_;
  std::vector<std::pair<std::string, Model>> known_;
};

class LifecycleModel : public StoreTest {};

TEST_P(LifecycleModel, AgreesOnEveryStepAndEveryDay) {
  const char* stated = std::getenv("DIJIA_SEED");  // NOLINT(concurrency-mt-unsafe)
  const std::uint64_t seed = stated == nullptr ? 20'261'126 : std::strtoull(stated, nullptr, 10);
  std::cout << "seed " << seed << "\n";
  for (std::uint64_t life = 0; life < 6; ++life) {
    const TemporaryFolder folder;
    GetParam().init(folder.path());
    const auto store = GetParam().open(folder.path());
    Life lived(*store, seed + life);
    for (int step = 1; step <= 100; ++step) {
      lived.Step();
      if (step % 20 == 0) lived.Compare();
      if (testing::Test::HasFailure()) FAIL() << "life " << life << ", step " << step;
    }
    Diagnostics diagnostics;
    store->Verify(std::nullopt, diagnostics);
    ASSERT_EQ(CodesOf(diagnostics), std::vector<Code>());
  }
}

INSTANTIATE_TEST_SUITE_P(BackEnds, LifecycleModel, testing::ValuesIn(StoreKinds()),
                         [](const auto& kind) { return kind.param.name; });

}  // namespace
}  // namespace dijia::test
