#include "app/block_file.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "dijia/base/sha256.h"
#include "dijia/parallel.h"
#include "io/file_text.h"

namespace dijia::app {

io::FileFingerprint WriteBlocks(const std::filesystem::path& file, std::size_t count,
                                unsigned threads,
                                const std::function<void(std::size_t, CsvText&)>& make) {
  // While one wave of blocks is made, the one before it is hashed and written: two tasks that each
  // keep their own order, beside the tasks that make blocks.
  const std::size_t wave = std::min<std::size_t>(count, std::size_t{4} * ThreadCount(threads));
  std::vector<CsvText> made(wave), ready(wave);
  std::size_t ready_count = 0;
  io::FileFingerprint fingerprint;
  Sha256 sha256;
  io::Descriptor descriptor = io::CreateFile(file);
  for (std::size_t first = 0; first < count + wave; first += wave) {
    const std::size_t making = first < count ? std::min(wave, count - first) : 0;
    ForEachIndex(making + 2, threads, [&](std::size_t task) {
      if (task >= 2) {
        made[task - 2].clear();
        make(first + task - 2, made[task - 2]);
        return;
      }
      for (std::size_t i = 0; i < ready_count; ++i) {
        const std::string_view bytes = ready[i].view();
        if (task == 0) {
          sha256.Update(bytes);
        } else {
          io::WriteAll(descriptor, bytes, file);
          fingerprint.bytes += bytes.size();
        }
      }
    });
    std::swap(made, ready);
    ready_count = making;
    if (wave == 0) break;
  }
  io::CloseFile(descriptor, file);
  fingerprint.sha256 = sha256.Hex();
  return fingerprint;
}

}  // namespace dijia::app
