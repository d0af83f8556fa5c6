#include "http/openapi_examples.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "app/impact.h"
#include "app/log_document.h"
#include "app/simulate.h"
#include "app/simulation_text.h"
#include "app/tried_pack.h"
#include "http/embedded_files.h"
#include "http/media_type.h"
#include "http/trial_answers.h"
#include "json/change_codec.h"
#include "json/check_codec.h"
#include "json/simulation_codec.h"
#include "json/text.h"

namespace dijia::http {
namespace {

using json::Value;

constexpr const char* kTime = "2026-06-01T08:00:00.000000Z";
constexpr const char* kWho = "张三";

std::string_view FileOf(std::string_view name) {
  const auto files = ExampleFiles();
  const auto file = std::ranges::find(files, name, &EmbeddedFile::name);
  return file == files.end() ? std::string_view() : file->bytes;
}

Value DocumentOf(std::string_view name) {
  Diagnostics none;
  return *json::ParseJson(FileOf(name), "", none);
}

json::ImportRequest ImportOf(std::string_view name) {
  Diagnostics none;
  return json::ReadImportRequest(DocumentOf(name), none);
}

// The bytes of a text as an input takes them.
std::function<std::size_t(char*, std::size_t)> BytesOf(std::string text) {
  return [rest = std::make_shared<std::string>(std::move(text))](char* out, std::size_t room) {
    const std::size_t taken = std::min(room, rest->size());
    std::copy_n(rest->data(), taken, out);
    rest->erase(0, taken);
    return taken;
  };
}

// The single check: each verdict has an example.
Value CheckExamples(const Exchange& exchange, Side side) {
  const rules::RulePack& pack = exchange.rules->pack();
  Value examples{Value::Object()};
  for (const CaseExample& example : CaseExamples()) {
    Diagnostics none;
    Value one{Value::Object()}, body = *json::ParseJson(example.body, "", none);
    one.Add("summary", Value::Text(In(exchange.language, example.zh, example.en)));
    if (side == Side::kAnswer) {
      const auto the_case = json::ReadCase(body, pack, "", none);
      body =
          json::WriteCheck(CheckReservePrice(the_case, *exchange.rules), pack, exchange.language);
    }
    one.Add("value", std::move(body));
    examples.Add(example.name, std::move(one));
  }
  return examples;
}

Value ChangeAnswer(std::string_view operation) {
  const json::ImportRequest imported = ImportOf("import.json");
  Diagnostics none;
  const auto moved = json::ReadTransitionRequest(DocumentOf("transition.json"), none);
  app::ExampleEntries entries = app::ExampleEntriesOf(
      *imported.publication, {kWho, imported.note, kTime}, {kWho, moved.note, kTime});
  if (operation == "movePublication") return std::move(entries.submitted);
  entries.imported.Add("warnings", Value(Value::Array()));
  return std::move(entries.imported);
}

Value ExampleImpact(const Exchange& exchange) {
  const json::ImportRequest before = ImportOf("import.json"), after = ImportOf("import-next.json");
  ImpactStudy study(*before.publication, *after.publication);
  app::ImpactInput input;
  input.parcels.format = "csv";
  input.parcels.source = "";
  input.parcels.read = BytesOf(std::string(FileOf("parcels.csv")));
  std::uint64_t rows = 0, refused = 0;
  input.use = [&](const io::ParcelRow&, const ParcelImpact* impact) {
    ++rows;
    refused += impact == nullptr;
  };
  Diagnostics problems;
  app::AddParcels(input, exchange.service.parcel_names, study, problems);
  return ImpactAnswer(
      {*before.publication, *after.publication, study.impact(), rows, refused, problems},
      exchange.language);
}

// A request that tries law; its pack stands on the one in force, whichever that is.
Value TrialDocument(std::string_view file, const std::string& pack_in_force) {
  constexpr std::string_view kShipped = "\"cn-150000\"";
  Value document = DocumentOf(file);
  for (Value::Member& member : *document.object()) {
    if (member.name != "pack") continue;
    for (Value::Member& named : *member.value.object()) {
      std::string text = *named.value.text();
      const std::size_t at = text.find(kShipped);
      if (at == std::string::npos) continue;
      text.replace(at, kShipped.size(), "\"" + pack_in_force + "\"");
      named.value = Value(std::move(text));
    }
  }
  return document;
}

// What the law of an order says about the examples of the check; nothing where the pack in force
// lacks what the tried one refers to.
std::optional<Value> SimulationOfExamples(const Exchange& exchange, const app::MadeRules& made,
                                          const json::SimulationOrder& order) {
  Diagnostics of_pack, problems;
  const auto after = order.pack.empty() ? std::optional(made.rules)
                                        : app::LoadTriedPack(order.pack, made, "/pack", of_pack);
  if (!after) return std::nullopt;
  std::string cases;
  for (const CaseExample& example : CaseExamples()) {
    cases += json::ToLine(*json::ParseJson(example.body, "", problems)) + "\n";
  }
  app::SimulationRequest request;
  request.input.format = "ndjson";
  request.input.read = BytesOf(std::move(cases));
  request.threads = 1;
  if (order.after.decided_on) request.day_after = ToDays(*order.after.decided_on);
  const auto simulation =
      app::Simulate(request, exchange.service.case_reference, made.rules, *after, problems);
  Value listed{Value::Array()};
  for (const law::Flip& flip : simulation->listed) listed.array()->push_back(app::FlipJson(flip));
  const rules::RulePack* tried = order.pack.empty() ? nullptr : &after->pack();
  return SimulationAnswer({made.rules.pack(), order, *simulation, problems, tried},
                          std::move(listed), exchange.language);
}

Value SimulationExamples(const Exchange& exchange, Side side) {
  struct Row {
    const char *name, *file, *zh, *en;
  };
  static constexpr Row kRows[] = {
      {"another_day", "simulation.json", "都按2006年6月1日的规定", "all by the law of 2006-06-01"},
      {"own_pack", "simulation-pack.json", "本单位的规则包要求投资强度不低于 6000 万元/公顷",
       "an office's own pack asks for an investment of 60 million yuan per hectare"}};
  // Taken once: example and answer are of one pack also while it is replaced.
  const auto made = exchange.service.rules.Made();
  Value examples{Value::Object()};
  for (const Row& row : kRows) {
    Diagnostics none;
    Value request = TrialDocument(row.file, made->rules.pack().id);
    auto answer = SimulationOfExamples(exchange, *made, json::ReadSimulationOrder(request, none));
    if (!answer) continue;
    Value one{Value::Object()};
    one.Add("summary", Value::Text(In(exchange.language, row.zh, row.en)));
    one.Add("value", side == Side::kAnswer ? *std::move(answer) : std::move(request));
    examples.Add(row.name, std::move(one));
  }
  return examples;
}

// The one example of an operation beside the checks and simulations.
struct Example {
  std::string_view operation, file, type;
  std::function<Value(const Exchange&)> answer;
};

std::vector<Example> Examples() {
  const auto change = [](std::string_view operation) {
    return [operation](const Exchange&) { return ChangeAnswer(operation); };
  };
  return {{"importPublication", "import.json", kJson, change("importPublication")},
          {"movePublication", "transition.json", kJson, change("movePublication")},
          {"showImpact", "parcels.csv", kCsv, ExampleImpact}};
}

}  // namespace

std::vector<CaseExample> CaseExamples() {
  std::vector<CaseExample> examples{
      {"lawful", "恰为十等最低价标准", "exactly the standard of class 10", ""},
      {"unlawful", "低于十四等标准 0.01 元/㎡", "0.01 yuan/m² below the standard of class 14", ""},
      {"needs_facts", "是否适用例外尚不清楚", "whether an exception applies is not known", ""}};
  for (CaseExample& example : examples) {
    example.body = FileOf(std::string(example.name) + ".json");
  }
  return examples;
}

void AddExamples(const Exchange& exchange, std::string_view operation, Side side,
                 std::string_view type, Value& media) {
  if (operation == "checkReservePrice" && type == kJson) {
    media.Add("examples", CheckExamples(exchange, side));
  }
  if (operation == "simulateRules" && type == kJson) {
    media.Add("examples", SimulationExamples(exchange, side));
  }
  for (const Example& example : Examples()) {
    if (example.operation != operation) continue;
    if (side == Side::kAnswer && type == kJson) media.Add("example", example.answer(exchange));
    if (side == Side::kRequest && type == example.type) {
      media.Add("example",
                type == kJson ? DocumentOf(example.file) : Value::Text(FileOf(example.file)));
    }
  }
}

}  // namespace dijia::http
