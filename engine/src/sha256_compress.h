// The compression function of SHA-256 (FIPS 180-4 §6.2.2), the same in every version.
#pragma once

#include <cstdint>

namespace dijia {

// Takes 64 bytes into the eight words of the state.
using Compress = void (*)(std::uint32_t* state, const unsigned char* block);

void CompressPlain(std::uint32_t* state, const unsigned char* block);

// The fastest version of this processor.
Compress BestCompress();

}  // namespace dijia
