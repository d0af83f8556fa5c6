// What the estimated indices share: checks of ids, connected periods, and periods without sales.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "dijia/base/result.h"
#include "dijia/price_index.h"

namespace dijia {

// An error when an id is outside [0, count).
std::optional<Error> CheckIds(std::span<const std::int32_t> ids, int count,
                              const std::string& what);

// The neighbours a period without an estimate is read from: (1 − share) · earlier + share · later.
struct Neighbours {
  std::size_t earlier = 0, later = 0;
  double share = 0.0;
  IndexPointKind kind = IndexPointKind::kEstimated;
};

// For every period; an estimated one is its own neighbour. Precondition: at least one is estimated.
std::vector<Neighbours> NeighboursOf(const std::vector<bool>& estimated);

// Fills the periods without an estimate from their neighbours and marks them; standard errors are
// mixed as if the neighbours were perfectly correlated, the larger case.
void FillGaps(const std::vector<bool>& estimated, std::vector<IndexPoint>& points);

// Periods tied together by something sold in both: groups of comparable periods.
class PeriodGroups {
 public:
  explicit PeriodGroups(std::size_t periods);
  void Join(std::size_t a, std::size_t b);
  std::size_t GroupOf(std::size_t period);

 private:
  std::vector<std::size_t> parent_;
};

}  // namespace dijia
