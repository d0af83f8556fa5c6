#include "http/batch.h"

#include <algorithm>

#include "dijia/base/codes.h"
#include "http/job_access.h"
#include "http/media_type.h"
#include "http/spool.h"
#include "http/wire.h"
#include "io/output_file.h"

namespace dijia::http {
namespace {

// The last line of a streamed answer that could not go on: a 200 was sent long ago.
std::string CutLine(const Exchange& exchange, const Batch& batch, const BatchWork& work,
                    const Problem& problem, std::uint64_t rows) {
  const Language language = exchange.language;
  const std::string why = TextOf(problem.reason, language);
  const Diagnostic cut{Code::kBatchCut, {}, {std::to_string(rows), why}};
  Problem last{problem.status, cut, problem.errors, {}};
  if (batch.answer == kNdjson) {
    return "{\"error\": " + ProblemDocument(last, language, exchange.request.path, exchange.id) +
           "}\n";
  }
  return work.csv_problem(TextOf(cut, language));
}

void Stream(const Exchange& exchange, const Batch& batch, const BatchWork& work, Sink& sink) {
  std::uint64_t rows = 0;
  try {
    try {
      work.answer_rows(sink, rows);
    } catch (const io::FileError& error) {
      RefuseFile(error);
    }
  } catch (const Refused& refused) {
    sink.Write(CutLine(exchange, batch, work, refused.problem(), rows));
  }
}

}  // namespace

bool Prefers(const Request& request, std::string_view word) {
  return std::ranges::any_of(request.fields, [&](const Field& field) {
    return SameName(field.name, "Prefer") && ListHas(field.value, word);
  });
}

std::string_view FormatOf(std::string_view type) {
  return type == kXlsx ? "xlsx" : type == kCsv ? "csv" : "ndjson";
}

std::uint64_t Batch::most_bytes(const Limits& limits) const {
  return type == kXlsx ? limits.workbook_bytes : limits.batch_bytes;
}

Batch BatchOf(const Exchange& exchange, std::span<const std::string_view> types,
              std::span<const std::string_view> answers) {
  const Request& request = exchange.request;
  Batch batch{BodyType(request, types), AnswerType(request, answers)};
  const bool has_rows = batch.answer == kNdjson || batch.answer == kCsv;
  batch.stream = Prefers(request, "stream") && batch.type != kXlsx && has_rows;
  exchange.body.Require(batch.stream ? UINT64_MAX : batch.most_bytes(exchange.service.limits));
  return batch;
}

Batch BatchOf(const Exchange& exchange, std::span<const std::string_view> types) {
  return BatchOf(exchange, types, types);
}

Response AnswerBatch(Exchange& exchange, const Batch& batch, const BatchWork& work) {
  Response response;
  response.content_type = batch.answer == kCsv ? "text/csv; charset=utf-8" : batch.answer;
  if (batch.stream) {
    response.headers.emplace_back("Preference-Applied", "stream");
    response.make = [&exchange, batch, work](Sink& sink) { Stream(exchange, batch, work, sink); };
    return response;
  }
  // A client that sends everything before it reads must not be written to before.
  const auto spool = std::make_shared<Spool>();
  std::uint64_t rows = 0;
  try {
    work.answer_rows(*spool, rows);
  } catch (const io::FileError& error) {
    RefuseFile(error);
  }
  response.length = spool->size();
  response.make = [spool](Sink& sink) { spool->CopyTo(sink); };
  return response;
}

std::function<std::size_t(char*, std::size_t)> RowsOf(Exchange& exchange, const Batch& batch) {
  const std::uint64_t most = batch.most_bytes(exchange.service.limits);
  return [&exchange, most, stream = batch.stream](char* out, std::size_t size) {
    const std::size_t count = exchange.body.Read(out, size);
    if (!stream && exchange.body.received() > most) {
      throw Refused(413, Code::kBodyTooLarge, {std::to_string(most)});
    }
    return count;
  };
}

void ReceiveWorkbook(Exchange& exchange, const Batch& batch, const std::filesystem::path& path) {
  OnOurDisk([&] {
    io::OutputFile file(path);
    ReceiveUpload(exchange, batch.most_bytes(exchange.service.limits),
                  [&file](std::string_view bytes) { file.Write(bytes); });
    file.Commit();
  });
}

void RefuseFile(const io::FileError& error) {
  Diagnostic reason = error.diagnostic();
  reason.where.source.clear();
  Problem problem{400, reason, {}, {}};
  problem.errors.Add(reason);
  throw Refused(std::move(problem));
}

std::string EncodingOf(const Request& request) {
  const std::string_view charset = CharsetOf(request.Find("Content-Type"));
  if (charset.empty()) return {};
  return SameName(charset, "utf-8") ? "utf-8" : "gb18030";
}

void AllowToGoOn(const Exchange& exchange, const Batch& batch, std::uint64_t rows) {
  if (exchange.service.out_of_time) throw ConnectionLost();
  const std::uint64_t most = exchange.service.limits.batch_rows;
  if (!batch.stream && rows > most) throw Refused(413, Code::kRowLimit, {std::to_string(most)});
}

}  // namespace dijia::http
