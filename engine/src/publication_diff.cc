#include "dijia/publication_diff.h"

#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "dijia/base/date.h"

namespace dijia {
namespace {

// A price is found again under it. Zones and streets may change their grade, grades may not.
struct PlaceKey {
  PricePlace place = PricePlace::kGrade;
  int grade = 0;
  std::string name;

  friend auto operator<=>(const PlaceKey&, const PlaceKey&) = default;
};

using StatedPrices = std::map<PlaceKey, StatedPrice>;

StatedPrices PricesOf(const PublishedUse* use) {
  StatedPrices prices;
  if (use == nullptr) return prices;
  for (const PublishedGrade& grade : use->grades) {
    prices[{PricePlace::kGrade, grade.grade, grade.sub_use}] = {
        grade.grade, grade.price, grade.far, std::nullopt, grade.status, grade.method};
  }
  for (const PublishedZone& zone : use->zones) {
    prices[{PricePlace::kZone, 0, zone.zone}] = {zone.grade,   zone.price, zone.far,
                                                 std::nullopt, "",         ""};
  }
  for (const PublishedRoute& route : use->routes) {
    prices[{PricePlace::kRoute, 0, route.route}] = {route.grade,          route.price, std::nullopt,
                                                    route.standard_depth, "",          ""};
  }
  return prices;
}

// The keys of both, ascending, each once.
template <class Map>
auto KeysOf(const Map& a, const Map& b) {
  std::set<typename Map::key_type> keys;
  for (const auto& entry : a) keys.insert(entry.first);
  for (const auto& entry : b) keys.insert(entry.first);
  return keys;
}

template <class Map>
auto FindIn(const Map& map, const typename Map::key_type& key) {
  const auto found = map.find(key);
  return found == map.end() ? nullptr : &found->second;
}

template <class Part>
std::optional<Part> Copied(const Part* part) {
  return part == nullptr ? std::nullopt : std::optional<Part>(*part);
}

DiffKind KindOf(bool was, bool is) {
  if (was == is) return DiffKind::kChanged;
  return is ? DiffKind::kAdded : DiffKind::kDropped;
}

std::string TextOf(const Rounding& rounding) {
  return FormatDecimal(rounding.interval, Rounding::kScale) + " " +
         std::string(CodeOf(rounding.mode));
}

std::string TextOf(const std::optional<Rounding>& rounding) {
  return rounding ? TextOf(*rounding) : std::string();
}

std::string TextOf(const std::vector<MagnitudeRounding>& steps) {
  std::string text;
  for (const MagnitudeRounding& step : steps) {
    if (!text.empty()) text += "; ";
    text += step.from.ToString() + ": " + TextOf(step.rounding);
  }
  return text;
}

std::string TextOf(std::string_view name, const std::vector<std::string>& coefficients) {
  if (coefficients.empty()) return "";
  std::string text = "; " + std::string(name);
  for (const std::string& coefficient : coefficients) text += " " + coefficient;
  return text;
}

std::string TextOf(const PriceFormula& formula) {
  return "sum " + (formula.sum.empty() ? "-" : formula.sum) + TextOf("excess", formula.excess) +
         TextOf("product", formula.product) + TextOf("add", formula.add);
}

bool IsFloorPrice(const Publication& publication) {
  return publication.primary_unit == PriceUnit::kYuanPerSqmFloor;
}

class Differ {
 public:
  Differ(const Publication& before, const Publication& after) : before_(before), after_(after) {}

  PublicationDiff Run() {
    DiffConditions();
    for (const LandUse use : KeysOf(before_.uses, after_.uses)) {
      const PublishedUse* was = FindIn(before_.uses, use);
      const PublishedUse* is = FindIn(after_.uses, use);
      if (was != nullptr && is != nullptr) DiffConditions(use, *was, *is);
      DiffPrices(use, was, is);
      DiffTables(use, was, is);
    }
    return std::move(diff_);
  }

 private:
  void Compare(std::optional<LandUse> use, std::string name, std::string was, std::string is) {
    if (was == is) return;
    diff_.conditions.push_back({use, std::move(name), std::move(was), std::move(is)});
  }

