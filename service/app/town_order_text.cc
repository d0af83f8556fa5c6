#include "app/town_order_text.h"

#include <utility>

namespace dijia::app {
namespace {

using json::Value;

Value PriceValue(const TownPrice& price, std::span<const Publication> publications) {
  Value value(Value::Object{});
  value.Add("publication", Value(publications[price.publication].id));
  value.Add("grade", Value::Integer(price.grade));
  value.Add("price_yuan_per_sqm", Value(Value::Number{price.price.ToString()}));
  value.Add("fitted_yuan_per_sqm", Value::Double(price.fitted));
  value.Add("ordered_yuan_per_sqm", Value(Value::Number{price.ordered.ToString()}));
  return value;
}

Value PairsValue(const TownOrder& order) {
  Value::Array pairs;
  for (std::size_t i = 0; i < order.pairs.size(); ++i) {
    Value value(Value::Object{});
    value.Add("above", Value::Unsigned(order.pairs[i].above));
    value.Add("below", Value::Unsigned(order.pairs[i].below));
    value.Add("multiplier", Value::Double(order.certificate.multipliers[i]));
    pairs.push_back(std::move(value));
  }
  return Value(std::move(pairs));
}

}  // namespace

Value TownOrderJson(std::span<const Publication> publications, std::span<const TownOrder> orders) {
  Value::Array ids;
  for (const Publication& publication : publications) ids.emplace_back(publication.id);
  Value::Array uses;
  for (const TownOrder& order : orders) {
    Value value(Value::Object{});
    value.Add("use", Value::Text(CodeOf(order.use)));
    value.Add("sub_use", Value(order.sub_use));
    value.Add("in_order", Value(order.is_in_order()));
    Value::Array prices;
    for (const TownPrice& price : order.prices) prices.push_back(PriceValue(price, publications));
    value.Add("prices", Value(std::move(prices)));
    value.Add("pairs", PairsValue(order));
    uses.push_back(std::move(value));
  }
  Value document(Value::Object{});
  document.Add("publications", Value(std::move(ids)));
  document.Add("orders", Value(std::move(uses)));
  return document;
}

}  // namespace dijia::app
