// Large files from blocks that are made in parallel and written in order.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>

#include "app/csv_text.h"
#include "io/fingerprint.h"

namespace dijia::app {

// Writes `count` blocks, made by `make(index, text)` on up to `threads` threads, into `file` in
// order; the bytes are the same for any number of threads. Returns their fingerprint, which is
// taken on the way. Throws FileError.
io::FileFingerprint WriteBlocks(const std::filesystem::path& file, std::size_t count,
                                unsigned threads,
                                const std::function<void(std::size_t, CsvText&)>& make);

}  // namespace dijia::app
