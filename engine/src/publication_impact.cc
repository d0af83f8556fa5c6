#include "dijia/publication_impact.h"

#include <algorithm>
#include <cstdint>
#include <set>
#include <utility>

#include "dijia/base/rounding.h"
#include "dijia/prepared_valuation.h"
#include "dijia/publication_diff.h"
#include "dijia/valuation.h"

namespace dijia {
namespace {

struct Price {
  std::optional<UnitPrice> unit_price;  // none = withheld
  std::optional<Money> total = {};
  std::vector<Diagnostic> missing = {};
};

}  // namespace

// Prices of one publication: by columns where a parcel is plain, else step by step.
class ImpactStudy::Pricer {
 public:
  explicit Pricer(const Publication& publication)
      : publication_(publication), prepared_(publication), valuer_(prepared_) {
    prices_.Resize(1);
  }

  Price PriceOf(const Parcel& parcel) {
    ParcelColumns row = prepared_.MakeColumns(1);
    if (prepared_.Put(parcel, 0, row) && valuer_.Value(row, 0, 1, prices_) == 1) {
      const std::int64_t total = prices_.total[0];
      return {UnitPrice::FromUnits(prices_.unit_price[0]),
              total == ParcelColumns::kNotKnown ? std::nullopt
                                                : std::optional(Money::FromUnits(total))};
    }
    Valuation valuation = ValueParcel(parcel, publication_);
    if (!valuation.unit_price) return {std::nullopt, std::nullopt, std::move(valuation.missing)};
    return {valuation.unit_price, valuation.total};
  }

