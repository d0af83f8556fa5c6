#include "cells.h"

#include <algorithm>
#include <string_view>
#include <tuple>

#include "dijia/normalise.h"
#include "dijia/parallel.h"

namespace dijia {
namespace {

constexpr std::size_t kBlockRows = 65'536;

std::uint64_t Pack(const CellKey& key) {
  return std::uint64_t{key.county} << 48 | std::uint64_t{key.area} << 32 |
         std::uint64_t{key.sub_use} << 16 | std::uint64_t{static_cast<std::uint8_t>(key.use)} << 8 |
         key.grade;
}

CellKey Unpack(std::uint64_t packed) {
  return {.county = static_cast<std::uint16_t>(packed >> 48),
          .area = static_cast<std::uint16_t>(packed >> 32),
          .sub_use = static_cast<std::uint16_t>(packed >> 16),
          .use = static_cast<LandUse>(static_cast<std::uint8_t>(packed >> 8)),
          .grade = static_cast<std::uint8_t>(packed)};
}

CellKey PlaceOf(const CellKey& key) { return {.county = key.county, .area = key.area}; }

// Numbers keys 0, 1, 2, … in the order in which they are met. Few keys, many look-ups.
class Numbering {
 public:
  std::uint32_t NumberOf(std::uint64_t key) {
    if (!keys_.empty() && key == keys_[latest_]) return latest_;
    if (keys_.size() * 2 >= slots_.size()) Grow();
    std::size_t slot = SlotOf(key);
    if (slots_[slot] == kEmpty) {
      slots_[slot] = static_cast<std::uint32_t>(keys_.size());
      keys_.push_back(key);
    }
    return latest_ = slots_[slot];
  }
  const std::vector<std::uint64_t>& keys() const { return keys_; }

 private:
  static constexpr std::uint32_t kEmpty = 0xffffffffU;

  std::size_t SlotOf(std::uint64_t key) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t slot = (key * 0x9e3779b97f4a7c15ULL >> 32) & mask;
    while (slots_[slot] != kEmpty && keys_[slots_[slot]] != key) slot = (slot + 1) & mask;
    return slot;
  }
  void Grow() {
    slots_.assign(std::max<std::size_t>(64, slots_.size() * 4), kEmpty);
    for (std::size_t i = 0; i < keys_.size(); ++i) {
      slots_[SlotOf(keys_[i])] = static_cast<std::uint32_t>(i);
    }
  }

