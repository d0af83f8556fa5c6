// What becomes of valuations: one writer for every output format.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "app/answer_output.h"
#include "app/csv_text.h"
#include "dijia/base/code.h"
#include "dijia/base/diagnostic.h"
#include "dijia/prepared_valuation.h"
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

// What became of a block, and the rows of it that have no value, as they stand.
struct AnsweredParcels : Answered<ParcelAnswer, ValueCounts> {
  TextBuffer rejects;

  // Keeps the memory.
  void Clear() {
    Answered::Clear();
    rejects.clear();
  }
};
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

// A row of CSV; texts are as they stand in the file but for the id.
struct ValueRow {
  std::string_view source;  // a cell
  std::uint64_t row = 0;
  std::string_view parcel_id;
  std::string_view status;
  std::optional<UnitPrice> unit_price;
  std::optional<FloorPrice> floor_price;
  std::optional<Money> total;
  std::optional<UnitPrice> base_price;
  std::string_view publication, steps, warnings, missing;  // cells
};
void PutValueRow(const ValueRow& row, CsvText& out);

// Replaces `out` by the steps of a priced row as CSV has them. Precondition: no name of a step
// needs quotes.
void PutSteps(const PricedRow& row, std::span<const PreparedStep> steps, CsvText& out);

// The problems of a parcel, or why its value is withheld, in one text; the warnings too when
// `warnings`.
std::string ReasonText(const ParcelAnswer& answer, bool warnings, Language language);
std::string WarningText(const ParcelAnswer& answer, Language language);

}  // namespace dijia::app
