#include <immintrin.h>

#include "io/csv_kernel_loops.h"
#include "io/csv_kernels_wide.h"

namespace dijia::io {
namespace {

struct Avx2Lanes {
  struct Chunk {
    __m256i low, high;
  };
  static Chunk LoadChunk(const char* from) {
    return {_mm256_loadu_si256(reinterpret_cast<const __m256i*>(from)),
            _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from + 32))};
  }
  static std::uint64_t TopBits(__m256i low, __m256i high) {
    const auto bits = [](__m256i half) {
      return std::uint64_t{static_cast<std::uint32_t>(_mm256_movemask_epi8(half))};
    };
    return bits(low) | bits(high) << 32;
  }
  static std::uint64_t Equal(const Chunk& chunk, char c) {
    const __m256i wanted = _mm256_set1_epi8(c);
    return TopBits(_mm256_cmpeq_epi8(chunk.low, wanted), _mm256_cmpeq_epi8(chunk.high, wanted));
  }
  static std::uint64_t High(const Chunk& chunk) { return TopBits(chunk.low, chunk.high); }

  using Words = std::uint64_t __attribute__((vector_size(32)));
  static __m256i Raw(Words words) { return reinterpret_cast<__m256i>(words); }
  static Words Of(__m256i raw) { return reinterpret_cast<Words>(raw); }
  static Words Load(const std::uint64_t* from) { return *reinterpret_cast<const Words*>(from); }
  static void Store(Words words, std::int64_t* to) { *reinterpret_cast<Words*>(to) = words; }
  static Words IsZero(Words words) { return reinterpret_cast<Words>(words == 0); }
  static Words FactorAt(Words index, const ScaleFactors& factors) {
    const auto* table = reinterpret_cast<const long long*>(factors.at);
    return reinterpret_cast<Words>(
        _mm256_i64gather_epi64(table, reinterpret_cast<__m256i>(index), 8));
  }
  static Words ShiftLeft(Words words, Words bits) {
    return Of(_mm256_sllv_epi64(Raw(words), Raw(bits)));
  }
  static Words ShiftRight(Words words, Words bits) {
    return Of(_mm256_srlv_epi64(Raw(words), Raw(bits)));
  }
  static Words CountLowBytes(Words mask) {
    return Of(_mm256_sad_epu8(Raw(mask & Repeated(1)), _mm256_setzero_si256()));
  }
  static Words ValueOfDigits(Words digits) {
    const __m256i pairs = _mm256_maddubs_epi16(Raw(digits), _mm256_set1_epi16(0x010A));
    const __m256i fours = _mm256_madd_epi16(pairs, _mm256_set1_epi32(0x00010064));
    return Of(_mm256_mul_epu32(fours, _mm256_set1_epi64x(10'000))) + (Of(fours) >> 32);
  }
  static Words Product(Words a, Words b) { return Of(_mm256_mul_epu32(Raw(a), Raw(b))); }
  static std::uint64_t At(Words words, std::size_t lane) { return words[lane]; }
};

}  // namespace

const CsvKernels& Avx2Kernels() { return kKernelsOf<Avx2Lanes>; }

}  // namespace dijia::io
