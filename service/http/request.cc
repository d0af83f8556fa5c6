#include "http/request.h"

#include <algorithm>
#include <charconv>

#include "dijia/base/codes.h"

namespace dijia::http {
namespace {

constexpr std::string_view kLineEnd = "\r\n";

bool IsTokenChar(char c) {
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  const bool digit = c >= '0' && c <= '9';
  return letter || digit || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool IsToken(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, IsTokenChar);
}

bool IsFieldChar(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return c == '\t' || (byte >= 0x20 && byte != 0x7F);
}

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// A piece of the request for a message: printable, at most 60 bytes.
std::string Shown(std::string_view text) {
  constexpr std::size_t kMost = 60;
  std::string shown;
  for (const char c : text.substr(0, kMost)) shown += c >= 0x20 && c < 0x7F ? c : '?';
  return shown + (text.size() > kMost ? "…" : "");
}

Problem Malformed(std::string_view text) {
  return {400, {Code::kHeadMalformed, {}, {Shown(text)}}, {}, {}};
}

int HexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = Lower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// Percent-decoding; nothing for a bad escape or a control character. `form`: + is a blank.
std::optional<std::string> Decoded(std::string_view text, bool form) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i] == '+' && form ? ' ' : text[i];
    if (c == '%') {
      if (i + 2 >= text.size()) return std::nullopt;
      const int high = HexValue(text[i + 1]), low = HexValue(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      c = static_cast<char>(high * 16 + low);
      i += 2;
    }
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) return std::nullopt;
    decoded += c;
  }
  return decoded;
}

bool ReadQuery(std::string_view text, Request& request) {
  while (!text.empty()) {
    const std::string_view pair = text.substr(0, text.find('&'));
    text.remove_prefix(std::min(pair.size() + 1, text.size()));
    if (pair.empty()) continue;
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const auto name = Decoded(pair.substr(0, equals), true);
    const auto value = Decoded(pair.substr(std::min(equals + 1, pair.size())), true);
    if (!name || !value) return false;
    request.query.emplace_back(*name, *value);
  }
  return true;
}

// `/path?query`, or the same after `http://host`, which proxies send.
bool ReadTarget(std::string_view target, Request& request) {
  if (target == "*") {
    request.path = "*";
    return request.method == "OPTIONS";
  }
  const std::size_t scheme = target.find("://");
  if (!target.starts_with('/') && scheme != std::string_view::npos) {
    const std::size_t path = target.find_first_of("/?", scheme + 3);
    target = path == std::string_view::npos ? "/" : target.substr(path);
  }
  const std::size_t question = std::min(target.find('?'), target.size());
  const auto path = Decoded(target.substr(0, question), false);
  if (!path || !path->starts_with('/')) return false;
  request.path = *path;
  return question == target.size() || ReadQuery(target.substr(question + 1), request);
}

std::optional<Problem> ReadRequestLine(std::string_view line, const Limits& limits,
                                       Request& request) {
  const std::size_t first = line.find(' '), last = line.rfind(' ');
  if (first == std::string_view::npos || first == last) return Malformed(line);
  request.method = line.substr(0, first);
  const std::string_view target = line.substr(first + 1, last - first - 1);
  const std::string_view version = line.substr(last + 1);
  const bool plain = std::ranges::all_of(target, [](char c) { return c > 0x20 && c != 0x7F; });
  if (!IsToken(request.method) || !plain) return Malformed(line);
  if (!version.starts_with("HTTP/")) return Malformed(line);
  request.is_http11 = version == "HTTP/1.1";
  if (!request.is_http11 && version != "HTTP/1.0") {
    return Problem{505, {Code::kVersionNotSupported, {}, {Shown(version)}}, {}, {}};
  }
  if (target.size() > limits.target_bytes) {
    const std::string most = std::to_string(limits.target_bytes);
    return Problem{414, {Code::kTargetTooLong, {}, {most}}, {}, {}};
  }
  if (!ReadTarget(target, request)) return Malformed(line);
  return std::nullopt;
}

std::optional<Problem> ReadFields(std::string_view lines, const Limits& limits, Request& request) {
  while (!lines.empty()) {
    const std::string_view line = lines.substr(0, lines.find(kLineEnd));
    lines.remove_prefix(std::min(line.size() + kLineEnd.size(), lines.size()));
    // A blank before the colon, and lines that continue the one before, have been used to smuggle.
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || !IsToken(line.substr(0, colon))) return Malformed(line);
    const std::string_view value = Trimmed(line.substr(colon + 1));
    if (!std::ranges::all_of(value, IsFieldChar)) return Malformed(line);
    if (request.fields.size() == limits.fields) {
      const std::string bytes = std::to_string(limits.head_bytes);
      const std::string count = std::to_string(limits.fields);
      return Problem{431, {Code::kHeadTooLarge, {}, {bytes, count}}, {}, {}};
    }
    request.fields.push_back({line.substr(0, colon), value});
  }
  return std::nullopt;
}

