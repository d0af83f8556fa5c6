#include "http/body.h"

#include <algorithm>
#include <charconv>

#include "dijia/base/codes.h"

namespace dijia::http {
namespace {

constexpr std::size_t kChunkLine = 256;     // bytes of a chunk's size with its extensions
constexpr std::size_t kTrailer = 4 * 1024;  // bytes of all trailer fields

}  // namespace

Body::Body(Wire& wire, const Request& request, const Limits& limits)
    : wire_(wire), request_(request), pace_(limits), left_(request.length) {
  ended_ = request.framing == Framing::kNone ||
           (request.framing == Framing::kLength && request.length == 0);
}

void Body::Fail(int status, Code code, std::vector<std::string> arguments) {
  failed_ = true;
  throw Refused(status, code, std::move(arguments));
}

std::size_t Body::Take(char* out, std::size_t size) {
  const std::ptrdiff_t count = wire_.Read(out, size, pace_, taken_);
  if (count == Wire::kTooSlow) {
    Fail(408, Code::kRequestTooSlow, {std::to_string(pace_.Seconds()), std::to_string(received_)});
  }
  if (count == 0) Fail(400, Code::kBodyTruncated, {std::to_string(received_)});
  taken_ += static_cast<std::uint64_t>(count);
  return static_cast<std::size_t>(count);
}

std::size_t Body::Read(char* out, std::size_t size) {
  if (ended_ || failed_ || size == 0) return 0;
  if (!started_ && request_.expects_continue) wire_.Send("HTTP/1.1 100 Continue\r\n\r\n");
  started_ = true;
  const std::size_t count =
      request_.framing == Framing::kChunked ? ReadChunked(out, size) : ReadLength(out, size);
  received_ += count;
  return count;
}

std::size_t Body::ReadLength(char* out, std::size_t size) {
  const std::size_t count = Take(out, std::min<std::uint64_t>(size, left_));
  left_ -= count;
  ended_ = left_ == 0;
  return count;
}

std::string Body::TakeLine(std::size_t most) {
  std::string line;
  for (;;) {
    char c = 0;
    Take(&c, 1);
    if (c == '\n' && line.ends_with('\r')) {
      line.pop_back();
      return line;
    }
    const bool bare = c == '\n' || line.ends_with('\r');
    if (bare) Fail(400, Code::kChunkMalformed, {"CR, LF"});
    line += c;
    if (line.size() > most + 1) Fail(400, Code::kChunkMalformed, {"> " + std::to_string(most)});
  }
}

void Body::BeginChunk() {
  const std::string line = TakeLine(kChunkLine);
  const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), left_, 16);
  const bool more = end != line.data() + line.size();
  if (error != std::errc() || (more && *end != ';')) {
    Fail(400, Code::kChunkMalformed, {line.empty() ? "\"\"" : line.substr(0, 16)});
  }
  in_chunk_ = left_ > 0;
  if (!in_chunk_) EndChunks();
}

void Body::EndChunks() {
  for (std::size_t bytes = 0;;) {
    const std::string line = TakeLine(kTrailer);
    if (line.empty()) break;
    bytes += line.size();
    if (bytes > kTrailer) Fail(400, Code::kChunkMalformed, {"> " + std::to_string(kTrailer)});
  }
  ended_ = true;
}

std::size_t Body::ReadChunked(char* out, std::size_t size) {
  if (!in_chunk_) BeginChunk();
  if (ended_) return 0;
  const std::size_t count = Take(out, std::min<std::uint64_t>(size, left_));
  left_ -= count;
  if (left_ == 0) {
    in_chunk_ = false;
    if (!TakeLine(0).empty()) Fail(400, Code::kChunkMalformed, {"CRLF"});
  }
  return count;
}

void Body::Require(std::uint64_t most) const {
  if (request_.framing == Framing::kNone) throw Refused(411, Code::kLengthRequired);
  if (request_.framing == Framing::kLength && request_.length > most) {
    throw Refused(413, Code::kBodyTooLarge, {std::to_string(most)});
  }
}

std::string Body::ReadWhole(std::uint64_t most) {
  constexpr std::size_t kStep = 16 * 1024;
  Require(most);
  std::string whole;
  // Not more is reserved than has come: a length alone must not cost memory.
  while (!ended_) {
    const std::size_t before = whole.size();
    const std::size_t room =
        request_.framing == Framing::kLength ? std::min<std::uint64_t>(left_, kStep) : kStep;
    whole.resize(before + room);
    whole.resize(before + Read(whole.data() + before, room));
    if (whole.size() > most) throw Refused(413, Code::kBodyTooLarge, {std::to_string(most)});
  }
  return whole;
}

bool Body::Finish() {
  constexpr std::uint64_t kMost = 64 * 1024;
  constexpr int kWait = 250;  // milliseconds; a client may also wait for the answer first
  if (failed_) return false;
  // A client that waits for 100 Continue sends nothing, or sends it all the same: nobody knows.
  if (!ended_ && !started_ && request_.expects_continue) return false;
  if (request_.framing == Framing::kLength && left_ > kMost) return false;
  try {
    char piece[4096];
    for (std::uint64_t taken = 0; !ended_;) {
      if (!wire_.HasInput(kWait)) return false;
      taken += Read(piece, sizeof piece);
      if (taken > kMost) return false;
    }
  } catch (const Refused&) {
    return false;
  }
  return true;
}

}  // namespace dijia::http
