#include "law/export_terms.h"

#include <algorithm>
#include <numeric>

#include "dijia/base/decimal.h"
#include "law/export.h"

namespace dijia::law {
namespace {

using rules::Limit;
using rules::PriceSide;

constexpr std::int64_t kWhole = 1'000'000;  // 1 in units of 10^-6
constexpr int kRatioScale = 6, kPriceScale = 4;

// Powers of binary fractions are off by less than a hundred of their last places, 2^-52 each.
// Divided by a rate no lower than this, they stay far within the guard.
constexpr std::string_view kLowestRate = "0.0001";
// The guard around a restated limit, relative to the price, what it is worth, and the limit.
constexpr std::string_view kGuard = "0.000000001";

std::string Times(const std::string& name, std::int64_t factor) {
  return factor == 1 ? name : name + " * " + std::to_string(factor);
}

}  // namespace

std::string ExportName(const rules::Fact& fact) {
  std::string name = fact.id;
  for (char& c : name) c = c == '.' ? '_' : c;
  if (fact.scale > 0) name += "_e" + std::to_string(fact.scale);
  return name;
}

std::string EraName(const rules::Period& era) {
  return era.from == rules::kNoBeginning ? "first" : FormatDate(FromDays(era.from));
}

WholeFactors FactorsOf(int left_scale, int right_scale, std::int64_t times) {
  // left / 10^left_scale against times / 10^6 × right / 10^right_scale
  const std::int64_t common = PowerOfTen(std::min(left_scale, right_scale));
  std::int64_t left = kWhole * (PowerOfTen(right_scale) / common);
  std::int64_t right = times * (PowerOfTen(left_scale) / common);
  const std::int64_t divisor = std::gcd(left, right);
  if (divisor > 1) {
    left /= divisor;
    right /= divisor;
  }
  return {left, right};
}

std::string PriceTerms::Name(std::string_view name) const {
  return names_.prefix + std::string(name);
}

std::string PriceTerms::Fact(std::string_view id) const {
  return Name(ExportName(pack_.facts[*pack_.FindFact(id)]));
}

std::string PriceTerms::Quoted(std::string_view text) const {
  const char* mark = dialect_ == Dialect::kSql ? "'" : "\"";
  return mark + std::string(text) + mark;
}

std::string PriceTerms::No() const { return dialect_ == Dialect::kSql ? "0" : "false"; }

std::string PriceTerms::Years(std::string_view fact) const {
  return "(" + Fact(fact) + " / 10000.0)";
}

std::string PriceTerms::Rate() const { return "(" + Fact("capitalization_rate") + " / 1000000.0)"; }

std::string PriceTerms::FirstOf(const Branches& branches, const std::string& otherwise) const {
  const bool sql = dialect_ == Dialect::kSql;
  std::string text = sql ? "CASE" : "(";
  for (const auto& [condition, result] : branches) {
    text += sql ? " WHEN " + condition + " THEN " + result
                : "if " + condition + " then " + result + " else ";
  }
  if (sql) return text + " ELSE " + otherwise + " END";
  return text + otherwise + ")";
}

std::string PriceTerms::Discount(const std::string& years) const {
  if (dialect_ == Dialect::kSql) return "pow(1 + " + Rate() + ", -" + years + ")";
  return "((1 + " + Rate() + ") ** (-" + years + "))";
}

// 1 − (1 + r)^−years; the years themselves where r is 0, for both formulas divide two of these.
std::string PriceTerms::OneLessDiscount(const std::string& years) const {
  return FirstOf({{Rate() + " = 0", years},
                  {Rate() + " >= " + std::string(kLowestRate), "(1 - " + Discount(years) + ")"}},
                 "null");
}

// The present value of one yuan a year.
std::string PriceTerms::YearFactor(const std::string& years) const {
  const std::string timing = Fact("rent_timing");
  return OneLessDiscount(years) + " / " + FirstOf({{Rate() + " = 0", "1"}}, Rate()) + " * " +
         FirstOf({{timing + " = " + Quoted("arrears"), "1"},
                  {timing + " = " + Quoted("advance"), "(1 + " + Rate() + ")"}},
                 "null");
}

std::vector<PriceTerms::Term> PriceTerms::Values() const {
  const std::string kind = Fact("price.kind"), price = Name("price_e4");
  const std::string rebates = Fact("rebates_yuan_per_sqm"), years = Years("lease_years");
  return {
      {"below",
       FirstOf({{kind + " = " + Quoted("reserve") + " or " + kind + " = " + Quoted("closing"),
                 dialect_ == Dialect::kSql ? "1" : "true"}},
               "null")},
      {"transfer_reach_e4", price + " - " + rebates + " + " + names_.tolerance},
      {"rent_reach_e4", price + " + " + names_.tolerance},
      {"term_factor",
       OneLessDiscount(Years("term_years")) + " / " + OneLessDiscount(names_.full_term)},
      {"rent_value", price + " / 10000.0 * " + YearFactor(names_.full_term)},
      {"lease_value", price + " / 10000.0 * " + YearFactor(years) + " + " +
                          Fact("transfer_price_yuan_per_sqm") + " / 10000.0 * " + Discount(years)},
  };
}

std::vector<PriceTerms::Term> PriceTerms::Reaches() const {
  std::vector<Term> terms;
  const std::string price = Name("price_e4") + " / 10000.0";
  const std::string rebates = Fact("rebates_yuan_per_sqm") + " / 10000.0";
  for (const auto& [side, value] : {std::pair<std::string, std::string>{"transfer", price},
                                    {"rent", Name("rent_value")},
                                    {"lease", Name("lease_value")}}) {
    const std::string reach = value + " - " + rebates + " + " + names_.tolerance + " / 10000.0";
    const std::string guard =
        std::string(kGuard) + " * (" + price + " + " + value + " + " + rebates + ")";
    terms.push_back({side + "_least", reach + " - " + guard});
    terms.push_back({side + "_most", reach + " + " + guard});
  }
  return terms;
}

PriceTerms::Amount PriceTerms::AmountOf(const Limit& limit) const {
  if (limit.amount == Limit::Amount::kFact) {
    const std::string fact = Name(ExportName(pack_.facts[limit.fact]));
    return {fact, fact, pack_.facts[limit.fact].scale, limit.times};
  }
  const std::string standard = Name("standard");
  return {standard + " * " + names_.ratio_low, standard + " * " + names_.ratio_high,
          pack_.tables[pack_.formula.standard_table].scale + kRatioScale, kWhole};
}

std::string PriceTerms::Missed(const Limit& limit) const {
  return Missed(limit.side, limit.normalised, AmountOf(limit));
}

std::string PriceTerms::MissesStandard() const {
  const std::string method = Fact("method");
  const Amount whole{Name("standard"), Name("standard"),
                     pack_.tables[pack_.formula.standard_table].scale, kWhole};
  return FirstOf(
      {{method + " = " + Quoted("lease_then_transfer"), Missed(PriceSide::kPackage, true, whole)},
       {method + " = " + Quoted("lease"), Missed(PriceSide::kRent, true, whole)}},
      Missed(PriceSide::kTransfer, true, whole));
}

std::string PriceTerms::Missed(PriceSide side, bool normalised, const Amount& amount) const {
  if (side == PriceSide::kPackage) return MissedNearly(amount, "lease");
  if (side == PriceSide::kRent) {
    if (!normalised) return MissedExactly(amount, Name("rent_reach_e4"));
    return MissedNearly(amount, "rent");
  }
  const std::string exactly = MissedExactly(amount, Name("transfer_reach_e4"));
  if (!normalised) return exactly;
  return FirstOf({{Fact("term_years") + " = " + names_.full_term + " * 10000", exactly}},
                 MissedNearly(amount, "transfer"));
}

std::string PriceTerms::MissedExactly(const Amount& amount, const std::string& reach) const {
  const WholeFactors factors = FactorsOf(kPriceScale, amount.scale, amount.times);
  const std::string least = Times(reach, factors.left);
  return FirstOf({{Times(amount.low, factors.right) + " >= " + least, Name("below")},
                  {Times(amount.high, factors.right) + " < " + least, No()}},
                 "null");
}

std::string PriceTerms::MissedNearly(const Amount& amount, const std::string& side) const {
  const std::int64_t one = PowerOfTen(amount.scale) * kWhole;
  const std::int64_t divisor = std::gcd(amount.times, one);
  const auto limit = [&](const std::string& text, const std::string& guard) {
    const std::string yuan =
        Times(text, amount.times / divisor) + " / " + std::to_string(one / divisor) + ".0";
    if (side != "transfer") return yuan;
    return yuan + " * (" + Name("term_factor") + guard + std::string(kGuard) + ")";
  };
  return FirstOf({{limit(amount.low, " - ") + " >= " + Name(side + "_most"), Name("below")},
                  {limit(amount.high, " + ") + " < " + Name(side + "_least"), No()}},
                 "null");
}

}  // namespace dijia::law
