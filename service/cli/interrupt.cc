#include "cli/interrupt.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <csignal>
#include <string>
#include <utility>

#include "dijia/base/codes.h"
#include "dijia/base/diagnostic.h"

namespace dijia::cli {
namespace {

sigset_t InterruptSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&signals, signal);
  return signals;
}

// Waits for a signal or the end of the watch; 0 = the end.
int NextSignal(int signals, int stop) {
  pollfd waiting[] = {{signals, POLLIN, 0}, {stop, POLLIN, 0}};
  while (::poll(waiting, 2, -1) < 0) {
  }
  if (waiting[1].revents != 0) return 0;
  signalfd_siginfo received{};
  const ssize_t count = ::read(signals, &received, sizeof received);
  return count == sizeof received ? static_cast<int>(received.ssi_signo) : 0;
}

}  // namespace

void HoldInterrupts() {
  const sigset_t signals = InterruptSignals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

InterruptWatch::InterruptWatch(std::function<void()> clean_up, Language language) {
  const sigset_t signals = InterruptSignals();
  signals_ = io::Descriptor(::signalfd(-1, &signals, SFD_CLOEXEC));
  stop_ = io::Descriptor(::eventfd(0, EFD_CLOEXEC));
  const std::string message = Describe({Code::kInterrupted, {}, {}}, language) + "\n";
  thread_ = std::thread([clean_up = std::move(clean_up), message, signals_fd = signals_.get(),
                         stop_fd = stop_.get()] {
    constexpr int kShellBase = 128;
    const int signal = NextSignal(signals_fd, stop_fd);
    if (signal == 0) return;
    clean_up();
    if (::write(STDERR_FILENO, message.data(), message.size()) < 0) ::_exit(kShellBase + signal);
    ::_exit(kShellBase + signal);
  });
}

InterruptWatch::~InterruptWatch() {
  const std::uint64_t one = 1;
  // An eventfd takes 8 bytes at once; if it did not, the thread could not be joined.
  if (::write(stop_.get(), &one, sizeof one) != sizeof one) std::terminate();
  thread_.join();
}

}  // namespace dijia::cli
