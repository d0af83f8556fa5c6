// Prices exactly at, one fen above and one fen below every floor: every class, every ratio, every
// unit, odd areas (issue 3, acceptance 5). DIJIA_CASES=1000000 takes a million.
#include <gtest/gtest.h>

#include <array>
#include <random>

#include "dijia/base/land.h"
#include "support/case_builder.h"
#include "support/pack_files.h"
#include "support/random_prices.h"

namespace dijia::rules {
namespace {

struct RatioFacts {
  std::int64_t percent;
  std::initializer_list<Stated> facts;
};

// What makes each ratio the lowest eligible one.
const RatioFacts kRatios[] = {
    {100, {}},
    {70,
     {{"facts.agri_processing_listed", "yes"},
      {"facts.at_place_of_origin", "yes"},
      {"facts.industry_code", "1391"}}},
    {60, {{"facts.inside_planned_area", "no"}, {"facts.self_developed", "yes"}}},
    {50, {{"facts.land_origin", "state_unused"}, {"facts.self_developed", "yes"}}},
    {30,
     {{"facts.inside_planned_area", "no"},
      {"facts.self_developed", "yes"},
      {"facts.land_origin", "sandy_bare_unallocated"},
      {"facts.central_western_region", "no"}}},
    {15,
     {{"facts.inside_planned_area", "no"},
      {"facts.self_developed", "yes"},
      {"facts.land_origin", "state_unused"}}},
};

class Floors : public ::testing::Test {
 protected:
  std::uint16_t Fact(std::string_view id) const { return *pack_.FindFact(id); }

  // The case of a class and ratio, cost covered, without a price.
  ReservePriceCase CaseOf(std::int64_t land_class, const RatioFacts& ratio) const {
    ReservePriceCase the_case = With(pack_, PlainCase(pack_), ratio.facts);
    the_case.values[Fact("land_class")] = land_class;
    the_case.values[Fact("cost_yuan_per_sqm")] = 0;
    return the_case;
  }
  void Price(ReservePriceCase& the_case, std::string_view unit, std::int64_t amount) const {
    the_case.values[Fact("price.unit")] = *ParseFact(pack_.facts[Fact("price.unit")], unit);
    the_case.values[Fact("price.amount")] = amount;
  }
  std::int64_t Standard(std::int64_t land_class) const {
    const Table& table = pack_.tables[pack_.formula.standard_table];
    return *table.Find(land_class, 0, ToDays(*ParseDate("2020-06-01")));
  }

  const RulePack& pack_ = National().pack();
};

// F in fen is S × percent, a whole number: exactly at, one fen above, one fen below.
TEST_F(Floors, InYuanPerSqm) {
  for (std::int64_t land_class = 1; land_class <= 15; ++land_class) {
    for (const RatioFacts& ratio : kRatios) {
      ReservePriceCase the_case = CaseOf(land_class, ratio);
      const std::int64_t floor = Standard(land_class) * ratio.percent * 100;  // 10^-4 yuan
      for (const std::int64_t fen : {-1, 0, 1}) {
        Price(the_case, "yuan_per_sqm", floor + fen * 100);
        EXPECT_EQ(VerdictOf(the_case, National()), fen < 0 ? Verdict::kUnlawful : Verdict::kLawful)
            << land_class << " " << ratio.percent << " " << fen;
      }
    }
  }
}

// 万元/亩 = yuan per m² / 15 exactly; amounts have four decimals, so a step is 0.0015 yuan per m²
// and the first below the floor is hidden in rounding, the fourth is not.
TEST_F(Floors, InWanYuanPerMu) {
  for (std::int64_t land_class = 1; land_class <= 15; ++land_class) {
    for (const RatioFacts& ratio : kRatios) {
      ReservePriceCase the_case = CaseOf(land_class, ratio);
      const std::int64_t numerator = Standard(land_class) * ratio.percent * 100;
      const std::int64_t at = (numerator + 14) / 15;  // the first amount not below the floor
      for (std::int64_t step = -8; step <= 2; ++step) {
        Price(the_case, "wan_yuan_per_mu", at + step);
        const std::int64_t deficit = numerator - (at + step) * 15;  // 10^-4 yuan per m²
        EXPECT_EQ(VerdictOf(the_case, National()),
                  deficit >= 50 ? Verdict::kUnlawful : Verdict::kLawful)
            << land_class << " " << ratio.percent << " " << step;
      }
    }
  }
}

// Totals over odd areas: the first total in yuan that reaches F·area, one fen per m² more and less.
TEST_F(Floors, InTotalsOverOddAreas) {
  constexpr std::uint64_t kSeed = 56'307;
  std::mt19937_64 random(kSeed);
  std::uniform_int_distribution<std::int64_t> areas(1, 10'000'000'000);  // 10^-4 m²
  const std::size_t count = CaseCount(3'000);
  for (std::size_t i = 0; i < count; ++i) {
    const auto land_class = static_cast<std::int64_t>(random() % 15 + 1);
    const RatioFacts& ratio = kRatios[random() % std::size(kRatios)];
    ReservePriceCase the_case = CaseOf(land_class, ratio);
    const std::int64_t area = areas(random);
    the_case.values[Fact("area_sqm")] = area;
    const Int128 floor = Int128{Standard(land_class)} * ratio.percent;  // fen per m²
    for (const std::int64_t fen : {-1, 0, 1}) {
      // Total in 10^-4 yuan, rounded up: (floor + fen) · area / 10^4 m² · 100 per fen.
      const Int128 product = (floor + fen) * area;
      const auto total = static_cast<std::int64_t>((product + 99) / 100);
      Price(the_case, "yuan_total", total);
      // deficit · area in 10^-8: below 0.005 yuan per m² it hides in rounding.
      const Int128 deficit = floor * area * 100 - Int128{total} * 10'000;
      const bool violates = deficit >= Int128{area} * 50;
      EXPECT_EQ(VerdictOf(the_case, National()), violates ? Verdict::kUnlawful : Verdict::kLawful)
          << "seed " << kSeed << " case " << i << ": class " << land_class << ", " << ratio.percent
          << " %, area " << area << ", fen " << fen;
    }
  }
}

}  // namespace
}  // namespace dijia::rules
