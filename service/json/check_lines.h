// Lines of full checks over columns of cases, the bytes of AppendCheck.
#pragma once

#include <memory>
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

  // Appends the line of a row, without its end, and answers the verdict.
  rules::Verdict Append(std::size_t row, std::string_view case_id, std::string& out);

 private:
  const rules::MarkedText& TextOf(std::uint32_t outline);

  rules::ColumnChecker& checker_;
  const rules::RulePack& pack_;
  Language language_;
  std::vector<std::unique_ptr<rules::MarkedText>> texts_;  // by outline
  std::string scratch_;
};

}  // namespace dijia::json
