// Answers, and the ways their bodies are sent.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dijia::http {

// Where a body goes that is made while it is sent. Write throws ConnectionLost when the client went
// away, which stops the making.
class Sink {
 public:
  virtual ~Sink() = default;
  virtual void Write(std::string_view bytes) = 0;
};

// A text that many answers share, with its compressed form and its fingerprint.
struct Document {
  std::string text, gzip;  // gzip is empty where it does not pay
  std::string etag;        // with its quotes
};

Document MakeDocument(std::string text);

struct Response {
  int status = 200;
  std::string_view content_type = "application/json";
  std::vector<std::pair<std::string, std::string>> headers;
  // The body is one of: `text`, `document`, or what `make` writes (of `length` bytes where that is
  // known, else chunked).
  std::string text;
  std::shared_ptr<const Document> document;
  std::function<void(Sink&)> make;
  std::optional<std::uint64_t> length;
  bool close = false;  // the connection cannot be used after it
};

// The words of a status line.
std::string_view ReasonOf(int status);

// Whether a client that sent this Accept-Encoding takes gzip.
bool AcceptsGzip(std::string_view accept_encoding);

std::string Gzip(std::string_view text, int level);

}  // namespace dijia::http