std::size_t Count(const Request& request, std::string_view name) {
  return static_cast<std::size_t>(std::ranges::count_if(
      request.fields, [&](const Field& field) { return SameName(field.name, name); }));
}

// How the body is delimited: exactly one way, or the request is refused.
std::optional<Problem> ReadFraming(Request& request) {
  const auto ambiguous = [](std::string what) {
    return Problem{400, {Code::kFramingAmbiguous, {}, {std::move(what)}}, {}, {}};
  };
  const std::size_t lengths = Count(request, "Content-Length");
  const std::size_t codings = Count(request, "Transfer-Encoding");
  if (lengths > 0 && codings > 0) return ambiguous("Content-Length, Transfer-Encoding");
  if (lengths > 1) return ambiguous("Content-Length × " + std::to_string(lengths));
  if (lengths == 1) {
    const std::string_view text = request.Find("Content-Length");
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), request.length);
    const bool digits = !text.empty() && text.front() != '-';
    if (error != std::errc() || end != text.data() + text.size() || !digits) {
      return ambiguous("Content-Length: " + Shown(text));
    }
    request.framing = Framing::kLength;
  }
  if (codings == 0) return std::nullopt;
  const std::string_view coding = request.Find("Transfer-Encoding");
  if (!request.is_http11) return ambiguous("HTTP/1.0, Transfer-Encoding");
  if (codings > 1 || !SameName(coding, "chunked")) {
    return Problem{501, {Code::kTransferCodingUnknown, {}, {Shown(coding)}}, {}, {}};
  }
  request.framing = Framing::kChunked;
  return std::nullopt;
}

std::optional<Problem> ReadConnection(Request& request) {
  const std::size_t hosts = Count(request, "Host");
  if (hosts > 1 || (hosts == 0 && request.is_http11)) return Malformed("Host");
  request.keep_alive = request.is_http11;
  for (const Field& field : request.fields) {
    if (!SameName(field.name, "Connection")) continue;
    if (ListHas(field.value, "keep-alive")) request.keep_alive = true;
    if (ListHas(field.value, "close")) request.keep_alive = false;
  }
  const std::string_view expectation = request.Find("Expect");
  if (expectation.empty()) return std::nullopt;
  if (!SameName(expectation, "100-continue")) {
    return Problem{417, {Code::kExpectationUnknown, {}, {Shown(expectation)}}, {}, {}};
  }
  request.expects_continue = request.is_http11;
  return std::nullopt;
}

}  // namespace

bool SameName(std::string_view a, std::string_view b) {
  return a.size() == b.size() &&
         std::ranges::equal(a, b, [](char x, char y) { return Lower(x) == Lower(y); });
}

bool ListHas(std::string_view list, std::string_view word) {
  while (!list.empty()) {
    const std::string_view item = list.substr(0, list.find(','));
    list.remove_prefix(std::min(item.size() + 1, list.size()));
    if (SameName(Trimmed(item), word)) return true;
  }
  return false;
}

std::string_view Request::Find(std::string_view name) const {
  const auto field =
      std::ranges::find_if(fields, [&](const Field& f) { return SameName(f.name, name); });
  return field == fields.end() ? std::string_view() : field->value;
}

std::string_view Request::FindLast(std::string_view name) const {
  std::string_view last;
  for (const Field& field : fields) {
    if (SameName(field.name, name)) last = field.value;
  }
  last.remove_prefix(std::min(last.rfind(',') + 1, last.size()));
  last.remove_prefix(std::min(last.find_first_not_of(" \t"), last.size()));
  return last;
}

const std::string* Request::Parameter(std::string_view name) const {
  const auto pair = std::ranges::find_if(query, [&](const auto& q) { return q.first == name; });
  return pair == query.end() ? nullptr : &pair->second;
}

HeadEnd FindHeadEnd(std::string_view received) {
  std::size_t line = 0;
  for (std::size_t at = received.find('\n'); at != std::string_view::npos;
       at = received.find('\n', line)) {
    if (at == line || received[at - 1] != '\r') return {at + 1, true};
    if (at == line + 1) return {at + 1, false};
    line = at + 1;
  }
  return {};
}

std::optional<Problem> ReadHead(std::string head, const Limits& limits, Request& request) {
  request.head = std::move(head);
  request.path.clear();
  request.query.clear();
  request.fields.clear();
  request.framing = Framing::kNone;
  request.length = 0;
  request.expects_continue = false;
  std::string_view text = request.head;
  text.remove_suffix(std::min(text.size(), kLineEnd.size()));  // the empty line
  const std::string_view line = text.substr(0, text.find(kLineEnd));
  text.remove_prefix(std::min(line.size() + kLineEnd.size(), text.size()));
  if (auto problem = ReadRequestLine(line, limits, request)) return problem;
  if (auto problem = ReadFields(text, limits, request)) return problem;
  if (auto problem = ReadFraming(request)) return problem;
  return ReadConnection(request);
}

}  // namespace dijia::http
