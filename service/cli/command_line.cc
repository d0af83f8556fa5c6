#include "cli/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <string_view>

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

Command Command::AddCommand(const std::string& name, const std::string& about) const {
  return Command(*app_->add_subcommand(name, about));
}

void Command::DressHelp(const std::string& usage) const {
  app_->formatter(std::make_shared<HelpFormatter>(usage));
  app_->set_help_flag("-h,--help", "显示帮助 show this help");
  app_->group("命令 commands");
  app_->footer("");  // or it would be that of the program
}

void Command::SetFooter(const std::string& text) const { app_->footer(text); }

void Command::WhenNamed(std::function<void()> named) const { app_->callback(std::move(named)); }

void Command::KeepUnexpectedWords() const { app_->allow_extras(); }

void Command::RequireAtMostOneCommand() const { app_->require_subcommand(0, 1); }

std::string Command::Help() const { return app_->help(); }

std::optional<Diagnostic> Command::UnexpectedWord() const {
  const std::vector<std::string> words = app_->remaining();
  if (words.empty()) return std::nullopt;
  const auto option = std::ranges::find_if(
      words, [](const std::string& word) { return word.size() > 1 && word.front() == '-'; });
  if (option == words.end()) return Diagnostic{Code::kUnexpectedWord, {}, {words.front()}};
  const std::string name = option->substr(0, option->find('='));
  const std::vector<std::string> names = OptionNames(*app_);
  const std::vector<std::string_view> known(names.begin(), names.end());
  const std::string_view nearest = NearestName(name, known);
  if (nearest.empty()) return Diagnostic{Code::kUnknownOption, {}, {name, JoinNames(known)}};
  return Diagnostic{Code::kMisspeltOption, {}, {name, std::string(nearest)}};
}

void OptionGroup::Add(const char* name, std::string& word, const char* value,
                      const std::string& text) const {
  command_.app_->add_option(name, word, text)->type_name(value)->group(heading_);
}
void OptionGroup::Add(const char* name, std::vector<std::string>& words, const char* value,
                      const std::string& text) const {
  command_.app_->add_option(name, words, text)->type_name(value)->group(heading_);
}
void OptionGroup::AddFlag(const char* name, bool& word, const char* text) const {
  command_.app_->add_flag(name, word, text)->group(heading_);
}

CommandLine::CommandLine(const std::string& name, const std::string& about,
                         const std::string& version)
    : app_(std::make_unique<CLI::App>(about, name)) {
  program().DressHelp("COMMAND [OPTIONS]");
  app_->set_version_flag("--version", version, "显示版本 show the version");
  app_->allow_extras();
}
CommandLine::~CommandLine() = default;

Command CommandLine::program() const { return Command(*app_); }

CommandLine::Parsed CommandLine::Parse(int count, char** words) {
  try {
    app_->parse(count, words);
  } catch (const CLI::Success& success) {  // --help, --version
    return {app_->exit(success), {}};
  } catch (const CLI::ParseError& error) {
    return {{}, ParseFault(error.what())};
  }
  return {{}, program().UnexpectedWord()};
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

}  // namespace dijia::cli
