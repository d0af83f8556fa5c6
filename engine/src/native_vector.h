// Vectors of doubles as wide as a register, for loops whose layout the compiler must not choose.
#pragma once

#include <cstddef>
#include <cstring>

#include "simd.h"

namespace dijia {

// A register of kWidth doubles.
template <std::size_t kWidth>
struct NativeOf;
template <>
struct NativeOf<2> {
  using Type = double __attribute__((vector_size(16)));
};
template <>
struct NativeOf<4> {
  using Type = double __attribute__((vector_size(32)));
};
template <>
struct NativeOf<8> {
  using Type = double __attribute__((vector_size(64)));
};
template <std::size_t kWidth>
using Native = typename NativeOf<kWidth>::Type;

// Through references: a vector passed by value would change the calling convention per level.
template <class Vector>
DIJIA_ALWAYS_INLINE void Load(Vector& to, const double* from) {
  std::memcpy(&to, from, sizeof to);
}
template <class Vector>
DIJIA_ALWAYS_INLINE void Store(double* to, const Vector& from) {
  std::memcpy(to, &from, sizeof from);
}

}  // namespace dijia
