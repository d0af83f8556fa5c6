// The secrets of keys: made here, never kept. A store keeps what tells whether a text is the secret
// (scrypt, RFC 7914), and programs send the secret with the id of its key, so that one look finds
// what to hold it against.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dijia::app {

// 256 bits of the system's generator, as 64 hexadecimal digits.
std::string NewSecret();

// `scrypt:N:r:p:SALT:HASH`, with a salt of its own: the cost of guessing stands with the hash, so
// that later ones may be dearer.
std::string VerifierOf(std::string_view secret);

// Whether a verifier is that of the secret; false for a text that is no verifier, and for costs
// that need more than 64 MiB. Takes some 50 ms and 16 MiB.
bool IsSecretOf(std::string_view verifier, std::string_view secret);

// What a program sends: `dijia_ID_SECRET`.
struct KeyText {
  std::string id, secret;
};
std::string WriteKeyText(const KeyText& text);
// Nothing for any other text.
std::optional<KeyText> ReadKeyText(std::string_view text);

// Whether two texts are the same, in a time that does not tell where they differ.
bool SameSecret(std::string_view a, std::string_view b);

}  // namespace dijia::app
