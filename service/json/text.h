// JSON texts: strict reading into a tree, canonical and pretty writing.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dijia/base/diagnostic.h"
#include "json/value.h"

namespace dijia::json {

// Reads one JSON document (RFC 8259). A text that is not JSON, a field that stands twice in one
// object, and nesting beyond 64 levels are reported to `diagnostics` and give nothing; so does an
// empty text.
std::optional<Value> ParseJson(std::string_view text, const std::string& source,
                               Diagnostics& diagnostics);

// The canonical form of RFC 8785: no blanks, members ascending by the UTF-16 units of their names.
// The same document gives the same bytes whatever order it was written in.
std::string ToCanonical(const Value& value);

// On one line, members in their own order, for NDJSON; no line break at the end.
std::string ToLine(const Value& value);

// `\u00XX`, as texts of JSON and TOML write a control character.
void AppendEscaped(unsigned char control, std::string& out);

// For files: two blanks per level, members in their own order, short lists of scalars on one line,
// ends with a line break.
std::string ToPretty(const Value& value);

// Appends a text in quotes, escaped as RFC 8785 §3.2.2.2 has it. Bytes that are no UTF-8, as a
// message may quote them, become U+FFFD: what is written is always JSON.
void AppendString(std::string_view text, std::string& out);

}  // namespace dijia::json
