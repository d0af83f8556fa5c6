// One output file, whole or not at all; devices and pipes as they are.
#include "io/output_file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "io/file_error.h"
#include "support/file_limit.h"

namespace dijia::io {
namespace {

namespace fs = std::filesystem;

class OutputFileTest : public testing::Test {
 protected:
  OutputFileTest()
      : folder_(fs::path(testing::TempDir()) / ("output_file_" + std::to_string(::getpid()))) {
    fs::create_directories(folder_);
  }
  ~OutputFileTest() override { fs::remove_all(folder_); }

  static std::string TextOf(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  fs::path folder_;
};

TEST_F(OutputFileTest, AppearsWhenItIsWhole) {
  const fs::path path = folder_ / "out.csv";
  std::ofstream(path) << "old";
  OutputFile file(path);
  file.Write("new");
  EXPECT_EQ(TextOf(path), "old");
  file.Commit();
  EXPECT_EQ(TextOf(path), "new");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), {}), 1);
}

TEST_F(OutputFileTest, LeavesTheOldFileWhenItIsNotCommitted) {
  const fs::path path = folder_ / "out.csv";
  std::ofstream(path) << "old";
  { OutputFile(path).Write("new"); }
  EXPECT_EQ(TextOf(path), "old");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), {}), 1);
}

// The last bytes are written when the file is committed: no room for them is an error there.
TEST_F(OutputFileTest, LeavesTheOldFileWhenThereIsNoRoomForTheNew) {
  const fs::path path = folder_ / "out.csv";
  std::ofstream(path) << "old";
  {
    const test::FileLimit limit(10);
    OutputFile file(path);
    file.Write("twelve bytes");
    EXPECT_THROW(file.Commit(), FileError);
  }
  EXPECT_EQ(TextOf(path), "old");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), {}), 1);
}

TEST_F(OutputFileTest, WritesIntoAPipeThatStaysOne) {
  const fs::path path = folder_ / "pipe";
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  const int reader = ::open(path.c_str(), O_RDONLY | O_NONBLOCK);
  ASSERT_GE(reader, 0);
  OutputFile file(path);
  file.Write("text");
  std::array<char, 16> bytes{};
  EXPECT_EQ(::read(reader, bytes.data(), bytes.size()), 4);
  EXPECT_STREQ(bytes.data(), "text");
  file.Commit();
  ::close(reader);
  EXPECT_TRUE(fs::is_fifo(path));
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), {}), 1);
}

TEST_F(OutputFileTest, LeavesAPipeWhenItIsNotCommitted) {
  const fs::path path = folder_ / "pipe";
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  const int reader = ::open(path.c_str(), O_RDONLY | O_NONBLOCK);
  { OutputFile(path).Write("text"); }
  ::close(reader);
  EXPECT_TRUE(fs::is_fifo(path));
}

}  // namespace
}  // namespace dijia::io
