#include "dijia/base/sha256.h"

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>
#include <vector>

#include "sha256_compress.h"

namespace dijia {
namespace {

// FIPS 180-4 examples, published by NIST.
TEST(Sha256, GivesThePublishedDigests) {
  EXPECT_EQ(Sha256Of(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(Sha256Of("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(Sha256Of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST(Sha256, DoesNotDependOnTheNumberOfPieces) {
  const std::string text(1'000, 'a');
  Sha256 hash;
  for (const char c : text) hash.Update(std::string_view(&c, 1));
  EXPECT_EQ(hash.Hex(), Sha256Of(text));
}

TEST(Sha256, IsTheSameWithAndWithoutTheInstructionsOfTheProcessor) {
  constexpr std::uint64_t kSeed = 20261125;
  std::mt19937_64 random(kSeed);
  for (int round = 0; round < 1'000; ++round) {
    std::array<std::uint32_t, 8> plain;
    std::vector<unsigned char> blocks(64 * (1 + random() % 5));
    for (std::uint32_t& word : plain) word = static_cast<std::uint32_t>(random());
    for (unsigned char& byte : blocks) byte = static_cast<unsigned char>(random());
    std::array<std::uint32_t, 8> best = plain;
    CompressPlain(plain.data(), blocks.data(), blocks.size() / 64);
    BestCompress()(best.data(), blocks.data(), blocks.size() / 64);
    ASSERT_EQ(best, plain) << "seed " << kSeed << " round " << round;
  }
}

TEST(Sha256, DoesNotDependOnWhereThePiecesEnd) {
  const std::string text(300, 'b');
  for (std::size_t cut = 0; cut <= text.size(); ++cut) {
    Sha256 hash;
    hash.Update(std::string_view(text).substr(0, cut));
    hash.Update(std::string_view(text).substr(cut));
    ASSERT_EQ(hash.Hex(), Sha256Of(text)) << cut;
  }
}

}  // namespace
}  // namespace dijia
