#include "dijia/publication_impact.h"

#include <algorithm>

#include "dijia/prepared_valuation.h"
#include "dijia/publication_diff.h"
#include "dijia/valuation.h"

namespace dijia {
namespace {

struct Price {
  UnitPrice unit_price;
  std::optional<Money> total;
};

}  // namespace

// Prices of one publication: by columns where a parcel is plain, else step by step.
class ImpactStudy::Pricer {
 public:
  explicit Pricer(const Publication& publication)
      : publication_(publication), prepared_(publication), valuer_(prepared_) {
    prices_.Resize(1);
  }

  std::optional<Price> PriceOf(const Parcel& parcel) {
    ParcelColumns row = prepared_.MakeColumns(1);
    if (prepared_.Put(parcel, 0, row) && valuer_.Value(row, 0, 1, prices_) == 1) {
      const std::int64_t total = prices_.total[0];
      return Price{UnitPrice::FromUnits(prices_.unit_price[0]),
                   total == ParcelColumns::kNotKnown ? std::nullopt
                                                     : std::optional(Money::FromUnits(total))};
    }
    const Valuation valuation = ValueParcel(parcel, publication_);
    if (!valuation.unit_price) return std::nullopt;
    return Price{*valuation.unit_price, valuation.total};
  }

 private:
  const Publication& publication_;
  const PreparedValuation prepared_;
  ColumnValuer valuer_;
  ColumnPrices prices_;
};

namespace {

void AddPrices(const Price& before, const Price& after, ImpactTotals& totals) {
  const auto change = ChangePercent(before.unit_price, after.unit_price);
  if (after.unit_price > before.unit_price) {
    ++totals.raised;
    totals.largest_rise = std::max(totals.largest_rise, change);
  } else if (after.unit_price < before.unit_price) {
    ++totals.lowered;
    if (!totals.largest_fall || change < totals.largest_fall) totals.largest_fall = change;
  } else {
    ++totals.same;
  }
  if (!before.total || !after.total) return;
  ++totals.with_total;
  totals.old_total = totals.old_total + *before.total;
  totals.new_total = totals.new_total + *after.total;
}

}  // namespace

ImpactStudy::ImpactStudy(const Publication& before, const Publication& after)
    : before_(std::make_unique<Pricer>(before)), after_(std::make_unique<Pricer>(after)) {}
ImpactStudy::~ImpactStudy() = default;

void ImpactStudy::Add(const Parcel& parcel) {
  ImpactTotals& totals = impact_[{parcel.site.use, parcel.site.grade}];
  const auto before = before_->PriceOf(parcel);
  const auto after = after_->PriceOf(parcel);
  if (before && after) {
    AddPrices(*before, *after, totals);
  } else {
    ++totals.not_valued;
  }
}

}  // namespace dijia
