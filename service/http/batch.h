// Batches: many rows in, as many answers out, in order and in constant memory.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "http/exchange.h"
#include "io/text_sink.h"

namespace dijia::http {

// How a batch is read and answered.
struct Batch {
  std::string_view type, answer;  // application/x-ndjson or text/csv
  bool stream = false;            // answered while it is read; no end is too far

  std::string_view format() const;  // of the input: csv or ndjson
};

// What is done with the rows of one resource.
struct BatchWork {
  // Reads, answers and writes; counts the rows answered so far, also when it is left by Refused or
  // FileError.
  std::function<void(Sink& sink, std::uint64_t& rows)> answer_rows;
  // The row of CSV that tells in an answer under way why it ends here.
  std::function<std::string(std::string_view text)> csv_problem;
};

// Whether a Prefer field of the request has a word.
bool Prefers(const Request& request, std::string_view word);

// The types and the preference of a request. Throws Refused: 406, 411, 413, 415.
Batch BatchOf(const Exchange& exchange);

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
