#include "http/openapi_examples.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "app/impact.h"
#include "app/log_document.h"
#include "app/simulate.h"
#include "app/simulation_text.h"
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

Value ExampleSimulation(const Exchange& exchange) {
  Diagnostics problems;
  const auto order = json::ReadSimulationOrder(DocumentOf("simulation.json"), problems);
  std::string cases;
  for (const CaseExample& example : CaseExamples()) {
    cases += json::ToLine(*json::ParseJson(example.body, "", problems)) + "\n";
  }
  app::SimulationRequest request;
  request.input.format = "ndjson";
  request.input.read = BytesOf(std::move(cases));
  request.threads = 1;
  request.day_after = ToDays(*order.after.decided_on);
  const auto simulation = app::Simulate(request, exchange.service.case_reference, *exchange.rules,
                                        *exchange.rules, problems);
  Value listed{Value::Array()};
  for (const law::Flip& flip : simulation->listed) listed.array()->push_back(app::FlipJson(flip));
  return SimulationAnswer({exchange.rules->pack(), order, *simulation, problems}, std::move(listed),
                          exchange.language);
}

// The one example of an operation beside the checks.
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
          {"showImpact", "parcels.csv", kCsv, ExampleImpact},
          {"simulateRules", "simulation.json", kJson, ExampleSimulation}};
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
