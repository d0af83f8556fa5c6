#include <array>

#include "dijia/base/codes.h"
#include "http/json_body.h"
#include "http/media_type.h"
#include "http/resources.h"
#include "json/check_codec.h"

namespace dijia::http {
namespace {

constexpr std::array<std::string_view, 1> kTypes{kJson};

// Nothing of the body is judged unless all of it is right.
rules::ReservePriceCase ReadBody(Exchange& exchange) {
  const json::Value value = ReadJsonBody(exchange);
  Problem problem;
  rules::ReservePriceCase the_case =
      json::ReadCase(value, exchange.rules->pack(), "", problem.errors);
  if (problem.errors.has_errors()) {
    problem.status = 422;
    problem.reason = {Code::kCaseRefused, {}, {std::to_string(problem.errors.errors())}};
    throw Refused(std::move(problem));
  }
  return the_case;
}

}  // namespace

bool WantsInverse(const Request& request) {
  const std::string* value = request.Parameter("inverse");
  if (value == nullptr || *value == "0") return false;
  if (*value != "1") throw Refused(400, Code::kQueryValue, {"inverse", *value, "0, 1"});
  return true;
}

Response CheckOne(Exchange& exchange) {
  AnswerType(exchange.request, kTypes);
  const rules::ReservePriceCase the_case = ReadBody(exchange);
  const bool inverse = WantsInverse(exchange.request);
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
  return response;
}

}  // namespace dijia::http
