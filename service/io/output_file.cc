#include "io/output_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

#include "io/file_error.h"
#include "io/file_text.h"

namespace dijia::io {

namespace {

namespace fs = std::filesystem;

// Devices, pipes and names of open files such as /dev/stdout: another file in their place would not
// be what was meant.
bool IsWrittenInPlace(const fs::path& target) {
  std::error_code ignored;
  if (fs::is_symlink(target, ignored)) {
    const fs::path leads_to = fs::read_symlink(target, ignored);
    if (leads_to.native().starts_with("/proc/")) return true;
  }
  return fs::exists(target, ignored) && !fs::is_regular_file(target, ignored);
}

}  // namespace

OutputFile::OutputFile(std::filesystem::path target) : target_(std::move(target)) {
  if (target_.empty()) return;
  std::error_code ignored;
  if (std::filesystem::is_directory(target_, ignored)) ThrowNotWritten(target_, EISDIR);
  if (IsWrittenInPlace(target_)) {
    staged_ = target_;
    in_place_ = Descriptor(::open(target_.c_str(), O_WRONLY | O_CLOEXEC));
    if (!in_place_) ThrowNotWritten(target_, errno);
    return;
  }
  const std::string name = "." + target_.filename().string() + "." + std::to_string(::getpid());
  staged_ = target_.parent_path() / name;
  constexpr mode_t kMode = 0666;  // less the umask
  Descriptor staged(::open(staged_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kMode));
  if (!staged) ThrowNotWritten(target_, errno);
  writer_.emplace(std::move(staged), target_);
}

OutputFile::~OutputFile() { Discard(); }

void OutputFile::Write(std::string_view bytes) {
  if (writer_) return writer_->Write(bytes);
  const int descriptor = target_.empty() ? STDOUT_FILENO : in_place_.get();
  while (!bytes.empty()) {
    const ssize_t count = ::write(descriptor, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) ThrowNotWritten(target_.empty() ? "-" : target_, errno);
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

void OutputFile::Commit() {
  const std::lock_guard lock(mutex_);
  if (!is_open_) return;
  if (writer_) {
    writer_->Close();
    if (::rename(staged_.c_str(), target_.c_str()) != 0) ThrowNotWritten(target_, errno);
  } else if (in_place_) {
    CloseFile(in_place_, target_);
  }
  is_open_ = false;
}

void OutputFile::Discard() noexcept {
  const std::lock_guard lock(mutex_);
  if (is_open_ && writer_) ::unlink(staged_.c_str());
  is_open_ = false;
}

}  // namespace dijia::io
