#include <array>
#include <string>
#include <utility>

#include "app/publication_desk.h"
#include "dijia/base/codes.h"
#include "http/access.h"
#include "http/changes.h"
#include "http/json_body.h"
#include "http/media_type.h"
#include "http/resources.h"
#include "json/check_codec.h"
#include "json/text.h"

namespace dijia::http {
namespace {

constexpr std::array<std::string_view, 1> kTypes{kJson};

// Nothing of the body is judged unless all of it is right.
rules::ReservePriceCase ReadCase(const Exchange& exchange, std::string_view body) {
  Problem problem;
  rules::ReservePriceCase the_case =
      json::ReadCase(ParseJsonText(body), exchange.rules->pack(), "", problem.errors);
  if (problem.errors.has_errors()) {
    problem.status = 422;
    problem.reason = {Code::kCaseRefused, {}, {std::to_string(problem.errors.errors())}};
    throw Refused(std::move(problem));
  }
  return the_case;
}

// `?NAME=1` or 0; 0 when it is not there.
bool FlagParameter(const Request& request, const char* name) {
  const std::string* value = request.Parameter(name);
  if (value == nullptr || *value == "0") return false;
  if (*value != "1") throw Refused(400, Code::kQueryValue, {name, *value, "0, 1"});
  return true;
}

// The county that a check is kept under. Throws Refused where it cannot be kept.
void RequireKeeping(const Exchange& exchange, const rules::ReservePriceCase& the_case) {
  if (!exchange.service.changes.has_store()) throw Refused(409, Code::kNoStoreToKeep);
  RequireCaller(exchange);
  RequireRole(exchange, app::Role::kClerk);
  const rules::RulePack& pack = exchange.rules->pack();
  const auto fact = pack.FindFact("county");
  const std::string county = fact ? FormatFact(pack.facts[*fact], the_case.values[*fact]) : "";
  if (county.empty()) {
    Problem problem{422, {Code::kCheckWithoutCounty, {}, {the_case.case_id}}, {}, {}};
    problem.errors.Add(Code::kCheckWithoutCounty, {"", 0, 0, "/county"}, {the_case.case_id});
    throw Refused(std::move(problem));
  }
  RequireCounty(exchange, county);
}

Response Keep(const Exchange& exchange, const std::string& body, rules::ReservePriceCase the_case,
              Response response) {
  app::CheckOfCaller kept;
  kept.check = CheckReservePrice(the_case, *exchange.rules);
  kept.the_case = std::move(the_case);
  kept.rules = exchange.rules;
  kept.given = body;
  kept.doer = {exchange.caller->name, ""};
  return exchange.service.changes.Keep(
      exchange, body, std::move(kept), [&response](const json::Value& entry) {
        Response answer = response;
        answer.text.pop_back();  // the brace that ends the check
        answer.text += ", \"kept\": " + json::ToLine(entry) + "}";
        answer.headers.emplace_back("Location", "/v1/kept-checks/" + *entry.Find("id")->text());
        answer.headers.emplace_back("Cache-Control", "no-store");
        return answer;
      });
}

}  // namespace

bool WantsInverse(const Request& request) { return FlagParameter(request, "inverse"); }

Response CheckOne(Exchange& exchange) {
  AnswerType(exchange.request, kTypes);
  const bool inverse = WantsInverse(exchange.request);
  const bool keep = FlagParameter(exchange.request, "keep");
  const std::string body = ReadJsonText(exchange, exchange.service.limits.body_bytes);
  rules::ReservePriceCase the_case = ReadCase(exchange, body);
  if (keep) RequireKeeping(exchange, the_case);
  Response response;
  rules::Verdict verdict;
  if (inverse) {
    const rules::ReservePriceCheck check = CheckReservePrice(the_case, *exchange.rules);
    const rules::Inverse lawful = InvertReservePrice(the_case, *exchange.rules);
    json::AppendCheck(check, exchange.rules->pack(), exchange.language, response.text, &lawful);
    verdict = check.verdict;
  } else {
    verdict =
        exchange.service.checks.Append(the_case, exchange.rules, exchange.language, response.text);
  }
  exchange.service.metrics.Judged(verdict);
  if (!keep) return response;
  return Keep(exchange, body, std::move(the_case), std::move(response));
}

}  // namespace dijia::http
