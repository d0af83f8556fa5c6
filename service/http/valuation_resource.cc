#include <algorithm>
#include <array>
#include <utility>

#include "app/value.h"
#include "dijia/base/codes.h"
#include "http/batch.h"
#include "http/job_access.h"
#include "http/json_body.h"
#include "http/media_type.h"
#include "http/resources.h"
#include "json/parcel_codec.h"
#include "json/text.h"

namespace dijia::http {
namespace {

// Nothing is valued unless all that was said is right.
[[noreturn]] void RefuseInput(Diagnostics problems) {
  const auto first = std::ranges::find_if(problems.kept(), [](const Diagnostic& problem) {
    return RowOf(problem.code).severity == Severity::kError;
  });
  Problem problem{422, *first, {}, {}};
  problem.errors = std::move(problems);
  throw Refused(std::move(problem));
}

std::string CsvProblem(std::string_view text) {
  app::CsvText row;
  const std::string cell = app::CsvCell(text);
  app::ValueRow problem;
  problem.status = "error";
  problem.missing = cell;
  app::PutValueRow(problem, row);
  return std::string(row.view());
}

// How parcels are valued, wherever they come from.
struct Valuing {
  std::shared_ptr<const rules::PreparedRules> rules;
  std::shared_ptr<const app::PriceSnapshot> snapshot;
  const io::Reference& names;
  Metrics& metrics;
  Language language = Language::kZh;
  std::string_view answer;
};

Valuing ValuingOf(const Exchange& exchange, const Batch& batch) {
  Service& service = exchange.service;
  return {exchange.rules,  service.prices.Now(), service.parcel_names,
          service.metrics, exchange.language,    batch.answer};
}

// False after reports of an input that cannot be understood as a whole.
bool ValueRows(const Valuing& valuing, const io::ParcelInputOptions& from,
               const app::ValueParcelsOptions& options, io::TextSink& text, Diagnostics& problems) {
  const auto input = io::OpenParcels(from, valuing.names, problems);
  if (!input) return false;
  app::ValueOutputOptions output_options;
  output_options.format =
      valuing.answer == kCsv ? app::AnswerFormat::kCsv : app::AnswerFormat::kNdjson;
  output_options.language = valuing.language;
  const auto output = app::MakeValueOutput(output_options, text);
  const app::PriceSnapshot& snapshot = *valuing.snapshot;
  const app::ValueCounts counts = app::ValueParcels(*input, snapshot.prices, snapshot.zones,
                                                    *valuing.rules, options, *output, problems);
  Metrics& metrics = valuing.metrics;
  metrics.Valued(ValuationStatus::kValued, counts.valued);
  metrics.Valued(ValuationStatus::kWithheld, counts.withheld);
  metrics.batch_rows.fetch_add(counts.parcels());
  metrics.batch_rows_refused.fetch_add(counts.errors);
  return true;
}

void ValueNow(Exchange& exchange, const Batch& batch, const Valuing& valuing, Sink& sink,
              std::uint64_t& rows) {
  io::ParcelInputOptions from;
  from.format = batch.format();
  from.encoding = EncodingOf(exchange.request);
  from.eager = batch.stream;
  from.read = RowsOf(exchange, batch);
  app::ValueParcelsOptions options;
  options.language = exchange.language;
  if (batch.stream) options.more_is_here = [&exchange] { return exchange.body.HasInput(); };
  options.after_block = [&](const app::ValueCounts& counts) {
    rows = counts.parcels();
    AllowToGoOn(exchange, batch, rows);
  };
  SinkText text(sink);
  Diagnostics problems;
  if (!ValueRows(valuing, from, options, text, problems)) RefuseInput(std::move(problems));
}

// The parcels are valued later, by the prices and the law of now.
Response ValueLater(Exchange& exchange, const Batch& batch) {
  LaterWork work;
  work.kind = json::JobKind::kValue;
  work.asked = "value";
  work.answer = [valuing = ValuingOf(exchange, batch), format = batch.format(),
                 encoding = EncodingOf(exchange.request)](const LaterRows& rows,
                                                          Diagnostics& messages) {
    io::ParcelInputOptions from;
    from.path = rows.input;
    from.format = format;
    from.encoding = encoding;
    app::ValueParcelsOptions options;
    options.language = valuing.language;
    options.threads = ThreadsOfJobs();
    options.after_block = [&rows](const app::ValueCounts& counts) {
      rows.go_on("valuing", counts.parcels());
    };
    return ValueRows(valuing, from, options, rows.answers, messages);
  };
  return AnswerLater(exchange, batch, work);
}

}  // namespace

Response ValueOne(Exchange& exchange) {
  constexpr std::array<std::string_view, 1> kTypes{kJson};
  AnswerType(exchange.request, kTypes);
  const json::Value body = ReadJsonBody(exchange);
  Diagnostics problems;
  const Parcel parcel = json::ReadParcel(body, "", problems);
  if (problems.has_errors()) RefuseInput(std::move(problems));
  const auto snapshot = exchange.service.prices.Now();
  law::BaseAgeJudge judge(*exchange.rules, exchange.language);
  const Valuation valuation = app::ValueByLaw(parcel, snapshot->prices, snapshot->zones, judge);
  exchange.service.metrics.Valued(valuation.status);
  Response response;
  response.text = json::ToLine(json::WriteValuation(valuation, exchange.language));
  return response;
}

Response ValueBatch(Exchange& exchange) {
  const bool later = Prefers(exchange.request, "respond-async");
  const Batch batch = BatchOf(exchange, kLines);
  if (later) return ValueLater(exchange, batch);
  BatchWork work;
  work.answer_rows = [&exchange, batch, valuing = ValuingOf(exchange, batch)](Sink& sink,
                                                                              std::uint64_t& rows) {
    ValueNow(exchange, batch, valuing, sink, rows);
  };
  work.csv_problem = CsvProblem;
  return AnswerBatch(exchange, batch, work);
}

}  // namespace dijia::http
