#include <algorithm>
#include <iostream>
#include <string_view>

#include "cli/command.h"
#include "cli/exit_code.h"
#include "dijia/base/codes.h"
#include "dijia/base/names.h"

namespace dijia::cli {
namespace {

std::vector<std::string> OptionNames(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

}  // namespace

Diagnostic UnexpectedWord(const CLI::App& command, const std::vector<std::string>& words) {
  const auto option = std::ranges::find_if(
      words, [](const std::string& word) { return word.size() > 1 && word.front() == '-'; });
  if (option == words.end()) return {Code::kUnexpectedWord, {}, {words.front()}};
  const std::string name = option->substr(0, option->find('='));
  const std::vector<std::string> names = OptionNames(command);
  const std::vector<std::string_view> known(names.begin(), names.end());
  const std::string_view nearest = NearestName(name, known);
  if (nearest.empty()) return {Code::kUnknownOption, {}, {name, JoinNames(known)}};
  return {Code::kMisspeltOption, {}, {name, std::string(nearest)}};
}

int UsageError(const Diagnostic& diagnostic, Language language) {
  std::cerr << Describe(diagnostic, language) << "\n";
  return kUsage;
}

}  // namespace dijia::cli
