// What those who run the service ask for.
#include "app/version.h"
#include "dijia/base/codes.h"
#include "http/resources.h"
#include "json/text.h"

namespace dijia::http {
namespace {

using json::Value;

Response NoStore(Response response) {
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

}  // namespace

Response IsAlive(Exchange&) {
  Response response;
  Value value{Value::Object()};
  value.Add("status", Value::Text("alive"));
  value.Add("version", Value::Text(app::Version()));
  response.text = json::ToLine(value);
  return NoStore(std::move(response));
}

Response IsReady(Exchange& exchange) {
  if (exchange.service.stopping) throw Refused(503, Code::kServiceStopping);
  if (exchange.rules == nullptr) throw Refused(503, Code::kServiceBusy);
  const rules::RulePack& pack = exchange.rules->pack();
  Response response;
  Value value{Value::Object()}, identity{Value::Object()};
  value.Add("status", Value::Text("ready"));
  identity.Add("id", Value::Text(pack.id));
  identity.Add("version", Value::Text(pack.version));
  identity.Add("sha256", Value::Text(pack.sha256));
  value.Add("rule_pack", std::move(identity));
  response.text = json::ToLine(value);
  return NoStore(std::move(response));
}

Response ShowMetrics(Exchange& exchange) {
  Response response;
  response.content_type = "text/plain; version=0.0.4; charset=utf-8";
  response.text =
      exchange.service.metrics.Text(exchange.rules == nullptr ? nullptr : &exchange.rules->pack(),
                                    exchange.service.prices.Now()->known.size());
  return NoStore(std::move(response));
}

}  // namespace dijia::http
