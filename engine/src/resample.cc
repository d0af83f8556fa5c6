#include "resample.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <vector>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace dijia {
namespace {

constexpr std::size_t kLanes = kReplicateLanes;
constexpr std::uint32_t kReplacements = 1;  // counter word 3 of the replacing words

// Words with a last remainder below this are replaced.
std::uint32_t RejectionBound(std::uint64_t range) {
  return static_cast<std::uint32_t>((std::uint64_t{1} << 32) % range);
}

// A word split into draws from n values; `rest` decides whether it is good.
struct WordDraws {
  std::uint32_t first, second, rest;
};

WordDraws PairOf(std::uint32_t word, std::uint32_t n) {
  const std::uint64_t a = std::uint64_t{word} * n;
  const std::uint64_t b = std::uint64_t{static_cast<std::uint32_t>(a)} * n;
  return {static_cast<std::uint32_t>(a >> 32), static_cast<std::uint32_t>(b >> 32),
          static_cast<std::uint32_t>(b)};
}

WordDraws SingleOf(std::uint32_t word, std::uint32_t n) {
  const std::uint64_t a = std::uint64_t{word} * n;
  return {static_cast<std::uint32_t>(a >> 32), 0, static_cast<std::uint32_t>(a)};
}

template <class Split>
void Draw(PhiloxStream words, PhiloxStream replacements, std::uint32_t bound, Split split,
          std::span<std::uint32_t> indices, std::size_t per_word) {
  for (std::size_t i = 0; i < indices.size(); i += per_word) {
    WordDraws draws = split(words.NextWord());
    while (draws.rest < bound) draws = split(replacements.NextWord());
    indices[i] = draws.first;
    if (per_word == 2 && i + 1 < indices.size()) indices[i + 1] = draws.second;
  }
}

// What DrawLanes hands to the version for a vector width. It writes whole blocks of four rows and
// lowers `least_rest` to the smallest remainder of each lane.
struct LaneJob {
  DrawSource source;
  std::uint32_t first = 0;
  std::uint32_t n = 0;
  std::uint32_t blocks = 0;
  std::int16_t* draws = nullptr;
  std::array<std::uint32_t, kLanes> least_rest{};
};

void DrawBlocksBaseline(LaneJob& job) {
  for (std::uint32_t k = 0; k < job.blocks; ++k) {
    for (std::uint32_t lane = 0; lane < kLanes; ++lane) {
      const PhiloxCounter words =
          Philox4x32({k, job.first + lane, job.source.stream, 0}, job.source.key);
      for (std::size_t w = 0; w < words.size(); ++w) {
        const WordDraws draws = PairOf(words[w], job.n);
        std::int16_t* pair =
            job.draws + (std::size_t{4} * k + w) * kLaneRow + std::size_t{2} * lane;
        pair[0] = static_cast<std::int16_t>(draws.first);
        pair[1] = static_cast<std::int16_t>(draws.second);
        job.least_rest[lane] = std::min(job.least_rest[lane], draws.rest);
      }
    }
  }
}

#if defined(__x86_64__)

// Vectors hold a 32-bit word per 64-bit element, even and odd lanes apart: multiplying reads the
// low halves, a shift by 32 gives the high half, and what stands above a low half does no harm.

using RoundKeys = std::array<PhiloxKey, kPhiloxRounds>;

RoundKeys RoundKeysOf(PhiloxKey key) {
  RoundKeys keys;
  for (PhiloxKey& round : keys) {
    round = key;
    key = {key[0] + kPhiloxKeySteps[0], key[1] + kPhiloxKeySteps[1]};
  }
  return keys;
}

DIJIA_TARGET_AVX2 DIJIA_ALWAYS_INLINE __m256i All256(std::uint32_t x) {
  return _mm256_set1_epi64x(static_cast<long long>(x));
}

DIJIA_TARGET_AVX2 DIJIA_ALWAYS_INLINE void Rounds256(__m256i (&c)[4], const RoundKeys& keys) {
  const __m256i multiplier0 = All256(kPhiloxMultipliers[0]);
  const __m256i multiplier1 = All256(kPhiloxMultipliers[1]);
  for (const PhiloxKey& key : keys) {
    const __m256i a = _mm256_mul_epu32(c[0], multiplier0);
    const __m256i b = _mm256_mul_epu32(c[2], multiplier1);
    c[0] = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(b, 32), c[1]), All256(key[0]));
    c[2] = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(a, 32), c[3]), All256(key[1]));
    c[1] = b;
    c[3] = a;
  }
}

