// How a hot loop is written: once as an always-inline function, compiled once per level by a
// wrapper with DIJIA_TARGET_*, chosen by ForLevel.
#pragma once

#include "dijia/simd.h"

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
