#include "io/byte_source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "dijia/base/codes.h"
#include "io/file_reason.h"

namespace dijia::io {

// An open file descriptor.
class ByteSource::File {
 public:
  explicit File(int descriptor) : descriptor_(descriptor) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    if (descriptor_ > STDERR_FILENO) close(descriptor_);
  }
  int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

namespace {

constexpr std::size_t kPipePiece = std::size_t{1} << 20;

Error NotReadable(const std::string& name) {
  if (const auto code = CodeOfReason(errno, FileUse::kRead)) return {*code, name};
  return {Code::kFileNotReadable, name + ": " + std::strerror(errno)};
}

Result<std::string> ReadToEnd(int descriptor, const std::string& name) {
  std::string bytes;
  std::size_t filled = 0;
  while (true) {
    bytes.resize(std::max(filled + kPipePiece, std::min(2 * filled, filled + 64 * kPipePiece)));
    const ssize_t count = read(descriptor, bytes.data() + filled, bytes.size() - filled);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return NotReadable(name);
    if (count == 0) break;
    filled += static_cast<std::size_t>(count);
  }
  bytes.resize(filled);
  return bytes;
}

}  // namespace

ByteSource ByteSource::FromMemory(std::string bytes) {
  ByteSource source;
  source.size_ = bytes.size();
  source.memory_ = std::make_shared<const std::string>(std::move(bytes));
  return source;
}

Result<ByteSource> ByteSource::Open(const std::filesystem::path& path) {
  const std::string name = path.string();
  const bool is_input = name == "-";
  const int descriptor = is_input ? STDIN_FILENO : open(name.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return NotReadable(name);
  auto file = std::make_shared<const File>(descriptor);
  struct stat status {};
  if (fstat(descriptor, &status) != 0) return NotReadable(name);
  if (S_ISDIR(status.st_mode)) return Error{Code::kFileIsDirectory, name};
  if (is_input || !S_ISREG(status.st_mode)) {
    Result<std::string> bytes = ReadToEnd(descriptor, name);
    if (!bytes) return bytes.error();
    return FromMemory(std::move(*bytes));
  }
  ByteSource source;
  source.name_ = name;
  source.file_ = std::move(file);
  source.size_ = static_cast<std::uint64_t>(status.st_size);
  return source;
}

Result<std::size_t> ByteSource::Read(std::uint64_t offset, std::span<char> out) const {
  const std::uint64_t rest = offset < size_ ? size_ - offset : 0;
  const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(rest, out.size()));
  if (memory_ != nullptr) {
    if (wanted > 0) std::memcpy(out.data(), memory_->data() + offset, wanted);
    return wanted;
  }
  std::size_t filled = 0;
  while (filled < wanted) {
    const ssize_t count = pread(file_->descriptor(), out.data() + filled, wanted - filled,
                                static_cast<off_t>(offset + filled));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return NotReadable(name_);
    if (count == 0) return Error{Code::kFileNotReadable, name_ + ": cut short while being read"};
    filled += static_cast<std::size_t>(count);
  }
  return filled;
}

Result<std::string> ByteSource::ReadAll() const {
  std::string bytes(static_cast<std::size_t>(size_), '\0');
  const Result<std::size_t> count = Read(0, bytes);
  if (!count) return count.error();
  return bytes;
}

}  // namespace dijia::io
