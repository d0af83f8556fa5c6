// Poco's HTTPServer needs eight system calls for a request on a kept connection; two suffice. The
// calls of the service are counted by functions that stand before those of the C library; the
// client of the tests reads and writes with others.
#include <dlfcn.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include <atomic>

#include "http/served.h"

namespace {

std::atomic<int> calls{0};

template <class Function>
Function* Real(const char* name) {
  calls.fetch_add(1);
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

}  // namespace

extern "C" {
ssize_t recv(int socket, void* out, size_t size, int flags) {
  static const auto real = Real<decltype(recv)>("recv");
  calls.fetch_add(1);
  return real(socket, out, size, flags);
}
ssize_t sendmsg(int socket, const msghdr* message, int flags) {
  static const auto real = Real<decltype(sendmsg)>("sendmsg");
  calls.fetch_add(1);
  return real(socket, message, flags);
}
int epoll_create(int size) {
  static const auto real = Real<decltype(epoll_create)>("epoll_create");
  calls.fetch_add(1);
  return real(size);
}
int getpeername(int socket, sockaddr* address, socklen_t* size) {
  static const auto real = Real<decltype(getpeername)>("getpeername");
  calls.fetch_add(1);
  return real(socket, address, size);
}
int getsockname(int socket, sockaddr* address, socklen_t* size) {
  static const auto real = Real<decltype(getsockname)>("getsockname");
  calls.fetch_add(1);
  return real(socket, address, size);
}
}

namespace dijia::test {
namespace {

TEST(SystemCalls, TwoForARequestOnAKeptConnection) {
  constexpr int kRequests = 50;
  http::Limits limits = QuickLimits();
  limits.keep_alive = std::chrono::seconds(30);
  Served served(limits);
  Client client(served.port());
  const auto ask = [&] {
    client.Send(CaseRequest());
    ASSERT_TRUE(client.Receive());
  };
  ask();
  const int before = calls.load();
  for (int i = 0; i < kRequests; ++i) ask();
  // The listening thread looks for a stop four times a second.
  EXPECT_LE(calls.load() - before, 2 * kRequests + 10);
}

}  // namespace
}  // namespace dijia::test
