// Lines of full checks over columns of cases, the bytes of AppendCheck.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dijia/base/codes.h"
#include "dijia/rules/column_checks.h"

namespace dijia::json {

// Renders every outline of a checker once and then only puts in the numbers of the cases. One
// object serves one checker and one thread.
class CheckLines {
 public:
  CheckLines(rules::ColumnChecker& checker, const rules::RulePack& pack, Language language);

  // Appends the lines of the rows from `first` on, one for each id, each with its end, and answers
  // their verdicts. Precondition: room for a verdict for each id.
  void Append(std::size_t first, std::span<const std::string_view> case_ids,
              std::span<rules::Verdict> verdicts, TextBuffer& out);

 private:
  const rules::MarkedText& TextOf(std::uint32_t outline);
  rules::Verdict AppendSingly(std::size_t row, std::string_view case_id, TextBuffer& out);

  rules::ColumnChecker& checker_;
  const rules::RulePack& pack_;
  Language language_;
  std::vector<std::optional<rules::MarkedText>> texts_;  // by outline
  std::vector<std::uint32_t> outlines_;                  // of the rows under way
  std::vector<std::int64_t> values_;
  std::string scratch_;
};

}  // namespace dijia::json
