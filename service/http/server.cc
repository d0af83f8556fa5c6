#include "http/server.h"

#include <Poco/Net/IPAddress.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/Net/TCPServerConnectionFactory.h>
#include <Poco/Net/TCPServerParams.h>

#include <charconv>
#include <utility>

#include "dijia/base/codes.h"
#include "http/connection.h"

namespace dijia::http {
namespace {

namespace net = Poco::Net;

constexpr int kBacklog = 1024;
constexpr int kSpareThreads = 32;  // for connections that are refused, so that they hear it
constexpr int kQueued = 256;       // accepted, waiting for a thread; more are dropped
constexpr int kStack = 1024 * 1024;
constexpr int kThreadIdleSeconds = 60;
constexpr long kIdleMicroseconds = 250'000;

class Connections : public net::TCPServerConnectionFactory {
 public:
  Connections(Service& service, OpenConnections& room, const net::Context* tls)
      : service_(service), room_(room), tls_(tls) {}
  net::TCPServerConnection* createConnection(const net::StreamSocket& socket) override {
    return new Connection(socket, service_, room_, tls_);  // Poco deletes it
  }

 private:
  Service& service_;
  OpenConnections& room_;
  const net::Context* tls_;
};

net::ServerSocket Listen(const ListenAddress& address) {
  net::ServerSocket socket;
  socket.bind(net::SocketAddress(address.host, address.port), true, false);
  socket.listen(kBacklog);
  return socket;
}

}  // namespace

Result<ListenAddress> ParseListenAddress(const std::string& text) {
  const Error error{Code::kNotAnAddress, text};
  const std::size_t colon = text.rfind(':');
  if (colon == std::string::npos) return error;
  ListenAddress address;
  const char* const end = text.data() + text.size();
  const auto [stop, wrong] = std::from_chars(text.data() + colon + 1, end, address.port);
  if (wrong != std::errc() || stop != end) return error;
  address.host = text.substr(0, colon);
  if (address.host == "localhost") address.host = "127.0.0.1";
  const bool brackets = address.host.starts_with('[') && address.host.ends_with(']');
  if (brackets) address.host = address.host.substr(1, address.host.size() - 2);
  net::IPAddress ip;
  if (!net::IPAddress::tryParse(address.host, ip)) return error;
  if (brackets != (ip.family() == net::IPAddress::IPv6)) return error;
  address.loopback = ip.isLoopback();
  return address;
}

Server::Server(const ListenAddress& address, Service& service, net::Context::Ptr tls)
    : service_(service),
      tls_(std::move(tls)),
      room_(service.limits.connections, service.metrics),
      threads_(2, service.limits.connections + kSpareThreads, kThreadIdleSeconds, kStack) {
  const net::ServerSocket socket = Listen(address);
  net::TCPServerParams::Ptr parameters = new net::TCPServerParams;  // Poco counts references
  parameters->setMaxThreads(service.limits.connections + kSpareThreads);
  parameters->setMaxQueued(kQueued);
  // A thread that is about to wait when the server stops is not woken: let it look again soon.
  parameters->setThreadIdleTime(Poco::Timespan(0, kIdleMicroseconds));
  const net::TCPServerConnectionFactory::Ptr factory = new Connections(service, room_, tls_.get());
  server_ = std::make_unique<net::TCPServer>(factory, threads_, socket, parameters);
  address_ = socket.address().toString();
  port_ = socket.address().port();
  server_->start();
}

Server::~Server() { Stop(std::chrono::milliseconds(0)); }

bool Server::Stop(std::chrono::milliseconds longest) {
  if (server_ == nullptr) return true;
  service_.stopping = true;
  room_.BeginStopping();
  const bool quiet = room_.WaitUntilQuiet(longest);
  service_.out_of_time = true;
  server_->stop();
  room_.EndAll();
  // Poco 1.11 lets a thread outlive the dispatcher it runs in: no thread may be left before.
  threads_.joinAll();
  server_.reset();
  return quiet;
}

}  // namespace dijia::http
