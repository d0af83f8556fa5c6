// Vector widths a hot loop is compiled for, chosen at run time. A loop is written once as an
// always-inline function and compiled once per level by a wrapper with DIJIA_TARGET_*; the
// operations and their order are the same at every level and nothing is contracted to a fused
// multiply-add, so results have the same bits on every machine.
#pragma once

#include <cstdint>

namespace dijia {

enum class SimdLevel : std::uint8_t {
  kBaseline,  // what the compiler may use anyway
  kAvx2,      // 4 doubles
  kAvx512,    // 8 doubles (F, DQ, BW, VL)
};

// The widest level of this processor.
SimdLevel BestSimdLevel();

// The function compiled for `level`, of three versions of one loop.
template <class Function>
Function* ForLevel(SimdLevel level, Function* baseline, Function* avx2, Function* avx512) {
  if (level == SimdLevel::kAvx512) return avx512;
  return level == SimdLevel::kAvx2 ? avx2 : baseline;
}

}  // namespace dijia

#define DIJIA_ALWAYS_INLINE inline __attribute__((always_inline))

#if defined(__x86_64__)
#define DIJIA_TARGET_AVX2 __attribute__((target("avx2")))
#if defined(__clang__)
#define DIJIA_TARGET_AVX512 \
  __attribute__((target("avx512f,avx512dq,avx512bw,avx512vl"), min_vector_width(512)))
#else
#define DIJIA_TARGET_AVX512 \
  __attribute__((target("avx512f,avx512dq,avx512bw,avx512vl,prefer-vector-width=512")))
#endif
#else
#define DIJIA_TARGET_AVX2
#define DIJIA_TARGET_AVX512
#endif

// Before a loop whose writes touch nothing that its other rows read. Compilers do not see that of
// tables they gather from, and without it nothing of such a loop vectorises.
#if defined(__clang__)
#define DIJIA_INDEPENDENT_ROWS _Pragma("clang loop vectorize(assume_safety)")
#else
#define DIJIA_INDEPENDENT_ROWS _Pragma("GCC ivdep")
#endif
