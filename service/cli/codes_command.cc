#include <iostream>
#include <string>
#include <string_view>

#include "cli/command.h"
#include "cli/exit_code.h"
#include "dijia/base/codes.h"

namespace dijia::cli {
namespace {

// A cell of a Markdown table.
std::string Cell(std::string_view text) {
  std::string cell;
  for (const char c : text) cell += c == '|' ? std::string("\\|") : std::string(1, c);
  return cell;
}

int PrintCodes() {
  std::cout
      << "# Diagnostic codes\n\n"
         "Printed by `dijia codes`; codes never change their meaning. `{0}`, `{1}` are filled "
         "in with the value and what is allowed.\n\n"
         "| code | severity | 中文 | English |\n|---|---|---|---|\n";
  for (const CodeRow& row : CodeTable()) {
    std::cout << "| " << CodeId(row.code) << " | " << CodeOf(row.severity) << " | " << Cell(row.zh)
              << " | " << Cell(row.en) << " |\n";
  }
  return kFine;
}

}  // namespace

void AddCodesCommand(const Command& program, Action& action) {
  const Command command =
      program.AddCommand("codes",
                         "列出全部诊断代码及其文字（Markdown 表）\n"
                         "all diagnostic codes with their texts, as a Markdown table");
  command.DressHelp("");
  command.KeepUnexpectedWords();
  command.WhenNamed([command, &action] {
    action = [command] {
      const std::optional<Diagnostic> fault = command.UnexpectedWord();
      return fault ? UsageError(*fault, Language::kZh) : PrintCodes();
    };
  });
}

}  // namespace dijia::cli
