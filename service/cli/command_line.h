// The commands of the program as its parts see them: names, options, help, what they do. The parser
// behind them is CLI11, which only command_line.cc reads: it takes a compiler ten seconds in every
// file.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "dijia/base/diagnostic.h"

namespace CLI {
class App;
}

namespace dijia::cli {

// A command, or the program itself as the command that the others stand in. A handle: copies mean
// the same command, which lives as long as its CommandLine.
class Command {
 public:
  explicit Command(CLI::App& app) : app_(&app) {}

  // A command of this one, with one line about it in each language.
  Command AddCommand(const std::string& name, const std::string& about) const;
  // Gives the help its look: `usage` is what follows the name. The help option stands among those
  // of the command where this is called.
  void DressHelp(const std::string& usage) const;
  // What the help ends with.
  void SetFooter(const std::string& text) const;
  // `named` is called when the command line names this command.
  void WhenNamed(std::function<void()> named) const;
  // Words that nobody asked for are kept for UnexpectedWord; else the program has them.
  void KeepUnexpectedWords() const;
  // May be named without one of its commands, and with one of them.
  void RequireAtMostOneCommand() const;

  std::string Help() const;
  // Words of the command line that nobody asked for: the first unknown option with the nearest
  // known one, or the first word too many. Nothing when every word was asked for.
  std::optional<Diagnostic> UnexpectedWord() const;

 private:
  friend class OptionGroup;
  CLI::App* app_;
};

// Options that stand under one heading of the help.
class OptionGroup {
 public:
  explicit OptionGroup(const Command& command, std::string heading = "Options")
      : command_(command), heading_(std::move(heading)) {}

  // `value` names what follows the option; empty for arguments.
  void Add(const char* name, std::string& word, const char* value, const std::string& text) const;
  void Add(const char* name, std::vector<std::string>& words, const char* value,
           const std::string& text) const;
  void AddFlag(const char* name, bool& word, const char* text) const;

 private:
  Command command_;
  std::string heading_;
};

// The program with its commands, and what it was called with.
class CommandLine {
 public:
  // `about`: what the program is; `version`: what --version prints.
  CommandLine(const std::string& name, const std::string& about, const std::string& version);
  ~CommandLine();
  CommandLine(const CommandLine&) = delete;
  CommandLine& operator=(const CommandLine&) = delete;

  Command program() const;

  struct Parsed {
    std::optional<int> exit_code;     // of --help and --version, which have printed what they print
    std::optional<Diagnostic> fault;  // what the words cannot mean
  };
  // Parses the words of main and calls what WhenNamed of the named command said.
  Parsed Parse(int count, char** words);

 private:
  std::unique_ptr<CLI::App> app_;
};

// What the parser of the command line says (`--out: 1 required TEXT missing`), in our own words.
Diagnostic ParseFault(const std::string& message);

}  // namespace dijia::cli
