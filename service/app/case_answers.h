// The answers of one worker to blocks of cases: one by one, or many at once where texts differ only
// in their numbers.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/check_output.h"
#include "dijia/base/date.h"
#include "dijia/rules/column_checks.h"
#include "io/case_input.h"
#include "store/kept_check.h"

namespace dijia::app {

struct AnsweredBlock : Answered<CaseAnswer, CheckCounts> {
  std::vector<store::NewCheck> kept;  // where that is asked for

  void Clear() {
    Answered::Clear();
    kept.clear();
  }
};

struct CaseAnswersOptions {
  std::optional<Days> as_of;  // judge every case by the law of this day
  bool inverse = false;       // also what would be lawful
  bool keep = false;          // what was judged is to be kept
  std::string source;         // what messages call the input
  // What the workers of one input learn for one another; may be null.
  std::shared_ptr<rules::LearnedOutlines> learned;
};

class CaseAnswers {
 public:
  virtual ~CaseAnswers() = default;
  // Reads, judges and renders a block. It is used up.
  virtual void Answer(io::InputBlock& block, AnsweredBlock& answered) = 0;
};

// One by one; for outputs and options of every kind. A case that is to be kept and states no county
// is answered, reported and not kept.
class SingleAnswers : public CaseAnswers {
 public:
  SingleAnswers(const io::CaseInput& input, const rules::PreparedRules& rules,
                const CheckOutput& output, const CaseAnswersOptions& options);
  void Answer(io::InputBlock& block, AnsweredBlock& answered) override;

 private:
  void AnswerRow(io::CaseRow& row, AnsweredBlock& answered) const;
  void Keep(const io::CaseRow& row, std::string given, const rules::ReservePriceCheck& check,
            AnsweredBlock& answered) const;

  const io::CaseInput& input_;
  const rules::PreparedRules& rules_;
  const CheckOutput& output_;
  CaseAnswersOptions options_;
  std::uint16_t decided_on_;
};

// By columns and outlines, the same bytes; for outputs of text without inverses.
class ColumnAnswers : public CaseAnswers {
 public:
  ColumnAnswers(const io::CaseInput& input, const rules::PreparedRules& rules,
                const CheckOutput& output, const CaseAnswersOptions& options);
  void Answer(io::InputBlock& block, AnsweredBlock& answered) override;

 private:
  // What rows of an outline have in common.
  struct OutlineText {
    const rules::MarkedText* text = nullptr;
    std::size_t number = 0;  // which of the text's figures is the number of the row
    rules::Verdict verdict = rules::Verdict::kNeedsFacts;
  };
  // All that remembers. Made anew when it has seen so many kinds of cases that memory would grow.
  struct Memory {
    rules::CaseColumns columns;
    rules::ColumnChecker checker;
    std::unique_ptr<io::CaseColumnReader> reader;
    std::vector<OutlineText> texts;  // by outline

    Memory(const io::CaseInput& input, const rules::PreparedRules& rules, const CheckOutput& output,
           const CaseAnswersOptions& options);
    bool is_full() const;
  };

  void FindOutlines(std::span<const io::ColumnRow> rows);
  void AnswerJudged(const io::ColumnRow& row, std::size_t index, AnsweredBlock& answered);
  void AnswerRefused(const io::ColumnRow& row, AnsweredBlock& answered) const;
  const OutlineText& TextOf(std::uint32_t outline);

  const io::CaseInput& input_;
  const rules::PreparedRules& rules_;
  const CheckOutput& output_;
  CaseAnswersOptions options_;
  std::unique_ptr<Memory> memory_;
  std::vector<std::uint32_t> outlines_;  // by row of the block
  std::vector<std::int64_t> values_;
};

// The faster one of those that give the answers asked for.
std::unique_ptr<CaseAnswers> MakeCaseAnswers(const io::CaseInput& input,
                                             const rules::PreparedRules& rules,
                                             const CheckOutput& output,
                                             const CaseAnswersOptions& options);

}  // namespace dijia::app
