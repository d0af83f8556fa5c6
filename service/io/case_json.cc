#include "io/case_json.h"

#include <algorithm>

#include "io/byte_source.h"
#include "io/file_error.h"
#include "io/text_encoding.h"
#include "json/check_codec.h"
#include "json/text.h"

namespace dijia::io {
namespace {

constexpr std::size_t kBlock = 256;

// The number of the case in its document, and its place in front of every pointer.
void ReadOne(const json::Value& value, const rules::RulePack& pack, const std::string& source,
             std::uint64_t row, const std::string& prefix, CaseRow& out) {
  Diagnostics problems;
  out.row = row;
  out.the_case = json::ReadCase(value, pack, source, problems);
  out.problems = {};
  for (Diagnostic problem : problems.kept()) {
    problem.where.row = row;
    problem.where.column = 0;
    if (problem.where.field.starts_with('/')) problem.where.field.insert(0, prefix);
    out.problems.Add(std::move(problem));
  }
}

std::string_view TakeLine(std::string_view& text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(text.size(), line.size() + 1));
  return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
}

}  // namespace

void JsonLines::Read(const CaseBlock& block, const std::function<void(CaseRow&)>& use) const {
  const std::string text = Utf8Of(block.piece, path_);
  const std::string source = path_.string();
  std::string_view rest = text;
  CaseRow row;
  for (std::uint64_t number = block.piece.first_row; !rest.empty(); ++number) {
    const std::string_view line = TakeLine(rest);
    if (line.find_first_not_of(" \t") == std::string_view::npos) continue;
    Diagnostics problems;
    const auto value = json::ParseJson(line, source, problems);
    if (value) {
      ReadOne(*value, pack_, source, number, "", row);
      use(row);
      continue;
    }
    row.row = number;
    row.the_case = EmptyCase(pack_);
    row.problems = {};
    for (Diagnostic problem : problems.kept()) {
      problem.where.row = number;
      row.problems.Add(std::move(problem));
    }
    use(row);
  }
}

std::unique_ptr<CaseInput> JsonCases::Open(const CaseInputOptions& options,
                                           const rules::RulePack& pack, Diagnostics& diagnostics) {
  const Result<ByteSource> bytes = ByteSource::Open(options.path);
  if (!bytes) throw FileError({bytes.error().code, {}, {bytes.error().detail}});
  const Result<std::string> text = bytes->ReadAll();
  if (!text) throw FileError({text.error().code, {}, {text.error().detail}});
  std::unique_ptr<JsonCases> cases(new JsonCases(pack));
  cases->source_ = options.path.string();
  std::optional<json::Value> document = json::ParseJson(*text, cases->source_, diagnostics);
  if (!document) return nullptr;
  if (json::Value::Array* list = document->array()) {
    cases->cases_ = std::move(*list);
  } else {
    cases->is_list_ = false;
    cases->cases_.push_back(*std::move(document));
  }
  return cases;
}

bool JsonCases::Next(CaseBlock& block) {
  block.first = next_;
  block.count = std::min(kBlock, cases_.size() - next_);
  next_ += block.count;
  return block.count > 0;
}

void JsonCases::Read(const CaseBlock& block, const std::function<void(CaseRow&)>& use) const {
  CaseRow row;
  for (std::size_t i = block.first; i < block.first + block.count; ++i) {
    ReadOne(cases_[i], pack_, source_, is_list_ ? i + 1 : 0,
            is_list_ ? "/" + std::to_string(i) : "", row);
    use(row);
  }
}

}  // namespace dijia::io
