#include "http/json_body.h"

#include <array>
#include <utility>

#include "dijia/base/codes.h"
#include "http/media_type.h"
#include "json/text.h"

namespace dijia::http {

std::string ReadJsonText(Exchange& exchange, std::uint64_t most) {
  constexpr std::array<std::string_view, 1> kTypes{kJson};
  BodyType(exchange.request, kTypes);
  return exchange.body.ReadWhole(most);
}

json::Value ParseJsonText(std::string_view text) {
  Problem problem;
  auto value = json::ParseJson(text, "", problem.errors);
  if (value) return *std::move(value);
  problem.status = 400;
  problem.reason = {Code::kBodyNotReadable, {}, {}};
  throw Refused(std::move(problem));
}

json::Value ReadJsonBody(Exchange& exchange) {
  return ParseJsonText(ReadJsonText(exchange, exchange.service.limits.body_bytes));
}

}  // namespace dijia::http
