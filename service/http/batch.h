// Batches: many rows in, as many answers out, in order and in constant memory.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

#include "http/exchange.h"
#include "http/media_type.h"
#include "io/file_error.h"
#include "io/output_file.h"
#include "io/text_sink.h"
#include "json/job_codec.h"

namespace dijia::http {

// Of a type of rows: csv, ndjson or xlsx.
std::string_view FormatOf(std::string_view type);

// How a batch is read and answered.
struct Batch {
  // kNdjson, kCsv, or where the resource takes and makes it kXlsx; an answer also kJson.
  std::string_view type, answer;
  bool stream = false;  // answered while it is read; no end is too far

  std::string_view format() const { return FormatOf(type); }  // of the input
  std::uint64_t most_bytes(const Limits& limits) const;       // of a body that does not stream
};

// What is done with the rows of one resource.
struct BatchWork {
  // Reads, answers and writes; counts the rows answered so far, also when it is left by Refused or
  // FileError.
  std::function<void(Sink& sink, std::uint64_t& rows)> answer_rows;
  // The row of CSV that tells in an answer under way why it ends here.
  std::function<std::string(std::string_view text)> csv_problem;
};

// The rows of a batch that is a job.
struct LaterRows {
  std::filesystem::path input;  // its body
  io::OutputFile& answers;
  // Tells how many rows are answered; leaves the work of a job that is to stop, by an exception.
  std::function<void(std::string_view stage, std::uint64_t rows)> go_on;
};
struct LaterWork {
  json::JobKind kind = json::JobKind::kCheck;
  std::string asked;  // what is asked beside the types and the body
  // False after reports of an input that cannot be understood as a whole. Called on a thread of the
  // jobs, after the request.
  std::function<bool(const LaterRows& rows, Diagnostics& messages)> answer;
};

inline constexpr std::array<std::string_view, 2> kLines{kNdjson, kCsv};
inline constexpr std::array<std::string_view, 3> kLinesAndWorkbooks{kNdjson, kCsv, kXlsx};

// Whether a Prefer field of the request has a word.
bool Prefers(const Request& request, std::string_view word);

// The one of `types` that a request has, the one of `answers` it wants, and its preference, which
// only rows have a part in, not workbooks or JSON. Throws Refused: 406, 411, 413, 415.
Batch BatchOf(const Exchange& exchange, std::span<const std::string_view> types,
              std::span<const std::string_view> answers);
// The same where what comes is also what is wanted.
Batch BatchOf(const Exchange& exchange, std::span<const std::string_view> types);

// Answers when all is read or, for a stream, while it is read.
Response AnswerBatch(Exchange& exchange, const Batch& batch, const BatchWork& work);

// Takes the body in and answers it as a job: 202. Throws Refused as MakeJob.
Response AnswerLater(Exchange& exchange, const Batch& batch, const LaterWork& work);

// Where the bytes of the rows come from; it ends a body that is larger than a batch may be.
std::function<std::size_t(char*, std::size_t)> RowsOf(Exchange& exchange, const Batch& batch);
// A workbook is read from a file, which the body is written to. Throws Refused, 413.
void ReceiveWorkbook(Exchange& exchange, const Batch& batch, const std::filesystem::path& path);
// A batch whose body cannot be read as its type: 400, without the name of a file of ours.
[[noreturn]] void RefuseFile(const io::FileError& error);

// What our own disk does not give is no fault of the request: FileError becomes an error of ours.
template <class Work>
auto OnOurDisk(const Work& work) {
  try {
    return work();
  } catch (const io::FileError& error) {
    throw std::runtime_error(Describe(error.diagnostic(), Language::kEn));
  }
}

// As RecordStreamOptions has it; empty = detected.
std::string EncodingOf(const Request& request);
// The rows of a batch as the options of their reader: as they come, or in the file `workbook` where
// they are one. Nobody hears of files of the service. Throws Refused, 413.
template <class Options>
Options InputOf(Exchange& exchange, const Batch& batch, const std::filesystem::path& workbook) {
  Options options;
  options.format = batch.format();
  options.source = "";
  if (batch.type == kXlsx) {
    options.path = workbook;
    ReceiveWorkbook(exchange, batch, options.path);
    return options;
  }
  options.encoding = EncodingOf(exchange.request);
  options.eager = batch.stream;
  options.read = RowsOf(exchange, batch);
  return options;
}
// After some rows of a batch: refuses it when it has more than one may have. Throws ConnectionLost
// when the service has stopped waiting for it: rows that are read from our disk do not notice.
void AllowToGoOn(const Exchange& exchange, const Batch& batch, std::uint64_t rows);

class SinkText : public io::TextSink {
 public:
  explicit SinkText(Sink& sink) : sink_(sink) {}
  void Write(std::string_view text) override { sink_.Write(text); }

 private:
  Sink& sink_;
};

}  // namespace dijia::http
