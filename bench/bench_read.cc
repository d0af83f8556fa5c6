// Reads sample files into the table and does nothing else: what compute.py holds the whole
// computation against. bench_read REFERENCE_FOLDER FILE...
#include <filesystem>
#include <iostream>
#include <vector>

#include "io/samples.h"

int main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "usage: bench_read REFERENCE_FOLDER FILE...\n";
    return 2;
  }
  dijia::io::ReadSamplesOptions options;
  options.reference_folder = argv[1];
  const std::vector<std::filesystem::path> files(argv + 2, argv + argc);
  const auto input = dijia::io::ReadSamples(files, options);
  if (!input) {
    std::cerr << input.error().detail << '\n';
    return 3;
  }
  std::cout << input->table.size() << " rows, " << input->diagnostics.errors() << " errors\n";
  return input->diagnostics.has_errors() ? 1 : 0;
}
