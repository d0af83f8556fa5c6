#include "http/boundary.h"

#include <algorithm>

#include "dijia/base/codes.h"
#include "http/accept.h"
#include "http/access.h"
#include "http/router.h"

namespace dijia::http {
namespace {

Response AnswerOptions(const Exchange& exchange) {
  Response response;
  response.status = 204;
  response.headers.emplace_back("Allow",
                                AllowedMethods(exchange.service.routes, exchange.request.path));
  return response;
}

Response Dispatch(Exchange& exchange) {
  const Route* route = FindRoute(exchange);
  if (route == nullptr) return AnswerOptions(exchange);
  Authorise(exchange, *route);
  RefuseUnknownParameters(*route, exchange.request);
  if (route->needs_rules && exchange.rules == nullptr) throw Refused(503, Code::kServiceBusy);
  return route->handler(exchange);
}

// Who was not let in, and where: for those who keep watch.
void LogDenial(const Problem& problem, const Exchange& exchange) {
  const std::string status = std::to_string(problem.status), code = CodeId(problem.reason.code);
  const std::string address = ClientAddress(exchange);
  exchange.service.log.Event(LogLevel::kWarning, "denied",
                             {{"id", exchange.id},
                              {"method", exchange.request.method},
                              {"path", exchange.request.path},
                              {"status", status},
                              {"code", code},
                              {"key", exchange.caller ? exchange.caller->key : "-"},
                              {"address", address}});
}

Response Refusal(const Refused& refused, const Exchange& exchange) {
  const int status = refused.problem().status;
  if (status == 401 || status == 403 || status == 429) LogDenial(refused.problem(), exchange);
  return ProblemResponse(refused.problem(), exchange.language, exchange.request.path, exchange.id);
}

Response Fault(const Exchange& exchange, std::string_view what) {
  exchange.service.log.Event(LogLevel::kError, "fault", {{"id", exchange.id}, {"what", what}});
  return Refusal(Refused(500, Code::kServiceFault, {exchange.id}), exchange);
}

}  // namespace

Response ProblemResponse(const Problem& problem, Language language, std::string_view instance,
                         std::string_view request_id) {
  Response response;
  response.status = problem.status;
  response.content_type = "application/problem+json";
  response.headers = problem.headers;
  const bool says_when = std::ranges::any_of(
      problem.headers, [](const auto& header) { return header.first == "Retry-After"; });
  if (problem.status == 503 && !says_when) response.headers.emplace_back("Retry-After", "1");
  response.text = ProblemDocument(problem, language, instance, request_id);
  return response;
}

Response Answer(Exchange& exchange) {
  try {
    return Dispatch(exchange);
  } catch (const Refused& refused) {
    return Refusal(refused, exchange);
  } catch (const ConnectionLost&) {
    throw;
  } catch (const std::exception& exception) {
    return Fault(exchange, exception.what());
  } catch (...) {
    return Fault(exchange, "unknown");
  }
}

}  // namespace dijia::http
