// Publications changed over HTTP, and the log of it.
#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "app/publication_desk.h"
#include "dijia/base/codes.h"
#include "http/access.h"
#include "http/changes.h"
#include "http/json_body.h"
#include "http/path_text.h"
#include "http/query.h"
#include "http/refuse_request.h"
#include "http/resources.h"
#include "http/unpublished.h"
#include "json/change_codec.h"
#include "json/text.h"

namespace dijia::http {
namespace {

using json::Value;

// What the state of the store forbids; whatever else is reported is wrong with the request.
constexpr std::array kConflicts{Code::kTransitionNotAllowed, Code::kSamePerson,
                                Code::kPeriodTaken,          Code::kPeriodGap,
                                Code::kNoPriceLeft,          Code::kNoDraftAnyMore};

// What the people of the store do not permit.
constexpr std::array kForbidden{Code::kPersonNotRegistered, Code::kPersonLeft,
                                Code::kPersonRoleTooLow, Code::kPersonOfOtherCounty};

// Refuses with `status` where one of the problems has one of the codes.
template <std::size_t kCount>
void RefuseAs(int status, const std::array<Code, kCount>& codes, const Diagnostics& problems) {
  const auto found = std::ranges::find_if(problems.kept(), [&codes](const Diagnostic& problem) {
    return std::ranges::find(codes, problem.code) != codes.end();
  });
  if (found != problems.kept().end()) throw Refused(Problem{status, *found, {}, {}});
}

[[noreturn]] void RefuseChange(Diagnostics problems) {
  RefuseAs(403, kForbidden, problems);
  RefuseAs(409, kConflicts, problems);
  RefuseRequest(std::move(problems));
}

std::string Quoted(const std::string& hash) { return "\"" + hash + "\""; }

std::string TransitionsPath(const std::string& county, const std::string& id) {
  return "/v1/publications/" + EscapedSegment(id) + "/transitions?county=" + EscapedSegment(county);
}

Response AnswerDone(app::Done done) {
  Response response;
  response.headers.emplace_back("ETag", Quoted(done.hash));
  response.headers.emplace_back("Cache-Control", "no-store");
  response.text = json::ToLine(done.entry);
  return response;
}

app::Doer DoerOf(const Exchange& exchange, std::string note) {
  return {exchange.caller->name, std::move(note)};
}

// The county that a publication of an id is of: the one that is wanted, else the only one that has
// it, else that of the caller; nothing where there is none. Throws Refused, 400, where several are
// left.
std::optional<std::string> CountyOf(const Exchange& exchange, app::PublicationDesk& desk,
                                    const std::string& id, std::string wanted) {
  std::vector<std::string> counties = desk.CountiesOf(id);
  if (wanted.empty() && counties.size() > 1 && exchange.caller) wanted = exchange.caller->county;
  if (!wanted.empty()) std::erase_if(counties, [&](const auto& one) { return one != wanted; });
  if (counties.empty()) return std::nullopt;
  if (counties.size() == 1) return counties.front();
  std::string names;
  for (const std::string& county : counties) names += (names.empty() ? "" : ", ") + county;
  throw Refused(400, Code::kQueryValue, {"county", "", names});
}

// The same of the publication that the request is about. Throws Refused, 404, where there is none.
std::string CountyMeant(const Exchange& exchange, app::PublicationDesk& desk) {
  const std::string& id = exchange.argument;
  const auto county = CountyOf(exchange, desk, id, TextParameter(exchange.request, "county"));
  if (!county) throw Refused(404, Code::kPublicationUnknown, {id});
  return *county;
}

// The county that is asked for; a caller of one county sees what was done in that one only. Throws
// Refused, 403.
std::string OwnCounty(const Exchange& exchange) {
  std::string county = TextParameter(exchange.request, "county");
  if (county.empty() && exchange.caller) county = exchange.caller->county;
  RequireCounty(exchange, county);
  return county;
}

Response Import(const Exchange& exchange, app::PublicationDesk& desk, json::ImportRequest request) {
  std::vector<app::EvidenceFile> evidence;
  for (auto& file : request.evidence) {
    evidence.push_back({std::move(file.name), std::move(file.bytes)});
  }
  const std::string county = request.publication->county, id = request.publication->id;
  Diagnostics problems;
  auto done = desk.Import(*std::move(request.publication), std::move(evidence),
                          DoerOf(exchange, std::move(request.note)), problems);
  if (!done) RefuseChange(std::move(problems));
  const int status = done->is_new ? 201 : 200;
  // Warnings: what of its inputs is not kept.
  done->entry.Add("warnings", WriteProblems(problems, exchange.language));
  Response response = AnswerDone(*std::move(done));
  response.status = status;
  response.headers.emplace_back("Location", TransitionsPath(county, id));
  return response;
}

}  // namespace

Response ImportPublication(Exchange& exchange) {
  const std::string body = ReadJsonText(exchange, exchange.service.limits.import_bytes);
  Diagnostics problems;
  json::ImportRequest request = json::ReadImportRequest(ParseJsonText(body), problems);
  if (problems.has_errors()) RefuseRequest(std::move(problems));
  RequireCounty(exchange, request.publication->county);
  return exchange.service.changes.Do(exchange, body, [&](app::PublicationDesk& desk) {
    return Import(exchange, desk, std::move(request));
  });
}

Response MovePublication(Exchange& exchange) {
  const std::string body = ReadJsonText(exchange, exchange.service.limits.body_bytes);
  Diagnostics problems;
  json::TransitionRequest request = json::ReadTransitionRequest(ParseJsonText(body), problems);
  if (problems.has_errors()) RefuseRequest(std::move(problems));
  const bool is_clerks = request.to == PublicationStatus::kSubmitted;
  RequireRole(exchange, is_clerks ? app::Role::kClerk : app::Role::kApprover);
  return exchange.service.changes.Do(exchange, body, [&](app::PublicationDesk& desk) {
    const std::string county = CountyMeant(exchange, desk);
    RequireCounty(exchange, county);
    Diagnostics reasons;
    auto done = desk.Move(county, exchange.argument, request.to,
                          DoerOf(exchange, std::move(request.note)), reasons);
    if (!done) RefuseChange(std::move(reasons));
    return AnswerDone(*std::move(done));
  });
}

std::optional<Publication> FindUnpublished(const Exchange& exchange, const std::string& county,
                                           const std::string& id) {
  if (exchange.caller && exchange.caller->role < app::Role::kClerk) return std::nullopt;
  std::optional<Publication> found;
  exchange.service.changes.Look([&](app::PublicationDesk& desk) {
    if (const auto meant = CountyOf(exchange, desk, id, county)) found = desk.Find(*meant, id);
    return Response();
  });
  if (found) RequireCounty(exchange, found->county);
  return found;
}

Response ShowTransitions(Exchange& exchange) {
  return exchange.service.changes.Look([&](app::PublicationDesk& desk) {
    const std::string county = CountyMeant(exchange, desk);
    std::string head;
    const auto history = desk.History(county, exchange.argument, head);
    if (!history) throw Refused(404, Code::kPublicationUnknown, {exchange.argument});
    Document document = MakeDocument(json::ToLine(*history));
    document.etag = Quoted(head);
    Response response;
    response.headers.emplace_back("Cache-Control", "no-cache");
    response.document = std::make_shared<const Document>(std::move(document));
    return response;
  });
}

Response ShowDesk(Exchange& exchange) {
  const std::string county = OwnCounty(exchange);
  return exchange.service.changes.Look([&](app::PublicationDesk& desk) {
    Response response;
    response.headers.emplace_back("Cache-Control", "no-cache");
    response.document =
        std::make_shared<const Document>(MakeDocument(json::ToLine(desk.List(county))));
    return response;
  });
}

Response ShowAudit(Exchange& exchange) {
  const std::string county = OwnCounty(exchange);
  return exchange.service.changes.Look([&](app::PublicationDesk& desk) {
    Response response;
    response.headers.emplace_back("Cache-Control", "no-store");
    response.text = json::ToLine(desk.Log(county));
    return response;
  });
}

}  // namespace dijia::http
