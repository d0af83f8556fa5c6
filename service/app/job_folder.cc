#include "app/job_folder.h"

#include <fcntl.h>
#include <sys/file.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <system_error>
#include <tuple>
#include <utility>

#include "dijia/base/codes.h"
#include "io/file_error.h"
#include "io/file_text.h"
#include "io/output_file.h"
#include "json/text.h"

namespace dijia::app {
namespace {

namespace fs = std::filesystem;

constexpr const char* kRecord = "job.json";

void MakeFolder(const fs::path& folder) {
  std::error_code error;
  const bool made = fs::create_directories(folder, error);
  if (error) io::ThrowNotWritten(folder, error.value());
  if (made) fs::permissions(folder, fs::perms::owner_all, error);
}

io::Descriptor Lock(const fs::path& folder) {
  constexpr mode_t kOnlyThisUser = 0600;
  const fs::path file = folder / "lock";
  io::Descriptor lock(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, kOnlyThisUser));
  if (!lock) io::ThrowNotWritten(file, errno);
  if (::flock(lock.get(), LOCK_EX | LOCK_NB) == 0) return lock;
  if (errno != EWOULDBLOCK) io::ThrowNotWritten(file, errno);
  throw io::FileError({Code::kJobsFolderTaken, {}, {folder.string()}});
}

bool IsPrepared(const fs::path& folder) {
  return folder.filename().string().starts_with('.') && fs::is_directory(folder);
}

void Write(const fs::path& file, const json::JobRecord& job) {
  io::OutputFile output(file);
  output.Write(json::ToPretty(json::WriteJobRecord(job)));
  output.Commit();
}

}  // namespace

JobFolder::JobFolder(fs::path folder) : folder_(std::move(folder)) {
  MakeFolder(folder_);
  lock_ = Lock(folder_);
  std::vector<fs::path> left;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder_)) {
    if (IsPrepared(entry.path())) left.push_back(entry.path());
  }
  std::error_code ignored;
  for (const fs::path& upload : left) fs::remove_all(upload, ignored);
}

std::vector<json::JobRecord> JobFolder::Load(Diagnostics& diagnostics) const {
  std::vector<json::JobRecord> jobs;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder_)) {
    const fs::path file = entry.path() / kRecord;
    if (!entry.is_directory() || !fs::is_regular_file(file)) continue;
    Diagnostics found;
    auto job = json::ReadJobRecord(io::ReadText(file), file.string(), found);
    if (job && job->id == entry.path().filename()) {
      jobs.push_back(*std::move(job));
    } else {
      diagnostics.Add(Code::kJobRecordBroken, {}, {file.string()});
    }
  }
  std::ranges::sort(jobs, [](const json::JobRecord& a, const json::JobRecord& b) {
    return std::tie(a.created_at, a.id) < std::tie(b.created_at, b.id);
  });
  return jobs;
}

void JobFolder::Prepare(const std::string& id) const { MakeFolder(InputsOfPrepared(id)); }

void JobFolder::Appear(const json::JobRecord& job) const {
  const fs::path prepared = folder_ / ("." + job.id);
  Write(prepared / kRecord, job);
  std::error_code error;
  fs::rename(prepared, folder_ / job.id, error);
  if (error) io::ThrowNotWritten(folder_ / job.id, error.value());
}

void JobFolder::Remove(const std::string& id) const noexcept {
  std::error_code ignored;
  fs::remove_all(folder_ / ("." + id), ignored);
  fs::remove_all(folder_ / id, ignored);
}

void JobFolder::Save(const json::JobRecord& job) const { Write(folder_ / job.id / kRecord, job); }

fs::path JobFolder::InputsOfPrepared(const std::string& id) const {
  return folder_ / ("." + id) / "inputs";
}
fs::path JobFolder::InputsOf(const std::string& id) const { return folder_ / id / "inputs"; }
fs::path JobFolder::FilesOf(const std::string& id) const { return folder_ / id / "files"; }
fs::path JobFolder::ResultOf(const std::string& id) const { return folder_ / id / "result.json"; }

std::vector<json::JobFile> JobFolder::ListFiles(const std::string& id) const {
  std::vector<json::JobFile> files;
  const fs::path folder = FilesOf(id);
  if (!fs::is_directory(folder)) return files;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    files.push_back({entry.path().lexically_relative(folder).generic_string(), entry.file_size()});
  }
  std::ranges::sort(files, {}, &json::JobFile::name);
  return files;
}

std::uint64_t JobFolder::BytesOf(const std::string& id) const {
  std::uint64_t bytes = 0;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder_ / id)) {
    if (entry.is_regular_file()) bytes += entry.file_size();
  }
  return bytes;
}

void JobFolder::Empty(const std::string& id) const noexcept {
  std::error_code ignored;
  for (const fs::path& part : {InputsOf(id), FilesOf(id), ResultOf(id)}) {
    fs::remove_all(part, ignored);
  }
}

}  // namespace dijia::app
