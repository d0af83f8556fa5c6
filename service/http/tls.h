// TLS of a connection, over a socket that others wait for: the bytes go through memory, so that
// every wait has an end that the caller knows.
#pragma once

#include <Poco/Net/Context.h>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct ssl_st;

namespace dijia::http {

// Certificate with its chain, and its key, as PEM files; TLS 1.2 and 1.3. Throws Poco::Exception
// for files that cannot be used.
Poco::Net::Context::Ptr ReadTlsContext(const std::string& certificate, const std::string& key);

class Tls {
 public:
  // The side of the server. `socket` is a connected stream socket that outlives this.
  Tls(const Poco::Net::Context& context, int socket);

  // Up to `size` bytes of what the client said, after the handshake where that is still to be made;
  // 0 when the client sends no more, or nothing that can be understood; kTooSlow after
  // `milliseconds`, however little comes at a time.
  static constexpr std::ptrdiff_t kTooSlow = -1;
  std::ptrdiff_t Read(char* out, std::size_t size, int milliseconds);

  // Whether Read gives something without waiting.
  bool HasInput() const;

  // What has to be sent to say `text`; nothing when there was no handshake yet.
  std::optional<std::string> Seal(std::string_view text);
  // … and to say that nothing follows.
  std::string SealEnd();

 private:
  bool SendPending();
  std::string TakePending();

  struct Free {
    void operator()(ssl_st* session) const;
  };
  std::unique_ptr<ssl_st, Free> session_;
  int socket_;
};

}  // namespace dijia::http
