#include "io/header_row.h"

#include <algorithm>

#include "dijia/base/codes.h"

namespace dijia::io {
namespace {

std::string Shown(const std::vector<std::string>& record) {
  constexpr std::size_t kMost = 200;
  std::string text;
  for (const std::string& cell : record) text += (text.empty() ? "" : ", ") + cell;
  if (text.size() <= kMost) return text;
  std::size_t end = kMost;
  while ((static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end) + "…";
}

}  // namespace

std::optional<std::size_t> FindHeaderRow(const std::vector<std::vector<std::string>>& head,
                                         const std::function<bool(const std::string&)>& is_known,
                                         const std::string& source, const std::string& needed,
                                         Diagnostics& diagnostics) {
  if (head.empty()) {
    diagnostics.Add(Code::kFileIsEmpty, {source, 0, 0, ""});
    return std::nullopt;
  }
  for (std::size_t i = 0; i < head.size(); ++i) {
    if (std::ranges::count_if(head[i], is_known) >= 2) return i;
  }
  diagnostics.Add(Code::kNoHeader, {source, 1, 0, ""}, {Shown(head.front()), needed});
  return std::nullopt;
}

bool LooksLikeAField(std::string_view header) {
  const bool plain = std::ranges::all_of(header, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
  });
  return plain && header.find_first_of("._") != std::string_view::npos;
}

void ReportUnusedColumns(const std::vector<std::string>& headers,
                         const std::function<bool(std::size_t)>& is_used, const Location& where,
                         Diagnostics& diagnostics) {
  std::string unused;
  for (std::size_t i = 0; i < headers.size(); ++i) {
    if (is_used(i) || headers[i].empty() || LooksLikeAField(headers[i])) continue;
    unused += (unused.empty() ? "" : ", ") + headers[i];
  }
  if (!unused.empty()) diagnostics.Add(Code::kColumnsUnused, where, {unused});
}

}  // namespace dijia::io
