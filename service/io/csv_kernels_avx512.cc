#include <immintrin.h>

#include "io/csv_kernel_loops.h"
#include "io/csv_kernels_wide.h"

namespace dijia::io {
namespace {

struct Avx512Lanes {
  using Chunk = __m512i;
  static Chunk LoadChunk(const char* from) { return _mm512_loadu_si512(from); }
  static std::uint64_t Equal(const Chunk& chunk, char c) {
    return _mm512_cmpeq_epi8_mask(chunk, _mm512_set1_epi8(c));
  }
  static std::uint64_t High(const Chunk& chunk) { return _mm512_movepi8_mask(chunk); }

  using Words = std::uint64_t __attribute__((vector_size(64)));
  static Words Load(const std::uint64_t* from) { return *reinterpret_cast<const Words*>(from); }
  static void Store(Words words, std::int64_t* to) { *reinterpret_cast<Words*>(to) = words; }
  static Words IsZero(Words words) { return reinterpret_cast<Words>(words == 0); }
  static Words FactorAt(Words index, const ScaleFactors& factors) {
    return reinterpret_cast<Words>(_mm512_permutex2var_epi64(_mm512_load_si512(factors.at),
                                                             reinterpret_cast<__m512i>(index),
                                                             _mm512_load_si512(factors.at + 8)));
  }
  static std::uint64_t At(Words words, std::size_t lane) { return words[lane]; }
};

}  // namespace

const CsvKernels& Avx512Kernels() { return kKernelsOf<Avx512Lanes>; }

}  // namespace dijia::io
