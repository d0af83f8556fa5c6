// Vector widths a hot loop is compiled for, chosen at run time. The operations and their order are
// the same at every level and nothing is contracted to a fused multiply-add, so results have the
// same bits on every machine.
#pragma once

#include <cstdint>

namespace dijia {

enum class SimdLevel : std::uint8_t {
  kBaseline,  // what the compiler may use anyway
  kAvx2,      // 4 doubles (and BMI, which every processor with AVX2 but not every emulator has)
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
