#include "io/staged_folder.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <string>
#include <system_error>
#include <vector>

#include "io/file_error.h"

namespace dijia::io {
namespace {

namespace fs = std::filesystem;

void Rename(const fs::path& from, const fs::path& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) ThrowNotWritten(to, errno);
}

// The target without links, dots and a slash at the end, so that its parent is the folder that it
// stands in.
fs::path Resolve(const fs::path& target) {
  std::error_code error;
  fs::path path = fs::weakly_canonical(target, error);
  if (error) ThrowNotWritten(target, error.value());
  if (!path.has_filename()) path = path.parent_path();
  return path;
}

// `given` names the target in errors, as the user wrote it.
fs::path MakeBeside(const fs::path& target, const fs::path& given) {
  const std::string stem =
      "." + target.filename().string() + ".dijia-" + std::to_string(::getpid());
  for (int attempt = 0;; ++attempt) {
    fs::path folder = target.parent_path() /
                      (stem + (attempt > 0 ? "-" + std::to_string(attempt) : std::string()));
    constexpr mode_t kMode = 0777;  // less the umask
    if (::mkdir(folder.c_str(), kMode) == 0) return folder;
    if (errno != EEXIST) ThrowNotWritten(given, errno);
  }
}

}  // namespace

StagedFolder::StagedFolder(const fs::path& target, Existing existing)
    : target_(Resolve(target)), staged_(MakeBeside(target_, target)), existing_(existing) {}

StagedFolder::~StagedFolder() { Discard(); }

void StagedFolder::Commit() {
  const std::lock_guard lock(mutex_);
  if (state_ != State::kOpen) return;
  if (existing_ == Existing::kMerge && fs::is_directory(target_)) {
    Merge();
  } else {
    Replace();
  }
  state_ = State::kCommitted;
}

void StagedFolder::Discard() noexcept {
  const std::lock_guard lock(mutex_);
  if (state_ != State::kOpen) return;
  state_ = State::kDiscarded;
  std::error_code error;
  // A writer on another thread may add a file while the folder is emptied.
  constexpr int kAttempts = 100;
  for (int i = 0; i < kAttempts; ++i) {
    fs::remove_all(staged_, error);
    if (!error) return;
  }
}

void StagedFolder::Replace() {
  if (::rename(staged_.c_str(), target_.c_str()) == 0) return;  // no folder there, or an empty one
  if (errno != ENOTEMPTY && errno != EEXIST) ThrowNotWritten(target_, errno);
  std::error_code ignored;
  if (::renameat2(AT_FDCWD, staged_.c_str(), AT_FDCWD, target_.c_str(), RENAME_EXCHANGE) == 0) {
    fs::remove_all(staged_, ignored);
    return;
  }
  // A file system without exchange: two renames, and back when the second fails.
  const fs::path old = staged_.string() + "-old";
  Rename(target_, old);
  if (::rename(staged_.c_str(), target_.c_str()) != 0) {
    const int reason = errno;
    Rename(old, target_);
    ThrowNotWritten(target_, reason);
  }
  fs::remove_all(old, ignored);
}

void StagedFolder::Merge() {
  const fs::recursive_directory_iterator all(staged_);
  const std::vector<fs::directory_entry> entries(fs::begin(all), fs::end(all));
  for (const fs::directory_entry& entry : entries) {
    const fs::path to = target_ / entry.path().lexically_relative(staged_);
    if (entry.is_directory()) {
      std::error_code error;
      fs::create_directory(to, error);
      if (error) ThrowNotWritten(to, error.value());
    } else {
      Rename(entry.path(), to);
    }
  }
  std::error_code ignored;
  fs::remove_all(staged_, ignored);
}

}  // namespace dijia::io