  std::vector<std::uint64_t> keys_;
  std::vector<std::uint32_t> slots_;
  std::uint32_t latest_ = 0;  // the number asked for last: rows of one key often follow each other
};

// True for rows that show that their place is one of the plan's, even when they are left out.
bool ShowsPlace(const SampleTable& samples, const PlanRules& rules, std::size_t row) {
  return samples.fate[row] != Fate::kUnreadable &&
         rules.IsCountyOfPlan(rules.CountyOf(samples, row)) &&
         rules.IsAreaOfPlan(rules.AreaOf(samples, row));
}

// The keys of one block of rows, and the places of its rows without a cell; `cell` gets the block's
// own numbers.
struct BlockKeys {
  Numbering cells, places;
};

void NumberBlock(const SampleTable& samples, const PlanRules& rules, std::size_t first,
                 std::span<std::uint32_t> cell, BlockKeys& found) {
  for (std::size_t i = 0; i < cell.size(); ++i) {
    const std::size_t row = first + i;
    cell[i] = Normalizer::kNoCell;
    if (samples.fate[row] == Fate::kUsed) {
      cell[i] = found.cells.NumberOf(Pack(KeyOf(samples, rules, row)));
    } else if (ShowsPlace(samples, rules, row)) {
      found.places.NumberOf(
          Pack({.county = rules.CountyOf(samples, row), .area = rules.AreaOf(samples, row)}));
    }
  }
}

// Adds the planned grades of a use to each of its series in a place, or to the use as a whole where
// it has no samples there.
void AddPlanned(const UsePlan& use, std::uint64_t place, std::span<const CellKey> with_samples,
                Numbering& keys) {
  CellKey key = Unpack(place);
  key.use = use.use;
  bool found = false;
  const auto add_grades = [&] {
    for (const int grade : use.grades) {
      key.grade = static_cast<std::uint8_t>(grade);
      keys.NumberOf(Pack(key));
    }
  };
  for (const CellKey& other : with_samples) {
    if (other.county != key.county || other.area != key.area || other.use != key.use) continue;
    key.sub_use = other.sub_use;
    found = true;
    add_grades();
  }
  if (!found) add_grades();
}

// Every key of the blocks and every planned one, once, ascending by ComesBefore.
std::vector<CellKey> AllKeys(const SampleTable& samples, const PlanRules& rules,
                             std::span<const BlockKeys> blocks) {
  Numbering keys, places;
  for (const BlockKeys& block : blocks) {
    for (const std::uint64_t key : block.cells.keys()) {
      keys.NumberOf(key);
      places.NumberOf(Pack(PlaceOf(Unpack(key))));
    }
    for (const std::uint64_t place : block.places.keys()) places.NumberOf(place);
  }
  if (!rules.any_county() && places.keys().empty()) {
    places.NumberOf(Pack({.county = rules.county(), .area = rules.area()}));
  }
  std::vector<CellKey> with_samples;
  for (const std::uint64_t key : keys.keys()) with_samples.push_back(Unpack(key));
  for (const std::uint64_t place : places.keys()) {
    for (const UseRules& use : rules.uses()) AddPlanned(*use.plan, place, with_samples, keys);
  }
  std::vector<CellKey> sorted;
  for (const std::uint64_t key : keys.keys()) sorted.push_back(Unpack(key));
  std::sort(sorted.begin(), sorted.end(),
            [&](const CellKey& a, const CellKey& b) { return ComesBefore(samples, a, b); });
  return sorted;
}

}  // namespace

CellKey KeyOf(const SampleTable& samples, const PlanRules& rules, std::size_t row) {
  return {.county = rules.CountyOf(samples, row),
          .area = rules.AreaOf(samples, row),
          .sub_use = rules.plan().split_sub_uses ? samples.sub_use[row] : std::uint16_t{0},
          .use = static_cast<LandUse>(samples.use[row]),
          .grade = samples.grade[row]};
}

bool ComesBefore(const SampleTable& samples, const CellKey& a, const CellKey& b) {
  const auto order = [&](const CellKey& key) {
    return std::tuple(std::string_view(samples.counties.Name(key.county)),
                      std::string_view(samples.areas.Name(key.area)), key.use,
                      std::string_view(samples.sub_uses.Name(key.sub_use)), key.grade);
  };
  return order(a) < order(b);
}

CellIndex IndexCells(const SampleTable& samples, const PlanRules& rules, unsigned threads) {
  const std::size_t blocks = (samples.size() + kBlockRows - 1) / kBlockRows;
  CellIndex index;
  index.cell.resize(samples.size());
  const auto rows_of = [&](std::size_t block) {
    const std::size_t first = block * kBlockRows;
    return std::span(index.cell).subspan(first, std::min(kBlockRows, samples.size() - first));
  };
  std::vector<BlockKeys> found(blocks);
  ForEachIndex(blocks, threads, [&](std::size_t block) {
    NumberBlock(samples, rules, block * kBlockRows, rows_of(block), found[block]);
  });
  index.keys = AllKeys(samples, rules, found);
  Numbering numbers;  // the final ones, because keys are met in their order
  for (const CellKey& key : index.keys) numbers.NumberOf(Pack(key));
  std::vector<std::vector<std::uint32_t>> final_of(blocks);
  for (std::size_t block = 0; block < blocks; ++block) {
    for (const std::uint64_t key : found[block].cells.keys()) {
      final_of[block].push_back(numbers.NumberOf(key));
    }
  }
  ForEachIndex(blocks, threads, [&](std::size_t block) {
    for (std::uint32_t& cell : rows_of(block)) {
      if (cell != Normalizer::kNoCell) cell = final_of[block][cell];
    }
  });
  return index;
}

}  // namespace dijia
