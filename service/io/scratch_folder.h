// A folder for files that are needed while something runs, and not after it.
#pragma once

#include <filesystem>

namespace dijia::io {

class ScratchFolder {
 public:
  // Makes an empty folder that only this user may read, where the system keeps temporary files.
  // Throws FileError.
  ScratchFolder();
  // The folder goes with everything in it.
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace dijia::io
