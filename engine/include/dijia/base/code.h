// The type of diagnostic codes and what surrounds it, without their names: a file that only carries
// codes around is not compiled again when one is added. The names are in codes.h.
#pragma once

#include <cstdint>
#include <string_view>

namespace dijia {

enum class Severity : std::uint8_t { kNote, kWarning, kError };
enum class Language : std::uint8_t { kZh, kEn };

// The one of two texts that is in the language.
constexpr std::string_view In(Language language, std::string_view zh, std::string_view en) {
  return language == Language::kZh ? zh : en;
}

enum class Code : std::uint16_t;

// Code::kInternal, for defaults.
inline constexpr Code kInternalCode{9001};

}  // namespace dijia
