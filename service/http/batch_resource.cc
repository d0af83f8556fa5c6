#include "app/check.h"
#include "app/check_text.h"
#include "dijia/base/codes.h"
#include "http/batch.h"
#include "http/media_type.h"
#include "http/resources.h"
#include "io/case_input.h"

namespace dijia::http {
namespace {

// What cannot be read as a whole: a header without known names, …
[[noreturn]] void RefuseInput(const Diagnostics& problems) {
  Problem problem{422, {Code::kCaseRefused, {}, {std::to_string(problems.errors())}}, {}, {}};
  problem.errors.Append(problems);
  throw Refused(std::move(problem));
}

io::CaseInputOptions InputOf(Exchange& exchange, const Batch& batch) {
  io::CaseInputOptions options;
  options.format = batch.format();
  options.encoding = EncodingOf(exchange.request);
  options.eager = batch.stream;
  options.read = RowsOf(exchange, batch);
  return options;
}

std::unique_ptr<app::CheckOutput> OutputOf(const Exchange& exchange, const Batch& batch,
                                           bool inverse, io::TextSink& sink) {
  app::CheckOutputOptions options;
  options.language = exchange.language;
  options.inverse = inverse;
  const rules::RulePack& pack = exchange.rules->pack();
  if (batch.answer == kCsv) return std::make_unique<app::CheckCsv>(options, pack, sink);
  return std::make_unique<app::CheckLines>(options, pack, sink);
}

void Count(const app::CheckCounts& counts, Metrics& metrics) {
  for (const auto& row : EnumTableOf<rules::Verdict>::kRows) {
    metrics.Judged(row.value, counts.verdicts[static_cast<std::size_t>(row.value)]);
  }
  metrics.batch_rows.fetch_add(counts.cases());
  metrics.batch_rows_refused.fetch_add(counts.errors);
}

void JudgeRows(Exchange& exchange, const Batch& batch, bool inverse, Sink& sink,
               std::uint64_t& rows) {
  Diagnostics problems;
  const auto input = io::OpenCases(InputOf(exchange, batch), exchange.rules->pack(),
                                   exchange.service.case_reference, problems);
  if (!input) RefuseInput(problems);
  SinkText text(sink);
  const auto output = OutputOf(exchange, batch, inverse, text);
  app::CheckCasesOptions options;
  options.inverse = inverse;
  if (batch.stream) options.more_is_here = [&exchange] { return exchange.body.HasInput(); };
  options.after_block = [&](const app::CheckCounts& counts) {
    rows = counts.cases();
    ExpectRows(exchange, batch, rows);
  };
  Count(app::CheckCases(*input, *exchange.rules, options, *output, problems),
        exchange.service.metrics);
}

}  // namespace

Response CheckBatch(Exchange& exchange) {
  const Batch batch = BatchOf(exchange);
  const bool inverse = WantsInverse(exchange.request);
  BatchWork work;
  work.answer_rows = [&exchange, batch, inverse](Sink& sink, std::uint64_t& rows) {
    JudgeRows(exchange, batch, inverse, sink, rows);
  };
  work.csv_problem = app::CsvProblemRow;
  return AnswerBatch(exchange, batch, work);
}

}  // namespace dijia::http
