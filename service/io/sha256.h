// SHA-256 through OpenSSL, the fingerprint of every file that goes in or comes out.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace dijia::io {

// A running fingerprint.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;

  void Update(std::string_view bytes);
  // The 64 lower-case hexadecimal digits of everything so far; starts anew.
  std::string TakeHex();

 private:
  struct Engine;
  std::unique_ptr<Engine> engine_;
};

std::string Sha256Of(std::string_view bytes);

// Size and fingerprint of a file as it stands.
struct FileFingerprint {
  std::uint64_t bytes = 0;
  std::string sha256;
};

// Reads the file once, in blocks. Throws FileError.
FileFingerprint FingerprintOf(const std::filesystem::path& file);

}  // namespace dijia::io
