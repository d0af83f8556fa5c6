// The commands of the program.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/answer_output.h"
#include "dijia/base/diagnostic.h"

namespace dijia::cli {

// What a command line asks for: set by the command that was named.
using Action = std::function<int()>;

// Gives the help of the program or of a command its look: `usage` is what follows its name. The
// help option stands among those of the command where it is called.
void DressHelp(CLI::App& command, const std::string& usage);

// Options that stand under one heading of the help.
class OptionGroup {
 public:
  explicit OptionGroup(CLI::App& command, std::string heading = "Options")
      : command_(command), heading_(std::move(heading)) {}

  // `value` names what follows the option; empty for arguments.
  template <class Word>
  void Add(const char* name, Word& word, const char* value, const std::string& text) const {
    command_.add_option(name, word, text)->type_name(value)->group(heading_);
  }
  void AddFlag(const char* name, bool& word, const char* text) const {
    command_.add_flag(name, word, text)->group(heading_);
  }

 private:
  CLI::App& command_;
  std::string heading_;
};

// Options of the commands over files that say the same of them.
inline void AddLanguage(const OptionGroup& options, std::string& word) {
  options.Add("--lang", word, "LANG", "zh（默认）或 en\nlanguage of the texts");
}
inline void AddDiagnostics(const OptionGroup& options, std::string& word) {
  options.Add("--diagnostics", word, "FILE",
              "输入中的问题写入 NDJSON 文件\nwhat is wrong with the inputs, as NDJSON");
}

// A command that is a group of commands: without one of them it prints its help.
void AddGroupHelp(CLI::App& group, Action& action);

// Headings of options that several commands have.
inline constexpr const char* kInputHeading = "输入 input";
inline constexpr const char* kOutputHeading = "输出 output";
inline constexpr const char* kLawHeading = "规定 law";
inline constexpr const char* kOtherHeading = "其他 other";

// Each adds one command to the program; when it is named, `action` becomes what to do.
void AddComputeCommand(CLI::App& program, Action& action);
void AddCheckCommand(CLI::App& program, Action& action);
void AddDueCommand(CLI::App& program, Action& action);
void AddCoefficientsCommand(CLI::App& program, Action& action);
void AddCodesCommand(CLI::App& program, Action& action);
void AddInitCommand(CLI::App& program, Action& action);
void AddImportCommand(CLI::App& program, Action& action);
void AddBackupCommands(CLI::App& program, Action& action);
void AddRefreshCommand(CLI::App& program, Action& action);
void AddPublicationCommand(CLI::App& program, Action& action);
void AddValueCommand(CLI::App& program, Action& action);
void AddServeCommand(CLI::App& program, Action& action);
void AddRulesCommand(CLI::App& program, Action& action);

// The commands of the group `publication` over the store.
void AddStoredPublicationCommands(CLI::App& group, Action& action);

// Words of the command line that nobody asked for: the first unknown option with the nearest known
// one, or the first word too many.
Diagnostic UnexpectedWord(const CLI::App& command, const std::vector<std::string>& words);

// What the parser of the command line says (`--out: 1 required TEXT missing`), in our own words.
Diagnostic ParseFault(const std::string& message);

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
void ActOn(CLI::App& command, const std::shared_ptr<Words>& words, Action& action,
           FindFault find_fault, Run run) {
  command.allow_extras();
  command.callback([&command, words, &action, find_fault, run] {
    action = [&command, words, find_fault, run] {
      const Language language = FromCode<Language>(words->language).value_or(Language::kZh);
      if (const auto fault = find_fault(command, *words)) return UsageError(*fault, language);
      return run(*words);
    };
  });
}

}  // namespace dijia::cli
