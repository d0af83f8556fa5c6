#include "sentence.h"

#include <algorithm>

namespace dijia::rules {
namespace {

// What findings can say about prices; findings.cc gives their values.
constexpr std::string_view kFigures[] = {
    "price",         "price_full_term", "limit",      "deficit",     "standard",   "class",
    "ratio",         "ratio_percent",   "rate_floor", "duty",        "minimum",    "price_kind_zh",
    "price_kind_en", "floor_zh",        "floor_en",   "standard_zh", "standard_en"};

}  // namespace

std::string FillSentence(std::string_view sentence,
                         const std::function<std::string(std::string_view)>& value_of) {
  std::string out;
  while (!sentence.empty()) {
    const std::size_t open = sentence.find('{');
    const std::size_t close = sentence.find('}', open);
    if (open == std::string_view::npos || close == std::string_view::npos) break;
    out += sentence.substr(0, open);
    out += value_of(sentence.substr(open + 1, close - open - 1));
    sentence.remove_prefix(close + 1);
  }
  return out.append(sentence);
}

std::string FirstUnknownPlaceholder(std::string_view sentence,
                                    std::span<const std::string_view> facts) {
  std::string unknown;
  FillSentence(sentence, [&](std::string_view name) {
    const bool known = std::ranges::find(kFigures, name) != std::end(kFigures) ||
                       std::ranges::find(facts, name) != facts.end();
    if (!known && unknown.empty()) unknown = name;
    return std::string();
  });
  return unknown;
}

}  // namespace dijia::rules
