#include "io/staged_folder.h"

#include <fcntl.h>
#include <sys/file.h>
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
  // Of a relative path that does not exist, weakly_canonical makes a relative one.
  fs::path path = fs::weakly_canonical(fs::absolute(target), error);
  if (error) ThrowNotWritten(target, error.value());
  if (!path.has_filename()) path = path.parent_path();
  return path;
}

// What the names of the hidden folders of a target begin with; a process number follows.
std::string HiddenStem(const fs::path& target) {
  return "." + target.filename().string() + ".dijia-";
}

Descriptor OpenFolder(const fs::path& folder) {
  return Descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
}

// Takes away hidden folders whose program was killed: nobody holds them any more.
void RemoveAbandoned(const fs::path& target) {
  const std::string stem = HiddenStem(target);
  std::error_code ignored;
  std::vector<fs::path> hidden;
  for (const fs::directory_entry& entry : fs::directory_iterator(target.parent_path(), ignored)) {
    const std::string name = entry.path().filename().string();
    const bool is_staged = name.starts_with(stem) && name.size() > stem.size() &&
                           name.find_first_not_of("0123456789-", stem.size()) == std::string::npos;
    if (is_staged) hidden.push_back(entry.path());
  }
  for (const fs::path& folder : hidden) {
    const Descriptor held = OpenFolder(folder);
    if (held && ::flock(held.get(), LOCK_EX | LOCK_NB) == 0) fs::remove_all(folder, ignored);
  }
}

// The folders around the target that do not exist, outer ones first.
std::vector<fs::path> MissingAround(const fs::path& target) {
  std::vector<fs::path> missing;
  std::error_code ignored;
  for (fs::path folder = target.parent_path(); !fs::exists(folder, ignored);
       folder = folder.parent_path()) {
    missing.insert(missing.begin(), folder);
  }
  return missing;
}

constexpr mode_t kMode = 0777;  // less the umask

}  // namespace

StagedFolder::StagedFolder(const fs::path& target, Existing existing)
    : target_(Resolve(target)), existing_(existing) {
  try {
    Make(target);
  } catch (const FileError&) {
    RemoveMade();
    throw;
  }
}

// `given` names the target in errors, as the user wrote it.
void StagedFolder::Make(const fs::path& given) {
  for (const fs::path& folder : MissingAround(target_)) {
    if (::mkdir(folder.c_str(), kMode) == 0) {
      made_.push_back(folder);
    } else if (errno != EEXIST) {
      ThrowNotWritten(given, errno);
    }
  }
  RemoveAbandoned(target_);
  const std::string stem = HiddenStem(target_) + std::to_string(::getpid());
  for (int attempt = 0;; ++attempt) {
    staged_ = target_.parent_path() / (attempt > 0 ? stem + "-" + std::to_string(attempt) : stem);
    if (::mkdir(staged_.c_str(), kMode) == 0) {
      if (Lock()) return;
    } else if (errno != EEXIST) {
      ThrowNotWritten(given, errno);
    }
  }
}

// False when another program took the new folder for an abandoned one. A file system without locks
// goes without: there nothing is ever taken for abandoned.
bool StagedFolder::Lock() {
  lock_ = OpenFolder(staged_);
  if (!lock_) return false;
  if (::flock(lock_.get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) return false;
  struct stat status {};
  return ::fstat(lock_.get(), &status) == 0 && status.st_nlink > 0;
}

void StagedFolder::RemoveMade() noexcept {
  for (auto folder = made_.rbegin(); folder != made_.rend(); ++folder) ::rmdir(folder->c_str());
}

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
    if (!error) break;
  }
  RemoveMade();
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
