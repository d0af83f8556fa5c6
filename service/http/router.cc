#include "http/router.h"

#include <algorithm>
#include <array>
#include <optional>

#include "dijia/base/codes.h"
#include "http/resources.h"

namespace dijia::http {
namespace {

using enum Guard;
using enum app::Role;

constexpr Route kRoutes[] = {
    {"POST", "/v1/reserve-price-checks", CheckOne, "inverse", true, kOnceKeys, kViewer},
    {"POST", "/v1/reserve-price-checks/batch", CheckBatch, "inverse", true, kOnceKeys, kViewer},
    {"POST", "/v1/valuations", ValueOne, "", true, kOnceKeys, kViewer},
    {"POST", "/v1/valuations/batch", ValueBatch, "", true, kOnceKeys, kViewer},
    {"GET", "/v1/publications", ListPublications, "county as_of status known_at", false, kOnceKeys,
     kViewer},
    {"POST", "/v1/publications", ImportPublication, "", false, kAlways, kClerk},
    {"GET", "/v1/publications/{id}", ShowPublication, "county known_at", false, kOnceKeys, kViewer},
    {"GET", "/v1/publications/{id}/grade-prices", ShowGradePrices, "county known_at use grade zone",
     false, kOnceKeys, kViewer},
    {"GET", "/v1/publications/{id}/diff", ShowDifferences, "against county known_at", false,
     kOnceKeys, kViewer},
    {"GET", "/v1/publications/{id}/zones", ShowZones, "county known_at", false, kOnceKeys, kViewer},
    {"GET", "/v1/publications/{id}/transitions", ShowTransitions, "county", false, kOnceKeys,
     kClerk},
    // A clerk submits; the other steps want an approver (changes_resource.cc).
    {"POST", "/v1/publications/{id}/transitions", MovePublication, "county", false, kAlways,
     kClerk},
    {"GET", "/v1/audit", ShowAudit, "county", false, kOnceKeys, kAdmin},
    {"GET", "/v1/refresh-status", ShowRefreshStatus, "as_of county", true, kOnceKeys, kViewer},
    {"GET", "/v1/rules", ListRules, "as_of", true, kOnceKeys, kViewer},
    {"GET", "/v1/rules/{id}", ShowRule, "as_of", true, kOnceKeys, kViewer},
    {"GET", "/v1/codes", ListCodes, "", true, kOnceKeys, kViewer},
    {"GET", "/v1/counties", ListCounties, "", false, kOnceKeys, kViewer},
    {"GET", "/ogc", ShowFeatureService, "", false, kOnceKeys, kViewer},
    {"GET", "/ogc/conformance", ShowConformance, "", false, kOnceKeys, kViewer},
    {"GET", "/ogc/collections", ListCollections, "", false, kOnceKeys, kViewer},
    {"GET", "/ogc/collections/{id}", ShowCollection, "", false, kOnceKeys, kViewer},
    {"GET", "/ogc/collections/{id}/items", ListFeatures,
     "bbox datetime limit offset use grade zone", false, kOnceKeys, kViewer},
    {"GET", "/ogc/collections/{id}/items/{feature}", ShowFeature, "", false, kOnceKeys, kViewer},
    {"GET", "/healthz", IsAlive, "", false, kNever, kViewer},
    {"GET", "/readyz", IsReady, "", false, kNever, kViewer},
    {"GET", "/metrics", ShowMetrics, "", false, kFromAfar, kViewer},
    {"GET", "/openapi.json", ShowOpenApi, "", true, kNever, kViewer},
    {"GET", "/", ShowPage, "", false, kNever, kViewer},
    {"GET", "/assets/{file}", ShowPage, "", false, kNever, kViewer},
};

std::string_view TakeSegment(std::string_view& path) {
  const std::size_t end = std::min(path.find('/', 1), path.size());
  const std::string_view segment = path.substr(0, end);
  path.remove_prefix(end);
  return segment;
}

// What the segments in braces of the pattern, at most two, stand for in the path; nothing when the
// path does not match.
using Arguments = std::array<std::string_view, 2>;
std::optional<Arguments> Match(std::string_view pattern, std::string_view path) {
  Arguments arguments;
  std::size_t found = 0;
  while (!pattern.empty() && !path.empty()) {
    const std::string_view wanted = TakeSegment(pattern), given = TakeSegment(path);
    if (!wanted.starts_with("/{")) {
      if (wanted != given) return std::nullopt;
    } else {
      if (given.size() < 2) return std::nullopt;  // `/`
      arguments[found++] = given.substr(1);
    }
  }
  return pattern.empty() && path.empty() ? std::optional(arguments) : std::nullopt;
}

void AppendMethod(std::string_view method, std::string& methods) {
  if (!methods.empty()) methods += ", ";
  methods += method == "GET" ? "GET, HEAD" : method;
}

bool ListsParameter(const Route& route, std::string_view name) {
  const std::string list = " " + std::string(route.parameters) + " ";
  return list.find(" " + std::string(name) + " ") != std::string::npos;
}

}  // namespace

std::span<const Route> Routes() { return kRoutes; }

std::vector<std::string> NamesOf(std::span<const Route> routes) {
  std::vector<std::string> names;
  for (const Route& route : routes) {
    names.push_back(std::string(route.method) + " " + std::string(route.pattern));
  }
  names.emplace_back("none");
  return names;
}

std::string AllowedMethods(std::span<const Route> routes, std::string_view path) {
  std::string methods;
  for (const Route& route : routes) {
    if (Match(route.pattern, path)) AppendMethod(route.method, methods);
  }
  if (!methods.empty()) methods += ", OPTIONS";
  return methods;
}

void RefuseUnknownParameters(const Route& route, const Request& request) {
  Problem problem{400, {}, {}, {}};
  for (const auto& [name, value] : request.query) {
    if (ListsParameter(route, name)) continue;
    const std::string allowed = route.parameters.empty() ? "—" : std::string(route.parameters);
    problem.reason = {Code::kQueryMisspelt, {}, {name, allowed}};
    problem.errors.Add(problem.reason);
  }
  if (problem.errors.total() > 0) throw Refused(std::move(problem));
}

const Route* FindRoute(Exchange& exchange) {
  const Request& request = exchange.request;
  const std::string_view method = request.method == "HEAD" ? "GET" : request.method;
  const std::span<const Route> routes = exchange.service.routes;
  for (const Route& route : routes) {
    const auto arguments = Match(route.pattern, request.path);
    if (!arguments || route.method != method) continue;
    exchange.route = static_cast<std::size_t>(&route - routes.data());
    exchange.argument = arguments->front();
    exchange.second_argument = arguments->back();
    return &route;
  }
  std::string allowed = AllowedMethods(routes, request.path);
  if (allowed.empty()) throw Refused(404, Code::kRouteNotFound, {request.path});
  if (method == "OPTIONS") return nullptr;
  Problem problem{405,
                  {Code::kMethodNotAllowed, {}, {std::string(request.method), allowed}},
                  {},
                  {{"Allow", allowed}}};
  throw Refused(std::move(problem));
}

}  // namespace dijia::http
