// The compression function of SHA-256 (FIPS 180-4 §6.2.2), the same in every version.
#pragma once

#include <cstddef>
#include <cstdint>

namespace dijia {

// Takes blocks of 64 bytes into the eight words of the state, one after the other.
using Compress = void (*)(std::uint32_t* state, const unsigned char* blocks, std::size_t count);

void CompressPlain(std::uint32_t* state, const unsigned char* blocks, std::size_t count);

// The fastest version of this processor.
Compress BestCompress();

}  // namespace dijia