// Both draws of a word in the low half, the first below; its remainder in `left`.
DIJIA_TARGET_AVX2 DIJIA_ALWAYS_INLINE __m256i Pair256(__m256i word, __m256i n, __m256i& left) {
  const __m256i a = _mm256_mul_epu32(word, n);
  left = _mm256_mul_epu32(a, n);
  const __m256i second = _mm256_slli_epi64(_mm256_srli_epi64(left, 32), 16);
  return _mm256_or_si256(_mm256_srli_epi64(a, 32), second);
}

DIJIA_TARGET_AVX2 void DrawBlocksAvx2(LaneJob& job) {
  const RoundKeys keys = RoundKeysOf(job.source.key);
  const __m256i n = All256(job.n);
  for (std::uint32_t part = 0; part < kLanes; part += 8) {
    const long long lane = std::uint32_t{job.first + part};
    const __m256i even_lanes = _mm256_set_epi64x(lane + 6, lane + 4, lane + 2, lane);
    const __m256i odd_lanes = _mm256_add_epi64(even_lanes, All256(1));
    auto* const rest = reinterpret_cast<__m256i*>(&job.least_rest[part]);
    for (std::uint32_t k = 0; k < job.blocks; ++k) {
      const __m256i zero = _mm256_setzero_si256();
      __m256i even[4] = {All256(k), even_lanes, All256(job.source.stream), zero};
      __m256i odd[4] = {All256(k), odd_lanes, All256(job.source.stream), zero};
      Rounds256(even, keys);
      Rounds256(odd, keys);
      for (std::size_t w = 0; w < 4; ++w) {
        __m256i even_left, odd_left;
        const __m256i pairs = _mm256_or_si256(Pair256(even[w], n, even_left),
                                              _mm256_slli_epi64(Pair256(odd[w], n, odd_left), 32));
        const __m256i left = _mm256_blend_epi32(even_left, _mm256_slli_epi64(odd_left, 32), 0xAA);
        _mm256_storeu_si256(rest, _mm256_min_epu32(_mm256_loadu_si256(rest), left));
        std::int16_t* const row =
            job.draws + (std::size_t{4} * k + w) * kLaneRow + std::size_t{2} * part;
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(row), pairs);
      }
    }
  }
}

// The same with all sixteen lanes in one pair of vectors. GCC 12 warns of its own "undefined"
// operands inside the intrinsics (GCC bug 105593).
#if !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#pragma GCC diagnostic ignored "-Wuninitialized"
#endif

DIJIA_TARGET_AVX512 DIJIA_ALWAYS_INLINE __m512i All512(std::uint32_t x) {
  return _mm512_set1_epi64(static_cast<long long>(x));
}

DIJIA_TARGET_AVX512 DIJIA_ALWAYS_INLINE void Rounds512(__m512i (&c)[4], const RoundKeys& keys) {
  const __m512i multiplier0 = All512(kPhiloxMultipliers[0]);
  const __m512i multiplier1 = All512(kPhiloxMultipliers[1]);
  for (const PhiloxKey& key : keys) {
    const __m512i a = _mm512_mul_epu32(c[0], multiplier0);
    const __m512i b = _mm512_mul_epu32(c[2], multiplier1);
    c[0] = _mm512_xor_si512(_mm512_xor_si512(_mm512_srli_epi64(b, 32), c[1]), All512(key[0]));
    c[2] = _mm512_xor_si512(_mm512_xor_si512(_mm512_srli_epi64(a, 32), c[3]), All512(key[1]));
    c[1] = b;
    c[3] = a;
  }
}

DIJIA_TARGET_AVX512 DIJIA_ALWAYS_INLINE __m512i Pair512(__m512i word, __m512i n, __m512i& left) {
  const __m512i a = _mm512_mul_epu32(word, n);
  left = _mm512_mul_epu32(a, n);
  const __m512i second = _mm512_slli_epi64(_mm512_srli_epi64(left, 32), 16);
  return _mm512_or_si512(_mm512_srli_epi64(a, 32), second);
}

