// Runs commands in a folder and catches what they print.
#pragma once

#include <filesystem>
#include <string>

namespace dijia::test {

struct ShellResult {
  int exit = -1;  // 128 + signal when a signal ended it
  std::string out, err;
};

// Runs `command` with sh in `folder`, `input` as its standard input; `dijia` is the program under
// test, in its source tree's data.
ShellResult RunShell(const std::string& command, const std::filesystem::path& folder,
                     const std::string& input = {});

}  // namespace dijia::test
