#include "workbook/words.h"

#include <algorithm>

namespace dijia::workbook {

std::string_view WordOf(Words words, std::string_view code) {
  const auto found = std::ranges::find(words, code, &Word::code);
  return found == words.end() ? code : found->word;
}

std::optional<std::string_view> CodeOfWord(Words words, std::string_view text) {
  const auto found = std::ranges::find_if(
      words, [text](const Word& word) { return word.word == text || word.code == text; });
  return found == words.end() ? std::nullopt : std::optional(found->code);
}

std::string JoinWords(Words words) {
  std::string text;
  for (const Word& word : words) {
    text += text.empty() ? "" : "、";
    text += word.word;
  }
  return text;
}

}  // namespace dijia::workbook
