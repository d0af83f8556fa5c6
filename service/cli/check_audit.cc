#include "cli/check_audit.h"

#include <algorithm>
#include <system_error>

#include "app/audit_output.h"
#include "cli/audit_table.h"
#include "dijia/base/codes.h"
#include "io/file_error.h"

namespace dijia::cli {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> FilesOf(const std::vector<fs::path>& words) {
  std::vector<fs::path> files;
  for (const fs::path& word : words) {
    std::error_code ignored;
    if (!fs::is_directory(word, ignored)) {
      files.push_back(word);
      continue;
    }
    std::vector<fs::path> inside;
    for (const auto& entry : fs::directory_iterator(word, ignored)) {
      if (entry.path().extension() == ".csv") inside.push_back(entry.path());
    }
    if (inside.empty()) throw io::FileError({Code::kFileNotFound, {}, {(word / "*.csv").string()}});
    std::ranges::sort(inside);
    files.insert(files.end(), inside.begin(), inside.end());
  }
  return files;
}

}  // namespace

void AuditFiles(const AuditOrder& order, const rules::PreparedRules& rules, io::OutputFile& file,
                Diagnostics& diagnostics) {
  const Result<io::SamplesInput> input = io::ReadSamples(FilesOf(order.files), order.reading);
  if (!input) throw io::FileError({input.error().code, {}, {input.error().detail}});
  diagnostics.Append(input->diagnostics);
  const app::Reference reference = app::LoadReference(order.reading.reference_folder);
  const app::SalesAudit audit = app::AuditSales(input->table, rules, order.reading.threads);
  if (order.format == app::AnswerFormat::kCsv) {
    file.Write(app::AuditCsv(audit, input->table));
  } else if (order.format == app::AnswerFormat::kJson) {
    file.Write(app::AuditJson(audit, reference, order.language));
  } else {
    file.Write(AuditText(audit, reference, order.language));
  }
  file.Commit();
}

}  // namespace dijia::cli
