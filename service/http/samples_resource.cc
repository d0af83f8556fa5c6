// The sales behind the prices of a publication.
#include <optional>
#include <string>
#include <utility>

#include "app/publication_desk.h"
#include "dijia/base/codes.h"
#include "dijia/base/names.h"
#include "http/changes.h"
#include "http/json_body.h"
#include "http/kept_samples.h"
#include "http/query.h"
#include "http/refuse_request.h"
#include "http/resources.h"
#include "http/unpublished.h"
#include "json/change_codec.h"
#include "json/text.h"

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

Response Answer(const std::string& text) {
  Response response;
  response.headers.emplace_back("Cache-Control", "no-cache");
  response.document = std::make_shared<const Document>(MakeDocument(text));
  return response;
}

[[noreturn]] void RefuseCell(const app::CellName& cell) {
  throw Refused(404, Code::kRouteNotFound,
                {std::string(CodeOf(cell.use)) + " " + std::to_string(cell.grade)});
}

// Problems of decisions with pointers into the body.
Diagnostics InBody(const Diagnostics& found) {
  Diagnostics problems;
  for (Diagnostic problem : found.kept()) {
    if (problem.where.source == json::kDecisionsPointer) {
      const std::string pointer =
          PointerTo(std::string(json::kDecisionsPointer), problem.where.row - 1);
      problem.where = {"", 0, 0, PointerTo(pointer, problem.where.field)};
    }
    problems.Add(std::move(problem));
  }
  return problems;
}

}  // namespace

void RefuseSamples(const std::string& id, Diagnostics problems, Language language) {
  if (problems.kept().empty()) throw Refused(404, Code::kNoSamplesKept, {id});
  const std::string why = TextOf(problems.kept().front(), language);
  Problem problem{409, {Code::kSamplesNotReadable, {}, {id, why}}, {}, {}};
  problem.errors = std::move(problems);
  throw Refused(std::move(problem));
}

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
    RefuseCell(*cell);
  });
}

Response WeighDecisions(Exchange& exchange) {
  const std::string& id = exchange.argument;
  const auto cell = CellAskedFor(exchange.request);
  if (!cell) throw Refused(400, Code::kQueryValue, {"use", "", "use=…&grade=…"});
  Diagnostics problems;
  const SampleDecisions decisions = json::ReadDecisionsRequest(ReadJsonBody(exchange), problems);
  if (problems.has_errors()) RefuseRequest(std::move(problems));
  const std::string county = CountyToRead(exchange);
  return exchange.service.changes.LookLong([&](app::PublicationDesk& desk) {
    const app::SampleDocuments* samples = desk.Samples(county, id, problems);
    if (samples == nullptr) RefuseSamples(id, std::move(problems), exchange.language);
    if (!samples->of_cell.contains(*cell)) RefuseCell(*cell);
    Diagnostics found;
    auto effect = desk.EffectOf(decisions, county, id, *cell, found);
    if (!effect) RefuseRequest(InBody(found));
    effect->Add("notes", WriteProblems(InBody(found), exchange.language));
    Response response;
    response.headers.emplace_back("Cache-Control", "no-store");
    response.text = json::ToLine(*effect);
    return response;
  });
}

}  // namespace dijia::http
