// What becomes of valuations: one writer for every output format.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "app/answer_output.h"
#include "dijia/base/code.h"
#include "dijia/base/diagnostic.h"
#include "dijia/valuation.h"
#include "io/text_sink.h"

namespace dijia::app {

// One parcel with its value; with errors among the problems it was not valued.
struct ParcelAnswer {
  std::string source;
  std::uint64_t row = 0;  // 0 = the input is one parcel
  std::optional<Date> valuation_date;
  Valuation valuation;
  Diagnostics problems;

  bool is_read() const { return !problems.has_errors(); }
};

struct ValueCounts {
  std::uint64_t valued = 0, withheld = 0, errors = 0;

  std::uint64_t parcels() const { return valued + withheld + errors; }
  void Add(const ParcelAnswer& answer);
  void Add(const ValueCounts& other);
};

using RenderedValues = Rendered<ParcelAnswer>;
using ValueOutput = AnswerOutput<ParcelAnswer, ValueCounts>;

struct ValueOutputOptions {
  AnswerFormat format = AnswerFormat::kTable;
  Language language = Language::kZh;
  bool explain = false;    // table: every step, and what each is worth
  bool is_single = false;  // json: one object instead of a list
};

// A writer of NDJSON, JSON or CSV into `sink`, which outlives it. The table for people is not among
// them: it knows the terminal. Formats: CSV has one row a parcel, `status` of one with errors is
// `error`, its steps are `name ×coefficient` or `name +yuan`, one after the other.
std::unique_ptr<ValueOutput> MakeValueOutput(const ValueOutputOptions& options, io::TextSink& sink);

// The problems of a parcel, or why its value is withheld, in one text; the warnings too when
// `warnings`.
std::string ReasonText(const ParcelAnswer& answer, bool warnings, Language language);
std::string WarningText(const ParcelAnswer& answer, Language language);

}  // namespace dijia::app
