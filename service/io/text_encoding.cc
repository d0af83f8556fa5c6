#include "io/text_encoding.h"

#include <iconv.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>

#include "dijia/base/codes.h"

namespace dijia::io {
namespace {

std::uint8_t ByteAt(std::string_view text, std::size_t i) {
  return static_cast<std::uint8_t>(text[i]);
}

bool IsContinuation(std::uint8_t byte) { return (byte & 0xC0U) == 0x80U; }

// The allowed range of the second byte, by the first (RFC 3629, table 3-7 of Unicode).
struct LeadByte {
  std::size_t length = 0;  // 0 = cannot begin a character
  std::uint8_t second_low = 0x80, second_high = 0xBF;
};

LeadByte LeadOf(std::uint8_t byte) {
  if (byte < 0x80) return {1};
  if (byte < 0xC2) return {0};
  if (byte < 0xE0) return {2};
  if (byte < 0xF0) {
    return {3, static_cast<std::uint8_t>(byte == 0xE0 ? 0xA0 : 0x80),
            static_cast<std::uint8_t>(byte == 0xED ? 0x9F : 0xBF)};
  }
  if (byte < 0xF5) {
    return {4, static_cast<std::uint8_t>(byte == 0xF0 ? 0x90 : 0x80),
            static_cast<std::uint8_t>(byte == 0xF4 ? 0x8F : 0xBF)};
  }
  return {0};
}

// The length of the character at `i`, 0 when it is none.
std::size_t CharacterLength(std::string_view text, std::size_t i) {
  const LeadByte lead = LeadOf(ByteAt(text, i));
  if (lead.length <= 1) return lead.length;
  if (text.size() - i < lead.length) return 0;
  const std::uint8_t second = ByteAt(text, i + 1);
  if (second < lead.second_low || second > lead.second_high) return 0;
  for (std::size_t k = 2; k < lead.length; ++k) {
    if (!IsContinuation(ByteAt(text, i + k))) return 0;
  }
  return lead.length;
}

class Converter {
 public:
  Converter() : handle_(iconv_open("UTF-8", "GB18030")) {}
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
  ~Converter() {
    if (is_open()) iconv_close(handle_);
  }
  bool is_open() const { return handle_ != reinterpret_cast<iconv_t>(-1); }

  // Converts up to the first problem and returns how many bytes of `text` that took.
  std::size_t Convert(std::string_view text, std::string& out) {
    char* from = const_cast<char*>(text.data());  // iconv's signature, it does not write there
    std::size_t rest = text.size();
    char piece[1 << 16];
    while (rest > 0) {
      char* to = piece;
      std::size_t room = sizeof piece;
      const std::size_t status = iconv(handle_, &from, &rest, &to, &room);
      out.append(piece, sizeof piece - room);
      if (status == static_cast<std::size_t>(-1) && errno != E2BIG) break;
    }
    return text.size() - rest;
  }

 private:
  iconv_t handle_;
};

}  // namespace

std::size_t ValidUtf8Length(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size()) {
    std::uint64_t word = 0;
    if (text.size() - i >= sizeof word) {
      std::memcpy(&word, text.data() + i, sizeof word);
      if ((word & 0x8080808080808080U) == 0) {
        i += sizeof word;
        continue;
      }
    }
    const std::size_t length = CharacterLength(text, i);
    if (length == 0) break;
    i += length;
  }
  return i;
}

bool IsUtf8(std::string_view text) { return ValidUtf8Length(text) == text.size(); }

LineEvidence EvidenceOf(std::string_view text) {
  LineEvidence evidence;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    const bool has_long =
        std::ranges::any_of(line, [](char c) { return static_cast<std::uint8_t>(c) >= 0xE0; });
    if (!IsUtf8(line)) {
      ++evidence.other_lines;
    } else if (has_long) {
      ++evidence.utf8_lines;
    }
  }
  return evidence;
}

Result<std::string> Gb18030ToUtf8(std::string_view text) {
  Converter converter;
  if (!converter.is_open()) return Error{Code::kInternal, "iconv has no GB18030"};
  std::string out;
  out.reserve(text.size() + text.size() / 2);
  const std::size_t done = converter.Convert(text, out);
  if (done < text.size()) {
    const auto line =
        1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(done), '\n');
    return Error{Code::kNotGb18030, std::to_string(line)};
  }
  return out;
}

std::optional<std::string> EncodingByName(std::string_view name) {
  std::string plain;
  for (const char c : name) {
    if (c != '-' && c != '_' && c != ' ') {
      plain += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    }
  }
  if (plain == "utf8" || plain == "utf8sig" || plain == "utf8bom") return "utf-8";
  if (plain == "gb18030" || plain == "gbk" || plain == "gb2312" || plain == "cp936") {
    return "gb18030";
  }
  return std::nullopt;
}

}  // namespace dijia::io
