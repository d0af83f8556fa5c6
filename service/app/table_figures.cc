#include "app/table_figures.h"

#include <array>
#include <charconv>

namespace dijia::app {

std::string FigureNumber(double value) {
  std::array<char, 40> text{};
  constexpr int kDigits = 6;
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value,
                                 std::chars_format::general, kDigits)
                       .ptr;
  return {text.data(), end};
}

}  // namespace dijia::app
