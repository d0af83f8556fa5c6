// An answer that waits until its request is read whole: small ones in memory, larger ones in a file
// without a name, which is gone when the program is.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "http/response.h"
#include "io/descriptor.h"

namespace dijia::http {

class Spool : public Sink {
 public:
  // Throws std::system_error when the disk does not take it.
  void Write(std::string_view bytes) override;
  void CopyTo(Sink& sink) const;
  std::uint64_t size() const { return size_; }

 private:
  void Flush();

  std::string memory_;  // what is not in the file
  io::Descriptor file_;
  std::uint64_t size_ = 0;
};

}  // namespace dijia::http
