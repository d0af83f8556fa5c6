// The commands of the program.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/answer_output.h"
#include "cli/command_line.h"
#include "dijia/base/diagnostic.h"

namespace dijia::cli {

// What a command line asks for: set by the command that was named.
using Action = std::function<int()>;

// Options of the commands over files that say the same of them.
inline void AddLanguage(const OptionGroup& options, std::string& word) {
  options.Add("--lang", word, "LANG", "zh（默认）或 en\nlanguage of the texts");
}
inline void AddDiagnostics(const OptionGroup& options, std::string& word) {
  options.Add("--diagnostics", word, "FILE",
              "输入中的问题写入 NDJSON 文件\nwhat is wrong with the inputs, as NDJSON");
}

// A command that is a group of commands: without one of them it prints its help.
void AddGroupHelp(const Command& group, Action& action);

// Headings of options that several commands have.
inline constexpr const char* kInputHeading = "输入 input";
inline constexpr const char* kOutputHeading = "输出 output";
inline constexpr const char* kLawHeading = "规定 law";
inline constexpr const char* kKeepingHeading = "存档 keeping";
inline constexpr const char* kOtherHeading = "其他 other";

// Each adds one command to the program; when it is named, `action` becomes what to do.
void AddComputeCommand(const Command& program, Action& action);
void AddCheckCommand(const Command& program, Action& action);
void AddChecksCommand(const Command& program, Action& action);
void AddDueCommand(const Command& program, Action& action);
void AddCoefficientsCommand(const Command& program, Action& action);
void AddCodesCommand(const Command& program, Action& action);
void AddInitCommand(const Command& program, Action& action);
void AddImportCommand(const Command& program, Action& action);
void AddBackupCommands(const Command& program, Action& action);
void AddSamplesCommand(const Command& program, Action& action);
void AddClassesCommand(const Command& program, Action& action);
void AddRefreshCommand(const Command& program, Action& action);
void AddUserCommand(const Command& program, Action& action);
void AddKeyCommand(const Command& program, Action& action);
void AddReportCommand(const Command& program, Action& action);
void AddPublicationCommand(const Command& program, Action& action);
void AddValueCommand(const Command& program, Action& action);
void AddServeCommand(const Command& program, Action& action);
void AddRulesCommand(const Command& program, Action& action);

// `import samples` and `import classes` of the group `import`.
void AddSampleImport(const Command& group, Action& action);
void AddLandClassImport(const Command& group, Action& action);

// `publication balance` and `publication order` of the group `publication`.
void AddBalanceCommand(const Command& group, Action& action);
void AddOrderCommand(const Command& group, Action& action);
// The commands of the group `publication` over the store.
void AddStoredPublicationCommands(const Command& group, Action& action);

// What `--threads` asks for, 0 to 1024; nothing for other words.
std::optional<unsigned> ParseThreads(const std::string& text);

// What is wrong with `--lang` or `--threads`; nothing when nothing is.
std::optional<Diagnostic> FaultOf(const std::string& language, const std::string& threads);

// The format of answers: the stated one, else that of the extension of the output file, else a
// table. Nothing for a word that is no format.
std::optional<app::AnswerFormat> OutputFormatOf(const std::string& stated, const std::string& out);

// Prints a problem of the command line to stderr and gives the exit code for it.
int UsageError(const Diagnostic& diagnostic, Language language);

// What the command does when it is named: the fault that `find_fault`(command, words) finds is
// told in the language of `words.language`, else `run`(words) gives the exit code. Words that
// nobody asked for are left to `find_fault`. The words stay until then.
template <class Words, class FindFault, class Run>
void ActOn(const Command& command, const std::shared_ptr<Words>& words, Action& action,
           FindFault find_fault, Run run) {
  command.KeepUnexpectedWords();
  command.WhenNamed([command, words, &action, find_fault, run] {
    action = [command, words, find_fault, run] {
      const Language language = FromCode<Language>(words->language).value_or(Language::kZh);
      if (const auto fault = find_fault(command, *words)) return UsageError(*fault, language);
      return run(*words);
    };
  });
}

}  // namespace dijia::cli
