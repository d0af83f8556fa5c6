// A client that sends exactly the bytes it is told to, well-formed or not.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace dijia::test {

struct Reply {
  int status = 0;
  std::map<std::string, std::string> fields;  // names in lower case
  std::string body;                           // without its chunks

  std::string Field(const std::string& name) const;
};

class Client {
 public:
  explicit Client(std::uint16_t port);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  // False when the service does not take the bytes any more.
  bool Send(std::string_view bytes);
  void EndSending();

  // The next reply; nothing when the connection ends before a whole head, or `longest` passes.
  // `to_head`: the reply has no body although it has a length.
  std::optional<Reply> Receive(bool to_head = false);
  // Waits until the bytes received and not taken yet hold a text; takes nothing.
  bool WaitFor(std::string_view text);
  // Everything up to the end of the connection.
  std::string ReceiveAll();
  // True when the service ended the connection and nothing is left to read.
  bool HasEnded();

  std::chrono::milliseconds longest{5000};

 private:
  bool Fill();
  bool FillTo(std::size_t size);
  std::optional<std::string> TakeLine();
  bool TakeChunks(std::string& body);

  int socket_ = -1;
  std::string received_;
};

// `METHOD target HTTP/1.1` with Host, further fields (each ended by CRLF) and a body with its
// length.
std::string RequestText(std::string_view method, std::string_view target,
                        std::string_view body = {}, std::string_view fields = {});

// One request over a connection of its own.
std::optional<Reply> Ask(std::uint16_t port, std::string_view request);

}  // namespace dijia::test
