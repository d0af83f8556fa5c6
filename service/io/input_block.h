// What one worker reads of an input at a time.
#pragma once

#include <cstddef>

#include "io/record_stream.h"

namespace dijia::io {

struct InputBlock {
  RecordPiece piece;                 // of texts
  std::size_t first = 0, count = 0;  // of what is held in memory
};

}  // namespace dijia::io
