#include "app/output_folder.h"

#include <set>
#include <string>

#include "app/evidence.h"
#include "dijia/base/codes.h"
#include "io/file_error.h"
#include "io/file_text.h"
#include "json/text.h"

namespace dijia::app {
namespace {

namespace fs = std::filesystem;
using io::StagedFolder;

// The files that the evidence in a folder names; none when there is no evidence of ours.
std::set<std::string> NamedOutputs(const fs::path& folder) {
  const fs::path file = folder / kEvidenceFile;
  if (!fs::is_regular_file(file)) return {};
  Diagnostics ignored;  // evidence that cannot be read is no evidence
  const std::optional<json::Value> evidence = json::ParseJson(io::ReadText(file), "", ignored);
  const json::Value* format = evidence ? evidence->Find("format") : nullptr;
  if (format == nullptr || format->text() == nullptr || *format->text() != kEvidenceFormat) {
    return {};
  }
  std::set<std::string> names{std::string(kEvidenceFile)};
  const json::Value* outputs = evidence->Find("outputs");
  if (outputs == nullptr || outputs->array() == nullptr) return names;
  for (const json::Value& output : *outputs->array()) {
    const json::Value* name = output.Find("file");
    if (name != nullptr && name->text() != nullptr) names.insert(*name->text());
  }
  return names;
}

// A file below the folder that dijia did not write; empty when there is none.
std::string ForeignFile(const fs::path& folder) {
  const std::set<std::string> named = NamedOutputs(folder);
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
    const std::string name = entry.path().lexically_relative(folder).generic_string();
    const bool known = entry.is_directory() ? !fs::is_empty(entry) : named.contains(name);
    if (!known) return name;
  }
  return {};
}

bool IsCurrentFolder(const fs::path& folder) {
  std::error_code error;
  return fs::equivalent(folder, fs::current_path(), error);
}

}  // namespace

std::unique_ptr<StagedFolder> OpenOutputFolder(const fs::path& folder, bool force) {
  std::error_code error;
  const fs::file_status status = fs::status(folder, error);
  if (!fs::exists(status)) {
    return std::make_unique<StagedFolder>(folder, StagedFolder::Existing::kReplace);
  }
  if (!fs::is_directory(status)) {
    throw io::FileError({Code::kOutputNotAFolder, {}, {folder.string()}});
  }
  const std::string foreign = ForeignFile(folder);
  if (!foreign.empty() && !force) {
    throw io::FileError({Code::kOutputFolderNotEmpty, {}, {folder.string(), foreign}});
  }
  // The folder that the user stands in is not taken away under their feet.
  const bool merge = !foreign.empty() || IsCurrentFolder(folder);
  return std::make_unique<StagedFolder>(
      folder, merge ? StagedFolder::Existing::kMerge : StagedFolder::Existing::kReplace);
}

}  // namespace dijia::app
