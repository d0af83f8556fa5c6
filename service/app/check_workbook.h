// Checks as a workbook: what an office mails back. Verdicts in colour, a column for every rule.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/check_output.h"
#include "report/sheet.h"

namespace dijia::app {

class CheckWorkbook : public CheckOutput {
 public:
  // Excel has 1,048,576 rows; more cases are refused with kTooManyRows… as text formats have all.
  static constexpr std::uint64_t kMostRows = 1'000'000;

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
  void WriteSummary(const CheckCounts& counts);

  CheckOutputOptions options_;
  const rules::RulePack& pack_;
  io::OutputFile& file_;
  std::vector<std::string> rules_;  // a column each
  report::Book book_;
  std::optional<report::Sheet> summary_, verdicts_, questions_;
  Days latest_ = kNoDate;
};

}  // namespace dijia::app
