#include "gram.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "dijia/parallel.h"
#include "native_vector.h"

namespace dijia {
namespace {

constexpr std::size_t kLanes = 8;
constexpr std::size_t kBlock = 128;    // rows packed at a time; stays in the first-level cache
constexpr std::size_t kChunk = 16384;  // rows of one task; a multiple of kBlock

std::size_t TriangleSize(std::size_t n) { return n * (n + 1) / 2; }

// Where the next block lies in memory: each tile fetches one column of it while it computes, which
// hides the memory behind the arithmetic.
struct Ahead {
  const double* x = nullptr;
  const double* y = nullptr;
  std::size_t rows = 0, columns = 0;

  const double* Column(std::size_t index) const { return index < columns ? x + index * rows : y; }
};

Ahead AheadOf(const TallDesign& design, std::size_t row) {
  const std::size_t next = row + 2 * kBlock <= design.x.rows ? row + kBlock : row;
  return {design.x.values.data() + next, design.y.data() + next, design.x.rows, design.x.columns};
}

// Adds the products of kRows columns at `a` with kColumns columns at `b` (all of kBlock rows, one
// after the other) to the lane sums at `sums[i] + j · kLanes`. On the diagonal a = b and only
// j <= i is made. `ahead` points to kBlock numbers that are needed soon.
template <std::size_t kWidth, std::size_t kRows, std::size_t kColumns, bool kDiagonal>
DIJIA_ALWAYS_INLINE void AddTile(const double* a, const double* b, double* const* sums,
                                 const double* ahead) {
  for (std::size_t part = 0; part < kLanes; part += kWidth) {
    Native<kWidth> total[kRows][kColumns];
#pragma GCC unroll 4
    for (std::size_t i = 0; i < kRows; ++i) {
#pragma GCC unroll 4
      for (std::size_t j = 0; j < (kDiagonal ? i + 1 : kColumns); ++j) {
        Load(total[i][j], sums[i] + j * kLanes + part);
      }
    }
    for (std::size_t row = part; row < kBlock; row += kLanes) {
      if (part == 0) __builtin_prefetch(ahead + row);
      Native<kWidth> right[kColumns];
#pragma GCC unroll 4
      for (std::size_t j = 0; j < kColumns; ++j) Load(right[j], b + j * kBlock + row);
#pragma GCC unroll 4
      for (std::size_t i = 0; i < kRows; ++i) {
        Native<kWidth> left;
        Load(left, a + i * kBlock + row);
#pragma GCC unroll 4
        for (std::size_t j = 0; j < (kDiagonal ? i + 1 : kColumns); ++j) {
          total[i][j] += left * right[j];
        }
      }
    }
#pragma GCC unroll 4
    for (std::size_t i = 0; i < kRows; ++i) {
#pragma GCC unroll 4
      for (std::size_t j = 0; j < (kDiagonal ? i + 1 : kColumns); ++j) {
        Store(sums[i] + j * kLanes + part, total[i][j]);
      }
    }
  }
}

// One row of tiles: columns [first, first + kRows) against all before and themselves.
template <std::size_t kWidth, std::size_t kTile, std::size_t kRows>
DIJIA_ALWAYS_INLINE void AddTileRow(const double* packed, std::size_t first, double* lanes,
                                    const Ahead& ahead) {
  std::size_t tile = first / kTile * (first / kTile + 1) / 2;  // tiles before this row
  double* sums[kRows];
  for (std::size_t left = 0; left < first; left += kTile) {
    for (std::size_t i = 0; i < kRows; ++i) {
      sums[i] = lanes + (TriangleSize(first + i) + left) * kLanes;
    }
    AddTile<kWidth, kRows, kTile, false>(packed + first * kBlock, packed + left * kBlock, sums,
                                         ahead.Column(tile++));
  }
  for (std::size_t i = 0; i < kRows; ++i) {
    sums[i] = lanes + (TriangleSize(first + i) + first) * kLanes;
  }
  AddTile<kWidth, kRows, kRows, true>(packed + first * kBlock, packed + first * kBlock, sums,
                                      ahead.Column(tile));
}

// Adds the cross products of the first `columns` packed columns to the lane sums.
template <std::size_t kWidth, std::size_t kTile>
DIJIA_ALWAYS_INLINE void AddCrossProducts(const double* packed, std::size_t columns, double* lanes,
                                          const Ahead& ahead) {
  std::size_t first = 0;
  for (; first + kTile <= columns; first += kTile) {
    AddTileRow<kWidth, kTile, kTile>(packed, first, lanes, ahead);
  }
  if constexpr (kTile == 4) {
    if (columns - first == 3) AddTileRow<kWidth, kTile, 3>(packed, first, lanes, ahead);
  }
  if (columns - first == 2) AddTileRow<kWidth, kTile, 2>(packed, first, lanes, ahead);
  if (columns - first == 1) AddTileRow<kWidth, kTile, 1>(packed, first, lanes, ahead);
}

// Copies rows [first, first + count) as √w · [1, x − shift, y − shift] into columns of kBlock rows
// padded with zeros.
DIJIA_ALWAYS_INLINE void Pack(const TallDesign& design, std::size_t first, std::size_t count,
                              double* packed) {
  double* out = packed;
  const double* root = design.root_weights.empty() ? nullptr : design.root_weights.data() + first;
  if (design.intercept) {
    for (std::size_t i = 0; i < count; ++i) out[i] = root != nullptr ? root[i] : 1.0;
    std::fill(out + count, out + kBlock, 0.0);
    out += kBlock;
  }
  for (std::size_t j = 0; j <= design.x.columns; ++j, out += kBlock) {
    const bool response = j == design.x.columns;
    const double* in =
        (response ? design.y.data() : design.x.values.data() + j * design.x.rows) + first;
    const double shift = response ? design.response_shift : design.shifts[j];
    for (std::size_t i = 0; i < count; ++i) out[i] = in[i] - shift;
    if (root != nullptr) {
      for (std::size_t i = 0; i < count; ++i) out[i] *= root[i];
    }
    std::fill(out + count, out + kBlock, 0.0);
  }
}

double SumOfLanes(const double* lanes) {
  return ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6])) +
         ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]));
}

