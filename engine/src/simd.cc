#include "simd.h"

namespace dijia {

SimdLevel BestSimdLevel() {
#if defined(__x86_64__)
  static const SimdLevel kLevel = [] {
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl")) {
      return SimdLevel::kAvx512;
    }
    return __builtin_cpu_supports("avx2") ? SimdLevel::kAvx2 : SimdLevel::kBaseline;
  }();
  return kLevel;
#else
  return SimdLevel::kBaseline;
#endif
}

}  // namespace dijia
