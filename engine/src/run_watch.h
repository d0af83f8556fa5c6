// Tells the caller of a run how far it is, and the run whether it is to go on.
#pragma once

#include <atomic>
#include <cstddef>

#include "dijia/grade_price.h"

namespace dijia {

class RunWatch {
 public:
  // `options` must outlive it.
  explicit RunWatch(const ComputeOptions& options) : options_(options) {}

  // Begins a step of so many parts; false when the run is to stop.
  bool Begin(ComputeStep step, std::size_t parts) {
    now_ = {step, 0, parts};
    done_ = 0;
    return Tell(0);
  }
  // One part more is done; from any thread.
  void Done() { Tell(++done_); }
  bool stopped() const { return stopped_.load(std::memory_order_relaxed); }

 private:
  bool Tell(std::size_t done) {
    if (!options_.go_on || stopped()) return !stopped();
    if (!options_.go_on({now_.step, done, now_.total})) stopped_ = true;
    return !stopped();
  }

  const ComputeOptions& options_;
  ComputeProgress now_;
  std::atomic<std::size_t> done_{0};
  std::atomic<bool> stopped_{false};
};

}  // namespace dijia
