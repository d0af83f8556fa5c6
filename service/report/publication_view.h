// What a deliverable is written from: one (county, area) of a computed run, read only.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "dijia/grade_price.h"
#include "dijia/plan.h"
#include "dijia/sample.h"
#include "dijia/sample_decisions.h"
#include "report/labels.h"

namespace dijia::report {

// One file of the run and the fingerprint of its bytes.
struct InputFile {
  std::string name;        // base name; a deliverable never shows a path of the machine
  std::string contents;    // `samples`, `plan`, `mapping`, `reference`, …
  std::string sha256;      // lower-case hex
  std::uint64_t rows = 0;  // data rows; 0 = not a table
};

// What a reader needs to make the same bytes again.
struct EvidenceSummary {
  std::string engine_version;
  std::vector<InputFile> inputs;
  std::string effective_plan;                   // the plan with every default written out, TOML
  std::array<std::size_t, kFateCount> fates{};  // of every row of the run, by Fate
};

// The rows that belong to one publication of a run, by what they say themselves; rows of other
// counties or areas are told about as a number.
struct PublicationScope {
  std::uint16_t county = 0, area = 0;  // dictionary codes of the table, as in the keys of the cells
  std::vector<std::uint32_t> rows;     // indices into the table, ascending
};

// Every (county, area) that has a row or a cell, ascending by names; each row is in exactly one. A
// row that names no county (area) belongs to the county (area) of the plan when it names one.
std::vector<PublicationScope> ScopesOf(const SampleTable& samples, const ComputePlan& plan,
                                       const GradePriceReport& report);

// Everything is owned by the caller and outlives the call.
struct PublicationView {
  const SampleTable& samples;
  const ComputePlan& plan;
  const GradePriceReport& report;
  const EvidenceSummary& evidence;
  const Labels& labels;
  const PublicationScope& scope;
  std::string publication_id;  // as in publication.json
  std::string county_name;     // for people, for example 锡林浩特市; empty = the code is shown
  std::span<const std::string> source_names =
      {};                                       // of samples.sources, to show; empty = as they are
  const SampleDecisions* decisions = nullptr;   // of appraisers; read where `decided` names rows
  std::span<const DecidedSample> decided = {};  // of the whole run, ascending
  unsigned threads = 1;  // for counting many rows; 0 = all cores; the bytes are the same

  std::span<const GradePrice> Cells() const;  // of this county and area, in report order
  std::span<const OrderCheck> Orders() const;
  // The name of the file of a row, without the path of the machine where the caller knows one.
  const std::string& SourceName(std::size_t row) const;
  std::string_view CountyCode() const { return samples.counties.Name(scope.county); }
  std::string_view AreaName() const { return samples.areas.Name(scope.area); }
};

}  // namespace dijia::report
