// Any text as a decimal at every scale, and any eight bytes as a double to be rounded.
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

#include "dijia/base/codes.h"
#include "dijia/base/decimal.h"
#include "fuzz/require.h"

namespace {

using dijia::Code;
using dijia::FormatDecimal;
using dijia::FormatFixed;
using dijia::ParseDecimal;
using dijia::Result;
using dijia::RoundDouble;
using dijia::Rounding;
using dijia::RoundingMode;

constexpr int kLargestScale = 12;

// What was read is written so that it reads the same, and a finer scale only adds zeros.
void ExpectExact(std::string_view text, int scale) {
  const Result<std::int64_t> units = ParseDecimal(text, scale);
  if (!units) {
    DIJIA_REQUIRE(units.error().code == Code::kNotANumber ||
                  units.error().code == Code::kTooManyDecimals ||
                  units.error().code == Code::kNumberTooLarge);
    DIJIA_REQUIRE(units.error().detail == text);
    return;
  }
  const Result<std::int64_t> again = ParseDecimal(FormatDecimal(*units, scale), scale);
  DIJIA_REQUIRE(again && *again == *units);
  const Result<std::int64_t> padded = ParseDecimal(FormatFixed(*units, scale, scale + 3), scale);
  DIJIA_REQUIRE(padded && *padded == *units);
  const Result<std::int64_t> finer = ParseDecimal(text, scale + 1);
  DIJIA_REQUIRE(finer ? *finer / 10 == *units && *finer % 10 == 0
                      : finer.error().code == Code::kNumberTooLarge);
}

// The four modes agree on what lies between them.
void ExpectRounded(double value, std::int64_t interval) {
  const auto round = [&](RoundingMode mode) {
    return RoundDouble(value, Rounding::kScale, {mode, interval});
  };
  const auto down = round(RoundingMode::kDown), up = round(RoundingMode::kUp);
  if (!up) return;  // the largest of the four
  DIJIA_REQUIRE(down.has_value());
  const std::int64_t width = std::abs(*up) - std::abs(*down);
  DIJIA_REQUIRE(*down % interval == 0 && (width == 0 || width == interval));
  for (const RoundingMode mode : {RoundingMode::kHalfUp, RoundingMode::kHalfEven}) {
    const auto near = round(mode);
    DIJIA_REQUIRE(near && (*near == *down || *near == *up));
  }
}

// Up to 2^50 units a double is near enough to its decimal to come back as the same.
void ExpectBack(std::int64_t bits) {
  constexpr std::int64_t kSafe = std::int64_t{1} << 50U;
  const std::int64_t units = bits % kSafe;
  const double value = static_cast<double>(units) / 1e6;
  const auto back = RoundDouble(value, Rounding::kScale, {RoundingMode::kHalfUp, 1});
  DIJIA_REQUIRE(back && *back == units);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  for (int scale = 0; scale <= kLargestScale; ++scale) ExpectExact(text, scale);
  std::int64_t bits = 0;
  if (size < sizeof bits) return 0;
  std::memcpy(&bits, bytes, sizeof bits);
  for (const std::int64_t interval : {1, 5, 10'000, 25'000'000}) {
    ExpectRounded(std::bit_cast<double>(bits), interval);
  }
  ExpectBack(bits);
  return 0;
}
