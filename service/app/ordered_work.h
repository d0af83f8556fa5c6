// Blocks of an input, answered on all cores and written in order: constant memory, the same bytes
// for every number of threads.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "dijia/parallel.h"

namespace dijia::app {

// What is done with blocks. `Answered` has a Clear() that keeps its memory.
template <class Block, class Answered>
struct BlockWork {
  std::function<bool(Block&)> read;  // the next block; false at the end
  // Makes what answers blocks, one for each thread.
  std::function<std::function<void(Block&, Answered&)>()> make_worker;
  std::function<void(Answered&)> write;
  // Whether more input is at hand. Where it is not, what was read is answered before the next read
  // waits. Empty: the input never waits long.
  std::function<bool()> more_is_here;
  unsigned threads = 0;  // 0 = all cores
};

// The caller reads and writes, in order, and answers blocks when there is nothing else to do; other
// threads answer blocks. They are started when there is more than one block to answer.
template <class Block, class Answered>
class OrderedWork {
 public:
  // `work` must outlive the object.
  explicit OrderedWork(const BlockWork<Block, Answered>& work)
      : work_(work), threads_(ThreadCount(work.threads)), most_jobs_(kJobsPerThread * threads_) {}
  ~OrderedWork() {
    {
      const std::lock_guard lock(mutex_);
      stopped_ = true;
    }
    changed_.notify_all();
    for (std::thread& helper : helpers_) helper.join();
  }
  OrderedWork(const OrderedWork&) = delete;
  OrderedWork& operator=(const OrderedWork&) = delete;

  // Throws what reading, answering and writing throw, after what came before is written.
  void Run() {
    const auto answer = work_.make_worker();
    while (true) {
      if (IsFrontDone()) {
        WriteFront();
      } else if (MayRead()) {
        ReadNext();
      } else if (Job* const job = Take()) {
        Answer(*job, answer);
      } else if (jobs_.empty()) {
        break;
      } else {
        AwaitFront();
      }
    }
    if (read_fault_) std::rethrow_exception(read_fault_);
  }

 private:
  static constexpr std::size_t kJobsPerThread = 4;
  using Worker = std::function<void(Block&, Answered&)>;

  // A block on its way from the input to the output.
  struct Job {
    enum class State : std::uint8_t { kWaiting, kTaken, kDone };
    State state = State::kWaiting;
    Block block;
    Answered answered;
    std::exception_ptr fault;
  };

  bool IsFrontDone() {
    const std::lock_guard lock(mutex_);
    return !jobs_.empty() && jobs_.front()->state == Job::State::kDone;
  }

  bool MayRead() const {
    if (!more_ || jobs_.size() == most_jobs_) return false;
    return jobs_.empty() || !work_.more_is_here || work_.more_is_here();
  }

  void ReadNext() {
    std::unique_ptr<Job> job = std::make_unique<Job>();
    if (!spare_.empty()) {
      job = std::move(spare_.back());
      spare_.pop_back();
    }
    try {
      more_ = work_.read(job->block);
    } catch (...) {
      // What was read before is answered first.
      read_fault_ = std::current_exception();
      more_ = false;
    }
    if (!more_) return;
    {
      const std::lock_guard lock(mutex_);
      jobs_.push_back(std::move(job));
    }
    changed_.notify_one();
    if (jobs_.size() > 1 && helpers_.size() + 1 < threads_) {
      helpers_.emplace_back([this] { Help(); });
    }
  }

  // The first job that nobody works on.
  Job* TakeLocked() {
    for (const auto& job : jobs_) {
      if (job->state != Job::State::kWaiting) continue;
      job->state = Job::State::kTaken;
      return job.get();
    }
    return nullptr;
  }
  Job* Take() {
    const std::lock_guard lock(mutex_);
    return TakeLocked();
  }

  void Answer(Job& job, const Worker& answer) {
    try {
      answer(job.block, job.answered);
    } catch (...) {
      job.fault = std::current_exception();
    }
    {
      const std::lock_guard lock(mutex_);
      job.state = Job::State::kDone;
    }
    changed_.notify_all();
  }

  void Help() {
    const auto answer = work_.make_worker();
    std::unique_lock lock(mutex_);
    while (!stopped_) {
      if (Job* const job = TakeLocked()) {
        lock.unlock();
        Answer(*job, answer);
        lock.lock();
      } else {
        changed_.wait(lock);
      }
    }
  }

  void AwaitFront() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return jobs_.front()->state == Job::State::kDone; });
  }

  void WriteFront() {
    std::unique_ptr<Job> job;
    {
      const std::lock_guard lock(mutex_);
      job = std::move(jobs_.front());
      jobs_.pop_front();
    }
    if (job->fault) std::rethrow_exception(job->fault);
    work_.write(job->answered);
    job->state = Job::State::kWaiting;
    job->answered.Clear();
    spare_.push_back(std::move(job));
  }

  const BlockWork<Block, Answered>& work_;
  std::size_t threads_, most_jobs_;

  // Of the caller.
  bool more_ = true;
  std::exception_ptr read_fault_;
  std::vector<std::unique_ptr<Job>> spare_;
  std::vector<std::thread> helpers_;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::unique_ptr<Job>> jobs_;  // changed by the caller alone, in order
  bool stopped_ = false;
};

}  // namespace dijia::app
