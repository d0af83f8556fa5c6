// The store of a whole region: every county with three rounds of prices and the samples of each,
// and what people wait for in it. DIJIA_LONG=1 takes the 5,000 samples of each round that issue 5
// names, else 200.
#include <gtest/gtest.h>
#include <time.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <iostream>

#include "app/due.h"
#include "app/due_text.h"
#include "app/reference.h"
#include "app/stored_publications.h"
#include "io/rule_packs.h"
#include "json/text.h"
#include "store/named_store.h"
#include "store/store_kind.h"
#include "support/random.h"
#include "support/temporary_folder.h"
#include "support/tongdao.h"

namespace dijia::test {
namespace {

using enum PublicationStatus;

constexpr int kCounties = 103;
constexpr const char* kRounds[] = {"2018", "2021", "2024"};

std::string CountyOf(int number) { return std::to_string(150'101 + number); }

// A round of a county: the tables of a real publication, and samples of the size of real ones.
store::Arrival Round(const std::string& county, const std::string& year, int samples) {
  Publication publication = Tongdao();
  publication.county = county;
  publication.area = "城区";
  publication.id = county + "-" + year;
  publication.base_date = *ParseDate(year + "-01-01");
  publication.effective_from = *ParseDate(year + "-07-01");
  publication.effective_until = std::nullopt;
  std::string csv = "sample_id,county,use,grade,date,price_yuan_per_sqm,area_sqm,far,note\n";
  char row[200];
  for (int i = 0; i < samples; ++i) {
    std::snprintf(
        row, sizeof row,
        "%s-%s-%05d,%s,residential,%d,%s-03-%02d,%d.%02d,%d.5,1.%d,城区主干道以北、河东路西侧\n",
        county.c_str(), year.c_str(), i, county.c_str(), 1 + i % 5, year.c_str(), 1 + i % 28,
        200 + i * 37 % 900, i % 100, 300 + i * 13 % 9'000, i % 10);
    csv += row;
  }
  return app::ArrivalOf(publication, {{"samples.csv", csv}});
}

void Fill(store::Store& store, int samples) {
  Diagnostics diagnostics;
  for (int number = 0; number < kCounties; ++number) {
    for (const char* year : kRounds) {
      const store::Arrival arrival = Round(CountyOf(number), year, samples);
      store.Import(std::vector{arrival}, By("甲"), diagnostics);
      for (const auto& [status, actor] :
           {std::pair(kSubmitted, "甲"), {kApproved, "乙"}, {kPublished, "丙"}}) {
        store.Move(arrival.key, status, By(actor), diagnostics);
      }
    }
  }
  ASSERT_EQ(CodesOf(diagnostics), std::vector<Code>());
}

// Milliseconds on the clock, and of this program's work: other programs on the machine take the
// clock's, not these.
struct Cost {
  double clock = 0, work = 0;
};
double WorkSoFar() {
  timespec now{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}
Cost CostOf(const std::function<void()>& work) {
  using Millis = std::chrono::duration<double, std::milli>;
  const auto start = std::chrono::steady_clock::now();
  const double before = WorkSoFar();
  work();
  return {Millis(std::chrono::steady_clock::now() - start).count(), WorkSoFar() - before};
}

// That of which the share `part` of all is not dearer.
Cost Quantile(const std::vector<Cost>& costs, double part) {
  Cost quantile;
  for (double Cost::*const time : {&Cost::clock, &Cost::work}) {
    std::vector<double> times;
    for (const Cost& cost : costs) times.push_back(cost.*time);
    std::ranges::sort(times);
    quantile.*time = times[static_cast<std::size_t>(static_cast<double>(times.size() - 1) * part)];
  }
  return quantile;
}
std::ostream& operator<<(std::ostream& out, const Cost& cost) {
  return out << cost.clock << " ms (work " << cost.work << ")";
}

class Region : public StoreTest {};

// What `dijia due` answers, by the prices that count on the day, or by all there are.
TEST_P(Region, IsDueByTheLatestPricesAsByAll) {
  const TemporaryFolder folder;
  GetParam().init(folder.path());
  const auto store = GetParam().open(folder.path());
  Diagnostics diagnostics;
  for (const auto& [county, area, from, until] :
       {std::tuple("150102", "", "2018-07-01", ""), std::tuple("150102", "", "2021-07-01", ""),
        std::tuple("150102", "镇", "2019-07-01", "2020-01-01"),
        std::tuple("150103", "", "2022-07-01", ""), std::tuple("150103", "", "2024-07-01", "")}) {
    Publication publication = Tongdao();
    publication.county = county;
    publication.area = area;
    publication.id = county + std::string(area) + from;
    publication.base_date = publication.effective_from.emplace(*ParseDate(from));
    publication.effective_until.reset();
    if (*until != '\0') publication.effective_until = *ParseDate(until);
    const store::Arrival arrival = app::ArrivalOf(publication);
    store->Import(std::vector{arrival}, By("甲"), diagnostics);
    for (const auto& [status, actor] :
         {std::pair(kSubmitted, "甲"), {kApproved, "乙"}, {kPublished, "丙"}}) {
      store->Move(arrival.key, status, By(actor), diagnostics);
    }
  }
  const auto rules = io::LoadRules(
      io::kDefaultRules, std::filesystem::path(DIJIA_SOURCE_DIR) / "rules" / "packs", diagnostics);
  ASSERT_TRUE(rules);
  for (const char* day : {"2018-06-30", "2018-07-01", "2019-12-31", "2020-01-01", "2021-06-30",
                          "2021-07-01", "2023-01-01", "2024-07-01", "2031-01-01"}) {
    const Date on = *ParseDate(day);
    const auto list = [&](const std::vector<Publication>& prices) {
      return json::ToPretty(
          app::DueJson(app::DueOn(on, prices, false, {}, *rules, diagnostics), Language::kEn));
    };
    EXPECT_EQ(list(app::LatestPrices(*store, on, diagnostics)),
              list(app::PublishedPrices(*store, nullptr, diagnostics)))
        << day;
  }
  EXPECT_EQ(app::LatestPrices(*store, *ParseDate("2024-07-01"), diagnostics).size(), 3U);
  EXPECT_EQ(CodesOf(diagnostics), std::vector<Code>());
}

TEST_P(Region, AnswersWithinItsBudgets) {
  const bool is_long = std::getenv("DIJIA_LONG") != nullptr;  // NOLINT(concurrency-mt-unsafe)
  const TemporaryFolder folder;
  GetParam().init(folder.path());
  const auto store = GetParam().open(folder.path());
  Fill(*store, is_long ? 5'000 : 200);
  if (HasFatalFailure()) return;

  // The price of a grade as the law stood on a day, as known now: entry, document, price.
  Random random(5);
  std::vector<Cost> lookups;
  Diagnostics diagnostics;
  for (int i = 0; i < 2'000; ++i) {
    const std::string county = CountyOf(static_cast<int>(random.Between(0, kCounties - 1)));
    const Date day = FromDays(static_cast<Days>(random.Between(17'800, 20'500)));
    lookups.push_back(CostOf([&] {
      const auto entries = store->Current({county, "", {}, day, ""});
      ASSERT_EQ(entries.size(), 1U);
      ASSERT_TRUE(app::StoredPublication(*store, entries[0], diagnostics));
    }));
  }
  const auto rules = io::LoadRules(
      io::kDefaultRules, std::filesystem::path(DIJIA_SOURCE_DIR) / "rules" / "packs", diagnostics);
  ASSERT_TRUE(rules);
  const app::Reference reference =
      app::LoadReference(std::filesystem::path(DIJIA_SOURCE_DIR) / "data" / "reference");
  std::vector<Cost> dues;
  for (int i = 0; i < 5; ++i) {
    dues.push_back(CostOf([&] {
      const auto list = app::DueOn(*ParseDate("2026-11-26"),
                                   app::LatestPrices(*store, *ParseDate("2026-11-26"), diagnostics),
                                   false, reference, *rules, diagnostics);
      ASSERT_EQ(list.rows.size(), static_cast<std::size_t>(kCounties));
    }));
  }
  const Cost verify = CostOf([&] {
    const auto proof = app::VerifyPublications(*store, std::nullopt, diagnostics);
    ASSERT_EQ(proof.chains.size(), static_cast<std::size_t>(kCounties));
  });
  const std::string name = GetParam().store_name(folder.path());
  const Cost backup =
      CostOf([&] { store::CopyStore(name, (folder / "copy.db").string(), diagnostics); });
  ASSERT_EQ(CodesOf(diagnostics), std::vector<Code>());
  const Cost p99 = Quantile(lookups, 0.99), due = Quantile(dues, 0.5);
  std::cout << GetParam().name << ": look-up p50 " << Quantile(lookups, 0.5) << ", p99 " << p99
            << "; due " << due << "; verify all " << verify << "; backup " << backup << "\n";
  // The budgets are of the store in the program itself, and of a store of full size.
  if (!is_long || GetParam().name != "sqlite") return;
  EXPECT_LE(p99.work, 1.0);
  EXPECT_LE(due.work, 50.0);
  EXPECT_LE(verify.clock, 60'000.0);
}

INSTANTIATE_TEST_SUITE_P(BackEnds, Region, testing::ValuesIn(StoreKinds()),
                         [](const auto& kind) { return kind.param.name; });

}  // namespace
}  // namespace dijia::test
