#include "io/case_json.h"

#include "json/check_codec.h"

namespace dijia::io {
namespace {

void ReadOne(const JsonRecord& record, const rules::RulePack& pack, const std::string& source,
             CaseRow& out) {
  out.row = record.row;
  out.line = record.text;
  if (record.value == nullptr) {
    out.the_case = EmptyCase(pack);
    out.problems = record.problems;
    return;
  }
  Diagnostics problems;
  out.the_case = json::ReadCase(*record.value, pack, source, problems);
  out.problems = ProblemsAt(record, problems);
}

}  // namespace

void JsonLines::Read(const InputBlock& block, const std::function<void(CaseRow&)>& use) const {
  CaseRow row;
  ReadJsonLines(block.piece, path_, [&](const JsonRecord& record) {
    ReadOne(record, pack_, path_.string(), row);
    use(row);
  });
}

std::unique_ptr<CaseInput> JsonCases::Open(const CaseInputOptions& options,
                                           const rules::RulePack& pack, Diagnostics& diagnostics) {
  auto list = JsonList::Open(options.path, diagnostics);
  if (!list) return nullptr;
  return std::unique_ptr<CaseInput>(new JsonCases(pack, *std::move(list)));
}

void JsonCases::Read(const InputBlock& block, const std::function<void(CaseRow&)>& use) const {
  CaseRow row;
  list_.Read(block, [&](const JsonRecord& record) {
    ReadOne(record, pack_, list_.source(), row);
    use(row);
  });
}

}  // namespace dijia::io
