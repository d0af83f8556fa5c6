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
  CommandLine line("dijia", "dijia：由样点测算基准地价\nbenchmark land prices from sale records",
                   "dijia " + std::string(app::Version()));
  line.program().SetFooter("dijia COMMAND --help 显示该命令的选项 shows the options of a command");
  Action action;
  for (const auto add :
       {AddComputeCommand, AddCheckCommand, AddChecksCommand, AddValueCommand, AddRefreshCommand,
        AddDueCommand, AddPublicationCommand, AddInitCommand, AddImportCommand, AddSamplesCommand,
        AddClassesCommand, AddBackupCommands, AddUserCommand, AddKeyCommand, AddReportCommand,
        AddCoefficientsCommand, AddCodesCommand, AddServeCommand, AddRulesCommand}) {
    add(line.program(), action);
  }
  const CommandLine::Parsed parsed = line.Parse(count, words);
  if (parsed.exit_code) return *parsed.exit_code;
  if (parsed.fault) return UsageError(*parsed.fault, Language::kZh);
  if (action) return action();
  std::cerr << line.program().Help();
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
