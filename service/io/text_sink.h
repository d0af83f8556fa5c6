// Where a text goes that is made piece by piece.
#pragma once

#include <string_view>

namespace dijia::io {

class TextSink {
 public:
  virtual ~TextSink() = default;
  virtual void Write(std::string_view bytes) = 0;
};

}  // namespace dijia::io
