// A regular file that is written from its beginning to its end and may become very large.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <deque>
#include <filesystem>
#include <future>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "io/descriptor.h"

namespace dijia::io {

// Whole blocks go past the page cache where the file system can do that (O_DIRECT), while the next
// ones are filled: a file of gigabytes then drives nothing out of memory and does not wait for new
// pages, which costs more than the writing. The rest at the end, and with it every small file, goes
// through the cache.
class FileWriter {
 public:
  static constexpr std::size_t kBlock = 1U << 20U;
  static constexpr std::size_t kMostUnderWay = 16;  // blocks

  // Of a file that is empty; `named` in errors.
  FileWriter(Descriptor descriptor, std::filesystem::path named)
      : descriptor_(std::move(descriptor)), named_(std::move(named)) {}
  ~FileWriter();
  FileWriter(const FileWriter&) = delete;
  FileWriter& operator=(const FileWriter&) = delete;

  // Throws FileError, which may be that of bytes written before.
  void Write(std::string_view bytes);
  // Writes what is held back. Throws FileError.
  void Close();

 private:
  struct Free {
    void operator()(char* memory) const { std::free(memory); }
  };
  using Block = std::unique_ptr<char[], Free>;
  // A block that is being written, in its turn.
  struct UnderWay {
    Block block;
    std::uint64_t at = 0;  // place in the file
    std::shared_future<ssize_t> written;
  };

  Block NewBlock();
  void WriteBlock();
  void Settle();
  void WriteThroughCache(std::string_view bytes, std::uint64_t at);

  Descriptor descriptor_;
  std::filesystem::path named_;
  std::vector<Block> free_;
  std::deque<UnderWay> under_way_;
  Block filling_;
  std::size_t held_ = 0;       // bytes of the block that is being filled
  std::uint64_t at_ = 0;       // its place in the file
  bool may_be_direct_ = true;  // nothing has shown yet that it cannot be
};

}  // namespace dijia::io
