// The listening side of the service.
#pragma once

#include <Poco/Net/TCPServer.h>
#include <Poco/ThreadPool.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "dijia/base/result.h"
#include "http/open_connections.h"
#include "http/service.h"
#include "http/tls.h"

namespace dijia::http {

// Where to listen: a literal IPv4 or IPv6 address, or `localhost`; port 0 picks a free one.
struct ListenAddress {
  std::string host = "127.0.0.1";
  std::uint16_t port = 8080;
  bool loopback = true;
};

// `127.0.0.1:8080`, `[::1]:8080`. Error: kNotAnAddress.
Result<ListenAddress> ParseListenAddress(const std::string& text);

class Server {
 public:
  // Listens and serves until Stop, with TLS unless `tls` is null. Throws Poco::Exception when the
  // address cannot be had.
  Server(const ListenAddress& address, Service& service, Poco::Net::Context::Ptr tls = nullptr);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Where it listens, with the port that was picked.
  std::string address() const { return address_; }
  std::uint16_t port() const { return port_; }

  // Finishes what was accepted and refuses new requests with 503, at most for `longest`; then ends
  // everything. False when requests had to be cut off.
  bool Stop(std::chrono::milliseconds longest);

 private:
  Service& service_;
  Poco::Net::Context::Ptr tls_;
  OpenConnections room_;
  Poco::ThreadPool threads_;
  std::unique_ptr<Poco::Net::TCPServer> server_;
  std::string address_;
  std::uint16_t port_ = 0;
};

}  // namespace dijia::http
