// Words of the command line in both languages.
#pragma once

#include <optional>
#include <string_view>

#include "dijia/base/code.h"
#include "dijia/base/enum_table.h"

namespace dijia {

template <>
struct EnumTableOf<Language> {
  static constexpr std::array<EnumRow<Language>, 2> kRows{{
      {Language::kZh, "zh"},
      {Language::kEn, "en"},
  }};
};
static_assert(EnumTableIsComplete<Language>(2));

}  // namespace dijia
