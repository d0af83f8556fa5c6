#include "io/fingerprint.h"

#include <string_view>

#include "dijia/base/sha256.h"
#include "io/file_text.h"

namespace dijia::io {

FileFingerprint FingerprintOf(const std::filesystem::path& file) {
  FileFingerprint fingerprint;
  Sha256 sha256;
  ReadBlocks(file, [&](std::string_view block) {
    fingerprint.bytes += block.size();
    sha256.Update(block);
  });
  fingerprint.sha256 = sha256.Hex();
  return fingerprint;
}

}  // namespace dijia::io
