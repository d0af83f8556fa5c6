#include <algorithm>
#include <array>
#include <utility>

#include "app/value.h"
#include "dijia/base/codes.h"
#include "http/batch.h"
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

void ValueRows(Exchange& exchange, const Batch& batch, const app::PriceSnapshot& snapshot,
               Sink& sink, std::uint64_t& rows) {
  io::ParcelInputOptions input_options;
  input_options.format = batch.format();
  input_options.encoding = EncodingOf(exchange.request);
  input_options.eager = batch.stream;
  input_options.read = RowsOf(exchange, batch);
  Diagnostics problems;
  const auto input = io::OpenParcels(input_options, exchange.service.parcel_names, problems);
  if (!input) RefuseInput(std::move(problems));
  SinkText text(sink);
  app::ValueOutputOptions output_options;
  output_options.format =
      batch.answer == kCsv ? app::AnswerFormat::kCsv : app::AnswerFormat::kNdjson;
  output_options.language = exchange.language;
  const auto output = app::MakeValueOutput(output_options, text);
  app::ValueParcelsOptions options;
  options.language = exchange.language;
  if (batch.stream) options.more_is_here = [&exchange] { return exchange.body.HasInput(); };
  options.after_block = [&](const app::ValueCounts& counts) {
    rows = counts.parcels();
    ExpectRows(exchange, batch, rows);
  };
  const app::ValueCounts counts = app::ValueParcels(*input, snapshot.prices, snapshot.zones,
                                                    *exchange.rules, options, *output, problems);
  Metrics& metrics = exchange.service.metrics;
  metrics.Valued(ValuationStatus::kValued, counts.valued);
  metrics.Valued(ValuationStatus::kWithheld, counts.withheld);
  metrics.batch_rows.fetch_add(counts.parcels());
  metrics.batch_rows_refused.fetch_add(counts.errors);
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
  const Batch batch = BatchOf(exchange, kLines);
  BatchWork work;
  work.answer_rows = [&exchange, batch, snapshot = exchange.service.prices.Now()](
                         Sink& sink, std::uint64_t& rows) {
    ValueRows(exchange, batch, *snapshot, sink, rows);
  };
  work.csv_problem = CsvProblem;
  return AnswerBatch(exchange, batch, work);
}

}  // namespace dijia::http
