#include "io/sha256.h"

#include <Poco/Crypto/DigestEngine.h>

#include "io/file_text.h"

namespace dijia::io {

struct Sha256::Engine {
  Poco::Crypto::DigestEngine digest{"SHA256"};
};

Sha256::Sha256() : engine_(std::make_unique<Engine>()) {}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::Update(std::string_view bytes) { engine_->digest.update(bytes.data(), bytes.size()); }

std::string Sha256::TakeHex() { return Poco::DigestEngine::digestToHex(engine_->digest.digest()); }

std::string Sha256Of(std::string_view bytes) {
  Sha256 sha256;
  sha256.Update(bytes);
  return sha256.TakeHex();
}

FileFingerprint FingerprintOf(const std::filesystem::path& file) {
  FileFingerprint fingerprint;
  Sha256 sha256;
  ReadBlocks(file, [&](std::string_view block) {
    fingerprint.bytes += block.size();
    sha256.Update(block);
  });
  fingerprint.sha256 = sha256.TakeHex();
  return fingerprint;
}

}  // namespace dijia::io
