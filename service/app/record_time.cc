#include "app/record_time.h"

#include <algorithm>
#include <string_view>

#include "dijia/base/date.h"

namespace dijia::app {
namespace {

// Whether a text has the form of the pattern, in which 0 stands for any digit.
bool HasForm(std::string_view text, std::string_view pattern) {
  if (text.size() != pattern.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_digit = text[i] >= '0' && text[i] <= '9';
    if (pattern[i] == '0' ? !is_digit : text[i] != pattern[i]) return false;
  }
  return true;
}

}  // namespace

std::optional<std::string> RecordTimeOf(const std::string& word) {
  constexpr std::size_t kDay = 10, kSecond = 19;
  const std::string day = word.substr(0, std::min(kDay, word.size()));
  if (!HasForm(day, "0000-00-00") || !ParseDate(day)) return std::nullopt;
  if (word.size() == kDay) return word + "T23:59:59.999999Z";
  const std::string time = word.substr(kDay);
  if (HasForm(time, "T00:00:00Z")) return word.substr(0, kSecond) + ".999999Z";
  return HasForm(time, "T00:00:00.000000Z") ? std::optional(word) : std::nullopt;
}

}  // namespace dijia::app
