#include "http/connection.h"

#include <Poco/Net/NetException.h>
#include <Poco/Net/SocketImpl.h>

#include <atomic>
#include <chrono>
#include <exception>
#include <memory>
#include <optional>

#include "dijia/base/codes.h"
#include "http/accept.h"
#include "http/boundary.h"
#include "http/request_id.h"
#include "http/send.h"

namespace dijia::http {
namespace {

using Clock = std::chrono::steady_clock;

std::optional<Problem> ProblemOfHead(Wire::HeadState state, const Limits& limits,
                                     std::size_t received) {
  switch (state) {
    case Wire::HeadState::kTooSlow: {
      const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(limits.patience);
      return Problem{
          408,
          {Code::kRequestTooSlow, {}, {std::to_string(seconds.count()), std::to_string(received)}},
          {},
          {}};
    }
    case Wire::HeadState::kTooLarge:
      return Problem{431,
                     {Code::kHeadTooLarge,
                      {},
                      {std::to_string(limits.head_bytes), std::to_string(limits.fields)}},
                     {},
                     {}};
    case Wire::HeadState::kMalformed:
      return Problem{400, {Code::kHeadMalformed, {}, {"LF"}}, {}, {}};
    case Wire::HeadState::kWhole:
    case Wire::HeadState::kEnded:
      break;
  }
  return std::nullopt;
}

class InFlight {
 public:
  explicit InFlight(Metrics& metrics) : metrics_(metrics) {
    metrics_.requests_in_flight.fetch_add(1);
  }
  ~InFlight() { metrics_.requests_in_flight.fetch_sub(1); }
  InFlight(const InFlight&) = delete;
  InFlight& operator=(const InFlight&) = delete;

 private:
  Metrics& metrics_;
};

// Empty when the client is gone by now.
std::string PeerOf(const Poco::Net::StreamSocket& socket) {
  try {
    return socket.peerAddress().host().toString();
  } catch (const Poco::Exception&) {
    return "";
  }
}

void LogAnswer(const Exchange& exchange, const Response& response, std::uint64_t sent,
               Clock::duration time) {
  Log& log = exchange.service.log;
  if (!log.Wants(LogLevel::kInfo)) return;
  using std::chrono::duration_cast;
  const std::string status = std::to_string(response.status);
  const std::string in = std::to_string(exchange.body.received()), out = std::to_string(sent);
  const std::string us = std::to_string(duration_cast<std::chrono::microseconds>(time).count());
  const std::string_view trace = TraceContext(exchange.request);
  log.Event(LogLevel::kInfo, "request",
            {{"id", exchange.id},
             {"method", exchange.request.method},
             {"path", exchange.request.path},
             {"status", status},
             {"in", in},
             {"out", out},
             {"us", us},
             {"key", exchange.caller ? exchange.caller->key : "-"},
             {"trace", trace.empty() ? "-" : trace}});
}

}  // namespace

Connection::Connection(const Poco::Net::StreamSocket& socket, Service& service,
                       OpenConnections& room, const Poco::Net::Context* tls)
    : TCPServerConnection(socket), service_(service), room_(room), tls_(tls) {}

void Connection::run() {
  const int descriptor = socket().impl()->sockfd();
  peer_ = PeerOf(socket());
  OpenConnections::Seat seat(room_, descriptor);
  Wire wire(descriptor, service_.limits,
            tls_ == nullptr ? nullptr : std::make_unique<Tls>(*tls_, descriptor));
  try {
    if (!seat.admitted()) return RefuseConnection(wire);
    while (ServeNext(wire, seat)) seat.BecomeIdle();
  } catch (const ConnectionLost&) {
    // Nobody is there to be told.
  } catch (const std::exception& exception) {
    // A body that was being made broke off: the client sees an answer without its end.
    service_.log.Event(LogLevel::kError, "answer_cut", {{"what", exception.what()}});
  }
}

// Answers one request; false when the connection ends.
bool Connection::ServeNext(Wire& wire, OpenConnections::Seat& seat) {
  if (!wire.WaitForRequest()) return false;
  const auto began = Clock::now();
  std::string head;
  const Wire::HeadState state = wire.ReadHead(head);
  if (state == Wire::HeadState::kEnded) return false;
  if (!seat.BecomeBusy()) {
    RefuseConnection(wire);
    return false;
  }
  Request request;
  auto problem = ProblemOfHead(state, service_.limits, head.size());
  if (!problem) problem = ReadHead(std::move(head), service_.limits, request);
  if (problem) {
    RefuseHead(wire, *problem);
    return false;
  }
  const InFlight in_flight(service_.metrics);
  Body body(wire, request, service_.limits);
  Exchange exchange{service_,
                    request,
                    body,
                    RequestId(request),
                    service_.rules.Now(),
                    LanguageOf(request.Find("Accept-Language")),
                    service_.metrics.no_route(),
                    {},
                    peer_,
                    {},
                    tls_ != nullptr,
                    {}};
  exchange.is_tls = tls_ != nullptr;
  Response response = Answer(exchange);
  const SentAnswer sent = SendAnswer(wire, exchange, response, service_.stopping);
  const auto time = Clock::now() - began;
  service_.metrics.Answered(exchange.route, response.status, time);
  LogAnswer(exchange, response, sent.bytes, time);
  if (!sent.keep_alive) wire.CloseGently();
  return sent.keep_alive;
}

void Connection::RefuseHead(Wire& wire, const Problem& problem) {
  Request none;
  Body body(wire, none, service_.limits);
  Exchange exchange{
      service_, none,  body, NewRequestId(),  nullptr, Language::kZh, service_.metrics.no_route(),
      {},       peer_, {},   tls_ != nullptr, {}};
  Response response = ProblemResponse(problem, exchange.language, "", exchange.id);
  response.close = true;
  const SentAnswer sent = SendAnswer(wire, exchange, response, true);
  service_.metrics.Answered(exchange.route, response.status, {});
  LogAnswer(exchange, response, sent.bytes, {});
  wire.CloseGently();
}

void Connection::RefuseConnection(Wire& wire) {
  service_.metrics.connections_refused.fetch_add(1);
  const Code code = service_.stopping ? Code::kServiceStopping : Code::kServiceBusy;
  RefuseHead(wire, {503, {code, {}, {}}, {}, {}});
}

}  // namespace dijia::http
