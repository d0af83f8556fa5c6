// Ctrl-C without half-written output, at any moment, even while a read waits for its input.
#pragma once

#include <functional>
#include <thread>

#include "dijia/base/code.h"
#include "io/descriptor.h"

namespace dijia::cli {

// Keeps SIGINT, SIGTERM and SIGHUP waiting, in this thread and all it starts; before the first of
// them has anything to clean up.
void HoldInterrupts();

// While it lives, a signal runs `clean_up` and ends the program with 128 + its number, as shells
// expect. Precondition: HoldInterrupts.
class InterruptWatch {
 public:
  InterruptWatch(std::function<void()> clean_up, Language language);
  ~InterruptWatch();
  InterruptWatch(const InterruptWatch&) = delete;
  InterruptWatch& operator=(const InterruptWatch&) = delete;

 private:
  io::Descriptor signals_, stop_;
  std::thread thread_;
};

}  // namespace dijia::cli
