// Writes a large file of sale records in canonical columns, for measuring reading and computing:
// make_samples ROWS FILE. Ten million rows are about 1.3 GB.
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>

#include "large_county.h"

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: make_samples ROWS FILE\n";
    return 2;
  }
  const std::uint64_t rows = std::strtoull(argv[1], nullptr, 10);
  std::ofstream out(argv[2], std::ios::binary);
  std::string block;
  dijia::bench::AppendLargeHeader(block);
  for (std::uint64_t row = 0; row < rows; ++row) {
    dijia::bench::AppendLargeRow(row, block);
    if (block.size() < (1U << 20U)) continue;
    out << block;
    block.clear();
  }
  out << block;
  if (!out.flush()) {
    std::cerr << argv[2] << " cannot be written\n";
    return 3;
  }
}
