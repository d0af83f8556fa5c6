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
    {"POST", "/v1/reserve-price-checks", CheckOne, "inverse keep", true, kOnceKeys, kViewer},
    {"POST", "/v1/reserve-price-checks/batch", CheckBatch, "inverse", true, kOnceKeys, kViewer},
    {"GET", "/v1/kept-checks", ListKeptChecks, "county verdict from until after limit", false,
     kOnceKeys, kClerk},
    {"GET", "/v1/kept-checks/{id}", ShowKeptCheck, "", false, kOnceKeys, kClerk},
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
    {"POST", "/v1/publications/{id}/impact", ShowImpact, "against county", false, kOnceKeys,
     kViewer},
    {"GET", "/v1/publications/{id}/samples", ShowSamples, "county use grade sub_use", false,
     kOnceKeys, kViewer},
    {"POST", "/v1/publications/{id}/samples/effect", WeighDecisions, "county use grade sub_use",
     false, kOnceKeys, kClerk},
    {"GET", "/v1/publications/{id}/zones", ShowZones, "county known_at", false, kOnceKeys, kViewer},
    {"GET", "/v1/publications/{id}/transitions", ShowTransitions, "county", false, kOnceKeys,
     kClerk},
    // A clerk submits; the other steps want an approver (changes_resource.cc).
    {"POST", "/v1/publications/{id}/transitions", MovePublication, "county", false, kAlways,
     kClerk},
    {"GET", "/v1/desk", ShowDesk, "county", false, kOnceKeys, kClerk},
    {"GET", "/v1/audit", ShowAudit, "county", false, kOnceKeys, kAdmin},
    {"POST", "/v1/computations", StartComputation, "", true, kAlways, kClerk},
    // Callers see and cancel their own jobs, and from clerk on those of their county
    // (job_access.h).
    {"GET", "/v1/jobs", ListJobs, "", false, kOnceKeys, kViewer},
    {"GET", "/v1/jobs/{id}", ShowJob, "", false, kOnceKeys, kViewer},
    {"DELETE", "/v1/jobs/{id}", CancelJob, "", false, kOnceKeys, kViewer},
    {"GET", "/v1/jobs/{id}/events", FollowJob, "", false, kOnceKeys, kViewer},
    {"GET", "/v1/jobs/{id}/result", ShowJobResult, "", false, kOnceKeys, kViewer},
    {"GET", "/v1/jobs/{id}/files/{file}", ShowJobFile, "", false, kOnceKeys, kViewer},
    {"GET", "/v1/refresh-status", ShowRefreshStatus, "as_of county", true, kOnceKeys, kViewer},
    {"GET", "/v1/rules", ListRules, "as_of", true, kOnceKeys, kViewer},
    {"GET", "/v1/rules/{id}", ShowRule, "as_of", true, kOnceKeys, kViewer},
    {"POST", "/v1/rule-simulations", SimulateRules, "", true, kOnceKeys, kClerk},
    {"GET", "/v1/codes", ListCodes, "", true, kOnceKeys, kViewer},
    {"GET", "/v1/counties", ListCounties, "", false, kOnceKeys, kViewer},
    {"POST", "/v1/session", SignIn, "", false, kNever, kViewer},
    {"GET", "/v1/session", ShowSession, "", false, kOnceKeys, kViewer},
    {"DELETE", "/v1/session", SignOut, "", false, kOnceKeys, kViewer},
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

// What `{…}` of a pattern stand for in a path.
struct Arguments {
  std::string_view first, rest;
};

// Nothing when the path does not match.
std::optional<Arguments> ArgumentsOf(std::string_view pattern, std::string_view path) {
  Arguments arguments;
  for (bool is_first = true;; is_first = false) {
    const std::size_t brace = std::min(pattern.find('{'), pattern.size());
    if (!path.starts_with(pattern.substr(0, brace))) return std::nullopt;
    path.remove_prefix(brace);
    if (brace == pattern.size()) return path.empty() ? std::optional(arguments) : std::nullopt;
    pattern.remove_prefix(pattern.find('}') + 1);
    const bool takes_all = !is_first && pattern.empty();
    const std::string_view argument = takes_all ? path : path.substr(0, path.find('/'));
    if (argument.empty()) return std::nullopt;
    path.remove_prefix(argument.size());
    (is_first ? arguments.first : arguments.rest) = argument;
  }
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
    if (ArgumentsOf(route.pattern, path)) AppendMethod(route.method, methods);
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
    const auto arguments = ArgumentsOf(route.pattern, request.path);
    if (!arguments || route.method != method) continue;
    exchange.route = static_cast<std::size_t>(&route - routes.data());
    exchange.argument = arguments->first;
    exchange.rest = arguments->rest;
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
