#include "io/json_records.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "dijia/base/codes.h"
#include "io/byte_source.h"
#include "io/file_error.h"
#include "json/text.h"

namespace dijia::io {
namespace {

constexpr std::size_t kBlock = 256;

std::string_view TakeLine(std::string_view& text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(text.size(), line.size() + 1));
  return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
}

}  // namespace

Diagnostics ProblemsAt(const JsonRecord& record, const Diagnostics& problems) {
  Diagnostics placed;
  for (Diagnostic problem : problems.kept()) {
    problem.where.row = record.row;
    problem.where.column = 0;
    if (problem.where.field.starts_with('/')) problem.where.field.insert(0, record.prefix);
    placed.Add(std::move(problem));
  }
  return placed;
}

void ReadJsonLines(const RecordPiece& piece, const std::filesystem::path& path,
                   const std::function<void(const JsonRecord&)>& use) {
  const std::string text = Utf8Of(piece, path);
  const std::string source = path.string();
  std::string_view rest = text;
  for (std::uint64_t number = piece.first_row; !rest.empty(); ++number) {
    const std::string_view line = TakeLine(rest);
    if (line.find_first_not_of(" \t") == std::string_view::npos) continue;
    JsonRecord record;
    record.row = number;
    record.text = line;
    Diagnostics problems;
    const auto value = json::ParseJson(line, source, problems);
    if (value) {
      record.value = &*value;
    } else {
      for (Diagnostic problem : problems.kept()) {
        problem.where.row = number;
        record.problems.Add(std::move(problem));
      }
    }
    use(record);
  }
}

std::optional<JsonList> JsonList::Open(const std::filesystem::path& path,
                                       Diagnostics& diagnostics) {
  const Result<ByteSource> bytes = ByteSource::Open(path);
  if (!bytes) throw FileError({bytes.error().code, {}, {bytes.error().detail}});
  const Result<std::string> text = bytes->ReadAll();
  if (!text) throw FileError({text.error().code, {}, {text.error().detail}});
  JsonList list;
  list.source_ = path.string();
  if (text->empty()) {
    diagnostics.Add(Code::kFileIsEmpty, {list.source_, 0, 0, ""});
    return std::nullopt;
  }
  std::optional<json::Value> document = json::ParseJson(*text, list.source_, diagnostics);
  if (!document) return std::nullopt;
  if (json::Value::Array* items = document->array()) {
    list.items_ = std::move(*items);
  } else {
    list.is_list_ = false;
    list.items_.push_back(*std::move(document));
  }
  return list;
}

bool JsonList::Next(InputBlock& block) {
  block.first = next_;
  block.count = std::min(kBlock, items_.size() - next_);
  next_ += block.count;
  return block.count > 0;
}

void JsonList::Read(const InputBlock& block,
                    const std::function<void(const JsonRecord&)>& use) const {
  for (std::size_t i = block.first; i < block.first + block.count; ++i) {
    JsonRecord record;
    record.row = is_list_ ? i + 1 : 0;
    record.value = &items_[i];
    if (is_list_) record.prefix = "/" + std::to_string(i);
    use(record);
  }
}

}  // namespace dijia::io
