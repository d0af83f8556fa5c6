#include "group_moments.h"

#include <algorithm>

#include "dijia/parallel.h"
#include "native_vector.h"

namespace dijia {
namespace {

constexpr std::size_t kBlock = 64;
constexpr std::size_t kChunk = 65536;
constexpr std::size_t kLanes = 8;
constexpr std::size_t kPilotRows = 4096;

// Rows [first, last) and the table of sums they go to: per group a square of `width` rows of
// `stride` numbers, the products of [1, x − shift, y − shift] with itself (lower part).
struct MomentTask {
  const ColumnMajorView* x = nullptr;
  const double* y = nullptr;
  const std::int32_t* groups = nullptr;
  const double* shifts = nullptr;  // columns of x, then y
  std::size_t first = 0, last = 0;
  std::size_t width = 0, stride = 0;
  double* rows = nullptr;  // kBlock rows of stride numbers
  double* sums = nullptr;
};

DIJIA_ALWAYS_INLINE void PackRows(const MomentTask& task, std::size_t first, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) task.rows[i * task.stride] = 1.0;
  for (std::size_t j = 0; j + 1 < task.width; ++j) {
    const bool response = j == task.x->columns;
    const double* in = response ? task.y + first : task.x->values.data() + j * task.x->rows + first;
    const double shift = task.shifts[j];
    double* out = task.rows + j + 1;
    for (std::size_t i = 0; i < count; ++i) out[i * task.stride] = in[i] - shift;
  }
}

// Adds row · rowᵀ to the sums of its group; lanes beyond the width hold zeros.
template <std::size_t kWidth>
DIJIA_ALWAYS_INLINE void AddRow(const double* row, double* sums, std::size_t width,
                                std::size_t stride) {
  for (std::size_t part = 0; part < width; part += kWidth) {
    Native<kWidth> right, sum;
    Load(right, row + part);
    double* to = sums + part;
    for (std::size_t i = part; i < width; ++i) {
      Load(sum, to + i * stride);
      sum += row[i] * right;
      Store(to + i * stride, sum);
    }
  }
}

template <std::size_t kWidth>
DIJIA_ALWAYS_INLINE void AddRows(const MomentTask& task) {
  for (std::size_t first = task.first; first < task.last; first += kBlock) {
    const std::size_t count = std::min(kBlock, task.last - first);
    PackRows(task, first, count);
    for (std::size_t i = 0; i < count; ++i) {
      const auto group = static_cast<std::size_t>(task.groups[first + i]);
      AddRow<kWidth>(task.rows + i * task.stride, task.sums + group * task.width * task.stride,
                     task.width, task.stride);
    }
  }
}

void AddRowsBaseline(const MomentTask& task) { AddRows<2>(task); }
DIJIA_TARGET_AVX2 void AddRowsAvx2(const MomentTask& task) { AddRows<4>(task); }
DIJIA_TARGET_AVX512 void AddRowsAvx512(const MomentTask& task) { AddRows<8>(task); }

double PilotMean(std::span<const double> values) {
  const std::size_t n = std::min(values.size(), kPilotRows);
  double sum = 0.0;
  for (std::size_t i = 0; i < n; ++i) sum += values[i];
  return n > 0 ? sum / static_cast<double>(n) : 0.0;
}

// From sums of shifted products to centred moments.
GroupMoments Centred(const double* sums, std::size_t stride, std::span<const double> shifts) {
  const std::size_t columns = shifts.size() - 1;
  const auto k = static_cast<Eigen::Index>(columns);
  GroupMoments out;
  out.count = sums[0];
  out.means = Eigen::VectorXd::Zero(k);
  out.xx = Eigen::MatrixXd::Zero(k, k);
  out.xy = Eigen::VectorXd::Zero(k);
  if (out.count == 0.0) return out;
  const auto total = [&](std::size_t i) { return sums[(i + 1) * stride]; };
  const auto centred = [&](std::size_t i, std::size_t j) {  // j <= i
    return sums[(i + 1) * stride + j + 1] - total(i) * total(j) / out.count;
  };
  for (std::size_t i = 0; i < columns; ++i) {
    const auto row = static_cast<Eigen::Index>(i);
    out.means(row) = shifts[i] + total(i) / out.count;
    out.xy(row) = centred(columns, i);
    for (std::size_t j = 0; j <= i; ++j) {
      const auto column = static_cast<Eigen::Index>(j);
      out.xx(row, column) = out.xx(column, row) = centred(i, j);
    }
  }
  out.y_mean = shifts[columns] + total(columns) / out.count;
  out.yy = centred(columns, columns);
  return out;
}

}  // namespace

std::vector<GroupMoments> MomentsByGroup(const ColumnMajorView& x, std::span<const double> y,
                                         std::span<const std::int32_t> groups,
                                         std::size_t group_count, const Work& work) {
  const std::size_t width = x.columns + 2;
  const std::size_t stride = (width + kLanes - 1) / kLanes * kLanes;
  std::vector<double> shifts;
  for (std::size_t j = 0; j < x.columns; ++j) shifts.push_back(PilotMean(x.Column(j)));
  shifts.push_back(PilotMean(y));
  std::vector<std::vector<double>> parts((x.rows + kChunk - 1) / kChunk);
  ForEachIndex(parts.size(), work.threads, [&](std::size_t index) {
    std::vector<double> rows(kBlock * stride);
    parts[index].resize(group_count * width * stride);
    const MomentTask task{&x,
                          y.data(),
                          groups.data(),
                          shifts.data(),
                          index * kChunk,
                          std::min(x.rows, (index + 1) * kChunk),
                          width,
                          stride,
                          rows.data(),
                          parts[index].data()};
    ForLevel(work.level, AddRowsBaseline, AddRowsAvx2, AddRowsAvx512)(task);
  });
  std::vector<double> sums(group_count * width * stride);
  for (const std::vector<double>& part : parts) {
    for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += part[i];
  }
  std::vector<GroupMoments> out;
  out.reserve(group_count);
  for (std::size_t group = 0; group < group_count; ++group) {
    out.push_back(Centred(&sums[group * width * stride], stride, shifts));
  }
  return out;
}

}  // namespace dijia
