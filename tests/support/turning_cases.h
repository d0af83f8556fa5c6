// Complete random cases near the points at which the law turns, for any pack.
#pragma once

#include <algorithm>
#include <random>
#include <string_view>
#include <vector>

#include "dijia/base/decimal.h"
#include "dijia/rules/decision_table.h"
#include "dijia/rules/reserve_price.h"

namespace dijia::rules {

class TurningCases {
 public:
  TurningCases(const RulePack& pack, unsigned seed)
      : pack_(pack), tables_(DecisionTables(pack)), random_(seed) {}

  // Every fact that deciding clauses look at is stated, but for those whose being stated matters.
  ReservePriceCase Next() {
    const DecisionTable& table = tables_[1 + Below(tables_.size() - 1)];
    case_ = EmptyCase(pack_);
    StateDate(table.era);
    for (const CaseVariable& column : table.columns) State(column);
    for (const CaseVariable& column : table.columns) StatePairs(column);
    StatePlain();
    StatePrice();
    return case_;
  }

  // The table of the last case.
  const DecisionTable& TableOfLast() const {
    const auto day = static_cast<Days>(case_.values[*pack_.FindFact("decided_on")]);
    return *std::ranges::find_if(tables_,
                                 [&](const DecisionTable& t) { return t.era.Contains(day); });
  }
  const std::vector<DecisionTable>& tables() const { return tables_; }

  std::size_t Below(std::size_t count) { return random_() % count; }

 private:
  std::int64_t& At(std::string_view fact) { return case_.values[*pack_.FindFact(fact)]; }
  std::int64_t Pick(std::initializer_list<std::int64_t> values) {
    return *(values.begin() + Below(values.size()));
  }

  void StateDate(const Period& era) {
    const std::int64_t first = std::max<std::int64_t>(era.from, ToDays(*ParseDate("1985-01-01")));
    const std::int64_t last =
        std::min<std::int64_t>(era.until, ToDays(*ParseDate("2035-01-01"))) - 1;
    At("decided_on") = Pick({first, last,
                             first + static_cast<std::int64_t>(Below(static_cast<std::size_t>(
                                         std::max<std::int64_t>(1, last - first))))});
  }

  void State(const CaseVariable& column) {
    const Fact& fact = pack_.facts[column.first];
    std::int64_t& value = case_.values[column.first];
    switch (column.kind) {
      case CaseVariable::Kind::kSmall:
        value = fact.lowest + static_cast<std::int64_t>(
                                  Below(static_cast<std::size_t>(fact.highest - fact.lowest + 1)));
        return;
      case CaseVariable::Kind::kNumber:
        if (fact.id == "decided_on") return;
        value = std::clamp<std::int64_t>(column.starts[Below(column.size())] + Pick({-1, 0, 1}),
                                         fact.lowest, fact.highest);
        return;
      case CaseVariable::Kind::kStated:
        if (Below(3) == 0) value = kNotStated;
        return;
      default:
        return;
    }
  }

  // A number near a multiple of another one.
  void StatePairs(const CaseVariable& column) {
    if (column.kind != CaseVariable::Kind::kPair) return;
    const Fact &left = pack_.facts[column.first], &right = pack_.facts[column.second];
    std::int64_t& value = case_.values[column.first];
    const std::int64_t one = PowerOfTen(right.scale) * Pick({1, 2, 5}) / Pick({1, 2, 10});
    const std::int64_t times = column.times[Below(column.times.size())];
    if (value == kNotStated) {
      const Int128 at = Int128{one} * times * PowerOfTen(left.scale) /
                        (Int128{PowerOfTen(right.scale)} * 1'000'000);
      value = std::clamp<std::int64_t>(static_cast<std::int64_t>(at) + Pick({-1, 0, 1}),
                                       left.lowest, left.highest);
    }
    const Int128 exact = Int128{value} * PowerOfTen(right.scale) * 1'000'000 /
                         (Int128{times} * PowerOfTen(left.scale));
    case_.values[column.second] = std::clamp<std::int64_t>(
        static_cast<std::int64_t>(exact) + Pick({-1, 0, 1}), right.lowest, right.highest);
  }

  void StatePlain() {
    At("land_class") = 1 + static_cast<std::int64_t>(Below(15));
    if (Below(4) != 0) At("term_years") = 500'000;
    if (At("term_years") == kNotStated) At("term_years") = 500'000;
    At("capitalization_rate") = Pick({60'000, 47'500, 40'000, 55'000});
    At("rent_timing") = static_cast<std::int64_t>(Below(2));
    At("lease_years") = Pick({49'999, 50'000, 100'000, 200'001});
    At("transfer_price_yuan_per_sqm") = Pick({0, 500'000, 1'000'000});
    At("area_sqm") = Pick({10'000'000, 123'456'700});
    At("facts.far") = At("facts.far") == kNotStated ? 1'000'000 : At("facts.far");
  }

  // Near a ratio of the standard, or near what costs and benchmark prices ask.
  void StatePrice() {
    const std::int64_t day = At("decided_on");
    const Table& standard = pack_.tables[pack_.formula.standard_table];
    const std::int64_t full =
        standard.Find(At("land_class"), 0, static_cast<Days>(day)).value_or(100);
    const std::int64_t price =
        full * Pick({15, 30, 50, 60, 70, 100}) * 100 + Pick({-100, -50, -49, 0, 1, 100, 3000});
    const std::int64_t rebates = Pick({0, 0, 0, 100});
    const std::int64_t method = At("method") == kNotStated ? 2 : At("method");
    At("method") = method;
    const bool rent = method == 4 || method == 5;
    At("price.unit") = rent ? 5 : 0;
    At("price.kind") = Pick({0, 0, 2});
    At("rebates_yuan_per_sqm") = rebates;
    At("price.amount") = rent ? price / 16 : price + rebates;
    // An agreement is measured against the costs whether they are stated or not.
    const bool agreement = method == 3;
    if (At("cost_yuan_per_sqm") == kNotStated && (agreement || Below(2) == 0)) {
      At("cost_yuan_per_sqm") = std::max<std::int64_t>(0, price + Pick({-5000, 0, 49, 50, 100}));
    }
    At("benchmark_price_yuan_per_sqm") = price * 10 / 7 + Pick({-100, 0, 71, 72, 100});
    At("appraised_price_50y_yuan_per_sqm") = price * 3;
    At("rent_reviews.shortest_interval_years") = Pick({49'999, 50'000});
    At("rent_reviews.highest_rise") = Pick({1'100'000, 1'100'001});
  }

  const RulePack& pack_;
  std::vector<DecisionTable> tables_;
  std::mt19937 random_;
  ReservePriceCase case_;
};

}  // namespace dijia::rules