  void DiffConditions() {
    const auto compare = [this](std::string name, std::string was, std::string is) {
      Compare(std::nullopt, std::move(name), std::move(was), std::move(is));
    };
    compare("county", before_.county, after_.county);
    compare("area", before_.area, after_.area);
    compare("base_date", FormatDate(before_.base_date), FormatDate(after_.base_date));
    compare("primary_unit", std::string(CodeOf(before_.primary_unit)),
            std::string(CodeOf(after_.primary_unit)));
    const auto shares = [](const std::optional<ShareBasis>& basis) {
      return basis ? std::string(CodeOf(*basis)) : std::string();
    };
    compare("mixed_use", shares(before_.mixed_use), shares(after_.mixed_use));
    const RoundingPlan &was = before_.rounding, &is = after_.rounding;
    compare("rounding.coefficient", TextOf(was.coefficient), TextOf(is.coefficient));
    compare("rounding.factor_sum", TextOf(was.factor_sum), TextOf(is.factor_sum));
    compare("rounding.months", TextOf(was.months), TextOf(is.months));
    compare("rounding.unit_price", TextOf(was.unit_price), TextOf(is.unit_price));
    compare("rounding.floor_price", TextOf(was.floor_price), TextOf(is.floor_price));
    compare("rounding.total", TextOf(was.total), TextOf(is.total));
    compare("rounding.unit_price_by_magnitude", TextOf(before_.unit_price_by_magnitude),
            TextOf(after_.unit_price_by_magnitude));
  }

  void DiffConditions(LandUse use, const PublishedUse& was, const PublishedUse& is) {
    Compare(use, "name", was.name, is.name);
    Compare(use, "term_years", was.term.ToString(), is.term.ToString());
    Compare(use, "capitalization_rate", was.capitalization_rate.ToString(),
            is.capitalization_rate.ToString());
    Compare(use, "development_level", was.development_level, is.development_level);
    Compare(use, "formula", TextOf(was.formula), TextOf(is.formula));
    const auto frontage = [](const std::optional<PriceFormula>& formula) {
      return formula ? TextOf(*formula) : std::string();
    };
    Compare(use, "frontage_formula", frontage(was.frontage_formula), frontage(is.frontage_formula));
  }

  void DiffPrices(LandUse use, const PublishedUse* was, const PublishedUse* is) {
    const StatedPrices old_prices = PricesOf(was), new_prices = PricesOf(is);
    DiffCounts& counts = diff_.counts[use];
    for (const PlaceKey& key : KeysOf(old_prices, new_prices)) {
      const StatedPrice* old_price = FindIn(old_prices, key);
      const StatedPrice* new_price = FindIn(new_prices, key);
      Count(old_price, new_price, counts);
      const bool are_both = old_price != nullptr && new_price != nullptr;
      if (are_both && *old_price == *new_price) continue;
      diff_.prices.push_back(
          {use, key.place, key.name, KindOf(old_price != nullptr, new_price != nullptr),
           Copied(old_price), Copied(new_price),
           Comparable(old_price, new_price) ? ChangePercent(*old_price->price, *new_price->price)
                                            : std::nullopt});
    }
  }

  bool Comparable(const StatedPrice* was, const StatedPrice* is) const {
    return was != nullptr && is != nullptr && was->price && is->price &&
           IsFloorPrice(before_) == IsFloorPrice(after_);
  }

  void Count(const StatedPrice* was, const StatedPrice* is, DiffCounts& counts) const {
    if (!Comparable(was, is)) {
      ++counts.unlike;
    } else if (*is->price > *was->price) {
      ++counts.raised;
    } else if (*is->price < *was->price) {
      ++counts.lowered;
    } else {
      ++counts.same;
    }
  }

  void DiffTables(LandUse use, const PublishedUse* was, const PublishedUse* is) {
    static const std::map<std::string, CoefficientTable> kNone;
    const auto& old_tables = was == nullptr ? kNone : was->coefficients;
    const auto& new_tables = is == nullptr ? kNone : is->coefficients;
    for (const std::string& name : KeysOf(old_tables, new_tables)) {
      const CoefficientTable* old_table = FindIn(old_tables, name);
      const CoefficientTable* new_table = FindIn(new_tables, name);
      const bool are_both = old_table != nullptr && new_table != nullptr;
      if (are_both && *old_table == *new_table) continue;
      diff_.tables.push_back({use, name, KindOf(old_table != nullptr, new_table != nullptr)});
    }
  }

  const Publication &before_, &after_;
  PublicationDiff diff_;
};

}  // namespace

PublicationDiff DiffPublications(const Publication& before, const Publication& after) {
  return Differ(before, after).Run();
}

std::optional<Percent> ChangePercent(UnitPrice before, UnitPrice after) {
  if (before <= UnitPrice()) return std::nullopt;
  const Int128 rise = Int128{after.units()} - before.units();
  const auto units = RoundQuotient(rise * 100 * Percent::kOne, before.units(), Percent::kOne / 100,
                                   RoundingMode::kHalfUp);
  return units ? std::optional(Percent::FromUnits(*units)) : std::nullopt;
}

}  // namespace dijia
