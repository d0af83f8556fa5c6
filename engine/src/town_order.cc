#include "dijia/town_order.h"

#include <algorithm>
#include <map>
#include <utility>

#include "price_rounding.h"

namespace dijia {
namespace {

// A fitted price as its publication would round it; a fit that stands still keeps the price itself.
UnitPrice Ordered(const Publication& publication, const TownPrice& price) {
  if (price.fitted == ToDouble(price.price)) return price.price;
  const Rounding rounding = RoundingOf(publication, ExactNumber::Of(price.price), ExactNumber(1, 0))
                                .value_or(Rounding{RoundingMode::kHalfUp, 100});
  // A mean of prices stays in their type.
  return FromDouble<UnitPrice>(price.fitted, rounding).value_or(price.price);
}

void Fit(std::span<const Publication> publications, TownOrder& order) {
  std::vector<GridCell> cells;
  std::vector<double> values;
  for (const TownPrice& price : order.prices) {
    cells.push_back({static_cast<int>(price.publication), price.grade});
    values.push_back(ToDouble(price.price));
  }
  order.pairs = GridPairs(cells);
  Result<PartialOrderFit> fit = FitPartialOrder(values, {}, order.pairs);
  order.certificate = std::move(fit->certificate);
  for (std::size_t i = 0; i < order.prices.size(); ++i) {
    TownPrice& price = order.prices[i];
    price.fitted = fit->fitted[i];
    price.ordered = Ordered(publications[price.publication], price);
  }
}

}  // namespace

bool TownOrder::is_in_order() const {
  return std::ranges::all_of(pairs, [this](const OrderPair& pair) {
    return prices[pair.above].price >= prices[pair.below].price;
  });
}

std::vector<TownOrder> OrderTowns(std::span<const Publication> publications) {
  std::map<std::pair<LandUse, std::string>, TownOrder> by_use;
  for (std::size_t i = 0; i < publications.size(); ++i) {
    for (const auto& [use, published] : publications[i].uses) {
      for (const PublishedGrade& grade : published.grades) {
        if (!grade.price) continue;
        TownOrder& order = by_use[{use, grade.sub_use}];
        order.prices.push_back({i, grade.grade, *grade.price, 0.0, *grade.price});
      }
    }
  }
  std::vector<TownOrder> orders;
  for (auto& [key, order] : by_use) {
    order.use = key.first;
    order.sub_use = key.second;
    std::ranges::sort(order.prices, [](const TownPrice& a, const TownPrice& b) {
      return std::pair(a.publication, a.grade) < std::pair(b.publication, b.grade);
    });
    Fit(publications, order);
    orders.push_back(std::move(order));
  }
  return orders;
}

}  // namespace dijia
