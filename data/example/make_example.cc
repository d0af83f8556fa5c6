// Writes samples.csv and truth.csv of the example county into the folder given, or compares them
// with the files there: make_example DIR | make_example --compare DIR.
#include <cstdint>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>

#include "synthetic_county.h"

namespace {

constexpr std::uint64_t kSeed = 20250101;

bool Write(const std::string& path, const std::string& text) {
  std::ofstream out(path, std::ios::binary);
  out << text;
  return static_cast<bool>(out.flush());
}

bool IsSame(const std::string& path, const std::string& text) {
  std::ifstream in(path, std::ios::binary);
  const std::string there{std::istreambuf_iterator<char>(in), {}};
  return there == text;
}

}  // namespace

int main(int argc, char** argv) {
  const bool compare = argc == 3 && std::string_view(argv[1]) == "--compare";
  if (argc != 2 && !compare) {
    std::cerr << "usage: make_example [--compare] DIR\n";
    return 2;
  }
  const std::string folder = argv[argc - 1];
  const std::string samples = dijia::example::SamplesCsv(dijia::example::DrawCounty(kSeed));
  const std::string truth = dijia::example::TruthCsv();
  bool good = true;
  for (const auto& [name, text] :
       {std::pair<std::string, const std::string&>{"samples.csv", samples}, {"truth.csv", truth}}) {
    const std::string path = folder + "/" + name;
    const bool done = compare ? IsSame(path, text) : Write(path, text);
    if (!done)
      std::cerr << path
                << (compare ? ": differs from what the generator makes\n"
                            : ": cannot be written\n");
    good = good && done;
  }
  return good ? 0 : 1;
}
