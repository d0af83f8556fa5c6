#include "app/sales_audit.h"

#include <algorithm>
#include <map>
#include <span>
#include <string_view>
#include <tuple>
#include <utility>

#include "dijia/base/decimal.h"
#include "dijia/base/land.h"
#include "dijia/base/rounding.h"
#include "dijia/parallel.h"

namespace dijia::app {
namespace {

using rules::kNotStated;
using rules::RulePack;
using rules::Verdict;

constexpr std::size_t kBlock = 256;
constexpr int kPriceScale = 4;

// Facts of a sale that would make a discount possible; without them only the full standard counts.
constexpr std::pair<std::string_view, std::string_view> kNoDiscount[] = {
    {"facts.priority_industry_listed", "no"},
    {"facts.agri_processing_listed", "no"},
    {"facts.inside_planned_area", "yes"},
    {"facts.land_origin", "construction"},
};
// What is taken as harmless: the audit looks at the floor alone.
constexpr std::pair<std::string_view, std::string_view> kHarmless[] = {
    {"use", "industrial"},         {"method", "listing"},         {"price.kind", "closing"},
    {"rebates_yuan_per_sqm", "0"}, {"facts.cost_covered", "yes"},
};

class Auditor {
 public:
  Auditor(const SampleTable& sales, const rules::PreparedRules& rules)
      : sales_(sales), rules_(rules), pack_(rules.pack()) {
    Diagnostics unheard;
    base_ = CaseOf(pack_, kHarmless, unheard);
    for (const auto& [fact, text] : kNoDiscount) {
      const auto index = pack_.FindFact(fact);
      if (index) no_discount_.emplace_back(*index, *ParseFact(pack_.facts[*index], text));
    }
  }

  AuditedSale Audit(std::size_t row) const {
    AuditedSale sale;
    sale.row = row;
    if (const std::optional<SaleFate> fate = FateBeforePrice(row)) {
      sale.fate = *fate;
      return sale;
    }
    const rules::ReservePriceCase the_case = CaseFor(row);
    sale.fate = FateOfPrice(the_case);
    sale.price = PriceOf(row);
    if (sales_.land_class[row] != 0) {
      const rules::Table& table = pack_.tables[pack_.formula.standard_table];
      const auto standard = table.Find(sales_.land_class[row], 0, sales_.date[row]);
      if (standard) sale.standard = *standard * PowerOfTen(kPriceScale - table.scale);
    }
    return sale;
  }

 private:
  std::optional<SaleFate> FateBeforePrice(std::size_t row) const {
    const auto is = [&](AssignmentMethod method) {
      return sales_.method[row] == static_cast<std::uint8_t>(method);
    };
    if (sales_.fate[row] == Fate::kUnreadable) return SaleFate::kUnreadable;
    const bool industrial = sales_.use[row] == static_cast<std::uint8_t>(LandUse::kIndustrial);
    if (!industrial || sales_.fate[row] == Fate::kMixedUse) return SaleFate::kNotIndustrial;
    if (is(AssignmentMethod::kAllocation)) return SaleFate::kAllocated;
    if (is(AssignmentMethod::kLease) || is(AssignmentMethod::kLeaseThenTransfer)) {
      return SaleFate::kLeased;
    }
    if (sales_.price[row] == kMissing64 || sales_.price[row] == 0) return SaleFate::kNoPrice;
    if (sales_.area_sqm[row] == kMissing64 || sales_.area_sqm[row] == 0) return SaleFate::kNoArea;
    if (sales_.date[row] == kNoDate) return SaleFate::kNoDate;
    return std::nullopt;
  }

