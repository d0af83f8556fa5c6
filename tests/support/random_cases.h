// Random cases of every kind: all facts, units, methods, dates, unknown facts, prices near limits.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "dijia/rules/reserve_price.h"

namespace dijia::rules {

class RandomRuleCases {
 public:
  RandomRuleCases(const RulePack& pack, unsigned seed) : pack_(pack), random_(seed) {}

  std::size_t Below(std::size_t count) { return random_() % count; }

  // About `unknown` percent of the facts are not stated.
  ReservePriceCase Next(unsigned unknown) {
    ReservePriceCase the_case = EmptyCase(pack_);
    for (std::size_t i = 0; i < pack_.facts.size(); ++i) {
      if (Below(100) < unknown) continue;
      the_case.values[i] = ValueOf(pack_.facts[i]);
    }
    for (std::size_t i = 0; i < pack_.facts.size(); ++i) {
      // Derived facts are mostly left to their derivation.
      const bool derived = pack_.facts[i].derivation.kind != Derivation::Kind::kNone;
      if (derived && pack_.facts[i].id != "land_class" && Below(8) != 0) {
        the_case.values[i] = kNotStated;
      }
    }
    // Most cases are transfers of industrial land: there the law has most to say.
    if (Below(3) != 0) Set(the_case, "use", 2);
    if (Below(3) != 0) Set(the_case, "method", 2);
    if (Below(2) != 0) Set(the_case, "term_years", 500'000);
    if (Below(2) != 0) Set(the_case, "price.unit", 0);
    if (Below(2) != 0) Set(the_case, "rebates_yuan_per_sqm", 0);
    if (Below(2) != 0) Set(the_case, "price.kind", 0);
    if (Below(20) == 0 && the_case.values[*pack_.FindFact("land_class")] == kNotStated) {
      the_case.land_class_candidates = (random_() & 0xfffe) | 0x8;
    }
    return the_case;
  }

 private:
  void Set(ReservePriceCase& the_case, std::string_view id, std::int64_t value) {
    std::int64_t& stated = the_case.values[*pack_.FindFact(id)];
    if (stated != kNotStated) stated = value;
  }

  std::int64_t ValueOf(const Fact& fact) {
    const std::int64_t one = PowerOfTen(fact.scale);
    if (fact.id == "price.amount") return Near(Price(), one);
    if (fact.id == "cost_yuan_per_sqm") return Near(Price(), one);
    if (fact.id == "benchmark_price_yuan_per_sqm") return Near(Price() * 10 / 7, one);
    if (fact.id == "appraised_price_50y_yuan_per_sqm") return Near(Price() * 10, one);
    if (fact.id == "rebates_yuan_per_sqm") return static_cast<std::int64_t>(Below(40)) * one / 4;
    if (fact.id == "area_sqm") return Pick({3'333'370, 10'000, 6'666'667, 123'456'789, 1});
    if (fact.id == "term_years") return Pick({500'000, 400'000, 200'000, 205'000, 700'000, 10'000});
    if (fact.id == "lease_years") return Pick({30'000, 50'000, 200'000, 210'000, 55'000});
    if (fact.id == "capitalization_rate") return Pick({60'000, 47'500, 47'499, 41'400, 0, 52'500});
    if (fact.id == "facts.far") return Pick({0, 700'000, 1'400'000, 1'399'999, 980'000, 2'500'000});
    if (fact.id == "facts.far_standard") return Pick({1'000'000, 700'000, 500'000});
    if (fact.id == "facts.building_coefficient") {
      return Pick({0, 419'999, 420'000, 559'999, 560'000, 900'000});
    }
    if (fact.id == "facts.investment_wan_yuan_per_ha") {
      return Pick({0, 10'999'999, 11'000'000, 30'000'000});
    }
    if (fact.id == "facts.investment_standard_wan_yuan_per_ha")
      return Pick({10'000'000, 9'000'000});
    if (fact.id == "facts.bid_deposit_share") return Pick({200'000, 199'999, 300'000});
    if (fact.id == "rent_reviews.shortest_interval_years") return Pick({50'000, 49'999, 60'000});
    if (fact.id == "rent_reviews.highest_rise") return Pick({1'100'000, 1'100'001, 1'000'000});
    if (fact.id == "transfer_price_yuan_per_sqm") return Near(Price(), one);
    if (fact.id == "county") return Pick({150'100, 150'200, 152'921});
    if (fact.id == "facts.industry_code") return Pick({1300, 1400, 1600, 1931, 2200, 3900, 4000});
    if (fact.type == FactType::kDate) return 13'000 + static_cast<std::int64_t>(Below(8'000));
    if (fact.highest - fact.lowest < 200) {
      return fact.lowest + static_cast<std::int64_t>(
                               Below(static_cast<std::size_t>(fact.highest - fact.lowest + 1)));
    }
    return fact.lowest + static_cast<std::int64_t>(Below(2'000'000));
  }

  // A floor of some class and ratio, in yuan per m².
  std::int64_t Price() {
    static constexpr std::int64_t kStandards[] = {840, 720, 600, 480, 384, 336, 288, 252,
                                                  204, 168, 144, 120, 96,  84,  60};
    static constexpr std::int64_t kPercents[] = {100, 70, 60, 50, 30, 15};
    return kStandards[Below(15)] * kPercents[Below(6)];  // in fen
  }

  // The price in fen, or a fen or a ten thousandth of a yuan beside it, or far from it.
  std::int64_t Near(std::int64_t fen, std::int64_t one) {
    const std::int64_t at = fen * one / 100;
    switch (Below(6)) {
      case 0:
        return at;
      case 1:
        return at + one / 100;
      case 2:
        return std::max<std::int64_t>(0, at - one / 100);
      case 3:
        return std::max<std::int64_t>(0, at - one / 200 + static_cast<std::int64_t>(Below(3)) - 1);
      case 4:
        return at * static_cast<std::int64_t>(1 + Below(3'000));  // totals
      default:
        return static_cast<std::int64_t>(Below(1'000)) * one;
    }
  }

  std::int64_t Pick(std::initializer_list<std::int64_t> values) {
    return *(values.begin() + Below(values.size()));
  }

  const RulePack& pack_;
  std::mt19937_64 random_;
};

}  // namespace dijia::rules
