// The body of a request: exactly the bytes that the head announced, or a problem.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "http/request.h"
#include "http/wire.h"

namespace dijia::http {

class Body {
 public:
  // Both must outlive it.
  Body(Wire& wire, const Request& request, const Limits& limits);

  // Up to `size` bytes; 0 at the end of the body. Throws Refused when the body is cut short (400),
  // not chunked as it says (400) or comes too slowly (408); the connection cannot be used after.
  std::size_t Read(char* out, std::size_t size);

  // The whole body. Throws Refused: those of Read; 411 without a length; 413 beyond `most` bytes.
  std::string ReadWhole(std::uint64_t most);

  // 411 for a request that must have a body, 413 for one that says it has more than `most` bytes.
  void Require(std::uint64_t most) const;

  // True when the next byte on the wire belongs to the next request. Takes what is left of a small
  // body; a larger one is left, and the connection has to be closed after the answer.
  bool Finish();

  // Whether the next Read gives something at once.
  bool HasInput() const { return ended_ || wire_.HasInput(0); }

  // Whether the client went away, or sends no more: nobody waits for the rest of an answer.
  bool ClientIsGone() const { return wire_.PeerHasEnded(); }

  // Bytes of content read so far.
  std::uint64_t received() const { return received_; }

 private:
  std::size_t ReadLength(char* out, std::size_t size);
  std::size_t ReadChunked(char* out, std::size_t size);
  std::size_t Take(char* out, std::size_t size);
  std::string TakeLine(std::size_t most);
  void BeginChunk();
  void EndChunks();
  [[noreturn]] void Fail(int status, Code code, std::vector<std::string> arguments);

  Wire& wire_;
  const Request& request_;
  Pace pace_;
  std::uint64_t left_ = 0;      // of the body or of the chunk
  std::uint64_t received_ = 0;  // content
  std::uint64_t taken_ = 0;     // from the wire
  bool ended_ = false;
  bool failed_ = false;
  bool started_ = false;  // 100 Continue was sent where it was asked for
  bool in_chunk_ = false;
};

}  // namespace dijia::http
