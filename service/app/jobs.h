// Long work for callers who do not wait for it: one job after the other, each with a record that
// outlives the process.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "app/job_folder.h"
#include "dijia/base/diagnostic.h"
#include "json/job_codec.h"

namespace dijia::app {

struct JobLimits {
  std::size_t queued = 8;  // waiting, or being asked for
  std::size_t kept = 100;  // ended; beyond them the oldest are forgotten
  std::uint64_t kept_bytes = std::uint64_t{4}
                             << 30U;  // of theirs on disk; the latest stays whatever it has
};

// How a job ended by itself. Stopped: it left its work because it was told to.
struct JobOutcome {
  enum class End : std::uint8_t { kDone, kFailed, kStopped };
  End end = End::kFailed;
  Diagnostics messages;  // of a failed job with at least one error
  std::vector<json::JobPublication> publications;
};

class Jobs;

// What the work of a job sees of it.
class JobContext {
 public:
  JobContext(Jobs& jobs, std::string id) : jobs_(jobs), id_(std::move(id)) {}

  std::filesystem::path inputs() const;
  std::filesystem::path files() const;   // a folder that is not there yet
  std::filesystem::path result() const;  // result.json; that of a check is its only file
  // Tells how far the job is: `done` of `total` parts of a stage, from any thread. False when it is
  // to stop.
  bool GoOn(std::string_view stage, std::size_t done = 0, std::size_t total = 0);

 private:
  Jobs& jobs_;
  std::string id_;
};

// Runs on the thread of the jobs. What it throws makes the job fail.
using JobWork = std::function<JobOutcome(JobContext& job)>;

// A job that is being asked for: it has a seat in the queue and a folder for its inputs, and goes
// with everything in it unless it is submitted.
class JobDraft {
 public:
  JobDraft(Jobs& jobs, std::string id) : jobs_(&jobs), id_(std::move(id)) {}
  JobDraft(JobDraft&& other) noexcept
      : jobs_(std::exchange(other.jobs_, nullptr)), id_(other.id_) {}
  JobDraft& operator=(JobDraft&&) = delete;
  ~JobDraft();

  const std::string& id() const { return id_; }
  std::filesystem::path inputs() const;

 private:
  friend class Jobs;
  Jobs* jobs_;
  std::string id_;
};

class Jobs {
 public:
  // Hears of every job that was taken in, began or ended, in this order, from any thread but one at
  // a time, and calls nothing of Jobs; `fault` says what went wrong with it or its record that is
  // no business of the caller, else it is empty.
  using Listener = std::function<void(const json::JobRecord& job, const std::string& fault)>;
  // No folder: every function that needs one throws FileError, kNoJobsFolder.
  Jobs() = default;
  // The folder is opened at once where it is there, else with the first job. Jobs that waited or
  // ran when the last process ended are recorded as interrupted. Where another process has the
  // folder, it is asked for again each time it is needed: kJobsFolderTaken. Records that cannot be
  // read are reported. Throws other FileErrors.
  Jobs(std::filesystem::path folder, const JobLimits& limits, Diagnostics& diagnostics);
  ~Jobs() { Stop(); }
  Jobs(const Jobs&) = delete;
  Jobs& operator=(const Jobs&) = delete;

  // Before the first job.
  void Listen(Listener listener) { listener_ = std::move(listener); }

  // A seat in the queue; nothing when there is none, or the jobs are stopping. Throws FileError.
  std::optional<JobDraft> Begin();
  // Takes a job in; of `about` everything that the caller states. Throws FileError.
  json::JobView Submit(JobDraft draft, json::JobRecord about, JobWork work);
  // The job of an earlier request with the same key of the same caller. Throws FileError.
  std::optional<json::JobView> Repeated(const std::string& key, const std::string& repeat_key);

  // Throw FileError.
  std::optional<json::JobView> Find(const std::string& id);
  std::vector<json::JobView> List();  // the latest first
  // Asks a job to stop; the job as it then stands. One that waits ends at once; one that has ended
  // stays as it is.
  std::optional<json::JobView> Cancel(const std::string& id, const std::string& who);
  // What a done job made.
  std::filesystem::path FilesOf(const std::string& id) const { return disk_->FilesOf(id); }
  std::filesystem::path ResultOf(const std::string& id) const { return disk_->ResultOf(id); }

  // Waits until a job is not at `version` any more, or it is gone, or the time is over.
  void WaitForChange(const std::string& id, std::uint64_t version, std::chrono::milliseconds time);

  std::size_t limit() const { return limits_.queued; }

  // Takes no more jobs and asks the running one to stop; those that wait are recorded as
  // interrupted at once.
  void BeginStop();
  // Waits for the running job. When it does not stop in time its record says interrupted all the
  // same, and false is told.
  bool EndStop(std::chrono::milliseconds longest);
  // Both, however long it takes. Nobody hears of anything afterwards.
  void Stop();

 private:
  friend class JobContext;
  friend class JobDraft;
  struct Entry {
    json::JobView view;
    JobWork work;
    std::chrono::steady_clock::time_point told;  // when progress was told last
    bool stop = false;                           // it is to stop
  };
  using Lock = std::unique_lock<std::mutex>;

  JobFolder& Disk();
  void Open(Diagnostics& diagnostics);
  void Run();
  void RunOne(Lock& lock, const std::string& id);
  bool GoOn(const std::string& id, std::string_view stage, std::size_t done, std::size_t total);
  void Start(Entry& entry);
  void End(Entry& entry, json::JobState state, std::string fault = {});
  void Finish(Entry& entry, JobOutcome outcome, std::string fault);
  void Interrupt(Entry& entry);
  void Changed(Entry& entry);
  void Save(Entry& entry, std::string fault = {});
  void Forget(std::size_t position);
  void Prune();
  void Tell(Lock& lock);
  Entry* EntryOf(const std::string& id);
  Entry* RepeatedEntry(const std::string& key, const std::string& repeat_key);
  void GiveBack(const std::string& id) noexcept;
  JobOutcome Work(const JobWork& work, const std::string& id, std::string& fault);

  std::filesystem::path folder_;
  JobLimits limits_;
  Listener listener_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;  // a job is another than it was
  std::condition_variable wake_;     // the worker has something to do
  std::unique_ptr<JobFolder> disk_;
  std::map<std::string, std::unique_ptr<Entry>> jobs_;
  std::deque<std::string> order_;  // all, the oldest first
  std::deque<std::string> queue_;  // that wait
  std::vector<std::pair<json::JobRecord, std::string>> to_tell_;
  std::mutex telling_;  // taken before mutex_
  std::size_t drafts_ = 0;
  std::string running_;  // empty = the worker has nothing to do
  bool stopping_ = false;
  std::thread worker_;
};

}  // namespace dijia::app
