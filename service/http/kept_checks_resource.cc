// Checks that were kept.
#include <array>
#include <charconv>
#include <string>
#include <utility>

#include "app/publication_desk.h"
#include "dijia/base/codes.h"
#include "http/access.h"
#include "http/changes.h"
#include "http/query.h"
#include "http/resources.h"
#include "json/text.h"

namespace dijia::http {
namespace {

constexpr std::size_t kMost = 1000;  // in one answer

std::size_t LimitOf(const Request& request) {
  const std::string* text = request.Parameter("limit");
  if (text == nullptr) return app::KeptCheckQuery().most;
  std::size_t limit = 0;
  const char* const end = text->data() + text->size();
  const auto read = std::from_chars(text->data(), end, limit);
  if (read.ec == std::errc() && read.ptr == end && limit > 0 && limit <= kMost) return limit;
  throw Refused(400, Code::kQueryValue, {"limit", *text, "1 – " + std::to_string(kMost)});
}

std::string DayOf(const Request& request, std::string_view name) {
  const auto day = DateParameter(request, name);
  return day ? FormatDate(*day) : "";
}

// The text before the hyphen.
std::string CountyOf(const std::string& id) { return id.substr(0, id.find('-')); }

Response Uncached(const json::Value& document) {
  Response response;
  response.headers.emplace_back("Cache-Control", "no-store");
  response.text = json::ToLine(document);
  return response;
}

}  // namespace

Response ListKeptChecks(Exchange& exchange) {
  const Request& request = exchange.request;
  app::KeptCheckQuery query;
  query.county = TextParameter(request, "county");
  if (query.county.empty() && exchange.caller) query.county = exchange.caller->county;
  RequireCounty(exchange, query.county);
  const auto verdict = CodeParameter<rules::Verdict>(request, "verdict");
  if (verdict) query.verdict = CodeOf(*verdict);
  query.from = DayOf(request, "from");
  query.until = DayOf(request, "until");
  query.after = TextParameter(request, "after");
  query.most = LimitOf(request);
  return exchange.service.changes.Look(
      [&](app::PublicationDesk& desk) { return Uncached(desk.KeptChecks(query)); });
}

Response ShowKeptCheck(Exchange& exchange) {
  RequireCounty(exchange, CountyOf(exchange.argument));
  return exchange.service.changes.Look([&](app::PublicationDesk& desk) {
    const auto kept = desk.KeptCheck(exchange.argument);
    if (!kept) throw Refused(404, Code::kCheckUnknown, {exchange.argument});
    return Uncached(*kept);
  });
}

}  // namespace dijia::http
