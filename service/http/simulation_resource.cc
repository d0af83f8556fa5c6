// Other law tried on the cases of the checks that were kept.
#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/kept_checks.h"
#include "app/publication_desk.h"
#include "app/simulate.h"
#include "app/simulation_text.h"
#include "app/tried_pack.h"
#include "dijia/base/codes.h"
#include "http/access.h"
#include "http/changes.h"
#include "http/job_access.h"
#include "http/json_body.h"
#include "http/media_type.h"
#include "http/refuse_request.h"
#include "http/resources.h"
#include "http/spool.h"
#include "http/trial_answers.h"
#include "json/simulation_codec.h"
#include "json/text.h"
#include "law/chosen_readings.h"

namespace dijia::http {
namespace {

using json::Value;

constexpr std::array<std::string_view, 2> kAnswers{kJson, kCsv};
constexpr std::size_t kListed = 1000;  // flips in a JSON answer

// The law of both sides, and the cases it is tried on.
struct Trial {
  json::SimulationOrder order;
  rules::PreparedRules before, after;

  // The pack of the second side where it is another.
  const rules::RulePack* tried() const { return order.pack.empty() ? nullptr : &after.pack(); }
  app::KeptCheckQuery checks() const {
    const auto day = [](const std::optional<Date>& date) { return date ? FormatDate(*date) : ""; };
    app::KeptCheckQuery query;
    query.county = order.county;
    query.from = day(order.from);
    query.until = day(order.until);
    return query;
  }
};

// The pack of the order on top of the one in force, which the exchange takes again with its layers:
// both sides and the answer are of one moment. Without a pack the rules of the exchange; nothing
// after reports. Throws Refused: 413.
std::optional<rules::PreparedRules> TriedRules(Exchange& exchange,
                                               const json::SimulationOrder& order,
                                               Diagnostics& problems) {
  if (order.pack.empty()) return *exchange.rules;
  const std::size_t most = exchange.service.limits.pack_bytes;
  std::size_t bytes = 0;
  for (const auto& [name, text] : order.pack) bytes += name.size() + text.size();
  if (bytes > most) throw Refused(413, Code::kTriedPackTooLarge, {std::to_string(most)});
  const auto made = exchange.service.rules.Made();
  exchange.rules = {made, &made->rules};
  return app::LoadTriedPack(order.pack, *made, "/pack", problems);
}

// Throws Refused: 422 with everything that is wrong, 413 for a pack that is too large, 403 for
// another county than the caller's.
Trial TrialOf(Exchange& exchange) {
  const Value body = ReadJsonBody(exchange);
  Diagnostics problems;
  json::SimulationOrder order = json::ReadSimulationOrder(body, problems);
  const auto tried = TriedRules(exchange, order, problems);
  auto before =
      law::ChooseReadings(*exchange.rules, order.before.readings, "/before/readings", problems);
  // The readings of a pack with mistakes are not known.
  auto after = tried
                   ? law::ChooseReadings(*tried, order.after.readings, "/after/readings", problems)
                   : std::nullopt;
  if (problems.has_errors() || !before || !after) RefuseRequest(std::move(problems));
  if (order.county.empty() && exchange.caller) order.county = exchange.caller->county;
  RequireCounty(exchange, order.county);
  return {std::move(order), *std::move(before), *std::move(after)};
}

using TakeFlips = std::function<void(std::vector<law::Flip>&&)>;

// Tries the law on every case; the store is read on its way. Cases that cannot be read any more are
// reported.
law::Simulation Try(Exchange& exchange, const Trial& trial, TakeFlips take, Diagnostics& problems) {
  const auto days = [](const std::optional<Date>& date) {
    return date ? std::optional(ToDays(*date)) : std::nullopt;
  };
  std::optional<law::Simulation> simulation;
  exchange.service.changes.LookLong([&](app::PublicationDesk& desk) {
    desk.ReadKeptChecks(trial.checks(), [&](store::CheckCursor& checks) {
      app::SimulationRequest request;
      request.input = app::CasesOf(checks);
      request.threads = ThreadsOfJobs();
      request.day_before = days(trial.order.before.decided_on);
      request.day_after = days(trial.order.after.decided_on);
      request.take_flips = std::move(take);
      simulation = app::Simulate(request, exchange.service.case_reference, trial.before,
                                 trial.after, problems);
    });
    return Response();
  });
  return simulation ? *std::move(simulation) : law::Simulation();
}

Response AnswerSums(Exchange& exchange, const Trial& trial) {
  Value listed{Value::Array()};
  const auto take = [&listed](std::vector<law::Flip>&& flips) {
    for (const law::Flip& flip : flips) {
      if (listed.array()->size() < kListed) listed.array()->push_back(app::FlipJson(flip));
    }
  };
  Diagnostics problems;
  const law::Simulation simulation = Try(exchange, trial, take, problems);
  const Value document =
      SimulationAnswer({exchange.rules->pack(), trial.order, simulation, problems, trial.tried()},
                       std::move(listed), exchange.language);
  Response response;
  response.text = json::ToLine(document);
  return response;
}

// Every flip, as a table.
Response AnswerFlips(Exchange& exchange, const Trial& trial) {
  const auto spool = std::make_shared<Spool>();
  spool->Write(app::FlipCsvHeader());
  const auto take = [&spool](std::vector<law::Flip>&& flips) {
    app::CsvText csv;
    for (const law::Flip& flip : flips) app::PutFlip(flip, csv);
    spool->Write(csv.view());
  };
  Diagnostics problems;
  Try(exchange, trial, take, problems);
  Response response;
  response.content_type = "text/csv; charset=utf-8";
  response.length = spool->size();
  response.make = [spool](Sink& sink) { spool->CopyTo(sink); };
  return response;
}

}  // namespace

Response SimulateRules(Exchange& exchange) {
  const std::string_view answer = AnswerType(exchange.request, kAnswers);
  const Trial trial = TrialOf(exchange);
  Response response = answer == kCsv ? AnswerFlips(exchange, trial) : AnswerSums(exchange, trial);
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

}  // namespace dijia::http
