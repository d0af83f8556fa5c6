// Bodies of several parts (multipart/form-data, RFC 7578), read strictly and piece by piece: a part
// of any size costs no memory.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "http/request.h"

namespace dijia::http {

inline constexpr std::string_view kMultipart = "multipart/form-data";

// The head of a part.
struct Part {
  std::string name;
  std::optional<std::string> file_name;  // none = a field and no file
};

class MultipartReader {
 public:
  static constexpr std::size_t kMostParts = 300;
  static constexpr std::size_t kHeadBytes = 4096;  // of a part, with its empty line

  struct Handler {
    std::function<void(Part part)> begin;
    std::function<void(std::string_view bytes)> data;  // of the part that began last
    std::function<void()> end;                         // of it
  };

  MultipartReader(std::string boundary, Handler handler);

  // Takes the next bytes of the body. Throws Refused, 400 with kMultipartMalformed, and what the
  // handler throws; nothing may be fed after that.
  void Feed(std::string_view bytes);
  // The body is over. Throws Refused, 400, when its last boundary has not come.
  void End() const;

 private:
  enum class State : std::uint8_t { kBoundary, kHead, kData, kOver };

  bool Step();
  bool TakeBoundary();
  bool TakeHead();
  bool TakeData();
  bool TakeRest();

  const std::string delimiter_;  // CRLF, two hyphens, boundary
  const Handler handler_;
  std::string held_;  // what came and is not understood yet
  State state_ = State::kBoundary;
  std::size_t parts_ = 0;
};

// The boundary that a Content-Type names. Throws Refused, 400: none, or one that RFC 2046 does not
// allow.
std::string BoundaryOf(std::string_view content_type);

// The head of a part as text, without its empty line. Throws Refused, 400.
Part ReadPartHead(std::string_view head);

}  // namespace dijia::http
