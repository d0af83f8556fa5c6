#include "http/multipart.h"

#include <algorithm>
#include <utility>

#include "dijia/base/codes.h"

namespace dijia::http {
namespace {

[[noreturn]] void Refuse(std::string_view why) {
  throw Refused(400, Code::kMultipartMalformed, {std::string(why)});
}

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

bool IsTokenChar(char c) {
  constexpr std::string_view kOthers = "!#$%&'*+-.^_`|~";
  const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return is_letter || (c >= '0' && c <= '9') || kOthers.find(c) != std::string_view::npos;
}

// A token, or a quoted text with `\` before `"` and `\`, from the front of `rest`.
std::string TakeValue(std::string_view& rest) {
  std::string value;
  if (!rest.starts_with('"')) {
    while (!rest.empty() && IsTokenChar(rest.front())) {
      value += rest.front();
      rest.remove_prefix(1);
    }
    if (value.empty()) Refuse("a value is missing");
    return value;
  }
  rest.remove_prefix(1);
  while (!rest.empty() && rest.front() != '"') {
    // Browsers write %22 for a quote and never a backslash before anything else.
    const bool escapes = rest.size() > 1 && rest[0] == '\\' && (rest[1] == '"' || rest[1] == '\\');
    if (escapes) rest.remove_prefix(1);
    value += rest.front();
    rest.remove_prefix(1);
  }
  if (rest.empty()) Refuse("a quote is not closed");
  rest.remove_prefix(1);
  return value;
}

// Browsers escape these three in names, and nothing else (HTML, "multipart form data").
std::string Unescaped(std::string text) {
  constexpr std::pair<std::string_view, char> kEscapes[] = {
      {"%22", '"'}, {"%0D", '\r'}, {"%0A", '\n'}};
  for (const auto& [escape, character] : kEscapes) {
    for (std::size_t at = text.find(escape); at != std::string::npos; at = text.find(escape, at)) {
      text.replace(at++, escape.size(), 1, character);
    }
  }
  return text;
}

// `; name=value`, or nothing at the end.
std::optional<std::pair<std::string, std::string>> TakeParameter(std::string_view& rest) {
  rest = Trimmed(rest);
  if (rest.empty()) return std::nullopt;
  if (rest.front() != ';') Refuse("a semicolon is missing");
  rest.remove_prefix(1);
  rest = Trimmed(rest);
  std::string name;
  while (!rest.empty() && IsTokenChar(rest.front())) {
    name += rest.front();
    rest.remove_prefix(1);
  }
  if (name.empty() || !rest.starts_with('=')) Refuse("a parameter has no name or no value");
  rest.remove_prefix(1);
  std::string value = TakeValue(rest);
  return std::pair(std::move(name), std::move(value));
}

Part ReadDisposition(std::string_view value) {
  constexpr std::string_view kKind = "form-data";
  if (!SameName(value.substr(0, kKind.size()), kKind)) Refuse("Content-Disposition: form-data");
  value.remove_prefix(kKind.size());
  Part part;
  bool has_name = false;
  while (auto parameter = TakeParameter(value)) {
    const bool is_name = SameName(parameter->first, "name");
    if (!is_name && !SameName(parameter->first, "filename")) Refuse(parameter->first);
    if (is_name ? has_name : part.file_name.has_value()) Refuse("a parameter stands twice");
    std::string text = Unescaped(std::move(parameter->second));
    if (is_name) {
      part.name = std::move(text);
      has_name = true;
    } else {
      part.file_name = std::move(text);
    }
  }
  if (!has_name || part.name.empty()) Refuse("a part has no name");
  return part;
}

}  // namespace

Part ReadPartHead(std::string_view head) {
  std::optional<Part> part;
  while (!head.empty()) {
    const std::string_view line = head.substr(0, head.find("\r\n"));
    head.remove_prefix(std::min(line.size() + 2, head.size()));
    if (line.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos) {
      Refuse("a bare CR, LF or NUL in the head of a part");
    }
    const std::size_t colon = line.find(':');
    const std::string_view name = line.substr(0, colon);
    if (colon == std::string_view::npos || !std::ranges::all_of(name, IsTokenChar) ||
        name.empty()) {
      Refuse("a line in the head of a part is no field");
    }
    const std::string_view value = Trimmed(line.substr(colon + 1));
    // RFC 7578 §4.7: no encoding of the content is in use, and none is undone here.
    if (SameName(name, "Content-Transfer-Encoding") && !SameName(value, "binary") &&
        !SameName(value, "8bit")) {
      Refuse("Content-Transfer-Encoding");
    }
    if (!SameName(name, "Content-Disposition")) continue;
    if (part) Refuse("Content-Disposition stands twice");
    part = ReadDisposition(value);
  }
  if (!part) Refuse("a part has no Content-Disposition");
  return *std::move(part);
}

std::string BoundaryOf(std::string_view content_type) {
  constexpr std::size_t kLongest = 70;
  constexpr std::string_view kOthers = "'()+_,-./:=? ";
  content_type.remove_prefix(std::min(content_type.find(';'), content_type.size()));
  std::optional<std::string> boundary;
  while (auto parameter = TakeParameter(content_type)) {
    if (!SameName(parameter->first, "boundary")) continue;
    if (boundary) Refuse("two boundaries");
    boundary = std::move(parameter->second);
  }
  if (!boundary) Refuse("Content-Type: multipart/form-data; boundary=…");
  const bool is_allowed = std::ranges::all_of(*boundary, [&](char c) {
    return kOthers.find(c) != std::string_view::npos || (c >= '0' && c <= '9') ||
           (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  });
  if (!is_allowed || boundary->empty() || boundary->size() > kLongest || boundary->back() == ' ') {
    Refuse("boundary");
  }
  return *std::move(boundary);
}

MultipartReader::MultipartReader(std::string boundary, Handler handler)
    : delimiter_("\r\n--" + std::move(boundary)), handler_(std::move(handler)), held_("\r\n") {}

void MultipartReader::Feed(std::string_view bytes) {
  held_ += bytes;
  while (Step()) {
  }
}

void MultipartReader::End() const {
  if (state_ != State::kOver) Refuse("the last boundary is missing");
}

// One step further; false when it needs more bytes.
bool MultipartReader::Step() {
  switch (state_) {
    case State::kBoundary:
      return TakeBoundary();
    case State::kHead:
      return TakeHead();
    case State::kData:
      return TakeData();
    case State::kOver:
      break;
  }
  return TakeRest();
}

// The delimiter and what follows it: a line end, or two hyphens at the end of the body. Before the
// first one nothing may stand; every later one was found by TakeData.
bool MultipartReader::TakeBoundary() {
  const std::size_t size = delimiter_.size();
  const std::size_t known = std::min(size, held_.size());
  if (held_.compare(0, known, delimiter_, 0, known) != 0) Refuse("no boundary at the beginning");
  if (held_.size() < size + 2) return false;
  const std::string_view after = std::string_view(held_).substr(size, 2);
  if (after == "--") {
    state_ = State::kOver;
  } else if (after == "\r\n") {
    if (++parts_ > kMostParts) Refuse("> " + std::to_string(kMostParts));
    state_ = State::kHead;
  } else {
    Refuse("something follows a boundary");
  }
  held_.erase(0, size + 2);
  return true;
}

bool MultipartReader::TakeHead() {
  constexpr std::string_view kEnd = "\r\n\r\n";
  const std::size_t end = held_.find(kEnd);
  if (std::min(end, held_.size()) > kHeadBytes) Refuse("> " + std::to_string(kHeadBytes));
  if (end == std::string::npos) return false;
  Part part = ReadPartHead(std::string_view(held_).substr(0, end));
  held_.erase(0, end + kEnd.size());
  handler_.begin(std::move(part));
  state_ = State::kData;
  return true;
}

// Gives away what cannot be the beginning of a delimiter.
bool MultipartReader::TakeData() {
  const std::size_t at = held_.find(delimiter_);
  if (at != std::string::npos) {
    if (at > 0) handler_.data(std::string_view(held_).substr(0, at));
    handler_.end();
    held_.erase(0, at);
    state_ = State::kBoundary;
    return true;
  }
  const std::size_t keep = std::min(held_.size(), delimiter_.size() - 1);
  const std::size_t sure = held_.size() - keep;
  if (sure > 0) handler_.data(std::string_view(held_).substr(0, sure));
  held_.erase(0, sure);
  return false;
}

// After the last boundary: a line end at most.
bool MultipartReader::TakeRest() {
  const std::string_view allowed = std::string_view("\r\n").substr(0, held_.size());
  if (held_ != allowed) Refuse("something follows the last boundary");
  return false;
}

}  // namespace dijia::http
