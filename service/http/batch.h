// Batches: many rows in, as many answers out, in order and in constant memory.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "http/exchange.h"
#include "http/media_type.h"
#include "io/text_sink.h"

namespace dijia::http {

// Of a type of rows: csv, ndjson or xlsx.
std::string_view FormatOf(std::string_view type);

// How a batch is read and answered.
struct Batch {
  std::string_view type, answer;  // kNdjson, kCsv, or where the resource takes and makes it kXlsx
  bool stream = false;            // answered while it is read; no end is too far

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

inline constexpr std::array<std::string_view, 2> kLines{kNdjson, kCsv};
inline constexpr std::array<std::string_view, 3> kLinesAndWorkbooks{kNdjson, kCsv, kXlsx};

// Whether a Prefer field of the request has a word.
bool Prefers(const Request& request, std::string_view word);

// The one of `types` that a request has, the one it wants, and its preference, which workbooks are
// no part of. Throws Refused: 406, 411, 413, 415.
Batch BatchOf(const Exchange& exchange, std::span<const std::string_view> types);

// Answers when all is read or, for a stream, while it is read.
Response AnswerBatch(Exchange& exchange, const Batch& batch, const BatchWork& work);

// Where the bytes of the rows come from; it ends a body that is larger than a batch may be.
std::function<std::size_t(char*, std::size_t)> RowsOf(Exchange& exchange, const Batch& batch);
// As RecordStreamOptions has it; empty = detected.
std::string EncodingOf(const Request& request);
// Refuses a batch of more rows than one may have.
void ExpectRows(const Exchange& exchange, const Batch& batch, std::uint64_t rows);

class SinkText : public io::TextSink {
 public:
  explicit SinkText(Sink& sink) : sink_(sink) {}
  void Write(std::string_view text) override { sink_.Write(text); }

 private:
  Sink& sink_;
};

}  // namespace dijia::http
