#include "io/file_text.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <vector>

#include "dijia/base/codes.h"
#include "io/file_error.h"

namespace dijia::io {

void ReadBlocks(const std::filesystem::path& file,
                const std::function<void(std::string_view)>& use) {
  // Small enough to stay in the nearest caches until it is used: hashing a large file so costs 0.6
  // of what it costs with blocks of 1 MiB.
  constexpr std::size_t kBlock = 1U << 16U;
  const Descriptor descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (!descriptor) ThrowNotRead(file, errno);
  std::vector<char> block(kBlock);
  while (true) {
    const ssize_t count = ::read(descriptor.get(), block.data(), block.size());
    if (count == 0) return;
    if (count > 0) {
      use({block.data(), static_cast<std::size_t>(count)});
    } else if (errno != EINTR) {
      ThrowNotRead(file, errno);
    }
  }
}

std::string ReadText(const std::filesystem::path& file) {
  std::string text;
  ReadBlocks(file, [&](std::string_view block) {
    if (text.size() + block.size() > kLargestText) {
      throw FileError(
          {Code::kTextTooLarge, {}, {file.string(), std::to_string(kLargestText >> 20)}});
    }
    text += block;
  });
  return text;
}

Descriptor CreateFile(const std::filesystem::path& file) {
  constexpr mode_t kMode = 0666;  // less the umask
  Descriptor descriptor(::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, kMode));
  if (!descriptor) ThrowNotWritten(file, errno);
  return descriptor;
}

void WriteAll(const Descriptor& descriptor, std::string_view bytes,
              const std::filesystem::path& file) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(descriptor.get(), bytes.data(), bytes.size());
    if (count >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(count));
    } else if (errno != EINTR) {
      ThrowNotWritten(file, errno);
    }
  }
}

void CloseFile(Descriptor& descriptor, const std::filesystem::path& file) {
  if (!descriptor.Close()) ThrowNotWritten(file, errno);
}

void WriteText(const std::filesystem::path& file, std::string_view text) {
  Descriptor descriptor = CreateFile(file);
  WriteAll(descriptor, text, file);
  CloseFile(descriptor, file);
}

}  // namespace dijia::io
