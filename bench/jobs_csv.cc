// J13: a 10M x 15 CSV file of parcels into columns, exact decimals where it has decimals.
#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "io/csv.h"
#include "job.h"

namespace dijia::bench {
namespace {

std::vector<io::CsvSchemaColumn> ParcelColumns() {
  using enum io::CsvType;
  std::vector<io::CsvSchemaColumn> columns{
      {"id", kInt64, 0},  {"use", kInt32, 0},  {"grade", kInt32, 0}, {"area", kInt64, 2},
      {"far", kInt64, 3}, {"term", kInt64, 2}, {"month", kInt32, 0}};
  for (int k = 1; k <= 6; ++k) columns.push_back({"k" + std::to_string(k), kInt64, 4});
  columns.push_back({"dev", kInt64, 2});
  columns.push_back({"paid", kInt64, 2});
  return columns;
}

}  // namespace

Run PrepareCsv(const Arrays& arrays) {
  const std::filesystem::path file = arrays.ParcelsCsv();
  return [file](unsigned threads) {
    io::CsvOptions options;
    options.threads = threads;
    auto bytes = io::ByteSource::Open(file);
    if (!bytes) return std::string("[]");
    const auto read = io::ReadCsv(*std::move(bytes), ParcelColumns(), options);
    if (!read) return std::string("[]");
    std::int64_t area = 0;
    for (const std::int64_t hundredths : std::get<std::vector<std::int64_t>>(read->columns[3])) {
      area += hundredths;
    }
    return CheckOf({static_cast<double>(read->rows), static_cast<double>(area) / 100.0});
  };
}

}  // namespace dijia::bench
