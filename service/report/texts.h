// Every text of the deliverables in both languages (texts.def).
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "dijia/base/code.h"
#include "dijia/sample.h"

namespace dijia::report {

enum class Text : std::uint16_t {
#define DIJIA_REPORT_TEXT(name, zh, en) name,
#include "report/texts.def"
#undef DIJIA_REPORT_TEXT
};

// The number of texts; Text values are 0 … kTextCount - 1.
extern const std::size_t kTextCount;

// The text as written in the table, placeholders and all.
std::string_view Say(Text text, Language language);

// The text with {0}, {1}, … replaced by `arguments`.
std::string Say(Text text, Language language, std::initializer_list<std::string_view> arguments);

// What a fate means, as a sentence for people.
Text SentenceOf(Fate fate);

}  // namespace dijia::report
