// Exact order statistics of unsorted values in linear time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace dijia {

// Finds order statistics by counting values into equal cells between the smallest and the largest,
// then sorting only inside the cells that hold a wanted rank. Keeps its memory between calls.
class OrderStatistics {
 public:
  // out[i] = the value at ranks[i], counted from 0, of finite values; ranks ascend, are below
  // values.size() and as many as `out`. The values stay as they are.
  void Select(std::span<const double> values, std::span<const std::size_t> ranks,
              std::span<double> out);

  // The median of values that are not empty.
  double Median(std::span<const double> values);

 private:
  void SelectSmall(std::span<const std::size_t> ranks, std::size_t before, std::span<double> out);

  std::vector<std::uint32_t> counts_;
  std::vector<double> inside_;
};

}  // namespace dijia
