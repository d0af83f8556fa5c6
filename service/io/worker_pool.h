// Buffers and caches that tasks of ForEachIndex share, one set for each thread at work.
#pragma once

#include <cstddef>
#include <deque>
#include <mutex>
#include <vector>

namespace dijia::io {

// Lends out Ts: as many exist as were ever needed at the same time.
template <class T>
class WorkerPool {
 public:
  struct Lease {
    std::size_t index = 0;
    T* worker = nullptr;
  };

  Lease Take() {
    const std::lock_guard lock(mutex_);
    if (free_.empty()) {
      free_.push_back(workers_.size());
      workers_.emplace_back();
    }
    const std::size_t index = free_.back();
    free_.pop_back();
    return {index, &workers_[index]};
  }
  void GiveBack(const Lease& lease) {
    const std::lock_guard lock(mutex_);
    free_.push_back(lease.index);
  }

  // All of them, for use after the tasks have ended.
  std::deque<T>& workers() { return workers_; }

 private:
  std::mutex mutex_;
  std::deque<T> workers_;
  std::vector<std::size_t> free_;
};

}  // namespace dijia::io
