// Long columns on large pages of memory.
#pragma once

#include <cstddef>
#include <vector>

namespace dijia::io {

// Asks the system to put memory that is not touched yet on large pages. Only speed depends on it:
// small pages cost a fault for every 4 KiB, more than it takes to fill them. Blocks of a few MiB
// and systems without large pages are left alone.
void AdviseLargePages(void* begin, std::size_t bytes);

// A new column of `size` value-initialised elements.
template <class T>
std::vector<T> LongColumn(std::size_t size) {
  std::vector<T> column;
  column.reserve(size);
  AdviseLargePages(column.data(), size * sizeof(T));
  column.resize(size);
  return column;
}

}  // namespace dijia::io
