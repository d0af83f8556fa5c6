#include "dijia/base/diagnostic.h"

#include <algorithm>
#include <utility>

#include "argument_words.h"
#include "dijia/base/codes.h"

namespace dijia {

std::string TextOf(const Diagnostic& diagnostic, Language language) {
  if (!HasWordsForCodes(diagnostic.code)) {
    return Render(diagnostic.code, diagnostic.arguments, language);
  }
  return Render(diagnostic.code, ArgumentsInWords(diagnostic, language), language);
}

namespace {

// Of a whole column: behind the file its number alone would be read as that of a row.
std::string ColumnText(std::uint32_t column, Language language) {
  const std::string number = std::to_string(column);
  return language == Language::kZh ? "第 " + number + " 列: " : "column " + number + ": ";
}

}  // namespace

std::string Describe(const Diagnostic& diagnostic, Language language) {
  static constexpr std::string_view kWords[2][3] = {{"提示", "警告", "错误"},
                                                    {"note", "warning", "error"}};
  const Location& where = diagnostic.where;
  std::string line = where.source;
  if (where.row > 0) line += ":" + std::to_string(where.row);
  const bool is_of_column = where.row == 0 && where.column > 0;
  if (where.column > 0 && !is_of_column) line += ":" + std::to_string(where.column);
  if (!line.empty()) line += ": ";
  if (is_of_column) line += ColumnText(where.column, language);
  const auto severity = static_cast<std::size_t>(RowOf(diagnostic.code).severity);
  line += kWords[language == Language::kZh ? 0 : 1][severity];
  line += " " + CodeId(diagnostic.code);
  if (!where.field.empty()) line += " [" + where.field + "]";
  return line + ": " + TextOf(diagnostic, language);
}

void Diagnostics::Add(Diagnostic diagnostic) {
  ++counts_[static_cast<std::size_t>(RowOf(diagnostic.code).severity)];
  if (kept_.size() < kKept) kept_.push_back(std::move(diagnostic));
}

void Diagnostics::Add(Code code, Location where, std::vector<std::string> arguments) {
  Add(Diagnostic{code, std::move(where), std::move(arguments)});
}

void Diagnostics::Append(const Diagnostics& other) {
  for (std::size_t i = 0; i < std::size(counts_); ++i) counts_[i] += other.counts_[i];
  const std::size_t room = kKept - kept_.size();
  const std::size_t taken = std::min(room, other.kept_.size());
  kept_.insert(kept_.end(), other.kept_.begin(),
               other.kept_.begin() + static_cast<std::ptrdiff_t>(taken));
}

}  // namespace dijia
