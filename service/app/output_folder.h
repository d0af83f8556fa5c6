// Where the deliverables of a run go.
#pragma once

#include <filesystem>
#include <memory>

#include "io/staged_folder.h"

namespace dijia::app {

// Opens an output folder: one that does not exist yet, is empty, or holds nothing but files that
// its own evidence.json names, which is replaced as a whole. Anything else is refused with
// kOutputFolderNotEmpty unless `force`, which keeps the other files and writes beside them. Throws
// FileError.
std::unique_ptr<io::StagedFolder> OpenOutputFolder(const std::filesystem::path& folder, bool force);

}  // namespace dijia::app
