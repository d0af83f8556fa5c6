// The head of a request, read strictly (RFC 9112): what two readers could understand in two ways
// is refused, because behind a proxy the second reader would run what the first one passed over.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/limits.h"
#include "http/problem.h"

namespace dijia::http {

struct Field {
  std::string_view name, value;  // value without blanks around it
};

enum class Framing : std::uint8_t { kNone, kLength, kChunked };

struct Request {
  std::string head;  // the text that the views point into
  std::string_view method;
  std::string path;  // percent-decoded
  std::vector<std::pair<std::string, std::string>> query;
  std::vector<Field> fields;
  Framing framing = Framing::kNone;
  std::uint64_t length = 0;  // of the body, when framing is kLength
  bool is_http11 = true;
  bool keep_alive = true;
  bool expects_continue = false;

  Request() = default;
  Request(const Request&) = delete;  // the views would point into the other one
  Request& operator=(const Request&) = delete;

  // The value of the first field of a name, compared without case; empty when there is none.
  std::string_view Find(std::string_view name) const;
  // The last element of a list that every proxy on the way adds to: what the nearest one says.
  // Empty when there is no such field.
  std::string_view FindLast(std::string_view name) const;
  // The value of a query parameter; nothing when there is none.
  const std::string* Parameter(std::string_view name) const;
};

// Compares names of header fields.
bool SameName(std::string_view a, std::string_view b);

// Whether a field that is a list separated by commas has a word, compared without case.
bool ListHas(std::string_view list, std::string_view word);

// Where a head ends in the bytes received so far.
struct HeadEnd {
  std::size_t bytes = 0;   // with the empty line; 0 = not there yet
  bool malformed = false;  // a line ends with LF alone
};
HeadEnd FindHeadEnd(std::string_view received);

// Reads a head that ends with its empty line into `request`. Returns what is wrong with it; the
// request must then be answered with the problem and its connection closed.
std::optional<Problem> ReadHead(std::string head, const Limits& limits, Request& request);

}  // namespace dijia::http
