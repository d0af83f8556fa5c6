// Checks as a workbook: what an office mails back. Verdicts in colour, a column for every rule.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/check_output.h"
#include "report/sheet.h"

namespace dijia::app {

class CheckWorkbook : public CheckOutput {
 public:
  CheckWorkbook(const CheckOutputOptions& options, const rules::RulePack& pack,
                io::OutputFile& file);

  void Render(CaseAnswer&& answer, RenderedBlock& block) const override;
  void Write(RenderedBlock&& block) override;
  void End(const CheckCounts& counts) override;

 private:
  std::vector<report::SheetColumn> VerdictColumns() const;
  void WriteAnswer(const CaseAnswer& answer);
  void WriteFigures(const rules::ReservePriceCheck& check);
  void WriteFindings(const rules::ReservePriceCheck& check);
  void WriteQuestions(const CaseAnswer& answer);
  void WriteQuestion(const CaseAnswer& answer, const rules::MissingFact& missing);
  void WriteSummary(const CheckCounts& counts);

  CheckOutputOptions options_;
  const rules::RulePack& pack_;
  io::OutputFile& file_;
  std::vector<std::string> rules_;  // a column each
  report::Book book_;
  std::optional<report::Sheet> summary_, verdicts_, questions_;
  std::uint64_t verdict_rows_ = 0, question_rows_ = 0;  // those left out too
  Days latest_ = kNoDate;
};

}  // namespace dijia::app
