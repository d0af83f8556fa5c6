#include <algorithm>
#include <charconv>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/command.h"
#include "cli/exit_code.h"
#include "cli/language_text.h"
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

// Headings in both languages, the usage as the command words it.
class HelpFormatter : public CLI::Formatter {
 public:
  explicit HelpFormatter(std::string usage) : usage_(std::move(usage)) {
    label("Positionals", "参数 arguments");
    column_width(26);
  }
  std::string make_usage(const CLI::App* /*command*/, std::string name) const override {
    return "用法 usage: " + name + (usage_.empty() ? "" : " ") + usage_ + "\n";
  }
  std::string make_group(std::string group, bool is_positional,
                         std::vector<const CLI::Option*> options) const override {
    return CLI::Formatter::make_group(group == "Options" ? "选项 options" : group, is_positional,
                                      std::move(options));
  }
  // One blank line between groups.
  std::string make_help(const CLI::App* app, std::string name,
                        CLI::AppFormatMode mode) const override {
    std::string help = CLI::Formatter::make_help(app, std::move(name), mode);
    for (std::size_t at = 0; (at = help.find("\n\n\n", at)) != std::string::npos;)
      help.erase(at, 1);
    return help;
  }

 private:
  std::string usage_;
};

}  // namespace

void DressHelp(CLI::App& command, const std::string& usage) {
  command.formatter(std::make_shared<HelpFormatter>(usage));
  command.set_help_flag("-h,--help", "显示帮助 show this help");
  command.group("命令 commands");
  command.footer("");  // or it would be that of the program
}

void AddGroupHelp(CLI::App& group, Action& action) {
  group.require_subcommand(0, 1);
  group.callback([&group, &action] {
    if (!action) {
      action = [&group] {
        std::cerr << group.help();
        return kUsage;
      };
    }
  });
}

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

Diagnostic ParseFault(const std::string& message) {
  const auto says = [&message](const char* words) {
    return message.find(words) != std::string::npos;
  };
  const std::size_t dashes = message.find("--");
  if (dashes == std::string::npos) return {Code::kBadCommandLine, {}, {message}};
  const std::string option = message.substr(dashes, message.find_first_of(": ", dashes) - dashes);
  if (says("missing")) return {Code::kOptionWithoutValue, {}, {option}};
  if (says("At Most 1")) return {Code::kOptionTwice, {}, {option}};
  if (says("Could not convert")) return {Code::kFlagWithValue, {}, {option}};
  return {Code::kBadCommandLine, {}, {message}};
}

std::optional<unsigned> ParseThreads(const std::string& text) {
  constexpr unsigned kMost = 1024;
  unsigned threads = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), threads);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole && threads <= kMost ? std::optional(threads) : std::nullopt;
}

std::optional<Diagnostic> FaultOf(const std::string& language, const std::string& threads) {
  if (!FromCode<Language>(language)) {
    return Diagnostic{Code::kOptionNotAllowed, {}, {"--lang", language, "zh, en"}};
  }
  if (!ParseThreads(threads)) {
    return Diagnostic{Code::kOptionNotAllowed, {}, {"--threads", threads, "0 – 1024"}};
  }
  return std::nullopt;
}

std::optional<app::AnswerFormat> OutputFormatOf(const std::string& stated, const std::string& out) {
  if (!stated.empty()) return FromCode<app::AnswerFormat>(stated);
  std::string extension = std::filesystem::path(out).extension().string();
  if (!extension.empty()) extension.erase(0, 1);
  if (extension == "jsonl") extension = "ndjson";
  return FromCode<app::AnswerFormat>(extension).value_or(app::AnswerFormat::kTable);
}

int UsageError(const Diagnostic& diagnostic, Language language) {
  std::cerr << Describe(diagnostic, language) << "\n";
  return kUsage;
}

}  // namespace dijia::cli
