#include "dijia/base/sha256.h"

#include <algorithm>
#include <bit>

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>
#endif

#include "sha256_compress.h"
#include "simd.h"

namespace dijia {
namespace {

constexpr std::uint32_t kRound[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

std::uint32_t BigEndian(const unsigned char* bytes) {
  return static_cast<std::uint32_t>(bytes[0]) << 24U | static_cast<std::uint32_t>(bytes[1]) << 16U |
         static_cast<std::uint32_t>(bytes[2]) << 8U | static_cast<std::uint32_t>(bytes[3]);
}

void CompressBlock(std::uint32_t* state, const unsigned char* block) {
  std::uint32_t w[64];
  for (std::size_t i = 0; i < 16; ++i) w[i] = BigEndian(block + 4 * i);
  for (std::size_t i = 16; i < 64; ++i) {
    const std::uint32_t a = w[i - 15], b = w[i - 2];
    w[i] = w[i - 16] + w[i - 7] + (std::rotr(a, 7) ^ std::rotr(a, 18) ^ (a >> 3U)) +
           (std::rotr(b, 17) ^ std::rotr(b, 19) ^ (b >> 10U));
  }
  std::uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
  std::uint32_t e = state[4], f = state[5], g = state[6], h = state[7];
  for (std::size_t i = 0; i < 64; ++i) {
    const std::uint32_t first = h + (std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25)) +
                                ((e & f) ^ (~e & g)) + kRound[i] + w[i];
    const std::uint32_t second =
        (std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
    h = g;
    g = f;
    f = e;
    e = d + first;
    d = c;
    c = b;
    b = a;
    a = first + second;
  }
  const std::uint32_t added[8] = {a, b, c, d, e, f, g, h};
  for (std::size_t i = 0; i < 8; ++i) state[i] += added[i];
}

}  // namespace

void CompressPlain(std::uint32_t* state, const unsigned char* blocks, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) CompressBlock(state, blocks + 64 * i);
}

#if defined(__x86_64__)

namespace {

// The same with the processor's own SHA instructions, which want the state as two vectors (A B E F)
// and (C D G H) and do four rounds with a vector of four words.
#define DIJIA_TARGET_SHA __attribute__((target("sha,sse4.1,ssse3")))

struct Halves {
  __m128i abef, cdgh;
};

// Rounds 4 · four to 4 · four + 3 with their words.
DIJIA_TARGET_SHA DIJIA_ALWAYS_INLINE void FourRounds(Halves& state, const __m128i& words,
                                                     std::size_t four) {
  const auto* const constants = reinterpret_cast<const __m128i*>(kRound) + four;
  const __m128i sum = _mm_add_epi32(words, _mm_loadu_si128(constants));
  state.cdgh = _mm_sha256rnds2_epu32(state.cdgh, state.abef, sum);
  state.abef = _mm_sha256rnds2_epu32(state.abef, state.cdgh, _mm_shuffle_epi32(sum, 0x0E));
}

// Replaces the oldest of sixteen words by the four that follow them.
DIJIA_TARGET_SHA DIJIA_ALWAYS_INLINE void NextWords(__m128i& oldest, const __m128i& second,
                                                    const __m128i& third, const __m128i& last) {
  const __m128i sum =
      _mm_add_epi32(_mm_sha256msg1_epu32(oldest, second), _mm_alignr_epi8(last, third, 4));
  oldest = _mm_sha256msg2_epu32(sum, last);
}

DIJIA_TARGET_SHA DIJIA_ALWAYS_INLINE void NativeBlock(Halves& state, const unsigned char* block) {
  const __m128i big_endian = _mm_set_epi64x(0x0C0D0E0F08090A0B, 0x0405060700010203);
  const auto* const words = reinterpret_cast<const __m128i*>(block);
  __m128i a = _mm_shuffle_epi8(_mm_loadu_si128(words), big_endian);
  __m128i b = _mm_shuffle_epi8(_mm_loadu_si128(words + 1), big_endian);
  __m128i c = _mm_shuffle_epi8(_mm_loadu_si128(words + 2), big_endian);
  __m128i d = _mm_shuffle_epi8(_mm_loadu_si128(words + 3), big_endian);
  const Halves before = state;
  for (std::size_t four = 0; four < 16; four += 4) {
    FourRounds(state, a, four);
    FourRounds(state, b, four + 1);
    FourRounds(state, c, four + 2);
    FourRounds(state, d, four + 3);
    NextWords(a, b, c, d);  // the last time for nothing
    NextWords(b, c, d, a);
    NextWords(c, d, a, b);
    NextWords(d, a, b, c);
  }
  state.abef = _mm_add_epi32(state.abef, before.abef);
  state.cdgh = _mm_add_epi32(state.cdgh, before.cdgh);
}

DIJIA_TARGET_SHA void CompressNative(std::uint32_t* state, const unsigned char* blocks,
                                     std::size_t count) {
  auto* const words = reinterpret_cast<__m128i*>(state);
  const __m128i low = _mm_shuffle_epi32(_mm_loadu_si128(words), 0xB1);
  const __m128i high = _mm_shuffle_epi32(_mm_loadu_si128(words + 1), 0x1B);
  Halves halves{_mm_alignr_epi8(low, high, 8), _mm_blend_epi16(high, low, 0xF0)};
  for (std::size_t i = 0; i < count; ++i) NativeBlock(halves, blocks + 64 * i);
  const __m128i feba = _mm_shuffle_epi32(halves.abef, 0x1B);
  const __m128i dchg = _mm_shuffle_epi32(halves.cdgh, 0xB1);
  _mm_storeu_si128(words, _mm_blend_epi16(feba, dchg, 0xF0));
  _mm_storeu_si128(words + 1, _mm_alignr_epi8(dchg, feba, 8));
}

bool HasShaInstructions() {
  constexpr unsigned kSha = 1U << 29U, kSse41 = 1U << 19U, kSsse3 = 1U << 9U;
  unsigned a = 0, b = 0, c = 0, d = 0;
  if (__get_cpuid(1, &a, &b, &c, &d) == 0 || (c & kSse41) == 0 || (c & kSsse3) == 0) return false;
  return __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (b & kSha) != 0;
}

}  // namespace

#endif

Compress BestCompress() {
#if defined(__x86_64__)
  static const bool kHasSha = HasShaInstructions();
  if (kHasSha) return CompressNative;
#endif
  return CompressPlain;
}

void Sha256::Block(const unsigned char* block) { BestCompress()(state_.data(), block, 1); }

void Sha256::Update(std::string_view bytes) {
  size_ += bytes.size();
  while (!bytes.empty()) {
    if (pending_size_ == 0 && bytes.size() >= pending_.size()) {
      const std::size_t blocks = bytes.size() / pending_.size();
      BestCompress()(state_.data(), reinterpret_cast<const unsigned char*>(bytes.data()), blocks);
      bytes.remove_prefix(blocks * pending_.size());
      continue;
    }
    const std::size_t taken = std::min(bytes.size(), pending_.size() - pending_size_);
    std::copy_n(bytes.begin(), taken,
                pending_.begin() + static_cast<std::ptrdiff_t>(pending_size_));
    pending_size_ += taken;
    bytes.remove_prefix(taken);
    if (pending_size_ == pending_.size()) {
      Block(pending_.data());
      pending_size_ = 0;
    }
  }
}

std::string Sha256::Hex() {
  const std::uint64_t bits = size_ * 8;
  Update(std::string_view("\x80", 1));
  while (pending_size_ != 56) Update(std::string_view("\0", 1));
  std::string length(8, '\0');
  for (std::size_t i = 0; i < 8; ++i) length[i] = static_cast<char>(bits >> (56 - 8 * i) & 0xFFU);
  Update(length);
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string hex;
  for (const std::uint32_t word : state_) {
    for (int shift = 28; shift >= 0; shift -= 4) hex += kDigits[word >> shift & 0xFU];
  }
  return hex;
}

std::string Sha256Of(std::string_view bytes) {
  Sha256 hash;
  hash.Update(bytes);
  return hash.Hex();
}

}  // namespace dijia
