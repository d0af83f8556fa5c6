#include "app/jobs.h"

#include <algorithm>
#include <cstdio>
#include <random>
#include <utility>

#include "app/stored_publications.h"
#include "dijia/base/codes.h"
#include "io/file_error.h"

namespace dijia::app {
namespace {

namespace fs = std::filesystem;
using json::JobRecord;
using json::JobState;
using json::JobView;
using Clock = std::chrono::steady_clock;

// How often callers hear of progress within one stage.
constexpr std::chrono::milliseconds kBetween{100};

// What nobody can guess, so that a link alone tells nothing about other jobs.
std::string NewId() {
  std::random_device device;
  char id[17];
  std::snprintf(id, sizeof id, "%08x%08x", device(), device());
  return id;
}

void SetReason(JobRecord& job, const Diagnostic& reason) {
  job.code = CodeId(reason.code);
  ++job.errors;
  job.messages.push_back(json::MessageOf(reason, {}));
}

}  // namespace

fs::path JobContext::inputs() const { return jobs_.disk_->InputsOf(id_); }
fs::path JobContext::files() const { return jobs_.disk_->FilesOf(id_); }
fs::path JobContext::result() const { return jobs_.disk_->ResultOf(id_); }
bool JobContext::GoOn(std::string_view stage, std::size_t done, std::size_t total) {
  return jobs_.GoOn(id_, stage, done, total);
}

JobDraft::~JobDraft() {
  if (jobs_ != nullptr) jobs_->GiveBack(id_);
}

fs::path JobDraft::inputs() const { return jobs_->disk_->InputsOfPrepared(id_); }

Jobs::Jobs(fs::path folder, const JobLimits& limits, Diagnostics& diagnostics)
    : folder_(std::move(folder)), limits_(limits) {
  if (!fs::exists(folder_)) return;
  try {
    Open(diagnostics);
  } catch (const io::FileError& error) {
    if (error.diagnostic().code != Code::kJobsFolderTaken) throw;
    diagnostics.Add(error.diagnostic());
  }
}

void Jobs::Stop() {
  BeginStop();
  if (worker_.joinable()) worker_.join();
}

void Jobs::Open(Diagnostics& diagnostics) {
  auto disk = std::make_unique<JobFolder>(folder_);
  std::vector<JobRecord> found = disk->Load(diagnostics);
  disk_ = std::move(disk);
  for (JobRecord& record : found) {
    auto entry = std::make_unique<Entry>();
    entry->view.record = std::move(record);
    order_.push_back(entry->view.record.id);
    Entry& there = *(jobs_[order_.back()] = std::move(entry));
    if (!HasEnded(there.view.record.state)) Interrupt(there);
  }
  Prune();
  worker_ = std::thread([this] { Run(); });
}

JobFolder& Jobs::Disk() {
  if (folder_.empty()) throw io::FileError({Code::kNoJobsFolder, {}, {}});
  if (disk_ == nullptr) {
    Diagnostics unheard;  // the folder is new, or was another process's until now
    Open(unheard);
  }
  return *disk_;
}

std::optional<JobDraft> Jobs::Begin() {
  Lock lock(mutex_);
  const JobFolder& disk = Disk();
  if (stopping_ || drafts_ + queue_.size() >= limits_.queued) return std::nullopt;
  const std::string id = NewId();
  disk.Prepare(id);
  ++drafts_;
  return JobDraft(*this, id);
}

void Jobs::GiveBack(const std::string& id) noexcept {
  const Lock lock(mutex_);
  --drafts_;
  disk_->Remove(id);
}

JobView Jobs::Submit(JobDraft draft, JobRecord about, JobWork work) {
  Lock lock(mutex_);
  if (const Entry* earlier = RepeatedEntry(about.key, about.repeat_key)) return earlier->view;
  about.id = draft.id();
  about.state = JobState::kQueued;
  about.created_at = TimeOfAct();
  disk_->Appear(about);
  --drafts_;
  draft.jobs_ = nullptr;
  auto entry = std::make_unique<Entry>();
  entry->view.record = std::move(about);
  entry->work = std::move(work);
  Entry& there = *(jobs_[draft.id()] = std::move(entry));
  order_.push_back(draft.id());
  to_tell_.emplace_back(there.view.record, "");
  if (stopping_) {
    Interrupt(there);
  } else {
    queue_.push_back(draft.id());
    wake_.notify_one();
  }
  JobView view = there.view;
  Tell(lock);
  return view;
}

Jobs::Entry* Jobs::RepeatedEntry(const std::string& key, const std::string& repeat_key) {
  if (repeat_key.empty()) return nullptr;
  for (const auto& [id, entry] : jobs_) {
    const JobRecord& job = entry->view.record;
    if (job.key == key && job.repeat_key == repeat_key) return entry.get();
  }
  return nullptr;
}

std::optional<JobView> Jobs::Repeated(const std::string& key, const std::string& repeat_key) {
  const Lock lock(mutex_);
  Disk();
  const Entry* entry = RepeatedEntry(key, repeat_key);
  return entry == nullptr ? std::nullopt : std::optional(entry->view);
}

Jobs::Entry* Jobs::EntryOf(const std::string& id) {
  const auto found = jobs_.find(id);
  return found == jobs_.end() ? nullptr : found->second.get();
}

std::optional<JobView> Jobs::Find(const std::string& id) {
  const Lock lock(mutex_);
  Disk();
  const Entry* entry = EntryOf(id);
  return entry == nullptr ? std::nullopt : std::optional(entry->view);
}

std::vector<JobView> Jobs::List() {
  const Lock lock(mutex_);
  Disk();
  std::vector<JobView> views;
  for (auto id = order_.rbegin(); id != order_.rend(); ++id) views.push_back(jobs_[*id]->view);
  return views;
}

std::optional<JobView> Jobs::Cancel(const std::string& id, const std::string& who) {
  Lock lock(mutex_);
  Disk();
  Entry* entry = EntryOf(id);
  if (entry == nullptr) return std::nullopt;
  JobRecord& job = entry->view.record;
  if (!HasEnded(job.state) && job.cancelled_by.empty()) {
    job.cancelled_by = who.empty() ? "-" : who;
    entry->stop = entry->view.cancelling = true;
    const auto waiting = std::ranges::find(queue_, id);
    if (waiting != queue_.end()) {
      queue_.erase(waiting);
      End(*entry, JobState::kCancelled);
    } else {
      Changed(*entry);
    }
  }
  JobView view = entry->view;
  Prune();  // which may forget it
  Tell(lock);
  return view;
}

void Jobs::WaitForChange(const std::string& id, std::uint64_t version,
                         std::chrono::milliseconds time) {
  Lock lock(mutex_);
  changed_.wait_for(lock, time, [&] {
    const Entry* entry = EntryOf(id);
    return entry == nullptr || entry->view.version != version;
  });
}

bool Jobs::GoOn(const std::string& id, std::string_view stage, std::size_t done,
                std::size_t total) {
  const Lock lock(mutex_);
  Entry& entry = *jobs_[id];
  if (entry.stop) return false;
  json::JobProgress& progress = entry.view.progress;
  const auto now = Clock::now();
  const bool is_new = progress.stage != stage;
  if (!is_new && (done <= progress.done || now - entry.told < kBetween)) return true;
  progress = {std::string(stage), done, total};
  entry.told = now;
  Changed(entry);
  return true;
}

void Jobs::Changed(Entry& entry) {
  ++entry.view.version;
  changed_.notify_all();
}

// A record that the disk does not take is told about: after a restart the job counts as
// interrupted.
void Jobs::Save(Entry& entry, std::string fault) {
  try {
    disk_->Save(entry.view.record);
  } catch (const io::FileError& error) {
    fault += Describe(error.diagnostic(), Language::kEn);
  }
  to_tell_.emplace_back(entry.view.record, std::move(fault));
  Changed(entry);
}

void Jobs::Start(Entry& entry) {
  entry.view.record.state = JobState::kRunning;
  entry.view.record.started_at = TimeOfAct();
  Save(entry);
}

// For every end but a good one nothing is left of the job but its record.
void Jobs::End(Entry& entry, JobState state, std::string fault) {
  JobRecord& job = entry.view.record;
  entry.work = nullptr;
  entry.view.cancelling = false;
  job.state = state;
  job.ended_at = TimeOfAct();
  if (state == JobState::kCancelled) job.code = CodeId(Code::kStopped);
  if (state != JobState::kDone) disk_->Empty(job.id);
  Save(entry, std::move(fault));
}

void Jobs::Interrupt(Entry& entry) {
  SetReason(entry.view.record, {Code::kJobInterrupted, {}, {}});
  End(entry, JobState::kInterrupted);
}

void Jobs::Finish(Entry& entry, JobOutcome outcome, std::string fault) {
  JobRecord& job = entry.view.record;
  if (outcome.end == JobOutcome::End::kStopped) {
    if (job.cancelled_by.empty()) return Interrupt(entry);
    return End(entry, JobState::kCancelled);
  }
  const fs::path inputs = disk_->InputsOf(job.id);
  const std::string ours[] = {inputs.string() + "/", inputs.parent_path().string() + "/"};
  for (const Diagnostic& message : outcome.messages.kept()) {
    job.messages.push_back(json::MessageOf(message, ours));
    const bool is_error = job.messages.back().severity == CodeOf(Severity::kError);
    if (is_error && outcome.end == JobOutcome::End::kFailed && job.code.empty()) {
      job.code = job.messages.back().code;
    }
  }
  job.errors = outcome.messages.errors();
  job.warnings = outcome.messages.count(Severity::kWarning);
  job.publications = std::move(outcome.publications);
  const bool is_done = outcome.end == JobOutcome::End::kDone;
  if (is_done) {
    job.files = disk_->ListFiles(job.id);
    job.bytes = disk_->BytesOf(job.id);
    const bool is_file = json::IsBatch(job.kind) && !job.files.empty();
    job.has_result = is_file || fs::exists(disk_->ResultOf(job.id));
  }
  End(entry, is_done ? JobState::kDone : JobState::kFailed, std::move(fault));
}

void Jobs::Forget(std::size_t position) {
  disk_->Remove(order_[position]);
  jobs_.erase(order_[position]);
  order_.erase(order_.begin() + static_cast<std::ptrdiff_t>(position));
}

void Jobs::Prune() {
  std::size_t ended = 0, oldest = 0;
  std::uint64_t bytes = 0;
  for (const auto& [id, entry] : jobs_) {
    if (!HasEnded(entry->view.record.state)) continue;
    ++ended;
    bytes += entry->view.record.bytes;
  }
  while (ended > limits_.kept || (ended > 1 && bytes > limits_.kept_bytes)) {
    const JobRecord& job = jobs_[order_[oldest]]->view.record;
    if (!HasEnded(job.state)) {
      ++oldest;
      continue;
    }
    bytes -= job.bytes;
    --ended;
    Forget(oldest);
  }
}

// One thread at a time tells, and takes what it tells of only when it is its turn: a job is taken
// in before it begins, whichever thread is the faster. Afterwards all is told that there was.
void Jobs::Tell(Lock& lock) {
  lock.unlock();
  {
    const std::lock_guard turn(telling_);
    lock.lock();
    const auto told = std::exchange(to_tell_, {});
    lock.unlock();
    if (listener_) {
      for (const auto& [job, fault] : told) listener_(job, fault);
    }
  }
  lock.lock();
}

JobOutcome Jobs::Work(const JobWork& work, const std::string& id, std::string& fault) {
  JobContext context(*this, id);
  JobOutcome outcome;
  try {
    return work(context);
  } catch (const io::FileError& error) {
    outcome.messages.Add(error.diagnostic());
  } catch (const std::exception& exception) {
    fault = exception.what();
    outcome.messages.Add(Code::kServiceFault, {}, {id});
  }
  return outcome;
}

void Jobs::RunOne(Lock& lock, const std::string& id) {
  Entry& entry = *jobs_[id];  // stays: what runs is not forgotten
  const JobWork work = std::move(entry.work);
  Start(entry);
  Tell(lock);
  lock.unlock();
  std::string fault;
  JobOutcome outcome = Work(work, id, fault);
  lock.lock();
  if (HasEnded(entry.view.record.state)) return;  // it was too slow to stop
  try {
    Finish(entry, std::move(outcome), std::move(fault));
  } catch (const std::exception& exception) {  // what it made cannot be listed
    SetReason(entry.view.record, {Code::kServiceFault, {}, {id}});
    End(entry, JobState::kFailed, exception.what());
  }
}

void Jobs::Run() {
  Lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
    if (stopping_) return;
    running_ = queue_.front();
    queue_.pop_front();
    RunOne(lock, running_);
    running_.clear();
    Prune();
    changed_.notify_all();
    Tell(lock);
  }
}

void Jobs::BeginStop() {
  Lock lock(mutex_);
  stopping_ = true;
  for (const std::string& id : queue_) Interrupt(*jobs_[id]);
  queue_.clear();
  if (!running_.empty()) jobs_[running_]->stop = true;
  wake_.notify_all();
  Tell(lock);
}

bool Jobs::EndStop(std::chrono::milliseconds longest) {
  Lock lock(mutex_);
  if (changed_.wait_for(lock, longest, [this] { return running_.empty(); })) return true;
  Interrupt(*jobs_[running_]);
  Tell(lock);
  return false;
}

}  // namespace dijia::app
