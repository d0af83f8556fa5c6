#include "http/client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <utility>

namespace dijia::test {
namespace {

std::string LowerCase(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

}  // namespace

std::string Reply::Field(const std::string& name) const {
  const auto field = fields.find(name);
  return field == fields.end() ? std::string() : field->second;
}

Client::Client(std::uint16_t port) {
  socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    ::close(socket_);
    socket_ = -1;
  }
}

Client::~Client() {
  if (socket_ >= 0) ::close(socket_);
}

bool Client::Send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

void Client::EndSending() { ::shutdown(socket_, SHUT_WR); }

bool Client::Fill() {
  pollfd waiting{socket_, POLLIN, 0};
  if (::poll(&waiting, 1, static_cast<int>(longest.count())) <= 0) return false;
  char piece[65536];
  const ssize_t count = ::read(socket_, piece, sizeof piece);
  if (count <= 0) return false;
  received_.append(piece, static_cast<std::size_t>(count));
  return true;
}

bool Client::FillTo(std::size_t size) {
  while (received_.size() < size) {
    if (!Fill()) return false;
  }
  return true;
}

std::optional<std::string> Client::TakeLine() {
  std::size_t end = received_.find("\r\n");
  while (end == std::string::npos) {
    if (!Fill()) return std::nullopt;
    end = received_.find("\r\n");
  }
  std::string line = received_.substr(0, end);
  received_.erase(0, end + 2);
  return line;
}

bool Client::TakeChunks(std::string& body) {
  for (;;) {
    const auto line = TakeLine();
    if (!line) return false;
    const std::size_t size = std::stoul(*line, nullptr, 16);
    if (!FillTo(size + 2)) return false;
    body.append(received_, 0, size);
    received_.erase(0, size + 2);
    if (size == 0) return true;
  }
}

std::optional<Reply> Client::Receive(bool to_head) {
  Reply reply;
  const auto status = TakeLine();
  if (!status || !status->starts_with("HTTP/1.1 ")) return std::nullopt;
  reply.status = std::stoi(status->substr(9, 3));
  for (auto line = TakeLine(); !line || !line->empty(); line = TakeLine()) {
    if (!line) return std::nullopt;
    const std::size_t colon = line->find(": ");
    reply.fields[LowerCase(line->substr(0, colon))] = line->substr(colon + 2);
  }
  if (to_head || reply.status == 100 || reply.status == 204 || reply.status == 304) return reply;
  if (reply.Field("transfer-encoding") == "chunked") {
    if (!TakeChunks(reply.body)) return std::nullopt;
    return reply;
  }
  const std::size_t length = std::stoul("0" + reply.Field("content-length"));
  if (!FillTo(length)) return std::nullopt;
  reply.body = received_.substr(0, length);
  received_.erase(0, length);
  return reply;
}

bool Client::WaitFor(std::string_view text) {
  while (received_.find(text) == std::string::npos) {
    if (!Fill()) return false;
  }
  return true;
}

std::string Client::ReceiveAll() {
  while (Fill()) {
  }
  return std::exchange(received_, {});
}

bool Client::HasEnded() {
  pollfd waiting{socket_, POLLIN, 0};
  if (::poll(&waiting, 1, static_cast<int>(longest.count())) <= 0) return false;
  char one = 0;
  return received_.empty() && ::recv(socket_, &one, 1, MSG_PEEK) <= 0;
}

std::string RequestText(std::string_view method, std::string_view target, std::string_view body,
                        std::string_view fields) {
  std::string text =
      std::string(method) + " " + std::string(target) + " HTTP/1.1\r\nHost: test\r\n";
  text += fields;
  if (method == "POST") text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  return text + "\r\n" + std::string(body);
}

std::optional<Reply> Ask(std::uint16_t port, std::string_view request) {
  Client client(port);
  client.longest = std::chrono::minutes(1);  // sanitizers make a first check slow
  client.Send(request);
  return client.Receive();
}

}  // namespace dijia::test