 private:
  const Publication& publication_;
  const PreparedValuation prepared_;
  ColumnValuer valuer_;
  ColumnPrices prices_;
};

namespace {

// (to − from) / from in hundredths, rounded to a multiple of `interval` units; none where there is
// no `from`.
std::optional<std::int64_t> ChangeUnits(std::int64_t from, std::int64_t to, std::int64_t interval) {
  if (from <= 0) return std::nullopt;
  const Int128 rise = Int128{to} - from;
  return RoundQuotient(rise * 100 * Percent::kOne, from, interval, RoundingMode::kHalfUp);
}

constexpr std::int64_t kHundredth = Percent::kOne / 100;  // 0.01 %

void AddChange(const ParcelImpact& parcel, ImpactTotals& totals) {
  const auto change =
      ChangeUnits(parcel.old_price->units(), parcel.new_price->units(), std::int64_t{1});
  if (change) {
    ++totals.with_change;
    totals.changes += *change;
  }
  if (parcel.kind == ImpactKind::kRaised) {
    totals.largest_rise = std::max(totals.largest_rise, parcel.change);
  } else if (parcel.kind == ImpactKind::kLowered) {
    if (!totals.largest_fall || parcel.change < totals.largest_fall) {
      totals.largest_fall = parcel.change;
    }
  }
}

void AddMoney(Money before, Money after, ImpactTotals& totals) {
  ++totals.with_total;
  totals.old_total = totals.old_total + before;
  totals.new_total = totals.new_total + after;
  if (after > before) totals.more = totals.more + (after - before);
  if (after < before) totals.less = totals.less + (before - after);
}

void AddParcel(const ParcelImpact& parcel, ImpactTotals& totals) {
  totals.raised += parcel.kind == ImpactKind::kRaised;
  totals.lowered += parcel.kind == ImpactKind::kLowered;
  totals.same += parcel.kind == ImpactKind::kSame;
  totals.not_valued += parcel.kind == ImpactKind::kNotValued;
  if (parcel.kind == ImpactKind::kNotValued) return;
  AddChange(parcel, totals);
  if (parcel.old_total && parcel.new_total) {
    AddMoney(*parcel.old_total, *parcel.new_total, totals);
  }
}

ImpactKind KindOf(UnitPrice before, UnitPrice after) {
  if (after > before) return ImpactKind::kRaised;
  return after < before ? ImpactKind::kLowered : ImpactKind::kSame;
}

bool SaysTheSame(const Diagnostic& one, const Diagnostic& other) {
  return one.code == other.code && one.where.field == other.where.field &&
         one.arguments == other.arguments;
}

ParcelImpact Compare(Price before, Price after) {
  ParcelImpact parcel;
  parcel.old_price = before.unit_price, parcel.old_total = before.total;
  parcel.new_price = after.unit_price, parcel.new_total = after.total;
  if (!before.unit_price || !after.unit_price) {
    parcel.missing = std::move(before.missing);
    for (Diagnostic& one : after.missing) {
      const auto is_told = [&one](const Diagnostic& told) { return SaysTheSame(told, one); };
      if (std::ranges::none_of(parcel.missing, is_told)) parcel.missing.push_back(std::move(one));
    }
    return parcel;
  }
  parcel.kind = KindOf(*before.unit_price, *after.unit_price);
  parcel.change = ChangePercent(*before.unit_price, *after.unit_price);
  return parcel;
}

void CountReasons(const ParcelImpact& parcel, std::map<Code, Withheld>& withheld) {
  std::set<Code> counted;
  for (const Diagnostic& reason : parcel.missing) {
    Withheld& one = withheld[reason.code];
    if (one.parcels == 0) one.first = reason;
    if (counted.insert(reason.code).second) ++one.parcels;
  }
}

bool IsElsewhere(const Parcel& parcel, const Publication& publication) {
  return (!parcel.county.empty() && parcel.county != publication.county) ||
         (!parcel.area.empty() && parcel.area != publication.area);
}

std::optional<Percent> PercentOf(const std::optional<std::int64_t>& units) {
  return units ? std::optional(Percent::FromUnits(*units)) : std::nullopt;
}

}  // namespace

std::optional<Percent> ImpactTotals::mean_change() const {
  if (with_change == 0) return std::nullopt;
  return PercentOf(RoundQuotient(changes, static_cast<std::int64_t>(with_change), kHundredth,
                                 RoundingMode::kHalfUp));
}

std::optional<Percent> ImpactTotals::total_change() const {
  return PercentOf(ChangeUnits(old_total.units(), new_total.units(), kHundredth));
}

ImpactTotals& ImpactTotals::operator+=(const ImpactTotals& other) {
  raised += other.raised;
  lowered += other.lowered;
  same += other.same;
  not_valued += other.not_valued;
  largest_rise = std::max(largest_rise, other.largest_rise);
  if (!largest_fall || (other.largest_fall && *other.largest_fall < *largest_fall)) {
    largest_fall = other.largest_fall;
  }
  with_change += other.with_change;
  changes += other.changes;
  with_total += other.with_total;
  old_total = old_total + other.old_total;
  new_total = new_total + other.new_total;
  more = more + other.more;
  less = less + other.less;
  return *this;
}

std::map<std::optional<LandUse>, ImpactTotals> Impact::by_use() const {
  std::map<std::optional<LandUse>, ImpactTotals> uses;
  for (const auto& [group, totals] : groups) uses[group.use] += totals;
  return uses;
}

ImpactTotals Impact::total() const {
  ImpactTotals all;
  for (const auto& [group, totals] : groups) all += totals;
  return all;
}

ImpactStudy::ImpactStudy(const Publication& before, const Publication& after)
    : publication_(after),
      before_(std::make_unique<Pricer>(before)),
      after_(std::make_unique<Pricer>(after)) {}
ImpactStudy::~ImpactStudy() = default;

ParcelImpact ImpactStudy::Add(const Parcel& parcel) {
  if (IsElsewhere(parcel, publication_)) {
    ++impact_.elsewhere;
    ParcelImpact elsewhere;
    elsewhere.kind = ImpactKind::kElsewhere;
    return elsewhere;
  }
  ParcelImpact compared = Compare(before_->PriceOf(parcel), after_->PriceOf(parcel));
  AddParcel(compared, impact_.groups[{parcel.site.use, parcel.site.grade}]);
  CountReasons(compared, impact_.withheld);
  return compared;
}

}  // namespace dijia
