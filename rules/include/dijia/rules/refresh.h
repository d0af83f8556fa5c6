// What the age of benchmark prices makes of them.
#pragma once

#include <array>
#include <cstdint>

#include "dijia/base/enum_table.h"

namespace dijia::rules {

// From good to bad.
enum class Refresh : std::uint8_t {
  kCurrent,  // nothing is to be done
  kDue,      // the next refresh is to be arranged
  kOverdue,  // they should have been refreshed by now
  kBarred,   // parcels must not be valued by their coefficients any more
};

}  // namespace dijia::rules

namespace dijia {
template <>
struct EnumTableOf<rules::Refresh> {
  static constexpr std::array<EnumRow<rules::Refresh>, 4> kRows{{
      {rules::Refresh::kCurrent, "current"},
      {rules::Refresh::kDue, "due"},
      {rules::Refresh::kOverdue, "overdue"},
      {rules::Refresh::kBarred, "barred"},
  }};
};
static_assert(EnumTableIsComplete<rules::Refresh>(4));
}  // namespace dijia
