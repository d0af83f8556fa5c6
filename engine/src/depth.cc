#include "dijia/depth.h"

namespace dijia {

std::vector<Depth::Row> FourThreeTwoOneRows() {
  constexpr std::int64_t kBands[] = {40, 30, 20, 10, 9, 8, 7, 6};
  constexpr std::int64_t kQuarter = Measure::kOne / 4;
  std::vector<Depth::Row> rows{{Measure(), Percent()}};
  for (const std::int64_t band : kBands) {
    const Depth::Row& last = rows.back();
    rows.push_back({last.at + Measure::FromUnits(kQuarter), last.percent + Percent::Of(band)});
  }
  return rows;
}

}  // namespace dijia
