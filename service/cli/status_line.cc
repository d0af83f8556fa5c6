#include "cli/status_line.h"

#include <unistd.h>

#include <iostream>

namespace dijia::cli {
namespace {

constexpr std::string_view kClear = "\r\x1b[K";
constexpr std::chrono::milliseconds kBetween{100};

}  // namespace

StatusLine::StatusLine() : on_terminal_(::isatty(STDERR_FILENO) != 0) {}

StatusLine::~StatusLine() {
  if (shown_) std::cerr << kClear << std::flush;
}

bool StatusLine::IsDue() const {
  return on_terminal_ && (!shown_ || std::chrono::steady_clock::now() - last_ >= kBetween);
}

void StatusLine::Show(std::string_view text) {
  if (!on_terminal_) return;
  std::cerr << kClear << text << std::flush;
  shown_ = true;
  last_ = std::chrono::steady_clock::now();
}

}  // namespace dijia::cli
