// The bytes of one input, read at any offset by many threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "dijia/base/result.h"

namespace dijia::io {

// A file that stays on disk, or bytes in memory. Files are read into the buffers of the reader
// instead of being mapped: as fast for one or two passes, no page stays with the process, and a
// file that another program cuts short is an error and not a signal.
class ByteSource {
 public:
  // Opens a file. What is not a regular file (a pipe) is read whole into memory, and so is the
  // standard input, `-`. Errors: kFileNotFound, kFileIsDirectory, kFileNotReadable.
  static Result<ByteSource> Open(const std::filesystem::path& path);
  static ByteSource FromMemory(std::string bytes);

  std::uint64_t size() const { return size_; }

  // Copies the bytes from `offset` on into `out` and returns how many there were: fewer than asked
  // for only at the end. Errors: kFileNotReadable.
  Result<std::size_t> Read(std::uint64_t offset, std::span<char> out) const;

  // All of it.
  Result<std::string> ReadAll() const;

 private:
  class File;
  std::string name_;
  std::shared_ptr<const File> file_;           // null for memory
  std::shared_ptr<const std::string> memory_;  // null for a file
  std::uint64_t size_ = 0;
};

}  // namespace dijia::io
