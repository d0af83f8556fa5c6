#include <CLI/CLI.hpp>
#include <csignal>
#include <exception>
#include <iostream>
#include <string>

#include "app/version.h"
#include "cli/command.h"
#include "cli/exit_code.h"
#include "dijia/base/codes.h"

namespace dijia::cli {
namespace {

int Run(int count, char** words) {
  CLI::App program("dijia：由样点测算基准地价\nbenchmark land prices from sale records", "dijia");
  DressHelp(program, "COMMAND [OPTIONS]");
  program.footer("dijia COMMAND --help 显示该命令的选项 shows the options of a command");
  program.set_version_flag("--version", "dijia " + std::string(app::Version()),
                           "显示版本 show the version");
  program.allow_extras();
  Action action;
  for (const auto add :
       {AddComputeCommand, AddCheckCommand, AddValueCommand, AddRefreshCommand, AddDueCommand,
        AddPublicationCommand, AddInitCommand, AddImportCommand, AddBackupCommands,
        AddCoefficientsCommand, AddCodesCommand, AddServeCommand, AddRulesCommand}) {
    add(program, action);
  }
  try {
    program.parse(count, words);
  } catch (const CLI::Success& success) {  // --help, --version
    return program.exit(success);
  } catch (const CLI::ParseError& error) {
    return UsageError(ParseFault(error.what()), Language::kZh);
  }
  if (const std::vector<std::string> extra = program.remaining(); !extra.empty()) {
    return UsageError(UnexpectedWord(program, extra), Language::kZh);
  }
  if (action) return action();
  std::cerr << program.help();
  return kUsage;
}

}  // namespace
}  // namespace dijia::cli

int main(int count, char** words) {
  std::signal(SIGPIPE, SIG_IGN);  // a reader that went away is a write that fails, not a death
  try {
    return dijia::cli::Run(count, words);
  } catch (const std::exception& exception) {
    std::cerr << dijia::Describe({dijia::Code::kInternal, {}, {exception.what()}},
                                 dijia::Language::kZh)
              << "\n";
    return dijia::cli::kFileTrouble;
  }
}
