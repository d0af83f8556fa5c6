// Where a number or a condition of the law stands, and how surely we know it.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "dijia/base/code.h"
#include "dijia/base/date.h"
#include "dijia/base/enum_table.h"

namespace dijia::rules {

// A text in the two languages of the program.
struct Bilingual {
  std::string zh, en;

  const std::string& In(Language language) const { return language == Language::kZh ? zh : en; }

  friend bool operator==(const Bilingual&, const Bilingual&) = default;
};

enum class Confidence : std::uint8_t {
  kSeen,     // the text was seen, often as an excerpt
  kMemory,   // widely known, not read again
  kUnclear,  // uncertain or not verifiable
  kReading,  // our interpretation of an unclear text
};

}  // namespace dijia::rules

namespace dijia {
template <>
struct EnumTableOf<rules::Confidence> {
  static constexpr std::array<EnumRow<rules::Confidence>, 4> kRows{{
      {rules::Confidence::kSeen, "seen"},
      {rules::Confidence::kMemory, "memory"},
      {rules::Confidence::kUnclear, "unclear"},
      {rules::Confidence::kReading, "reading"},
  }};
};
static_assert(EnumTableIsComplete<rules::Confidence>(4));
}  // namespace dijia

namespace dijia::rules {

// The open end of a period: later than any date the program reads.
inline constexpr Days kNoEnd = INT32_MAX;
inline constexpr Days kNoBeginning = INT32_MIN + 1;

// Days [from, until).
struct Period {
  Days from = kNoBeginning, until = kNoEnd;

  bool Contains(Days day) const { return from <= day && day < until; }
  friend bool operator==(const Period&, const Period&) = default;
};

struct Citation {
  std::string instrument;  // the number of the document, 国土资发〔2006〕307号
  std::string article;     // 二, 附件1, …; empty = the whole document
  Period in_force;         // of the clause or value that cites it
  Confidence confidence = Confidence::kUnclear;
  Days verified_on = kNoDate;  // when somebody last compared it with the source; kNoDate = never

  friend bool operator==(const Citation&, const Citation&) = default;
};

}  // namespace dijia::rules
