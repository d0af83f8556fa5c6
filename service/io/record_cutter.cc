#include "io/record_cutter.h"

#include <algorithm>
#include <utility>

#include "io/csv_block.h"

namespace dijia::io {

bool RecordCutter::Next() {
  cells_.clear();
  fault_.reset();
  if (text_.empty()) return false;
  const std::size_t end = EndOfRecord();
  record_ = text_.substr(0, end);
  text_.remove_prefix(std::min(text_.size(), end + 1));
  if (record_.ends_with('\r')) record_.remove_suffix(1);
  Cut(record_);
  return true;
}

std::size_t RecordCutter::EndOfRecord() const {
  std::size_t line = std::min(text_.find('\n'), text_.size());
  std::size_t quote = text_.substr(0, line).find('"');
  bool inside = false;
  while (quote != std::string_view::npos) {
    inside = !inside;
    if (inside) {
      quote = text_.find('"', quote + 1);
      if (quote == std::string_view::npos) return text_.size();
      line = std::min(text_.find('\n', quote), text_.size());
      continue;
    }
    quote = text_.substr(0, line).find('"', quote + 1);
  }
  return line;
}

void RecordCutter::Cut(std::string_view record) {
  const bool quoted = record.find('"') != std::string_view::npos;
  unquoted_.clear();
  std::size_t at = 0;
  while (true) {
    const std::size_t end =
        quoted ? EndOfField(record, at) : std::min(record.find(delimiter_, at), record.size());
    AddField(record.substr(at, end - at));
    if (end == record.size()) break;
    at = end + 1;
  }
}

std::size_t RecordCutter::EndOfField(std::string_view record, std::size_t at) const {
  bool inside = false;
  for (; at < record.size(); ++at) {
    if (record[at] == '"') inside = !inside;
    if (record[at] == delimiter_ && !inside) return at;
  }
  return record.size();
}

void RecordCutter::AddField(std::string_view field) {
  if (field.find('"') == std::string_view::npos) {
    cells_.push_back(field);
    return;
  }
  std::string text;
  if (!Unquote(field, text) && !fault_) fault_ = std::string(field);
  unquoted_.push_back(std::make_unique<std::string>(std::move(text)));
  cells_.push_back(*unquoted_.back());
}

}  // namespace dijia::io
