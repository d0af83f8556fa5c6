// Where the rows of a group go when rows are moved into runs by group, block by block.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace dijia {

// How many blocks a table is worked on in.
std::size_t BlockCount(std::size_t row_count);

// Rows [first, last) of a block; blocks are as large for any number of threads.
std::pair<std::size_t, std::size_t> RowsOfBlock(std::size_t block, std::size_t row_count);

struct GroupPlaces {
  std::vector<std::size_t> offsets;                // of the groups' runs; one more than groups
  std::vector<std::vector<std::uint32_t>> blocks;  // [block][group]: place of its first row
};

// Runs that keep the order of the rows. Rows of kNoGroup get no place. At most 2^32 − 1 rows.
GroupPlaces PlacesOfGroups(std::span<const std::uint32_t> groups, std::size_t group_count,
                           unsigned threads);

}  // namespace dijia
