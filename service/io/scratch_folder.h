// A folder for files that are needed while something runs, and not after it.
#pragma once

#include <filesystem>

namespace dijia::io {

class ScratchFolder {
 public:
  // Makes an empty folder that only this user may read, where the system keeps temporary files.
  // Throws FileError.
  ScratchFolder();
  // The same beside a file that is to come, so that what is made here can be renamed to it: hidden,
  // by its name and the number of this process.
  explicit ScratchFolder(const std::filesystem::path& beside);
  // The folder goes with everything in it.
  ~ScratchFolder() { Remove(); }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

  // Gives a file of the folder its lasting place on the same disk. Throws FileError.
  void Keep(const std::filesystem::path& file, const std::filesystem::path& as) const;

  // Takes the folder away now, even while others write into it: they cannot any more.
  void Remove() noexcept;

 private:
  std::filesystem::path path_;
};

}  // namespace dijia::io
