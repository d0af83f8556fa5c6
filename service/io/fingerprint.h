// The fingerprint of every file that goes in or comes out.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace dijia::io {

// Size and SHA-256 of a file as it stands.
struct FileFingerprint {
  std::uint64_t bytes = 0;
  std::string sha256;
};

// Reads the file once, in blocks. Throws FileError.
FileFingerprint FingerprintOf(const std::filesystem::path& file);

}  // namespace dijia::io
