// One client: requests in, answers out, until one of the two ends it.
//
// Poco's TCPServer accepts, queues and lends the thread; the HTTP of a connection is read and
// written here, not by Poco's HTTPServerConnection. That one cannot tell a chunked body that was
// cut short from a whole one, accepts lengths and line ends that two readers understand
// differently, leaves unread bodies on the wire for the next request, and needs eight system calls
// where two do.
#pragma once

#include <Poco/Net/TCPServerConnection.h>

#include <string>

#include "http/open_connections.h"
#include "http/problem.h"
#include "http/service.h"
#include "http/tls.h"
#include "http/wire.h"

namespace dijia::http {

class Connection : public Poco::Net::TCPServerConnection {
 public:
  // `tls` is null for connections without it.
  Connection(const Poco::Net::StreamSocket& socket, Service& service, OpenConnections& room,
             const Poco::Net::Context* tls);

  void run() override;

 private:
  bool ServeNext(Wire& wire, OpenConnections::Seat& seat);
  void RefuseHead(Wire& wire, const Problem& problem);
  void RefuseConnection(Wire& wire);

  Service& service_;
  OpenConnections& room_;
  const Poco::Net::Context* tls_;
  std::string peer_;  // address of the client
};

}  // namespace dijia::http
