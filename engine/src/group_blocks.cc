#include "group_blocks.h"

#include <algorithm>

#include "dijia/groups.h"
#include "dijia/parallel.h"

namespace dijia {
namespace {

// Blocks cost group_count counters each, so they grow with the table: at most 64 of them.
constexpr std::size_t kSmallestBlock = 65'536;
constexpr std::size_t kMostBlocks = 64;

std::size_t BlockSize(std::size_t row_count) {
  return std::max(kSmallestBlock, (row_count + kMostBlocks - 1) / kMostBlocks);
}

}  // namespace

std::size_t BlockCount(std::size_t row_count) {
  const std::size_t size = BlockSize(row_count);
  return (row_count + size - 1) / size;
}

std::pair<std::size_t, std::size_t> RowsOfBlock(std::size_t block, std::size_t row_count) {
  const std::size_t size = BlockSize(row_count);
  return {block * size, std::min(row_count, (block + 1) * size)};
}

GroupPlaces PlacesOfGroups(std::span<const std::uint32_t> groups, std::size_t group_count,
                           unsigned threads) {
  GroupPlaces places;
  places.blocks.resize(BlockCount(groups.size()));
  ForEachIndex(places.blocks.size(), threads, [&](std::size_t block) {
    const auto [first, last] = RowsOfBlock(block, groups.size());
    std::vector<std::uint32_t> counts(group_count);
    for (std::size_t row = first; row < last; ++row) {
      if (groups[row] != kNoGroup) ++counts[groups[row]];
    }
    places.blocks[block] = std::move(counts);
  });
  std::uint32_t place = 0;
  for (std::size_t group = 0; group < group_count; ++group) {
    places.offsets.push_back(place);
    for (auto& block : places.blocks) place += std::exchange(block[group], place);
  }
  places.offsets.push_back(place);
  return places;
}

}  // namespace dijia
