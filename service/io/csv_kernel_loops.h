// The loops behind CsvKernels, written once over a `Lanes` type: 64 bytes as a Chunk, and Words of
// one cell each with the operations whose best form depends on the processor:
//   ShiftLeft, ShiftRight  by a number of bits for each word; 64 and more give 0
//   CountLowBytes          how many of the low bytes are all ones, for a mask of low bytes
//   ValueOfDigits          of eight digits 0–9, one a byte, the first one lowest; anything else
//                          gives any number
//   Product                of numbers below 2^32
// Included only by the three
// csv_kernels_*.cc, which compile it for their vector width; it calls no function of the standard
// library, so that no code for a wide processor can slip into the rest of the program.
#pragma once

#include "io/csv_kernels.h"

namespace dijia::io {
namespace {

constexpr std::uint64_t Repeated(std::uint64_t byte) { return byte * 0x0101010101010101U; }

// Bit i is set where an odd number of quotes lies at or before byte i.
inline std::uint64_t InsideQuotes(std::uint64_t quotes) {
  for (int shift = 1; shift < 64; shift *= 2) quotes ^= quotes << shift;
  return quotes;
}

inline std::uint64_t LowBits(std::size_t count) {
  return count >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
}

template <class Lanes>
BlockCounts CountBlock(const char* bytes, std::size_t size) {
  BlockCounts counts;
  std::uint64_t high = 0, nul = 0;
  for (std::size_t i = 0; i < size; i += 64) {
    const std::uint64_t valid = LowBits(size - i);
    const typename Lanes::Chunk chunk = Lanes::LoadChunk(bytes + i);
    const std::uint64_t newlines = Lanes::Equal(chunk, '\n') & valid;
    const std::uint64_t quotes = Lanes::Equal(chunk, '"') & valid;
    high |= Lanes::High(chunk) & valid;
    nul |= Lanes::Equal(chunk, '\0') & valid;
    const auto count = static_cast<std::uint64_t>(__builtin_popcountll(newlines));
    counts.newlines += count;
    if (quotes != 0 || (counts.quotes & 1U) != 0) {
      const std::uint64_t carried = 0 - (counts.quotes & 1U);
      const std::uint64_t even = newlines & ~(InsideQuotes(quotes) ^ carried);
      counts.newlines_after_even_quotes += static_cast<std::uint64_t>(__builtin_popcountll(even));
      counts.quotes += static_cast<std::uint64_t>(__builtin_popcountll(quotes));
    } else {
      counts.newlines_after_even_quotes += count;
    }
  }
  counts.has_high_bytes = high != 0;
  counts.has_nul = nul != 0;
  return counts;
}

// Appends base + i for every set bit i. Writes eight at a time: the surplus is overwritten later.
inline std::uint32_t* AppendBits(std::uint64_t bits, std::uint32_t base, std::uint32_t* out) {
  std::uint32_t* const end = out + __builtin_popcountll(bits);
  while (bits != 0) {
    for (int i = 0; i < 8; ++i) {
      out[i] = base + static_cast<std::uint32_t>(__builtin_ctzll(bits | (std::uint64_t{1} << 63)));
      bits &= bits - 1;
    }
    out += 8;
  }
  return end;
}

template <class Lanes>
std::size_t FindSeparators(const char* bytes, std::size_t begin, std::size_t end, char delimiter,
                           bool& in_quotes, std::uint32_t* offsets) {
  std::uint64_t carried = in_quotes ? ~std::uint64_t{0} : 0;
  std::uint32_t* out = offsets;
  for (std::size_t i = begin; i < end; i += 64) {
    const std::uint64_t valid = LowBits(end - i);
    const typename Lanes::Chunk chunk = Lanes::LoadChunk(bytes + i);
    std::uint64_t separators = Lanes::Equal(chunk, '\n') | Lanes::Equal(chunk, delimiter);
    const std::uint64_t quotes = Lanes::Equal(chunk, '"') & valid;
    if ((quotes | carried) != 0) {
      const std::uint64_t inside = InsideQuotes(quotes) ^ carried;
      separators &= ~inside;
      carried = 0 - (inside >> 63);
    }
    out = AppendBits(separators & valid, static_cast<std::uint32_t>(i), out);
  }
  in_quotes = carried != 0;
  return static_cast<std::size_t>(out - offsets);
}

// Eight characters without their first point; "0" comes in at the front.
template <class Lanes, class Words>
inline __attribute__((always_inline)) Words WithoutPoint(Words text, Words point) {
  const Words none = Lanes::IsZero(point);
  const Words joined = ((text & (point - 1)) << 8) | '0' | (text & (0 - (point << 8)));
  return (joined & ~none) | (text & none);
}

template <class Lanes>
bool ParseDecimals(const ShortCells& cells, const ScaleFactors& factors, ShortDecimals& decimals) {
  using Words = typename Lanes::Words;
  constexpr std::size_t kLanes = sizeof(Words) / sizeof(std::uint64_t);
  Words any_odd{};
  for (std::size_t i = 0; i < kDecimalBatch; i += kLanes) {
    const Words given = Lanes::Load(cells.lengths + i);
    const Words empty = Lanes::IsZero(given);
    const Words cell = Lanes::Load(cells.words + i);
    const Words negative = Lanes::IsZero((cell & 0xFFU) ^ '-');
    const Words length = given - (negative & 1);
    // The characters at the top of the word, "0" below.
    const Words bits = length << 3;
    const Words word = Lanes::ShiftLeft(Lanes::ShiftRight(cell, negative & 8), 64 - bits);
    const Words text = word | Lanes::ShiftRight((given ^ given) + Repeated('0'), bits);

    const Words difference = text ^ Repeated('.');
    const Words points = (difference - Repeated(1)) & ~difference & Repeated(0x80);
    // The low bit of the first point's byte, or 0.
    const Words point = (points & (0 - points)) >> 7;
    const Words digits = WithoutPoint<Lanes>(text, point) ^ Repeated('0');
    const Words factor = Lanes::FactorAt(Lanes::CountLowBytes(point - 1), factors);
    const Words value = Lanes::Product(Lanes::ValueOfDigits(digits), factor);

    const Words bad = (digits | (digits + Repeated(6))) & Repeated(0xF0);
    const Words digit_count = length - (~Lanes::IsZero(point) & 1);
    const Words odd =
        (~Lanes::IsZero(bad) | Lanes::IsZero(factor) | Lanes::IsZero(digit_count)) & ~empty;
    const Words units = (value ^ negative) - negative;
    Lanes::Store((units & ~empty) | (empty & (std::uint64_t{1} << 63)), decimals.units + i);
    Lanes::Store(odd, decimals.odd + i);
    any_odd |= odd;
  }
  std::uint64_t any = 0;
  for (std::size_t lane = 0; lane < kLanes; ++lane) any |= Lanes::At(any_odd, lane);
  return any != 0;
}

template <class Lanes>
constexpr CsvKernels kKernelsOf{CountBlock<Lanes>, FindSeparators<Lanes>, ParseDecimals<Lanes>};

}  // namespace
}  // namespace dijia::io
