#include "http/tls.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <new>

namespace dijia::http {
namespace {

constexpr std::size_t kRecord = 16 * 1024 + 512;

// Bytes that came; 0 at the end, kTooSlow when none came in time.
std::ptrdiff_t ReceiveWithin(int socket, std::array<char, kRecord>& out, int milliseconds) {
  pollfd waiting{socket, POLLIN, 0};
  int ready = 0;
  do {
    ready = ::poll(&waiting, 1, milliseconds);
  } while (ready < 0 && errno == EINTR);
  if (ready == 0) return Tls::kTooSlow;
  ssize_t count = 0;
  do {
    count = ::recv(socket, out.data(), out.size(), 0);
  } while (count < 0 && errno == EINTR);
  return std::max<std::ptrdiff_t>(count, 0);
}

}  // namespace

Poco::Net::Context::Ptr ReadTlsContext(const std::string& certificate, const std::string& key) {
  using Poco::Net::Context;
  constexpr int kDepth = 9;
  Context::Ptr context =
      new Context(Context::TLS_SERVER_USE, key, certificate, "", Context::VERIFY_NONE, kDepth,
                  false);  // Poco counts references
  context->requireMinimumProtocol(Context::PROTO_TLSV1_2);
  // Handshakes cost the server more than the client; one a connection is enough.
  SSL_CTX_set_options(context->sslContext(), SSL_OP_NO_RENEGOTIATION);
  return context;
}

void Tls::Free::operator()(ssl_st* session) const { SSL_free(session); }

Tls::Tls(const Poco::Net::Context& context, int socket)
    : session_(SSL_new(context.sslContext())), socket_(socket) {
  BIO* in = BIO_new(BIO_s_mem());
  BIO* out = BIO_new(BIO_s_mem());
  if (session_ == nullptr || in == nullptr || out == nullptr) throw std::bad_alloc();
  SSL_set_bio(session_.get(), in, out);  // which owns them now
  SSL_set_accept_state(session_.get());
}

std::ptrdiff_t Tls::Read(char* out, std::size_t size, int milliseconds) {
  using Clock = std::chrono::steady_clock;
  const auto end = Clock::now() + std::chrono::milliseconds(milliseconds);
  for (;;) {
    ERR_clear_error();
    std::size_t count = 0;
    const int result = SSL_read_ex(session_.get(), out, size, &count);
    // Also of a handshake that failed: the client is told why.
    const bool sent = SendPending();
    if (result == 1) return static_cast<std::ptrdiff_t>(count);
    if (!sent || SSL_get_error(session_.get(), result) != SSL_ERROR_WANT_READ) return 0;
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now());
    std::array<char, kRecord> raw;
    const std::ptrdiff_t received =
        ReceiveWithin(socket_, raw, static_cast<int>(std::max<std::int64_t>(left.count(), 0)));
    if (received <= 0) return received;
    BIO_write(SSL_get_rbio(session_.get()), raw.data(), static_cast<int>(received));
  }
}

bool Tls::HasInput() const {
  return SSL_pending(session_.get()) > 0 || BIO_ctrl_pending(SSL_get_rbio(session_.get())) > 0;
}

std::optional<std::string> Tls::Seal(std::string_view text) {
  if (text.empty()) return "";
  ERR_clear_error();
  std::size_t written = 0;
  // Memory takes everything at once.
  const int result = SSL_write_ex(session_.get(), text.data(), text.size(), &written);
  if (result != 1) return std::nullopt;
  return TakePending();
}

std::string Tls::SealEnd() {
  ERR_clear_error();
  SSL_shutdown(session_.get());
  return TakePending();
}

// What the handshake has to say: little, and the client waits for it. Who does not take it is gone.
bool Tls::SendPending() {
  const std::string pending = TakePending();
  std::string_view rest = pending;
  while (!rest.empty()) {
    const ssize_t count = ::send(socket_, rest.data(), rest.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count < 0 && errno != EINTR) return false;
    if (count > 0) rest.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

std::string Tls::TakePending() {
  BIO* out = SSL_get_wbio(session_.get());
  std::string bytes(BIO_ctrl_pending(out), '\0');
  if (!bytes.empty()) BIO_read(out, bytes.data(), static_cast<int>(bytes.size()));
  return bytes;
}

}  // namespace dijia::http
