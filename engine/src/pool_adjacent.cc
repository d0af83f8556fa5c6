#include "pool_adjacent.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <utility>

#include "native_vector.h"

namespace dijia {
namespace {

// Lies below every level: merges with nothing.
constexpr Level kGuard{-std::numeric_limits<double>::infinity(), 1.0, 0};

// Levels so far, the last one on top.
class LevelStack {
 public:
  LevelStack() {
    levels_.reserve(64);
    levels_.push_back(kGuard);
  }
  // Adds the level behind the last one and pools until all levels rise.
  void Add(Level level) {
    while (levels_.back().Above(level)) {
      level.sum += levels_.back().sum;
      level.weight += levels_.back().weight;
      levels_.pop_back();
    }
    levels_.push_back(level);
  }
  std::vector<Level> Take() {
    levels_.erase(levels_.begin());
    return std::move(levels_);
  }

 private:
  std::vector<Level> levels_;
};

// Whether noisy values merge with the level before them is a coin toss that no processor foresees.
// Long inputs therefore go through several chunks at once, each a machine without branches that
// either pools its two last levels or takes the next value; chunks are pooled in order afterwards.
constexpr std::size_t kLanes = 4;
constexpr std::size_t kChunk = 2048;
constexpr std::size_t kGuards = 2;
// Fewer values left in a chunk than this are taken one by one.
constexpr std::size_t kFewest = 8;

using Pair = Native<2>;  // Σ w y, Σ w
using PairMask = std::int64_t __attribute__((vector_size(16)));

struct StackedPair {
  Pair level;
  std::size_t end;
};

struct Values {
  const double* y;
  const double* weights;  // null: all 1
  double sign;
};

template <bool kWeighted>
DIJIA_ALWAYS_INLINE void LoadPair(Pair& to, const Values& values, std::size_t i) {
  const double weight = kWeighted ? values.weights[i] : 1.0;
  to = Pair{values.sign * values.y[i] * weight, weight};
}

DIJIA_ALWAYS_INLINE void Choose(Pair& to, const PairMask& mask, const Pair& yes, const Pair& no) {
  to = reinterpret_cast<Pair>((reinterpret_cast<PairMask>(yes) & mask) |
                              (reinterpret_cast<PairMask>(no) & ~mask));
}

// One chunk being pooled. `last` and `before` are its two last levels; `before` also lies in the
// stack below `top`, and `last` comes to lie at `top`.
struct Lane {
  Pair last, before;
  StackedPair* top;
  std::size_t next, end;

  template <bool kWeighted>
  DIJIA_ALWAYS_INLINE void Start(const Values& values, StackedPair* stack, std::size_t first,
                                 std::size_t past) {
    before = Pair{kGuard.sum, kGuard.weight};
    for (std::size_t i = 0; i < kGuards; ++i) stack[i] = {before, 0};
    top = stack + kGuards;
    LoadPair<kWeighted>(last, values, first);
    next = first + 1;
    end = past;
  }

  // Lane 0: all ones when `before` lies above `last`.
  DIJIA_ALWAYS_INLINE void Compare(PairMask& mask) const {
    const Pair cross = before * __builtin_shufflevector(last, last, 1, 0);
    mask = cross > __builtin_shufflevector(cross, cross, 1, 0);
  }

  // Pools the two last levels or takes the next value. Precondition: next < end.
  template <bool kWeighted>
  DIJIA_ALWAYS_INLINE void Step(const Values& values) {
    PairMask above;
    Compare(above);
    const std::int64_t pools = above[0];  // 0 or −1
    const PairMask mask = __builtin_shufflevector(above, above, 0, 0);
    Pair value;
    LoadPair<kWeighted>(value, values, next);
    *top = {last, next};
    const Pair pooled = before + last;
    Choose(before, mask, top[-2].level, last);
    Choose(last, mask, pooled, value);
    top += 1 + 2 * pools;
    next += static_cast<std::size_t>(1 + pools);
  }

  // Takes the values that are left and puts the last level on the stack.
  template <bool kWeighted>
  void Finish(const Values& values) {
    while (true) {
      PairMask above;
      Compare(above);
      if (above[0] != 0) {
        last += before;
        --top;
        before = top[-1].level;
        continue;
      }
      *top++ = {last, next};
      if (next == end) return;
      before = last;
      LoadPair<kWeighted>(last, values, next++);
    }
  }
};

// Pools the kLanes chunks from `first` on, each in its own part of `stacks`.
template <bool kWeighted>
void PoolChunks(const Values& values, std::size_t first, std::span<StackedPair> stacks,
                std::array<std::span<const StackedPair>, kLanes>& pooled) {
  std::array<Lane, kLanes> lanes;
  constexpr std::size_t kStack = kChunk + kGuards;
  for (std::size_t l = 0; l < kLanes; ++l) {
    const std::size_t begin = first + l * kChunk;
    lanes[l].template Start<kWeighted>(values, &stacks[l * kStack], begin, begin + kChunk);
  }
  while (true) {
    std::size_t steps = kChunk;
    for (const Lane& lane : lanes) steps = std::min(steps, lane.end - lane.next);
    if (steps < kFewest) break;
    std::array<Lane, kLanes> moving = lanes;  // in registers
    for (std::size_t step = 0; step < steps; ++step) {
      for (Lane& lane : moving) lane.template Step<kWeighted>(values);
    }
    lanes = moving;
  }
  for (std::size_t l = 0; l < kLanes; ++l) {
    lanes[l].template Finish<kWeighted>(values);
    const StackedPair* const bottom = &stacks[l * kStack] + kGuards;
    pooled[l] = {bottom, static_cast<std::size_t>(lanes[l].top - bottom)};
  }
}

template <bool kWeighted>
std::vector<Level> LevelsOf(const Values& values, std::size_t size) {
  LevelStack levels;
  std::size_t i = 0;
  if (size >= kLanes * kChunk) {
    std::vector<StackedPair> stacks(kLanes * (kChunk + kGuards));
    std::array<std::span<const StackedPair>, kLanes> pooled;
    for (; size - i >= kLanes * kChunk; i += kLanes * kChunk) {
      PoolChunks<kWeighted>(values, i, stacks, pooled);
      for (const auto& chunk : pooled) {
        for (const StackedPair& one : chunk) levels.Add({one.level[0], one.level[1], one.end});
      }
    }
  }
  for (; i < size; ++i) {
    const double weight = kWeighted ? values.weights[i] : 1.0;
    levels.Add({values.sign * values.y[i] * weight, weight, i + 1});
  }
  return levels.Take();
}

}  // namespace

std::vector<Level> RisingLevels(std::span<const double> y, std::span<const double> weights,
                                double sign) {
  return weights.empty() ? LevelsOf<false>({y.data(), nullptr, sign}, y.size())
                         : LevelsOf<true>({y.data(), weights.data(), sign}, y.size());
}

}  // namespace dijia
