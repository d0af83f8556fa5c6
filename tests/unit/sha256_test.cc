#include "dijia/base/sha256.h"

#include <gtest/gtest.h>

namespace dijia {
namespace {

// FIPS 180-4 examples, published by NIST.
TEST(Sha256, GivesThePublishedDigests) {
  EXPECT_EQ(Sha256Of(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(Sha256Of("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(Sha256Of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST(Sha256, DoesNotDependOnThePieces) {
  const std::string text(1'000, 'a');
  Sha256 hash;
  for (const char c : text) hash.Update(std::string_view(&c, 1));
  EXPECT_EQ(hash.Hex(), Sha256Of(text));
}

}  // namespace
}  // namespace dijia
