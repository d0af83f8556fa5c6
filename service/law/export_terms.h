// Terms that DMN and SQL share: what the price is worth and by how much it misses a limit.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dijia/rules/rule_pack.h"

namespace dijia::law {

// The smallest whole factors with left × `left` against right × `right`: a comparison of two facts
// of different scales, one of them taken `times` × 10^-6, without fractions.
struct WholeFactors {
  std::int64_t left = 1, right = 1;
};
WholeFactors FactorsOf(int left_scale, int right_scale, std::int64_t times);

enum class Dialect : std::uint8_t { kFeel, kSql };

// The formulas of the check as text of FEEL or SQL. A price at the full term is compared exactly,
// in whole numbers. Where it is restated (another term, a rent, a lease before a transfer) powers
// of binary fractions decide, and the answer is null as near to the limit as their rounding
// reaches.
//
// The text takes facts by ExportName, `price_e4`, `standard`, and the terms of the formulas, which
// the export defines under their names.
class PriceTerms {
 public:
  struct Names {
    std::string prefix;                 // of facts and terms
    std::string full_term, tolerance;   // in years; in 10^-4 yuan
    std::string ratio_low, ratio_high;  // between which the ratio lies, 10^-6
  };
  struct Term {
    std::string name, text;
  };
  PriceTerms(const rules::RulePack& pack, Dialect dialect, Names names)
      : pack_(pack), dialect_(dialect), names_(std::move(names)) {}

  // What follows from the facts: `below` (what a price below a limit proves: true, or null for a
  // starting price, for the reserve may lie above it); `transfer_reach_e4` and `rent_reach_e4`, the
  // least limit that the price misses, 10^-4 yuan; `term_factor`, K(n); `rent_value` and
  // `lease_value`, what an annual rent, and a lease with the transfer after it, are worth as a
  // price at the full term, rebates not taken off, yuan.
  std::vector<Term> Values() const;
  // What follows from those: SIDE_least and SIDE_most, for sides transfer, rent and lease, between
  // which the least limit lies that the restated price misses, yuan.
  std::vector<Term> Reaches() const;

  // True when the price misses the limit by the tolerance or more, null when the text cannot tell.
  std::string Missed(const rules::Limit& limit) const;
  // The same for the full standard, by the side that the method of the case has.
  std::string MissesStandard() const;

 private:
  // A number of 10^-scale yuan, `times` × 10^-6, at the lowest and the highest ratio.
  struct Amount {
    std::string low, high;
    int scale = 0;
    std::int64_t times = 1'000'000;
  };
  using Branches = std::vector<std::pair<std::string, std::string>>;

  std::string Name(std::string_view name) const;
  std::string Fact(std::string_view id) const;
  std::string Quoted(std::string_view text) const;
  std::string No() const;
  std::string Years(std::string_view fact) const;
  std::string Rate() const;
  // The text of the first condition that holds.
  std::string FirstOf(const Branches& branches, const std::string& otherwise) const;
  std::string Discount(const std::string& years) const;
  std::string OneLessDiscount(const std::string& years) const;
  std::string YearFactor(const std::string& years) const;
  Amount AmountOf(const rules::Limit& limit) const;
  std::string Missed(rules::PriceSide side, bool normalised, const Amount& amount) const;
  std::string MissedExactly(const Amount& amount, const std::string& reach) const;
  std::string MissedNearly(const Amount& amount, const std::string& side) const;

  const rules::RulePack& pack_;
  Dialect dialect_;
  Names names_;
};

}  // namespace dijia::law
