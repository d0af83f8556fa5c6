// The sales behind the prices of a publication.
#include <optional>
#include <string>
#include <utility>

#include "app/publication_desk.h"
#include "dijia/base/codes.h"
#include "http/changes.h"
#include "http/query.h"
#include "http/resources.h"
#include "http/unpublished.h"

namespace dijia::http {
namespace {

// The county of a publication that the caller may read. Throws Refused: 404, 400 and 403.
std::string CountyToRead(const Exchange& exchange) {
  const std::string county = TextParameter(exchange.request, "county");
  const auto snapshot = exchange.service.prices.Now();
  const auto found = snapshot->Find(exchange.argument, county, "");
  if (found.size() == 1) return found.front()->content.county;
  std::string counties;
  for (const app::KnownPublication* one : found) {
    counties += (counties.empty() ? "" : ", ") + one->content.county;
  }
  if (!found.empty()) throw Refused(400, Code::kQueryValue, {"county", county, counties});
  if (const auto draft = FindUnpublished(exchange, county, exchange.argument)) return draft->county;
  throw Refused(404, Code::kPublicationUnknown, {exchange.argument});
}

// The cell that is asked for; nothing where all are. Throws Refused, 400, where it is half named.
std::optional<app::CellName> CellAskedFor(const Request& request) {
  const auto use = CodeParameter<LandUse>(request, "use");
  const auto grade = GradeParameter(request, "grade");
  const std::string sub_use = TextParameter(request, "sub_use");
  if (!use && !grade && sub_use.empty()) return std::nullopt;
  if (use && grade) return app::CellName{*use, *grade, sub_use};
  const std::string lacking = use ? "grade" : "use";
  throw Refused(400, Code::kQueryValue, {lacking, "", use ? "1–255" : "use=…&grade=…"});
}

[[noreturn]] void RefuseSamples(const std::string& id, Diagnostics problems, Language language) {
  if (problems.kept().empty()) throw Refused(404, Code::kNoSamplesKept, {id});
  const std::string why = TextOf(problems.kept().front(), language);
  Problem problem{409, {Code::kSamplesNotReadable, {}, {id, why}}, {}, {}};
  problem.errors = std::move(problems);
  throw Refused(std::move(problem));
}

Response Answer(const std::string& text) {
  Response response;
  response.headers.emplace_back("Cache-Control", "no-cache");
  response.document = std::make_shared<const Document>(MakeDocument(text));
  return response;
}

}  // namespace

Response ShowSamples(Exchange& exchange) {
  const std::string& id = exchange.argument;
  const auto cell = CellAskedFor(exchange.request);
  const std::string county = CountyToRead(exchange);
  return exchange.service.changes.LookLong([&](app::PublicationDesk& desk) {
    Diagnostics problems;
    const app::SampleDocuments* samples = desk.Samples(county, id, problems);
    if (samples == nullptr) RefuseSamples(id, std::move(problems), exchange.language);
    if (!cell) return Answer(samples->cells);
    const auto found = samples->of_cell.find(*cell);
    if (found != samples->of_cell.end()) return Answer(found->second);
    throw Refused(404, Code::kRouteNotFound,
                  {std::string(CodeOf(cell->use)) + " " + std::to_string(cell->grade)});
  });
}

}  // namespace dijia::http
