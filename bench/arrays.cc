#include "arrays.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <numbers>
#include <utility>

namespace dijia::bench {
namespace {

// The k-th number of an array is a function of (array, k) alone.
double Uniform(std::uint64_t array, std::uint64_t k) {
  std::uint64_t bits = (array << 40) + k * 0x9e3779b97f4a7c15;
  bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9;
  bits = (bits ^ (bits >> 27)) * 0x94d049bb133111eb;
  return (static_cast<double>((bits ^ (bits >> 31)) >> 11) + 0.5) * 0x1p-53;
}

double Normal(std::uint64_t array, std::uint64_t k) {
  return std::sqrt(-2.0 * std::log(Uniform(array, 2 * k))) *
         std::cos(2.0 * std::numbers::pi * Uniform(array, 2 * k + 1));
}

// How an array is made: its length and the value at k.
struct Recipe {
  std::string_view name;
  std::size_t size;
  double (*value)(std::uint64_t k);
};

constexpr std::size_t kMillion = 1'000'000;

double SamplePrice(std::uint64_t k) {
  const double error = Uniform(19, k) + Uniform(20, k) + Uniform(21, k) - 1.5;
  const double slip = Uniform(22, k) < 0.02 ? 5.0 : 1.0;
  return 5000.0 * std::pow(0.985, std::floor(200.0 * Uniform(14, k))) * std::exp(0.4 * error) *
         slip;
}

double RegressionValue(std::uint64_t k) {  // column-major, 20 columns
  const std::uint64_t column = k / kMillion;
  return column < 10 ? Normal(40 + column, k % kMillion)
                     : (Normal(40 + column, k % kMillion) > 0.8 ? 1.0 : 0.0);
}

double RegressionResponse(std::uint64_t k) {
  double mean = 8.0;
  for (std::uint64_t column = 0; column < 20; ++column) {
    mean += (0.5 - static_cast<double>(column) / 19.0) * RegressionValue(column * kMillion + k);
  }
  return mean + 0.3 * Normal(61, k) * std::exp(0.2 * RegressionValue(k));
}

double FirstPeriod(std::uint64_t k) { return std::floor(119.0 * Uniform(71, k)); }
double SecondPeriod(std::uint64_t k) {
  const double first = FirstPeriod(k);
  return first + 1.0 + std::floor(Uniform(72, k) * (119.0 - first));
}
double LogRatio(std::uint64_t k) {
  const double gap = SecondPeriod(k) - FirstPeriod(k);
  return 0.004 * gap + Normal(73, k) * std::sqrt(0.02 + 0.0008 * gap);
}

const Recipe kRecipes[] = {
    {"p_use", 10 * kMillion, [](auto k) { return std::floor(4.0 * Uniform(0, k)); }},
    {"p_grade", 10 * kMillion, [](auto k) { return std::floor(8.0 * Uniform(1, k)); }},
    {"p_area", 10 * kMillion, [](auto k) { return 100.0 + 9900.0 * Uniform(2, k); }},
    {"p_far", 10 * kMillion, [](auto k) { return 0.5 + 5.5 * Uniform(3, k); }},
    {"p_term", 10 * kMillion, [](auto k) { return 5.0 + 65.0 * Uniform(4, k); }},
    {"p_month", 10 * kMillion, [](auto k) { return std::floor(120.0 * Uniform(5, k)); }},
    {"p_k1", 10 * kMillion, [](auto k) { return 0.16 * Uniform(6, k) - 0.08; }},
    {"p_k2", 10 * kMillion, [](auto k) { return 0.16 * Uniform(7, k) - 0.08; }},
    {"p_k3", 10 * kMillion, [](auto k) { return 0.16 * Uniform(8, k) - 0.08; }},
    {"p_k4", 10 * kMillion, [](auto k) { return 0.16 * Uniform(9, k) - 0.08; }},
    {"p_k5", 10 * kMillion, [](auto k) { return 0.16 * Uniform(10, k) - 0.08; }},
    {"p_k6", 10 * kMillion, [](auto k) { return 0.16 * Uniform(11, k) - 0.08; }},
    {"p_dev", 10 * kMillion, [](auto k) { return 300.0 * Uniform(12, k) - 150.0; }},
    {"p_paid", 10 * kMillion, [](auto k) { return 2000.0 * Uniform(13, k); }},
    {"s_group", 10 * kMillion, [](auto k) { return std::floor(200.0 * Uniform(14, k)); }},
    {"s_far", 10 * kMillion, [](auto k) { return 0.5 + 5.5 * Uniform(15, k); }},
    {"s_term", 10 * kMillion, [](auto k) { return 5.0 + 65.0 * Uniform(16, k); }},
    {"s_month", 10 * kMillion, [](auto k) { return std::floor(120.0 * Uniform(17, k)); }},
    {"s_dev", 10 * kMillion, [](auto k) { return 300.0 * Uniform(18, k) - 150.0; }},
    {"s_price", 10 * kMillion, SamplePrice},
    {"boot", 10'000,
     [](auto k) {
       return 3000.0 * std::pow(0.9, static_cast<double>(k / 200)) * std::exp(0.22 * Normal(30, k));
     }},
    {"dist", 250'000, [](auto k) { return Normal(31, k); }},
    {"iso_y", kMillion,
     [](auto k) { return std::log1p(1e-4 * static_cast<double>(k)) + 0.8 * Normal(32, k); }},
    {"iso_w", kMillion, [](auto k) { return 0.5 + 1.5 * Uniform(33, k); }},
    {"ols_X", 20 * kMillion, RegressionValue},
    {"ols_y", kMillion, RegressionResponse},
    {"ols_t", kMillion, [](auto k) { return std::floor(120.0 * Uniform(62, k)); }},
    {"rs_t1", kMillion / 2, FirstPeriod},
    {"rs_t2", kMillion / 2, SecondPeriod},
    {"rs_dy", kMillion / 2, LogRatio},
};

// One line of the parcels, with the decimals that the peers' file has.
int PrintParcel(char* out, std::size_t room, std::uint64_t k) {
  const auto below = [k](std::uint64_t array, int count) {
    return static_cast<int>(Uniform(array, k) * count);
  };
  int length = std::snprintf(out, room, "%llu,%d,%d,%.2f,%.3f,%.2f,%d",
                             static_cast<unsigned long long>(k + 1), below(80, 4), below(81, 8),
                             100 + 9900 * Uniform(82, k), 0.5 + 5.5 * Uniform(83, k),
                             5 + 65 * Uniform(84, k), below(85, 120));
  for (std::uint64_t factor = 86; factor < 92; ++factor) {
    length += std::snprintf(out + length, room - static_cast<std::size_t>(length), ",%.4f",
                            0.16 * Uniform(factor, k) - 0.08);
  }
  return length + std::snprintf(out + length, room - static_cast<std::size_t>(length),
                                ",%.2f,%.2f\n", 300 * Uniform(92, k) - 150, 2000 * Uniform(93, k));
}

void WriteParcels(const std::filesystem::path& file, std::uint64_t rows) {
  std::ofstream out(file, std::ios::binary);
  out << "id,use,grade,area,far,term,month,k1,k2,k3,k4,k5,k6,dev,paid\n";
  char line[256];
  for (std::uint64_t k = 0; k < rows; ++k) out.write(line, PrintParcel(line, sizeof line, k));
  if (!out.flush()) {
    std::cerr << "cannot write " << file << '\n';
    std::exit(3);
  }
}

template <class Number>
std::vector<Number> Read(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::vector<Number> values;
  std::error_code error;
  const auto bytes = std::filesystem::file_size(file, error);
  if (!error) values.resize(bytes / sizeof(Number));
  in.read(reinterpret_cast<char*>(values.data()),
          static_cast<std::streamsize>(values.size() * sizeof(Number)));
  if (!in || error) {
    std::cerr << "cannot read " << file << '\n';
    std::exit(3);
  }
  return values;
}

template <class Number>
std::vector<Number> Make(std::string_view name, double scale) {
  for (const Recipe& recipe : kRecipes) {
    if (recipe.name != name) continue;
    // Arrays with a fixed shape (columns, groups) keep it.
    const bool fixed = recipe.size < kMillion / 2 || name.starts_with("ols_");
    const double share = fixed ? 1.0 : scale;
    std::vector<Number> values(static_cast<std::size_t>(static_cast<double>(recipe.size) * share));
    for (std::size_t k = 0; k < values.size(); ++k) {
      values[k] = static_cast<Number>(recipe.value(k));
    }
    return values;
  }
  std::cerr << "no array " << name << '\n';
  std::exit(2);
}

}  // namespace

Arrays::Arrays(std::filesystem::path folder, double scale)
    : folder_(std::move(folder)),
      scale_(scale),
      from_peers_(!folder_.empty() && std::filesystem::exists(folder_ / "consts.json")) {}

double Arrays::IndexOf(int use, int month) {
  const double index = 1.0 + 0.004 * (119 - month) * (1.0 - 0.2 * use);
  return std::round(index * 1e6) / 1e6;
}

std::filesystem::path Arrays::ParcelsCsv() const {
  if (const auto peers = folder_ / "parcels.csv"; from_peers_ && std::filesystem::exists(peers)) {
    return peers;
  }
  const auto rows = static_cast<std::uint64_t>(10.0 * static_cast<double>(kMillion) * scale_);
  const auto folder = std::filesystem::temp_directory_path() / "dijia-bench";
  const auto file = folder / ("parcels-" + std::to_string(rows) + ".csv");
  if (std::filesystem::exists(file)) return file;
  std::filesystem::create_directories(folder);
  const auto part = std::filesystem::path(file) += ".part";
  WriteParcels(part, rows);
  std::filesystem::rename(part, file);
  return file;
}

std::vector<double> Arrays::Doubles(std::string_view name) const {
  if (!from_peers_) return Make<double>(name, scale_);
  return Read<double>(folder_ / std::string(name).append(".f64"));
}

std::vector<std::int32_t> Arrays::Integers(std::string_view name) const {
  if (!from_peers_) return Make<std::int32_t>(name, scale_);
  return Read<std::int32_t>(folder_ / std::string(name).append(".i32"));
}

std::vector<std::uint8_t> Arrays::Bytes(std::string_view name) const {
  if (!from_peers_) return Make<std::uint8_t>(name, scale_);
  return Read<std::uint8_t>(folder_ / std::string(name).append(".u8"));
}

}  // namespace dijia::bench
