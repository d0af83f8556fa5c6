#include "io/scratch_folder.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <system_error>

#include "io/file_error.h"

namespace dijia::io {

ScratchFolder::ScratchFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "dijia-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) ThrowNotWritten(pattern, errno);
  path_ = pattern;
}

ScratchFolder::ScratchFolder(const std::filesystem::path& beside)
    : path_(beside.parent_path() /
            ("." + beside.filename().string() + "." + std::to_string(::getpid()))) {
  constexpr mode_t kOnlyThisUser = 0700;
  if (::mkdir(path_.c_str(), kOnlyThisUser) != 0) ThrowNotWritten(beside, errno);
}

void ScratchFolder::Keep(const std::filesystem::path& file, const std::filesystem::path& as) const {
  if (::rename((path_ / file).c_str(), as.c_str()) != 0) ThrowNotWritten(as, errno);
}

void ScratchFolder::Remove() noexcept {
  std::error_code error;
  do {  // a file may come between the last that was removed and the folder
    std::filesystem::remove_all(path_, error);
  } while (error == std::errc::directory_not_empty);
}

}  // namespace dijia::io
