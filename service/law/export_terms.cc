#include "law/export_terms.h"

#include <numeric>

#include "dijia/base/decimal.h"
#include "law/export.h"

namespace dijia::law {
namespace {

constexpr std::int64_t kWhole = 1'000'000;  // 1 in units of 10^-6
constexpr int kPriceScale = 4;

std::int64_t ValueOn(const rules::RulePack& pack, std::uint16_t id, Days day) {
  const rules::DatedValue* value = pack.ValueOn(id, day);
  return value == nullptr ? 0 : value->value;
}

std::string Times(std::int64_t factor, const std::string& name) {
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

std::int64_t ToleranceOn(const rules::RulePack& pack, Days day) {
  return ValueOn(pack, pack.formula.tolerance, day) / (kWhole / PowerOfTen(kPriceScale));
}

std::int64_t FullTermOn(const rules::RulePack& pack, Days day) {
  return ValueOn(pack, pack.formula.full_term, day) / (kWhole / PowerOfTen(kPriceScale));
}

std::string MissedBy(const rules::RulePack& pack, const rules::Limit& limit, std::int64_t tolerance,
                     const std::string& standard, const std::string& ratio,
                     const std::string& price, const std::string& fact) {
  if (limit.amount == rules::Limit::Amount::kStandard) {
    // standard / 10^scale × ratio / 10^6 − price / 10^4 ≥ tolerance / 10^4
    const int scale = pack.tables[pack.formula.standard_table].scale;
    const WholeFactors factors = FactorsOf(kPriceScale, scale + 6, kWhole);
    return standard + " * " + Times(factors.right, ratio) + " - " + Times(factors.left, price) +
           " >= " + std::to_string(tolerance * factors.left);
  }
  const WholeFactors factors = FactorsOf(kPriceScale, pack.facts[limit.fact].scale, limit.times);
  return Times(factors.right, fact) + " - " + Times(factors.left, price) +
         " >= " + std::to_string(tolerance * factors.left);
}

bool IsRestated(const rules::Limit& limit) { return limit.side != rules::PriceSide::kTransfer; }

}  // namespace dijia::law