// The work of one task: rows [first, last) in blocks.
struct Chunk {
  const TallDesign* design = nullptr;
  std::size_t first = 0, last = 0;
};

// What the second reading needs and where it leaves its lane sums.
struct ResidualTask {
  Chunk chunk;
  const double* coefficients = nullptr;
  MeatKind kind = MeatKind::kNone;
  const double* lower_factor = nullptr;
  double* packed = nullptr;     // columns + 1 columns
  double* leverages = nullptr;  // scratch of columns + 1 columns, for leverages
  double* lanes = nullptr;      // squares, score of each column, then the triangle of the meat
};

// Lane sums of Σ a b over one block.
DIJIA_ALWAYS_INLINE void AddDot(const double* a, const double* b, double* lanes) {
  double total[kLanes];
  for (std::size_t lane = 0; lane < kLanes; ++lane) total[lane] = lanes[lane];
  for (std::size_t row = 0; row < kBlock; row += kLanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) total[lane] += a[row + lane] * b[row + lane];
  }
  for (std::size_t lane = 0; lane < kLanes; ++lane) lanes[lane] = total[lane];
}

// Response − Σ coefficient · column, for one block.
template <std::size_t kWidth>
DIJIA_ALWAYS_INLINE void SubtractFit(const double* packed, const double* coefficients,
                                     std::size_t columns, double* residuals) {
  for (std::size_t row = 0; row < kBlock; row += 2 * kWidth) {
    Native<kWidth> left, right, left_column, right_column;
    Load(left, residuals + row);
    Load(right, residuals + row + kWidth);
    for (std::size_t j = 0; j < columns; ++j) {
      Load(left_column, packed + j * kBlock + row);
      Load(right_column, packed + j * kBlock + row + kWidth);
      left -= coefficients[j] * left_column;
      right -= coefficients[j] * right_column;
    }
    Store(residuals + row, left);
    Store(residuals + row + kWidth, right);
  }
}

// Divides the residuals by √(1 − h) or 1 − h; h is the squared length of L⁻¹z, made column by
// column for the whole block.
DIJIA_ALWAYS_INLINE void DivideByLeverage(const ResidualTask& task, std::size_t columns,
                                          double* residuals) {
  double* spare = task.leverages + columns * kBlock;
  std::fill(spare, spare + kBlock, 0.0);
  for (std::size_t j = 0; j < columns; ++j) {
    double* solved = task.leverages + j * kBlock;
    std::copy(task.packed + j * kBlock, task.packed + (j + 1) * kBlock, solved);
    const double* factor = task.lower_factor + j * (j + 1) / 2;
    for (std::size_t k = 0; k < j; ++k) {
      const double* before = task.leverages + k * kBlock;
      for (std::size_t i = 0; i < kBlock; ++i) solved[i] -= factor[k] * before[i];
    }
    for (std::size_t i = 0; i < kBlock; ++i) {
      solved[i] /= factor[j];
      spare[i] += solved[i] * solved[i];
    }
  }
  const bool squared = task.kind == MeatKind::kOverLeverageSquared;
  for (std::size_t i = 0; i < kBlock; ++i) {
    residuals[i] /= squared ? 1.0 - spare[i] : std::sqrt(1.0 - spare[i]);
  }
}

template <std::size_t kWidth, std::size_t kTile>
DIJIA_ALWAYS_INLINE void CrossProductChunk(const Chunk& chunk, double* packed, double* lanes) {
  const std::size_t columns = chunk.design->columns() + 1;
  for (std::size_t row = chunk.first; row < chunk.last; row += kBlock) {
    Pack(*chunk.design, row, std::min(kBlock, chunk.last - row), packed);
    AddCrossProducts<kWidth, kTile>(packed, columns, lanes, AheadOf(*chunk.design, row));
  }
}

