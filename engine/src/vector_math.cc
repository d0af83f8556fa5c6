#include "vector_math.h"

#include <cassert>

namespace dijia {
namespace {

DIJIA_ALWAYS_INLINE void ExpLoop(const double* in, double* out, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) out[i] = ExpOne(in[i]);
}

DIJIA_ALWAYS_INLINE void LogLoop(const double* in, double* out, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) out[i] = LogOne(in[i]);
}

void ExpBaseline(const double* in, double* out, std::size_t n) { ExpLoop(in, out, n); }
void LogBaseline(const double* in, double* out, std::size_t n) { LogLoop(in, out, n); }

DIJIA_TARGET_AVX2 void ExpAvx2(const double* in, double* out, std::size_t n) {
  ExpLoop(in, out, n);
}
DIJIA_TARGET_AVX2 void LogAvx2(const double* in, double* out, std::size_t n) {
  LogLoop(in, out, n);
}

DIJIA_TARGET_AVX512 void ExpAvx512(const double* in, double* out, std::size_t n) {
  ExpLoop(in, out, n);
}
DIJIA_TARGET_AVX512 void LogAvx512(const double* in, double* out, std::size_t n) {
  LogLoop(in, out, n);
}

}  // namespace

void Exp(std::span<const double> in, std::span<double> out, SimdLevel level) {
  assert(out.size() >= in.size());
  ForLevel(level, ExpBaseline, ExpAvx2, ExpAvx512)(in.data(), out.data(), in.size());
}

void Log(std::span<const double> in, std::span<double> out, SimdLevel level) {
  assert(out.size() >= in.size());
  ForLevel(level, LogBaseline, LogAvx2, LogAvx512)(in.data(), out.data(), in.size());
}

}  // namespace dijia
