#include <gtest/gtest.h>

#include "app/block_file.h"
#include "dijia/base/sha256.h"
#include "io/file_error.h"
#include "io/file_text.h"
#include "io/fingerprint.h"
#include "support/temporary_folder.h"

namespace dijia {
namespace {

using test::Contents;
using test::Put;
using test::TemporaryFolder;

TEST(Fingerprint, OfAFileIsThatOfItsBytes) {
  const TemporaryFolder temporary;
  const std::string bytes(3'000'000, 'x');
  Put(temporary / "f", bytes);
  const io::FileFingerprint fingerprint = io::FingerprintOf(temporary / "f");
  EXPECT_EQ(fingerprint.bytes, bytes.size());
  EXPECT_EQ(fingerprint.sha256, Sha256Of(bytes));
}

TEST(Fingerprint, OfAFolderIsRefused) {
  const TemporaryFolder temporary;
  EXPECT_THROW(io::FingerprintOf(temporary.path()), io::FileError);
  EXPECT_THROW(io::ReadText(temporary / "no"), io::FileError);
}

TEST(WriteBlocks, GivesTheSameBytesForEveryNumberOfThreads) {
  const TemporaryFolder temporary;
  for (const std::size_t blocks : {0U, 1U, 3U, 8U, 9U, 100U}) {
    std::string expected;
    for (std::size_t i = 0; i < blocks; ++i) expected += std::to_string(i * i) + "\n";
    for (const unsigned threads : {1U, 2U, 8U}) {
      const auto fingerprint =
          app::WriteBlocks(temporary / "f", blocks, threads, [](std::size_t i, app::CsvText& text) {
            text.PutUnsigned(i * i);
            text += '\n';
          });
      EXPECT_EQ(Contents(temporary / "f"), expected) << blocks << " " << threads;
      EXPECT_EQ(fingerprint.bytes, expected.size());
      EXPECT_EQ(fingerprint.sha256, Sha256Of(expected));
    }
  }
}

TEST(WriteBlocks, StopsWhenTheDiskIsFull) {
  const auto make = [](std::size_t, app::CsvText& text) { text += "x"; };
  EXPECT_THROW(app::WriteBlocks("/dev/full", 100, 2, make), io::FileError);
}

}  // namespace
}  // namespace dijia
