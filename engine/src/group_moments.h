// Counts, means and centred cross products of the rows of each group, from one reading of a tall
// table in any order of groups.
#pragma once

#include <Eigen/Dense>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "dijia/matrix_view.h"
#include "gram.h"

namespace dijia {

struct GroupMoments {
  double count = 0.0;
  Eigen::VectorXd means;  // of the columns of x
  double y_mean = 0.0;
  Eigen::MatrixXd xx;  // Σ (x − mean)(x − mean)ᵀ
  Eigen::VectorXd xy;  // Σ (x − mean)(y − mean)
  double yy = 0.0;     // Σ (y − mean)²
};

// Preconditions: groups in [0, group_count), sizes agree. Numbers that are not finite show up in
// the moments of their group.
std::vector<GroupMoments> MomentsByGroup(const ColumnMajorView& x, std::span<const double> y,
                                         std::span<const std::int32_t> groups,
                                         std::size_t group_count, const Work& work);

}  // namespace dijia
