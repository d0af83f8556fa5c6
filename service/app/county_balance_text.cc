#include "app/county_balance_text.h"

#include <cmath>
#include <string>
#include <utility>

#include "dijia/base/codes.h"

namespace dijia::app {
namespace {

using json::Value;

Value Figure(double value) { return std::isfinite(value) ? Value::Double(value) : Value(); }

Value TermsOf(const UseBalance& balance) {
  Value::Array terms;
  for (std::size_t i = 0; i < balance.estimates.size(); ++i) {
    const TermEstimate& estimate = balance.estimates[i];
    Value value(Value::Object{});
    value.Add("term", Value(balance.terms[i]));
    value.Add("value", Figure(estimate.value));
    value.Add("standard_error", Figure(estimate.standard_error));
    value.Add("t", Figure(estimate.t));
    value.Add("p", Figure(estimate.p));
    terms.push_back(std::move(value));
  }
  return Value(std::move(terms));
}

Value PriceOf(const BalancedPrice& price, const Publication& publication, bool is_judged) {
  Value value(Value::Object{});
  value.Add("county", Value(publication.county));
  value.Add("publication", Value(publication.id));
  value.Add("grade", Value::Integer(price.grade));
  value.Add("price_yuan_per_sqm", Value(Value::Number{price.price.ToString()}));
  if (!is_judged) return value;
  value.Add("expected_yuan_per_sqm", Figure(price.expected));
  value.Add("residual_percent", Figure(100.0 * price.residual));
  value.Add("studentized", Figure(price.studentized));
  value.Add("flagged", Value(price.is_flagged));
  return value;
}

}  // namespace

Value CountyBalanceJson(std::span<const Publication> publications,
                        std::span<const UseBalance> balances) {
  Value::Array uses;
  for (const UseBalance& balance : balances) {
    Value value(Value::Object{});
    value.Add("use", Value::Text(CodeOf(balance.use)));
    if (balance.fault) {
      value.Add("fault", Value(CodeId(balance.fault->code) + " " + balance.fault->detail));
    } else {
      value.Add("terms", TermsOf(balance));
      value.Add("r_squared", Figure(balance.r_squared));
    }
    Value::Array prices;
    for (const BalancedPrice& price : balance.prices) {
      prices.push_back(PriceOf(price, publications[price.publication], !balance.fault));
    }
    value.Add("prices", Value(std::move(prices)));
    uses.push_back(std::move(value));
  }
  Value document(Value::Object{});
  document.Add("uses", Value(std::move(uses)));
  return document;
}

}  // namespace dijia::app
