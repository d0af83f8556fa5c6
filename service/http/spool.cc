#include "http/spool.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

namespace dijia::http {
namespace {

constexpr std::size_t kMemory = 4 * 1024 * 1024;
constexpr std::size_t kPiece = 256 * 1024;

[[noreturn]] void Fail(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

}  // namespace

void Spool::Write(std::string_view bytes) {
  memory_ += bytes;
  size_ += bytes.size();
  if (memory_.size() >= kMemory) Flush();
}

void Spool::Flush() {
  if (!file_) {
    const std::string folder = std::filesystem::temp_directory_path().string();
    file_ = io::Descriptor(::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
    if (!file_) Fail("spool file");
  }
  for (std::string_view rest = memory_; !rest.empty();) {
    const ssize_t count = ::write(file_.get(), rest.data(), rest.size());
    if (count < 0 && errno != EINTR) Fail("spool write");
    if (count > 0) rest.remove_prefix(static_cast<std::size_t>(count));
  }
  memory_.clear();
}

void Spool::CopyTo(Sink& sink) const {
  if (file_) {
    std::string piece(kPiece, '\0');
    off_t at = 0;
    for (;;) {
      const ssize_t count = ::pread(file_.get(), piece.data(), piece.size(), at);
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) Fail("spool read");
      if (count == 0) break;
      sink.Write(std::string_view(piece.data(), static_cast<std::size_t>(count)));
      at += count;
    }
  }
  if (!memory_.empty()) sink.Write(memory_);
}

}  // namespace dijia::http