DIJIA_TARGET_AVX512 void DrawBlocksAvx512(LaneJob& job) {
  const RoundKeys keys = RoundKeysOf(job.source.key);
  const __m512i n = All512(job.n);
  const __m512i even_lanes =
      _mm512_add_epi64(All512(job.first), _mm512_set_epi64(14, 12, 10, 8, 6, 4, 2, 0));
  const __m512i odd_lanes = _mm512_add_epi64(even_lanes, All512(1));
  __m512i rest = _mm512_loadu_si512(job.least_rest.data());
  for (std::uint32_t k = 0; k < job.blocks; ++k) {
    const __m512i zero = _mm512_setzero_si512();
    __m512i even[4] = {All512(k), even_lanes, All512(job.source.stream), zero};
    __m512i odd[4] = {All512(k), odd_lanes, All512(job.source.stream), zero};
    Rounds512(even, keys);
    Rounds512(odd, keys);
    for (std::size_t w = 0; w < 4; ++w) {
      __m512i even_left, odd_left;
      const __m512i pairs = _mm512_or_si512(Pair512(even[w], n, even_left),
                                            _mm512_slli_epi64(Pair512(odd[w], n, odd_left), 32));
      const __m512i left =
          _mm512_mask_blend_epi32(0xAAAA, even_left, _mm512_slli_epi64(odd_left, 32));
      rest = _mm512_min_epu32(rest, left);
      _mm512_storeu_si512(job.draws + (std::size_t{4} * k + w) * kLaneRow, pairs);
    }
  }
  _mm512_storeu_si512(job.least_rest.data(), rest);
}

#if !defined(__clang__)
#pragma GCC diagnostic pop
#endif

#endif  // x86-64

void DrawBlocks(LaneJob& job, SimdLevel level) {
#if defined(__x86_64__)
  ForLevel(level, DrawBlocksBaseline, DrawBlocksAvx2, DrawBlocksAvx512)(job);
#else
  static_cast<void>(level);
  DrawBlocksBaseline(job);
#endif
}

}  // namespace

void DrawReplicate(const DrawSource& source, std::uint32_t replicate,
                   std::span<std::uint32_t> indices) {
  const std::uint64_t n = indices.size();
  const PhiloxStream words(source.key, {0, replicate, source.stream, 0});
  const PhiloxStream replacements(source.key, {0, replicate, source.stream, kReplacements});
  const auto count = static_cast<std::uint32_t>(n);
  const bool paired = n <= kLargestPairedSample;
  Draw(
      words, replacements, RejectionBound(paired ? n * n : n),
      [=](std::uint32_t word) { return paired ? PairOf(word, count) : SingleOf(word, count); },
      indices, paired ? 2 : 1);
}

void DrawLanes(const DrawSource& source, std::uint32_t first, std::size_t count,
               std::span<std::int16_t> draws, SimdLevel level) {
  assert(count >= 2 && count <= kLargestPairedSample && draws.size() >= LaneBufferSize(count));
  const auto n = static_cast<std::uint32_t>(count);
  LaneJob job{source, first, n, static_cast<std::uint32_t>((LaneRows(count) + 3) / 4),
              draws.data()};
  job.least_rest.fill(0xFFFFFFFF);
  DrawBlocks(job, level);
  const std::uint32_t bound = RejectionBound(std::uint64_t{n} * n);
  std::vector<std::uint32_t> indices;
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    if (job.least_rest[lane] >= bound) continue;
    indices.resize(count);  // a word of this lane must be replaced: seldom, so all of them are
    DrawReplicate(source, first + static_cast<std::uint32_t>(lane), indices);
    for (std::size_t i = 0; i < count; ++i) {
      draws[i / 2 * kLaneRow + 2 * lane + i % 2] = static_cast<std::int16_t>(indices[i]);
    }
  }
  if (count % 2 == 0) return;
  std::int16_t* const last = draws.data() + count / 2 * kLaneRow;
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    last[2 * lane + 1] = static_cast<std::int16_t>(count);
  }
}

}  // namespace dijia
