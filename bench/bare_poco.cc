// Poco's HTTPServer as its documentation uses it, with a fixed reply: what our service is held
// against. bare_poco prints `listening on ADDR:PORT` and serves until it is ended.
#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>

#include <csignal>
#include <iostream>
#include <string>

namespace {

namespace net = Poco::Net;

constexpr int kThreads = 128;
constexpr int kReplyBytes = 607;

class Fixed : public net::HTTPRequestHandler {
 public:
  void handleRequest(net::HTTPServerRequest& request, net::HTTPServerResponse& response) override {
    char body[16384];
    request.stream().read(body, static_cast<std::streamsize>(sizeof body));
    static const std::string reply(kReplyBytes, 'x');
    response.setContentType("application/json");
    response.sendBuffer(reply.data(), reply.size());
  }
};

class Factory : public net::HTTPRequestHandlerFactory {
 public:
  net::HTTPRequestHandler* createRequestHandler(const net::HTTPServerRequest&) override {
    return new Fixed;  // Poco deletes it
  }
};

}  // namespace

int main() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  net::HTTPServerParams::Ptr parameters = new net::HTTPServerParams;  // Poco counts references
  parameters->setMaxThreads(kThreads);
  parameters->setMaxQueued(kThreads);
  Poco::ThreadPool threads(2, kThreads);
  const net::ServerSocket socket(net::SocketAddress("127.0.0.1", 0));
  net::HTTPServer server(new Factory, threads, socket, parameters);
  server.start();
  std::cout << "listening on " << socket.address().toString() << std::endl;
  int signal = 0;
  sigwait(&signals, &signal);
  server.stopAll(true);
}
