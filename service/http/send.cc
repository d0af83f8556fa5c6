#include "http/send.h"

#include <fmt/format.h>

#include <iterator>

#include "http/accept.h"
#include "http/clock.h"
#include "http/request_id.h"

namespace dijia::http {
namespace {

// Bytes from which compression pays, and up to which it is done while a client waits.
constexpr std::size_t kSmallest = 1400;
constexpr std::size_t kLargest = 8 * 1024 * 1024;

class FixedSink : public Sink {
 public:
  explicit FixedSink(Wire& wire) : wire_(wire) {}
  void Write(std::string_view bytes) override {
    wire_.Send(bytes);
    sent_ += bytes.size();
  }
  std::uint64_t sent() const { return sent_; }

 private:
  Wire& wire_;
  std::uint64_t sent_ = 0;
};

// Chunks as large as what is written: one system call for each.
class ChunkedSink : public Sink {
 public:
  explicit ChunkedSink(Wire& wire) : wire_(wire) {}
  void Write(std::string_view bytes) override {
    if (bytes.empty()) return;  // would be the last chunk
    framed_.clear();
    fmt::format_to(std::back_inserter(framed_), "{:x}\r\n", bytes.size());
    wire_.Send(framed_, bytes);
    wire_.Send("\r\n");
    sent_ += bytes.size();
  }
  void End() { wire_.Send("0\r\n\r\n"); }
  std::uint64_t sent() const { return sent_; }

 private:
  Wire& wire_;
  std::string framed_;
  std::uint64_t sent_ = 0;
};

// `"a", W/"b"` or `*` against the tag of a document.
bool Matches(std::string_view if_none_match, std::string_view etag) {
  return if_none_match == "*" || if_none_match.find(etag) != std::string_view::npos;
}

// Decides what the body is: turns a document into a 304, or takes the compressed form.
std::string_view ChooseBody(const Request& request, Response& response) {
  const bool gzip = AcceptsGzip(request.Find("Accept-Encoding"));
  if (response.document == nullptr) {
    const std::size_t size = response.text.size();
    if (gzip && size >= kSmallest && size <= kLargest) {
      response.text = Gzip(response.text, 1);
      response.headers.emplace_back("Content-Encoding", "gzip");
    }
    return response.text;
  }
  const Document& document = *response.document;
  response.headers.emplace_back("ETag", document.etag);
  if (Matches(request.Find("If-None-Match"), document.etag)) {
    response.status = 304;
    return {};
  }
  if (!gzip || document.gzip.empty()) return document.text;
  response.headers.emplace_back("Content-Encoding", "gzip");
  return document.gzip;
}

std::string HeadOf(const Exchange& exchange, const Response& response, std::string_view framing,
                   bool keep_alive) {
  std::string head;
  const auto out = std::back_inserter(head);
  fmt::format_to(out, "HTTP/1.1 {} {}\r\nDate: {}\r\nX-Request-Id: {}\r\n", response.status,
                 ReasonOf(response.status), HttpDate(), exchange.id);
  const bool has_body = response.status != 204 && response.status != 304;
  if (has_body) {
    fmt::format_to(out, "Content-Type: {}\r\n{}", response.content_type, framing);
  }
  if (const std::string_view trace = TraceContext(exchange.request); !trace.empty()) {
    fmt::format_to(out, "traceparent: {}\r\n", trace);
  }
  for (const auto& [name, value] : response.headers) {
    fmt::format_to(out, "{}: {}\r\n", name, value);
  }
  head += "Vary: Accept-Language, Accept-Encoding\r\nX-Content-Type-Options: nosniff\r\n";
  if (!keep_alive) head += "Connection: close\r\n";
  if (keep_alive && !exchange.request.is_http11) head += "Connection: keep-alive\r\n";
  head += "\r\n";
  return head;
}

SentAnswer SendMade(Wire& wire, Exchange& exchange, const Response& response, bool keep_alive) {
  const Request& request = exchange.request;
  const bool chunked = !response.length && request.is_http11;
  if (!response.length && !chunked) keep_alive = false;  // HTTP/1.0: the end is the end
  const std::string framing = response.length
                                  ? fmt::format("Content-Length: {}\r\n", *response.length)
                                  : std::string(chunked ? "Transfer-Encoding: chunked\r\n" : "");
  wire.Send(HeadOf(exchange, response, framing, keep_alive));
  if (request.method == "HEAD") return {0, keep_alive};
  SentAnswer sent;
  if (chunked) {
    ChunkedSink sink(wire);
    response.make(sink);
    sink.End();
    sent.bytes = sink.sent();
  } else {
    FixedSink sink(wire);
    response.make(sink);
    sent.bytes = sink.sent();
  }
  sent.keep_alive = keep_alive && exchange.body.Finish();
  return sent;
}

}  // namespace

SentAnswer SendAnswer(Wire& wire, Exchange& exchange, Response& response, bool close) {
  const Request& request = exchange.request;
  bool keep_alive = request.keep_alive && !response.close && !close;
  if (response.make) return SendMade(wire, exchange, response, keep_alive);
  if (keep_alive) keep_alive = exchange.body.Finish();
  const std::string_view body = ChooseBody(request, response);
  const std::string framing = fmt::format("Content-Length: {}\r\n", body.size());
  const std::string head = HeadOf(exchange, response, framing, keep_alive);
  const bool without_body = request.method == "HEAD";
  wire.Send(head, without_body ? std::string_view() : body);
  return {without_body ? 0 : body.size(), keep_alive};
}

}  // namespace dijia::http