  rules::ReservePriceCase CaseFor(std::size_t row) const {
    rules::ReservePriceCase the_case = base_;
    const auto state = [&](std::string_view fact, std::int64_t value) {
      the_case.values[*pack_.FindFact(fact)] = value;
    };
    state("decided_on", sales_.date[row]);
    state("price.amount", sales_.price[row]);
    state("price.unit", sales_.price_unit[row]);
    state("area_sqm", sales_.area_sqm[row]);
    if (sales_.land_class[row] != 0) state("land_class", sales_.land_class[row]);
    const rules::DatedValue* full = pack_.ValueOn(pack_.formula.full_term, sales_.date[row]);
    const std::int32_t term = sales_.term_years[row];
    if (term != kMissing32 && term > 0 && full != nullptr) {
      const std::int64_t longest = full->value / 1'000'000 * Years::kOne;
      state("term_years", std::min<std::int64_t>(term, longest));
    }
    return the_case;
  }

  SaleFate FateOfPrice(rules::ReservePriceCase the_case) const {
    const Verdict verdict = VerdictOf(the_case, rules_);
    if (verdict == Verdict::kLawful) return SaleFate::kAboveStandard;
    if (verdict == Verdict::kUnlawful) return SaleFate::kBelowEveryFloor;
    for (const auto& [fact, value] : no_discount_) the_case.values[fact] = value;
    const Verdict without = VerdictOf(the_case, rules_);
    const bool classed = the_case.values[*pack_.FindFact("land_class")] != kNotStated;
    if (without == Verdict::kUnlawful) return SaleFate::kDiscountOnly;
    return classed ? SaleFate::kTermUnknown : SaleFate::kClassUnknown;
  }

  std::int64_t PriceOf(std::size_t row) const {
    const auto unit = static_cast<PriceUnit>(sales_.price_unit[row]);
    const std::int64_t yuan = unit == PriceUnit::kWanYuanTotal ? 10'000 : 1;
    const bool total = unit == PriceUnit::kWanYuanTotal || unit == PriceUnit::kYuanTotal;
    if (!total) return sales_.price[row];
    const auto price = RoundQuotient(Int128{sales_.price[row]} * yuan * Area::kOne,
                                     sales_.area_sqm[row], 1, RoundingMode::kHalfUp);
    return price.value_or(0);
  }

  const SampleTable& sales_;
  const rules::PreparedRules& rules_;
  const RulePack& pack_;
  rules::ReservePriceCase base_;
  std::vector<std::pair<std::uint16_t, std::int64_t>> no_discount_;
};

// Sales that were held against the floor.
bool IsSorted(SaleFate fate) { return fate >= SaleFate::kAboveStandard; }

std::vector<AuditGroup> GroupsOf(const SampleTable& sales, std::span<const AuditedSale> audited) {
  std::map<std::tuple<std::string_view, int, int>, AuditGroup> groups;
  for (const AuditedSale& sale : audited) {
    if (!IsSorted(sale.fate)) continue;
    const std::string& county = sales.counties.Name(sales.county[sale.row]);
    const int year = static_cast<int>(FromDays(sales.date[sale.row]).year());
    const int land_class = sales.land_class[sale.row];
    AuditGroup& group = groups[{county, year, land_class}];
    group.county = county;
    group.year = year;
    group.land_class = land_class;
    ++group.counts[static_cast<std::size_t>(sale.fate)];
  }
  std::vector<AuditGroup> list;
  for (auto& [key, group] : groups) list.push_back(std::move(group));
  return list;
}

}  // namespace

std::uint64_t AuditGroup::sales() const {
  std::uint64_t sum = 0;
  for (const std::uint64_t count : counts) sum += count;
  return sum;
}

SalesAudit AuditSales(const SampleTable& sales, const rules::PreparedRules& rules,
                      unsigned threads) {
  SalesAudit audit;
  audit.sales.resize(sales.size());
  const Auditor auditor(sales, rules);
  ForEachIndex((sales.size() + kBlock - 1) / kBlock, threads, [&](std::size_t block) {
    const std::size_t end = std::min(sales.size(), (block + 1) * kBlock);
    for (std::size_t row = block * kBlock; row < end; ++row) audit.sales[row] = auditor.Audit(row);
  });
  for (const AuditedSale& sale : audit.sales) ++audit.counts[static_cast<std::size_t>(sale.fate)];
  audit.groups = GroupsOf(sales, audit.sales);
  return audit;
}

}  // namespace dijia::app
