#include "dijia/price_simulation.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <random>
#include <vector>

namespace dijia {
namespace {

constexpr std::size_t kRows = 1500;  // more than one block
constexpr std::uint8_t kGrades = 3;
constexpr int kPeriods = 12;

struct Town {
  std::vector<std::uint8_t> use, grade, period;
  std::vector<double> far, term, add;
  std::vector<std::vector<double>> factors{2};
  std::vector<SimulationGroup> groups;
  std::vector<double> index;

  SimulationGroups Groups() const {
    SimulationGroups all(index);
    for (const SimulationGroup& group : groups) all.Add(group);
    return all;
  }
};

Town MakeTown() {
  std::mt19937_64 random(11);
  const auto uniform = [&](double low, double high) {
    return low + (high - low) * static_cast<double>(random() >> 11) * 0x1p-53;
  };
  Town town;
  for (int group = 0; group < 2 * kGrades; ++group) {
    town.groups.push_back({.base = uniform(100, 5000),
                           .far_exponent = uniform(-0.2, 0.8),
                           .base_far = uniform(1, 3),
                           .rate = uniform(0.03, 0.09),
                           .full_term = uniform(40, 70),
                           .index_offset = static_cast<std::uint32_t>(group / kGrades * kPeriods)});
  }
  for (int i = 0; i < 2 * kPeriods; ++i) town.index.push_back(uniform(0.9, 1.2));
  for (std::size_t i = 0; i < kRows; ++i) {
    town.use.push_back(static_cast<std::uint8_t>(random() % 2));
    town.grade.push_back(static_cast<std::uint8_t>(random() % kGrades));
    town.period.push_back(static_cast<std::uint8_t>(random() % kPeriods));
    town.far.push_back(uniform(0.3, 6));
    town.term.push_back(uniform(1, 50));
    town.add.push_back(uniform(-50, 50));
    for (auto& factor : town.factors) factor.push_back(uniform(-0.1, 0.1));
  }
  return town;
}

std::vector<double> Simulate(const Town& town, bool add) {
  const std::array<std::span<const double>, 2> factors{town.factors[0], town.factors[1]};
  std::vector<double> prices(kRows);
  SimulatePrices({.use = town.use,
                  .grade = town.grade,
                  .grades = kGrades,
                  .period = town.period,
                  .far = town.far,
                  .term = town.term,
                  .add = add ? std::span<const double>(town.add) : std::span<const double>(),
                  .factors = factors},
                 town.Groups(), prices);
  return prices;
}

TEST(SimulatePrices, IsTheFormulaOfEveryRow) {
  const Town town = MakeTown();
  const std::vector<double> prices = Simulate(town, true), without = Simulate(town, false);
  for (std::size_t i = 0; i < kRows; ++i) {
    const std::size_t group = town.use[i] * std::size_t{kGrades} + town.grade[i];
    const SimulationGroup& of = town.groups[group];
    const double k_far = std::pow(town.far[i] / of.base_far, of.far_exponent);
    const double k_term = (1.0 - std::pow(1.0 + of.rate, -town.term[i])) /
                          (1.0 - std::pow(1.0 + of.rate, -of.full_term));
    const double price = of.base * (1.0 + town.factors[0][i] + town.factors[1][i]) * k_far *
                         k_term * town.index[of.index_offset + town.period[i]];
    ASSERT_NEAR(without[i], price, 1e-12 * price);
    ASSERT_EQ(prices[i], without[i] + town.add[i]);
  }
}

TEST(SimulatePrices, HasTheSameBitsForEveryDivisionIntoCalls) {
  const Town town = MakeTown();
  const std::vector<double> whole = Simulate(town, true);
  const SimulationGroups groups = town.Groups();
  for (std::size_t i = 0; i < kRows; i += 7) {
    const std::array<std::span<const double>, 2> factors{std::span(town.factors[0]).subspan(i, 1),
                                                         std::span(town.factors[1]).subspan(i, 1)};
    double price = 0.0;
    SimulatePrices({.use = std::span(town.use).subspan(i, 1),
                    .grade = std::span(town.grade).subspan(i, 1),
                    .grades = kGrades,
                    .period = std::span(town.period).subspan(i, 1),
                    .far = std::span(town.far).subspan(i, 1),
                    .term = std::span(town.term).subspan(i, 1),
                    .add = std::span(town.add).subspan(i, 1),
                    .factors = factors},
                   groups, std::span(&price, 1));
    ASSERT_EQ(price, whole[i]);
  }
}

TEST(SimulatePrices, NoRowsAreNoWork) {
  const Town town = MakeTown();
  SimulatePrices({}, town.Groups(), {});
}

}  // namespace
}  // namespace dijia