template <std::size_t kWidth, std::size_t kTile>
DIJIA_ALWAYS_INLINE void ResidualChunk(const ResidualTask& task) {
  const std::size_t columns = task.chunk.design->columns();
  double* residuals = task.packed + columns * kBlock;
  for (std::size_t row = task.chunk.first; row < task.chunk.last; row += kBlock) {
    Pack(*task.chunk.design, row, std::min(kBlock, task.chunk.last - row), task.packed);
    SubtractFit<kWidth>(task.packed, task.coefficients, columns, residuals);
    AddDot(residuals, residuals, task.lanes);
    for (std::size_t j = 0; j < columns; ++j) {
      AddDot(residuals, task.packed + j * kBlock, task.lanes + (1 + j) * kLanes);
    }
    if (task.kind == MeatKind::kNone) continue;
    if (task.kind != MeatKind::kSquaredResiduals) DivideByLeverage(task, columns, residuals);
    for (std::size_t j = 0; j < columns; ++j) {
      double* column = task.packed + j * kBlock;
      for (std::size_t i = 0; i < kBlock; ++i) column[i] *= residuals[i];
    }
    AddCrossProducts<kWidth, kTile>(task.packed, columns, task.lanes + (1 + columns) * kLanes,
                                    AheadOf(*task.chunk.design, row));
  }
}

void CrossProductBaseline(const Chunk& c, double* packed, double* lanes) {
  CrossProductChunk<2, 3>(c, packed, lanes);
}
DIJIA_TARGET_AVX2 void CrossProductAvx2(const Chunk& c, double* packed, double* lanes) {
  CrossProductChunk<4, 3>(c, packed, lanes);
}
DIJIA_TARGET_AVX512 void CrossProductAvx512(const Chunk& c, double* packed, double* lanes) {
  CrossProductChunk<8, 4>(c, packed, lanes);
}
void ResidualBaseline(const ResidualTask& task) { ResidualChunk<2, 3>(task); }
DIJIA_TARGET_AVX2 void ResidualAvx2(const ResidualTask& task) { ResidualChunk<4, 3>(task); }
DIJIA_TARGET_AVX512 void ResidualAvx512(const ResidualTask& task) { ResidualChunk<8, 4>(task); }

// Adds the totals of all chunks in their order.
std::vector<double> SumInOrder(const std::vector<std::vector<double>>& parts) {
  std::vector<double> sums(parts.empty() ? 0 : parts.front().size());
  for (const std::vector<double>& part : parts) {
    for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += part[i];
  }
  return sums;
}

std::vector<double> TotalsOfLanes(const std::vector<double>& lanes) {
  std::vector<double> totals(lanes.size() / kLanes);
  for (std::size_t i = 0; i < totals.size(); ++i) totals[i] = SumOfLanes(&lanes[i * kLanes]);
  return totals;
}

Chunk ChunkOf(const TallDesign& design, std::size_t index) {
  return {&design, index * kChunk, std::min(design.x.rows, (index + 1) * kChunk)};
}

}  // namespace

std::vector<double> CrossProducts(const TallDesign& design, const Work& work) {
  const std::size_t columns = design.columns() + 1;
  std::vector<std::vector<double>> parts((design.x.rows + kChunk - 1) / kChunk);
  ForEachIndex(parts.size(), work.threads, [&](std::size_t index) {
    std::vector<double> packed(columns * kBlock);
    std::vector<double> lanes(TriangleSize(columns) * kLanes);
    ForLevel(work.level, CrossProductBaseline, CrossProductAvx2, CrossProductAvx512)(
        ChunkOf(design, index), packed.data(), lanes.data());
    parts[index] = TotalsOfLanes(lanes);
  });
  return SumInOrder(parts);
}

ResidualSums SumResiduals(const TallDesign& design, std::span<const double> coefficients,
                          MeatKind kind, std::span<const double> lower_factor, const Work& work) {
  const std::size_t columns = design.columns();
  const std::size_t triangle = kind == MeatKind::kNone ? 0 : TriangleSize(columns);
  std::vector<std::vector<double>> parts((design.x.rows + kChunk - 1) / kChunk);
  ForEachIndex(parts.size(), work.threads, [&](std::size_t index) {
    std::vector<double> packed((columns + 1) * kBlock);
    std::vector<double> leverages((columns + 1) * kBlock);
    std::vector<double> lanes((1 + columns + triangle) * kLanes);
    const ResidualTask task{
        ChunkOf(design, index), coefficients.data(), kind,        lower_factor.data(),
        packed.data(),          leverages.data(),    lanes.data()};
    ForLevel(work.level, ResidualBaseline, ResidualAvx2, ResidualAvx512)(task);
    parts[index] = TotalsOfLanes(lanes);
  });
  const std::vector<double> sums = SumInOrder(parts);
  ResidualSums out;
  if (sums.empty()) return out;
  const auto score_end = sums.begin() + 1 + static_cast<std::ptrdiff_t>(columns);
  out.squares = sums.front();
  out.score.assign(sums.begin() + 1, score_end);
  out.meat.assign(score_end, sums.end());
  return out;
}

}  // namespace dijia
