// An output folder that appears all at once or not at all.
#pragma once

#include <cstdint>
#include <filesystem>
#include <mutex>
#include <vector>

#include "io/descriptor.h"

namespace dijia::io {

// Files are written into a hidden folder beside the target, on the same disk; Commit renames it
// into place. Whatever ends earlier — an error, Ctrl-C — leaves nothing behind. A program that is
// killed leaves its hidden folder, which the next one for the same target takes away.
class StagedFolder {
 public:
  enum class Existing : std::uint8_t {
    kReplace,  // Commit puts the new folder in the place of an old one
    kMerge,    // Commit moves the new files into the old folder and leaves its other files alone
  };

  // Makes the hidden folder, and the folders around the target that do not exist yet. Throws
  // FileError when it cannot.
  StagedFolder(const std::filesystem::path& target, Existing existing);
  ~StagedFolder();  // discards what was not committed
  StagedFolder(const StagedFolder&) = delete;
  StagedFolder& operator=(const StagedFolder&) = delete;

  // Where to write until then.
  const std::filesystem::path& folder() const { return staged_; }

  // Makes the files appear. Throws FileError.
  void Commit();

  // Removes everything written so far; may be called from another thread while files are still
  // being written. After Commit has begun it waits for its end and does nothing.
  void Discard() noexcept;

 private:
  enum class State : std::uint8_t { kOpen, kCommitted, kDiscarded };

  void Make(const std::filesystem::path& given);
  bool Lock();
  void RemoveMade() noexcept;
  void Replace();
  void Merge();

  std::filesystem::path target_;
  std::vector<std::filesystem::path> made_;  // folders around the target, outer ones first
  std::filesystem::path staged_;
  Descriptor lock_;  // held on staged_ as long as somebody writes into it
  Existing existing_;
  std::mutex mutex_;
  State state_ = State::kOpen;
};

}  // namespace dijia::io
