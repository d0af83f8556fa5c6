#include <array>

#include "app/check.h"
#include "app/check_text.h"
#include "dijia/base/codes.h"
#include "http/media_type.h"
#include "http/resources.h"
#include "http/spool.h"
#include "io/case_input.h"
#include "io/file_error.h"

namespace dijia::http {
namespace {

constexpr std::array<std::string_view, 2> kTypes{kNdjson, kCsv};

// How a batch is read and answered.
struct Batch {
  std::string_view type, answer;
  bool stream = false;  // answered while it is read; no end is too far
  bool inverse = false;
};

class SinkText : public io::TextSink {
 public:
  explicit SinkText(Sink& sink) : sink_(sink) {}
  void Write(std::string_view text) override { sink_.Write(text); }

 private:
  Sink& sink_;
};

[[noreturn]] void RefuseFile(const io::FileError& error) {
  Problem problem{400, error.diagnostic(), {}, {}};
  problem.errors.Add(error.diagnostic());
  throw Refused(std::move(problem));
}

// What cannot be read as a whole: a header without known names, …
[[noreturn]] void RefuseInput(const Diagnostics& problems) {
  Problem problem{422, {Code::kCaseRefused, {}, {std::to_string(problems.errors())}}, {}, {}};
  problem.errors.Append(problems);
  throw Refused(std::move(problem));
}

std::string EncodingOf(const Request& request) {
  const std::string_view charset = CharsetOf(request.Find("Content-Type"));
  if (charset.empty()) return {};
  return SameName(charset, "utf-8") ? "utf-8" : "gb18030";
}

io::CaseInputOptions InputOf(Exchange& exchange, const Batch& batch) {
  io::CaseInputOptions options;
  options.format = batch.type == kCsv ? "csv" : "ndjson";
  options.encoding = EncodingOf(exchange.request);
  options.eager = batch.stream;
  options.read = [&exchange, batch](char* out, std::size_t size) {
    const std::size_t count = exchange.body.Read(out, size);
    const std::uint64_t most = exchange.service.limits.batch_bytes;
    if (!batch.stream && exchange.body.received() > most) {
      throw Refused(413, Code::kBodyTooLarge, {std::to_string(most)});
    }
    return count;
  };
  return options;
}

std::unique_ptr<app::CheckOutput> OutputOf(const Exchange& exchange, const Batch& batch,
                                           io::TextSink& sink) {
  app::CheckOutputOptions options;
  options.language = exchange.language;
  options.inverse = batch.inverse;
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

// Reads, judges and writes; `rows` is how many were answered, also when it is left by a problem.
void AnswerRows(Exchange& exchange, const Batch& batch, Sink& sink, std::uint64_t& rows) {
  Diagnostics problems;
  const auto input = io::OpenCases(InputOf(exchange, batch), exchange.rules->pack(),
                                   exchange.service.case_reference, problems);
  if (!input) RefuseInput(problems);
  SinkText text(sink);
  const auto output = OutputOf(exchange, batch, text);
  app::CheckCasesOptions options;
  options.inverse = batch.inverse;
  if (batch.stream) options.more_is_here = [&exchange] { return exchange.body.HasInput(); };
  options.after_block = [&](const app::CheckCounts& counts) {
    rows = counts.cases();
    const std::uint64_t most = exchange.service.limits.batch_rows;
    if (!batch.stream && rows > most) throw Refused(413, Code::kRowLimit, {std::to_string(most)});
  };
  Count(app::CheckCases(*input, *exchange.rules, options, *output, problems),
        exchange.service.metrics);
}

// The last line of a streamed answer that could not go on: a 200 was sent long ago.
std::string CutLine(const Exchange& exchange, const Batch& batch, const Problem& problem,
                    std::uint64_t rows) {
  const Language language = exchange.language;
  const std::string why = TextOf(problem.reason, language);
  const Diagnostic cut{Code::kBatchCut, {}, {std::to_string(rows), why}};
  Problem last{problem.status, cut, problem.errors, {}};
  if (batch.answer == kNdjson) {
    return "{\"error\": " + ProblemDocument(last, language, exchange.request.path, exchange.id) +
           "}\n";
  }
  return app::CsvProblemRow(TextOf(cut, language));
}

void Stream(Exchange& exchange, const Batch& batch, Sink& sink) {
  std::uint64_t rows = 0;
  try {
    try {
      AnswerRows(exchange, batch, sink, rows);
    } catch (const io::FileError& error) {
      RefuseFile(error);
    }
  } catch (const Refused& refused) {
    sink.Write(CutLine(exchange, batch, refused.problem(), rows));
  }
}

bool PrefersStream(const Request& request) {
  for (const Field& field : request.fields) {
    if (SameName(field.name, "Prefer") && ListHas(field.value, "stream")) return true;
  }
  return false;
}

}  // namespace

Response CheckBatch(Exchange& exchange) {
  Batch batch{BodyType(exchange.request, kTypes), AnswerType(exchange.request, kTypes),
              PrefersStream(exchange.request), WantsInverse(exchange.request)};
  const std::uint64_t most = exchange.service.limits.batch_bytes;
  exchange.body.Require(batch.stream ? UINT64_MAX : most);
  Response response;
  response.content_type =
      batch.answer == kCsv ? std::string_view("text/csv; charset=utf-8") : kNdjson;
  if (batch.stream) {
    response.headers.emplace_back("Preference-Applied", "stream");
    response.make = [&exchange, batch](Sink& sink) { Stream(exchange, batch, sink); };
    return response;
  }
  // A client that sends everything before it reads must not be written to before.
  const auto spool = std::make_shared<Spool>();
  std::uint64_t rows = 0;
  try {
    AnswerRows(exchange, batch, *spool, rows);
  } catch (const io::FileError& error) {
    RefuseFile(error);
  }
  response.length = spool->size();
  response.make = [spool](Sink& sink) { spool->CopyTo(sink); };
  return response;
}

}  // namespace dijia::http
