#include "dijia/simd.h"

namespace dijia {

SimdLevel BestSimdLevel() {
#if defined(__x86_64__)
  static const SimdLevel kLevel = [] {
    __builtin_cpu_init();
    const bool has_avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
                          __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
    if (!has_avx2) return SimdLevel::kBaseline;
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl")) {
      return SimdLevel::kAvx512;
    }
    return SimdLevel::kAvx2;
  }();
  return kLevel;
#else
  return SimdLevel::kBaseline;
#endif
}

}  // namespace dijia
