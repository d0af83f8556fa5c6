#include <algorithm>
#include <optional>
#include <vector>

#include "dijia/base/codes.h"
#include "dijia/base/date.h"
#include "dijia/base/names.h"
#include "http/query.h"
#include "http/resources.h"
#include "json/rules_writer.h"
#include "json/text.h"

namespace dijia::http {
namespace {

// The day of `?as_of=`.
std::optional<Days> AsOf(const Request& request) {
  const std::optional<Date> date = DateParameter(request, "as_of");
  return date ? std::optional(ToDays(*date)) : std::nullopt;
}

std::string LanguageKey(const Exchange& exchange, const std::string& name) {
  return name + (exchange.language == Language::kZh ? " zh" : " en");
}

std::string RuleIds(const rules::RulePack& pack) {
  std::vector<std::string_view> ids;
  for (const rules::Clause& clause : pack.clauses) ids.push_back(clause.rule);
  std::ranges::sort(ids);
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return JoinNames(ids);
}

}  // namespace

Response ListRules(Exchange& exchange) {
  const std::optional<Days> as_of = AsOf(exchange.request);
  const auto make = [&] {
    return json::ToLine(json::WriteRules(exchange.rules->pack(), as_of, exchange.language));
  };
  Response response;
  response.headers.emplace_back("Cache-Control", "no-cache");
  if (as_of) {
    response.text = make();
  } else {
    response.document =
        exchange.service.documents.Get(LanguageKey(exchange, "rules"), exchange.rules, make);
  }
  return response;
}

Response ShowRule(Exchange& exchange) {
  const rules::RulePack& pack = exchange.rules->pack();
  const json::Value rule =
      json::WriteRule(pack, exchange.argument, AsOf(exchange.request), exchange.language);
  if (rule.is_null()) {
    throw Refused(404, Code::kRuleNotFound, {exchange.argument, RuleIds(pack)});
  }
  Response response;
  response.headers.emplace_back("Cache-Control", "no-cache");
  response.text = json::ToLine(rule);
  return response;
}

}  // namespace dijia::http
