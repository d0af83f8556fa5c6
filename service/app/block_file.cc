#include "app/block_file.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "dijia/base/sha256.h"
#include "dijia/parallel.h"
#include "io/file_text.h"
#include "io/file_writer.h"

namespace dijia::app {
namespace {

// A file that is hashed by one task while another writes it.
class HashedFile {
 public:
  explicit HashedFile(const std::filesystem::path& file) : writer_(io::CreateFile(file), file) {}

  void Hash(std::span<const CsvText> texts) {
    for (const CsvText& text : texts) sha256_.Update(text.view());
  }
  void Write(std::span<const CsvText> texts) {
    for (const CsvText& text : texts) {
      writer_.Write(text.view());
      bytes_ += text.view().size();
    }
  }
  io::FileFingerprint Close() {
    writer_.Close();
    return {bytes_, sha256_.Hex()};
  }

 private:
  io::FileWriter writer_;
  Sha256 sha256_;
  std::uint64_t bytes_ = 0;
};

}  // namespace

io::FileFingerprint WriteBlocks(const std::filesystem::path& file, std::size_t count,
                                unsigned threads,
                                const std::function<void(std::size_t, CsvText&)>& make) {
  // While one wave of blocks is made, the one before it is hashed and written: two tasks that each
  // keep their own order, beside the tasks that make blocks.
  const std::size_t wave = std::min<std::size_t>(count, std::size_t{4} * ThreadCount(threads));
  std::vector<CsvText> made(wave), ready(wave);
  std::size_t ready_count = 0;
  HashedFile out(file);
  for (std::size_t first = 0; first < count + wave; first += wave) {
    const std::size_t making = first < count ? std::min(wave, count - first) : 0;
    ForEachIndex(making + 2, threads, [&](std::size_t task) {
      const std::span<const CsvText> texts(ready.data(), ready_count);
      if (task == 0) return out.Hash(texts);
      if (task == 1) return out.Write(texts);
      made[task - 2].clear();
      make(first + task - 2, made[task - 2]);
    });
    std::swap(made, ready);
    ready_count = making;
    if (wave == 0) break;
  }
  return out.Close();
}

}  // namespace dijia::app
