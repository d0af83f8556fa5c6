// Large files, whatever their size and the pieces they come in.
#include "io/file_writer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <random>
#include <string>
#include <string_view>

#include "io/file_error.h"
#include "io/file_text.h"
#include "support/file_limit.h"
#include "support/temporary_folder.h"

namespace dijia::io {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBlock = FileWriter::kBlock;

std::string RandomText(std::size_t size, unsigned seed) {
  std::mt19937_64 random(seed);
  std::string text(size, '\0');
  for (char& c : text) c = static_cast<char>('a' + random() % 26);
  return text;
}

void WriteInPieces(const fs::path& path, std::string_view text, unsigned seed) {
  std::mt19937_64 random(seed);
  FileWriter writer(CreateFile(path), path);
  while (!text.empty()) {
    const std::size_t most = random() % 4 == 0 ? 3 * kBlock : 9000;
    const std::size_t size = std::min<std::size_t>(text.size(), random() % most);
    writer.Write(text.substr(0, size));
    text.remove_prefix(size);
  }
  writer.Close();
}

TEST(FileWriterTest, WritesFilesOfAnySize) {
  const test::TemporaryFolder folder;
  unsigned seed = 20261126;
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, kBlock - 1, kBlock, kBlock + 1,
                                 3 * kBlock + 4097, (FileWriter::kMostUnderWay + 5) * kBlock}) {
    SCOPED_TRACE(std::to_string(size) + " bytes, seed " + std::to_string(++seed));
    const std::string text = RandomText(size, seed);
    WriteInPieces(folder / "large", text, seed);
    EXPECT_TRUE(test::Contents(folder / "large") == text);
  }
}

// In memory there is no disk to write to directly.
TEST(FileWriterTest, WritesWhereNothingCanBeDirect) {
  const fs::path memory = "/dev/shm";
  if (!fs::is_directory(memory)) GTEST_SKIP() << "no file system in memory";
  const fs::path path = memory / ("dijia-file-writer-" + std::to_string(::getpid()));
  const std::string text = RandomText(2 * kBlock + 5, 7);
  WriteInPieces(path, text, 7);
  EXPECT_TRUE(test::Contents(path) == text);
  fs::remove(path);
}

// A disk that becomes full within a block, at its end, or in the rest of the file.
TEST(FileWriterTest, SaysThatThereIsNoRoom) {
  const test::TemporaryFolder folder;
  const std::string text = RandomText(2 * kBlock + 100, 3);
  for (const std::size_t room : {kBlock / 2, kBlock + 4096, 2 * kBlock, 2 * kBlock + 99}) {
    SCOPED_TRACE(room);
    const test::FileLimit limit(room);
    EXPECT_THROW(WriteInPieces(folder / "large", text, 3), FileError);
    EXPECT_LE(fs::file_size(folder / "large"), room);
  }
}

}  // namespace
}  // namespace dijia::io
