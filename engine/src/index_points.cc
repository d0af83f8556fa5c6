#include "index_points.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "dijia/base/codes.h"

namespace dijia {

std::optional<Error> CheckIds(std::span<const std::int32_t> ids, int count,
                              const std::string& what) {
  for (const std::int32_t id : ids) {
    if (id >= 0 && id < count) continue;
    return Error{Code::kNumberNotAllowed, what + " " + std::to_string(id) + ", 0 to " +
                                              std::to_string(count - 1) + " is allowed"};
  }
  return std::nullopt;
}

std::vector<Neighbours> NeighboursOf(const std::vector<bool>& estimated) {
  const std::size_t n = estimated.size();
  std::vector<Neighbours> out(n);
  const std::size_t none = n;
  std::size_t earlier = none;
  std::size_t later = 0;
  for (std::size_t t = 0; t < n; ++t) {
    if (estimated[t]) {
      earlier = t;
      out[t] = {t, t, 0.0, IndexPointKind::kEstimated};
      continue;
    }
    later = std::max(later, t + 1);
    while (later < n && !estimated[later]) ++later;
    if (earlier == none || later == n) {
      const std::size_t only = earlier == none ? later : earlier;
      out[t] = {only, only, 0.0, IndexPointKind::kExtended};
      continue;
    }
    const double share = static_cast<double>(t - earlier) / static_cast<double>(later - earlier);
    out[t] = {earlier, later, share, IndexPointKind::kInterpolated};
  }
  return out;
}

void FillGaps(const std::vector<bool>& estimated, std::vector<IndexPoint>& points) {
  const std::vector<Neighbours> neighbours = NeighboursOf(estimated);
  for (std::size_t t = 0; t < points.size(); ++t) {
    const Neighbours& from = neighbours[t];
    points[t].kind = from.kind;
    if (from.kind == IndexPointKind::kEstimated) continue;
    const IndexPoint& earlier = points[from.earlier];
    const IndexPoint& later = points[from.later];
    points[t].log_index = earlier.log_index + from.share * (later.log_index - earlier.log_index);
    points[t].standard_error =
        earlier.standard_error + from.share * (later.standard_error - earlier.standard_error);
  }
}

PeriodGroups::PeriodGroups(std::size_t periods) : parent_(periods) {
  std::iota(parent_.begin(), parent_.end(), std::size_t{0});
}

void PeriodGroups::Join(std::size_t a, std::size_t b) {
  const std::size_t first = GroupOf(a);
  const std::size_t second = GroupOf(b);
  parent_[std::max(first, second)] = std::min(first, second);
}

std::size_t PeriodGroups::GroupOf(std::size_t period) {
  while (parent_[period] != period) {
    parent_[period] = parent_[parent_[period]];
    period = parent_[period];
  }
  return period;
}

}  // namespace dijia
