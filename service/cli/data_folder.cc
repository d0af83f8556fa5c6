#include "cli/data_folder.h"

#include <cstdlib>
#include <system_error>

namespace dijia::cli {

std::filesystem::path DataFolder() {
  namespace fs = std::filesystem;
  const char* chosen = std::getenv("DIJIA_DATA");  // NOLINT(concurrency-mt-unsafe): no thread yet
  if (chosen != nullptr && *chosen != '\0') return chosen;
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  const fs::path installed = program.parent_path().parent_path() / "share" / "dijia";
  return fs::exists(installed / "reference", error) ? installed : fs::path(DIJIA_SOURCE_DATA);
}

std::filesystem::path PacksFolder() {
  std::error_code error;
  const std::filesystem::path installed = DataFolder() / "packs";
  return std::filesystem::exists(installed, error) ? installed
                                                   : std::filesystem::path(DIJIA_SOURCE_PACKS);
}

}  // namespace dijia::cli
