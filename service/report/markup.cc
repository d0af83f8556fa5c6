#include "report/markup.h"

#include <cassert>
#include <cstdint>

namespace dijia::report {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

// How long a character with this first byte is; 0 for a byte that starts none (RFC 3629).
std::size_t LengthOf(std::uint8_t lead) {
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  return lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
}

// No overlong forms, no surrogates, nothing above U+10FFFF.
bool SecondByteFits(std::uint8_t lead, std::uint8_t second) {
  switch (lead) {
    case 0xE0:
      return second >= 0xA0;
    case 0xED:
      return second <= 0x9F;
    case 0xF0:
      return second >= 0x90;
    case 0xF4:
      return second <= 0x8F;
    default:
      return true;
  }
}

// The length of the UTF-8 character that `text` starts with, 0 if there is none.
std::size_t CharacterLength(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const std::size_t length = LengthOf(byte(0));
  if (length < 2 || text.size() < length) return length == 1 ? 1 : 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
  }
  return SecondByteFits(byte(0), byte(1)) ? length : 0;
}

// C0, DEL and C1 controls and the two non-characters that XML does not take.
bool IsPlain(std::string_view character) {
  const auto lead = static_cast<std::uint8_t>(character[0]);
  if (character.size() == 1) return (lead >= 0x20 && lead != 0x7F) || lead == '\t' || lead == '\n';
  if (lead == 0xC2) return static_cast<std::uint8_t>(character[1]) >= 0xA0;
  return character != "\xEF\xBF\xBE" && character != "\xEF\xBF\xBF";
}

std::string_view EntityOf(char character) {
  switch (character) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return {};
  }
}

std::string Cleaned(std::string_view text, bool with_entities) {
  std::string clean;
  clean.reserve(text.size());
  while (!text.empty()) {
    const std::size_t length = CharacterLength(text);
    const std::string_view character = text.substr(0, length == 0 ? 1 : length);
    text.remove_prefix(character.size());
    const std::string_view entity = with_entities ? EntityOf(character[0]) : std::string_view();
    if (length == 0 || !IsPlain(character)) {
      clean.append(kReplacement);
    } else {
      clean.append(entity.empty() ? character : entity);
    }
  }
  return clean;
}

}  // namespace

std::string Escaped(std::string_view text) { return Cleaned(text, true); }
std::string ValidUtf8(std::string_view text) { return Cleaned(text, false); }

void Markup::Start(std::string_view element, Attributes attributes) {
  out_.append("<").append(element);
  for (const auto& [name, value] : attributes) {
    if (value.empty()) continue;
    out_.append(" ").append(name).append("=\"").append(Escaped(value)).append("\"");
  }
}

void Markup::Open(std::string_view element, Attributes attributes) {
  Start(element, attributes);
  out_.append(">");
  open_.emplace_back(element);
}

void Markup::Close() {
  assert(!open_.empty());
  out_.append("</").append(open_.back()).append(">");
  open_.pop_back();
}

void Markup::Empty(std::string_view element, Attributes attributes) {
  Start(element, attributes);
  out_.append(" />");
}

void Markup::Write(std::string_view text) { out_.append(Escaped(text)); }

void Markup::Element(std::string_view element, Attributes attributes, std::string_view text) {
  Open(element, attributes);
  Write(text);
  Close();
}

std::string Markup::Take() && {
  assert(open_.empty());
  return std::move(out_);
}

}  // namespace dijia::report
