// UTF-8 and GB18030: the two encodings that tables come in.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dijia/base/result.h"

namespace dijia::io {

// Whether the text is UTF-8 by RFC 3629: no overlong forms, no surrogates, nothing past U+10FFFF.
bool IsUtf8(std::string_view text);

// The length of the longest valid beginning.
std::size_t ValidUtf8Length(std::string_view text);

// What the lines of a text that is not UTF-8 as a whole say about its encoding.
struct LineEvidence {
  std::size_t utf8_lines = 0;   // valid, with a character of three or four bytes: hardly by chance
  std::size_t other_lines = 0;  // not valid
};
LineEvidence EvidenceOf(std::string_view text);

// GB18030 (hence also GBK and GB 2312) as UTF-8. Error kNotGb18030 with the line number.
Result<std::string> Gb18030ToUtf8(std::string_view text);

// The canonical name (`utf-8` or `gb18030`) of an encoding by the names people use; nothing for
// another one.
std::optional<std::string> EncodingByName(std::string_view name);

}  // namespace dijia::io
