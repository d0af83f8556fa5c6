// Writes a large file of sale records in canonical columns, for measuring reading and computing:
// make_samples ROWS FILE. The same rows on every machine. 10,000,000 rows are about 1 GB.
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

namespace {

// Uniform number `stream` of a row, in [0, 2^32).
std::uint64_t Draw(std::uint64_t row, std::uint64_t stream) {
  std::uint64_t bits = row * 0x9e3779b97f4a7c15 + stream * 0xd1342543de82ef95;
  bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9;
  bits = (bits ^ (bits >> 27)) * 0x94d049bb133111eb;
  return (bits ^ (bits >> 31)) >> 32;
}

int Below(std::uint64_t row, std::uint64_t stream, int count) {
  return static_cast<int>(Draw(row, stream) * static_cast<std::uint64_t>(count) >> 32);
}

double Share(std::uint64_t row, std::uint64_t stream) {
  return static_cast<double>(Draw(row, stream)) * 0x1p-32;
}

struct Use {
  const char* name;
  int term;
  double price, far;
};
constexpr Use kUses[] = {{"其他商服用地", 40, 3200, 2.0},
                         {"城镇住宅用地", 70, 2100, 1.8},
                         {"工业用地", 50, 288, 1.0},
                         {"科教用地", 50, 720, 1.2}};
constexpr const char* kLevels[] = {"三通一平", "五通一平", "五通一平", "五通一平", "七通一平"};
constexpr const char* kMethods[] = {"挂牌出让", "挂牌出让", "挂牌出让", "拍卖出让", "招标出让"};

// One line; all rows are in county 000000, in three areas, four uses and five grades.
int WriteRow(char* out, std::size_t room, std::uint64_t row) {
  const Use& use = kUses[Below(row, 0, 4)];
  const int grade = 1 + Below(row, 1, 5);
  const double error =
      Share(row, 2) + Share(row, 3) + Share(row, 4) - 1.5;  // standard deviation 0.5
  const double slip = Share(row, 5) < 0.02 ? 5.0 : 1.0;
  const double price = use.price * std::pow(0.75, grade - 1) * std::exp(0.3 * error) * slip;
  static constexpr const char* kAreas[] = {"城区", "甲镇", "乙镇"};
  const int far_hundredths = 50 + static_cast<int>(use.far * 100.0 * Share(row, 6) * 1.5);
  return std::snprintf(out, room,
                       "S%08llu,000000,%s,,%s,,%d,transfer,20%02d-%02d-%02d,%.2f,yuan_per_sqm,%d.%"
                       "02d,%d.%02d,%d,%s,,"
                       "%s,,,,\n",
                       static_cast<unsigned long long>(row + 1), kAreas[Below(row, 7, 3)], use.name,
                       grade, 20 + Below(row, 8, 5), 1 + Below(row, 9, 12), 1 + Below(row, 10, 28),
                       price, 500 + Below(row, 11, 40'000), Below(row, 12, 100),
                       far_hundredths / 100, far_hundredths % 100, use.term - Below(row, 13, 20),
                       kLevels[Below(row, 14, 5)], kMethods[Below(row, 15, 5)]);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fputs("usage: make_samples ROWS FILE\n", stderr);
    return 2;
  }
  const std::uint64_t rows = std::strtoull(argv[1], nullptr, 10);
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(argv[2], "wb"),
                                                             &std::fclose);
  if (file == nullptr) {
    std::perror(argv[2]);
    return 3;
  }
  std::string block =
      "sample_id,county,area,zone,use,sub_use,grade,kind,date,price,price_unit,area_sqm,far,"
      "term_years,development_level,circumstance_factor,method,land_class,x,y,note\n";
  for (std::uint64_t row = 0; row < rows; ++row) {
    char line[512];
    block.append(line, static_cast<std::size_t>(WriteRow(line, sizeof line, row)));
    if (block.size() < (1U << 20U) && row + 1 < rows) continue;
    if (std::fwrite(block.data(), 1, block.size(), file.get()) != block.size()) return 3;
    block.clear();
  }
  return 0;
}
