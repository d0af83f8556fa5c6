#include "dijia/base/decimal.h"
#include "io/csv_kernel_loops.h"
#include "io/csv_kernels_wide.h"

namespace dijia::io {
namespace {

// Sixty-four bytes as eight words and one cell at a time: plain C++.
struct PlainLanes {
  struct Chunk {
    std::uint64_t words[8];
  };
  static Chunk LoadChunk(const char* from) {
    Chunk chunk;
    __builtin_memcpy(chunk.words, from, sizeof chunk.words);
    return chunk;
  }
  // Bit i of the result is bit 8i+7 of the word.
  static std::uint64_t TopBits(std::uint64_t word) {
    return ((word & Repeated(0x80)) >> 7) * 0x0102040810204080U >> 56;
  }
  static std::uint64_t Equal(const Chunk& chunk, char c) {
    std::uint64_t bits = 0;
    for (int i = 0; i < 8; ++i) {
      const std::uint64_t x = chunk.words[i] ^ Repeated(static_cast<unsigned char>(c));
      // The top bit of every byte that is zero, exactly.
      const std::uint64_t zero = ~(((x & Repeated(0x7F)) + Repeated(0x7F)) | x);
      bits |= TopBits(zero) << (8 * i);
    }
    return bits;
  }
  static std::uint64_t High(const Chunk& chunk) {
    std::uint64_t bits = 0;
    for (int i = 0; i < 8; ++i) bits |= TopBits(chunk.words[i]) << (8 * i);
    return bits;
  }

  using Words = std::uint64_t;
  static Words Load(const std::uint64_t* from) { return *from; }
  static void Store(Words words, std::int64_t* to) { *to = static_cast<std::int64_t>(words); }
  static Words IsZero(Words words) { return words == 0 ? ~std::uint64_t{0} : 0; }
  static Words FactorAt(Words index, const ScaleFactors& factors) { return factors.at[index]; }
  static Words ShiftLeft(Words word, Words bits) { return bits < 64 ? word << bits : 0; }
  static Words ShiftRight(Words word, Words bits) { return bits < 64 ? word >> bits : 0; }
  static Words CountLowBytes(Words mask) { return (mask & Repeated(1)) * Repeated(1) >> 56; }
  static Words ValueOfDigits(Words digits) {
    const Words pairs = (digits * 10 + (digits >> 8)) & 0x00FF00FF00FF00FFU;
    const Words fours = (pairs * 100 + (pairs >> 16)) & 0x0000FFFF0000FFFFU;
    return (fours & 0xFFFFFFFFU) * 10'000 + (fours >> 32);
  }
  static Words Product(Words a, Words b) { return a * b; }
  static std::uint64_t At(Words words, std::size_t) { return words; }
};

}  // namespace

ScaleFactors FactorsOfScale(int scale) {
  ScaleFactors factors;
  for (int before = 0; before <= 8; ++before) {
    const int decimals = before == 8 ? 0 : 7 - before;
    if (decimals <= scale) {
      factors.at[before] = static_cast<std::uint64_t>(PowerOfTen(scale - decimals));
    }
  }
  return factors;
}

const CsvKernels& KernelsFor(SimdLevel level) {
#if defined(DIJIA_WIDE_KERNELS)
  if (level == SimdLevel::kAvx512) return Avx512Kernels();
  if (level == SimdLevel::kAvx2) return Avx2Kernels();
#else
  (void)level;
#endif
  return kKernelsOf<PlainLanes>;
}

}  // namespace dijia::io
