// One line on the terminal that says how far the work is.
#pragma once

#include <chrono>
#include <string_view>

namespace dijia::cli {

// Stands at the bottom of a terminal, on the standard error output; nothing where that is none.
// Gone when the work is done.
class StatusLine {
 public:
  StatusLine();
  ~StatusLine();
  StatusLine(const StatusLine&) = delete;
  StatusLine& operator=(const StatusLine&) = delete;

  // Whether a new text is worth its making: on a terminal, and a while after the last one.
  bool IsDue() const;
  void Show(std::string_view text);

 private:
  bool on_terminal_ = false, shown_ = false;
  std::chrono::steady_clock::time_point last_{};
};

}  // namespace dijia::cli
