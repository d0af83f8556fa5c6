#include "report/labels.h"

#include <utility>

namespace dijia::report {
namespace {

// The part of `rest` before `separator` or the end; takes both off `rest`.
std::string_view Take(std::string_view& rest, char separator) {
  const std::size_t end = rest.find(separator);
  const std::string_view part = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  return part;
}

}  // namespace

Labels Labels::Parse(std::string_view csv) {
  Labels labels;
  Take(csv, '\n');  // the header
  while (!csv.empty()) {
    std::string_view line = Take(csv, '\n');
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    const std::string_view code = Take(line, ',');
    const std::string_view zh = Take(line, ',');
    if (code.empty() || zh.empty() || line.empty()) continue;
    labels.names_.insert_or_assign(std::string(code), Name{std::string(zh), std::string(line)});
  }
  return labels;
}

std::string_view Labels::Of(std::string_view code, Language language) const {
  const auto found = names_.find(code);
  if (found == names_.end()) return code;
  return language == Language::kZh ? found->second.zh : found->second.en;
}

std::vector<std::string_view> Labels::Codes() const {
  std::vector<std::string_view> codes;
  for (const auto& [code, name] : names_) codes.push_back(code);
  return codes;
}

}  // namespace dijia::report
