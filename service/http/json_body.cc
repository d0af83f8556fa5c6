#include "http/json_body.h"

#include <array>
#include <utility>

#include "dijia/base/codes.h"
#include "http/media_type.h"
#include "json/text.h"

namespace dijia::http {

json::Value ReadJsonBody(Exchange& exchange) {
  constexpr std::array<std::string_view, 1> kTypes{kJson};
  BodyType(exchange.request, kTypes);
  const std::string text = exchange.body.ReadWhole(exchange.service.limits.body_bytes);
  Problem problem;
  auto value = json::ParseJson(text, "", problem.errors);
  if (value) return *std::move(value);
  problem.status = 400;
  problem.reason = {Code::kBodyNotReadable, {}, {}};
  throw Refused(std::move(problem));
}

}  // namespace dijia::http
