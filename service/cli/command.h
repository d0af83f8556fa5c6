// The commands of the program.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/answer_output.h"
#include "dijia/base/diagnostic.h"

namespace dijia::cli {

// What a command line asks for: set by the command that was named.
using Action = std::function<int()>;

// Gives the help of the program or of a command its look: `usage` is what follows its name.
void DressHelp(CLI::App& command, const std::string& usage);

// Each adds one command to the program; when it is named, `action` becomes what to do.
void AddComputeCommand(CLI::App& program, Action& action);
void AddCheckCommand(CLI::App& program, Action& action);
void AddCoefficientsCommand(CLI::App& program, Action& action);
void AddCodesCommand(CLI::App& program, Action& action);
void AddPublicationCommand(CLI::App& program, Action& action);
void AddValueCommand(CLI::App& program, Action& action);
void AddServeCommand(CLI::App& program, Action& action);
void AddRulesCommand(CLI::App& program, Action& action);

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
