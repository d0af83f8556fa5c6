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

namespace dijia::cli {

void AddGroupHelp(const Command& group, Action& action) {
  group.RequireAtMostOneCommand();
  group.WhenNamed([group, &action] {
    if (!action) {
      action = [group] {
        std::cerr << group.Help();
        return kUsage;
      };
    }
  });
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
