// What becomes of answers: one writer for every output format.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/answer_output.h"
#include "dijia/base/codes.h"
#include "dijia/base/diagnostic.h"
#include "dijia/rules/inverse.h"
#include "dijia/rules/reserve_price.h"
#include "io/output_file.h"

namespace dijia::app {

// One case with its answer; with errors among the problems it was not judged.
struct CaseAnswer {
  std::uint64_t row = 0;  // 0 = the input is one case
  rules::ReservePriceCheck check;
  std::optional<rules::Inverse> inverse;
  Diagnostics problems;

  const rules::Inverse* inverse_or_null() const { return inverse ? &*inverse : nullptr; }
  bool is_judged() const { return !problems.has_errors(); }
};

struct CheckCounts {
  std::array<std::uint64_t, 5> verdicts{};  // by Verdict
  std::uint64_t errors = 0;

  std::uint64_t cases() const;
  void Add(const CaseAnswer& answer);
  void Add(const CheckCounts& other);
};

using RenderedBlock = Rendered<CaseAnswer>;

class CheckOutput : public AnswerOutput<CaseAnswer, CheckCounts> {
 public:
  // Whether an answer becomes a text of its own in RenderedBlock::text, in which the numbers of the
  // check stand as FormatDecimal and FormatDate write them.
  virtual bool is_text() const { return false; }
  // Whether such a text has this id of a case as it is, and else how it is written there.
  virtual bool HasAsItIs(std::string_view) const { return false; }
  virtual std::string Written(std::string_view case_id) const { return std::string(case_id); }
};

struct CheckOutputOptions {
  AnswerFormat format = AnswerFormat::kTable;
  Language language = Language::kZh;
  bool inverse = false;    // what would be lawful is written too
  bool explain = false;    // table: every step with clause and words
  bool is_single = false;  // json: one object instead of a list
};

// A writer of checks by a pack into `file`; both outlive it. The table for people is not among
// them: it knows the terminal.
std::unique_ptr<CheckOutput> MakeCheckOutput(const CheckOutputOptions& options,
                                             const rules::RulePack& pack, io::OutputFile& file);

}  // namespace dijia::app
