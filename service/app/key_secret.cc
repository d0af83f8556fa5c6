#include "app/key_secret.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <stdexcept>
#include <vector>

namespace dijia::app {
namespace {

constexpr std::size_t kSecretBytes = 32, kSaltBytes = 16, kHashBytes = 32;
constexpr std::uint64_t kMostMemory = 64 * 1024 * 1024;
constexpr std::string_view kPrefix = "dijia_";

struct Cost {
  std::uint64_t n = 16384, r = 8, p = 1;  // 16 MiB
};

std::string HexOf(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

std::string RandomHex(std::size_t size) {
  std::string bytes(size, '\0');
  auto* const out = reinterpret_cast<unsigned char*>(bytes.data());
  if (RAND_bytes(out, static_cast<int>(size)) != 1) {
    throw std::runtime_error("the system gives no random numbers");
  }
  return HexOf(bytes);
}

// Empty where the costs are none that scrypt takes. The salt is taken as its digits stand.
std::string HashOf(std::string_view secret, std::string_view salt, const Cost& cost) {
  std::string hash(kHashBytes, '\0');
  const int done = EVP_PBE_scrypt(secret.data(), secret.size(),
                                  reinterpret_cast<const unsigned char*>(salt.data()), salt.size(),
                                  cost.n, cost.r, cost.p, kMostMemory,
                                  reinterpret_cast<unsigned char*>(hash.data()), hash.size());
  return done == 1 ? HexOf(hash) : "";
}

std::vector<std::string_view> PartsOf(std::string_view text) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t colon = text.find(':');
    parts.push_back(text.substr(0, colon));
    if (colon == std::string_view::npos) return parts;
    text.remove_prefix(colon + 1);
  }
}

bool ReadNumber(std::string_view text, std::uint64_t& number) {
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  return error == std::errc() && stop == end;
}

bool IsHex(std::string_view text) {
  return std::ranges::all_of(
      text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

}  // namespace

std::string NewSecret() { return RandomHex(kSecretBytes); }

std::string VerifierOf(std::string_view secret) {
  const Cost cost;
  const std::string salt = RandomHex(kSaltBytes);
  const std::string hash = HashOf(secret, salt, cost);
  if (hash.empty()) throw std::runtime_error("scrypt does not run");  // no key that no secret fits
  return "scrypt:" + std::to_string(cost.n) + ":" + std::to_string(cost.r) + ":" +
         std::to_string(cost.p) + ":" + salt + ":" + hash;
}

bool IsSecretOf(std::string_view verifier, std::string_view secret) {
  constexpr std::size_t kParts = 6;
  const std::vector<std::string_view> parts = PartsOf(verifier);
  Cost cost;
  if (parts.size() != kParts || parts[0] != "scrypt") return false;
  if (!ReadNumber(parts[1], cost.n) || !ReadNumber(parts[2], cost.r)) return false;
  if (!ReadNumber(parts[3], cost.p)) return false;
  const std::string hash = HashOf(secret, parts[4], cost);
  return !hash.empty() && SameSecret(hash, parts[5]);
}

std::string WriteKeyText(const KeyText& text) {
  return std::string(kPrefix) + text.id + "_" + text.secret;
}

std::optional<KeyText> ReadKeyText(std::string_view text) {
  if (!text.starts_with(kPrefix)) return std::nullopt;
  text.remove_prefix(kPrefix.size());
  const std::size_t end = text.find('_');
  if (end == std::string_view::npos || end == 0) return std::nullopt;
  const std::string_view secret = text.substr(end + 1);
  if (secret.size() != 2 * kSecretBytes || !IsHex(secret)) return std::nullopt;
  return KeyText{std::string(text.substr(0, end)), std::string(secret)};
}

bool SameSecret(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace dijia::app
