#include "app/check_output.h"

#include <numeric>

#include "app/check_text.h"
#include "app/check_workbook.h"

namespace dijia::app {

std::uint64_t CheckCounts::cases() const {
  return std::accumulate(verdicts.begin(), verdicts.end(), errors);
}

void CheckCounts::Add(const CaseAnswer& answer) {
  if (answer.is_judged()) {
    ++verdicts[static_cast<std::size_t>(answer.check.verdict)];
  } else {
    ++errors;
  }
}

void CheckCounts::Add(const CheckCounts& other) {
  for (std::size_t i = 0; i < verdicts.size(); ++i) verdicts[i] += other.verdicts[i];
  errors += other.errors;
}

std::unique_ptr<CheckOutput> MakeCheckOutput(const CheckOutputOptions& options,
                                             const rules::RulePack& pack, io::OutputFile& file) {
  if (options.format == AnswerFormat::kJson) {
    return std::make_unique<CheckDocument>(options, pack, file);
  }
  if (options.format == AnswerFormat::kCsv) return std::make_unique<CheckCsv>(options, pack, file);
  if (options.format == AnswerFormat::kXlsx) {
    return std::make_unique<CheckWorkbook>(options, pack, file);
  }
  return std::make_unique<CheckLines>(options, pack, file);
}

}  // namespace dijia::app
