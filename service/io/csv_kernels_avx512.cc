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
  // With a mask of all lanes, because the forms without one set off a false warning of g++ 12 (GCC
  // bug 105593); the instructions are the same.
  static constexpr __mmask8 kAll = 0xFF;
  static __m512i Raw(Words words) { return reinterpret_cast<__m512i>(words); }
  static Words Of(__m512i raw) { return reinterpret_cast<Words>(raw); }
  static Words Load(const std::uint64_t* from) { return *reinterpret_cast<const Words*>(from); }
  static void Store(Words words, std::int64_t* to) { *reinterpret_cast<Words*>(to) = words; }
  static Words IsZero(Words words) { return reinterpret_cast<Words>(words == 0); }
  static Words FactorAt(Words index, const ScaleFactors& factors) {
    return reinterpret_cast<Words>(_mm512_permutex2var_epi64(_mm512_load_si512(factors.at),
                                                             reinterpret_cast<__m512i>(index),
                                                             _mm512_load_si512(factors.at + 8)));
  }
  static Words ShiftLeft(Words words, Words bits) {
    return Of(_mm512_maskz_sllv_epi64(kAll, Raw(words), Raw(bits)));
  }
  static Words ShiftRight(Words words, Words bits) {
    return Of(_mm512_maskz_srlv_epi64(kAll, Raw(words), Raw(bits)));
  }
  static Words CountLowBytes(Words mask) {
    return Of(_mm512_sad_epu8(Raw(mask & Repeated(1)), _mm512_setzero_si512()));
  }
  static Words ValueOfDigits(Words digits) {
    const __m512i pairs = _mm512_maddubs_epi16(Raw(digits), _mm512_set1_epi16(0x010A));
    const __m512i fours = _mm512_madd_epi16(pairs, _mm512_set1_epi32(0x00010064));
    return Of(_mm512_maskz_mul_epu32(kAll, fours, _mm512_set1_epi64(10'000))) + (Of(fours) >> 32);
  }
  static Words Product(Words a, Words b) {
    return Of(_mm512_maskz_mul_epu32(kAll, Raw(a), Raw(b)));
  }
  static std::uint64_t At(Words words, std::size_t lane) { return words[lane]; }
};

}  // namespace

const CsvKernels& Avx512Kernels() { return kKernelsOf<Avx512Lanes>; }

}  // namespace dijia::io
