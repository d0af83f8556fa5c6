// Work on fixed blocks, so that results have the same bits for every thread count.
#pragma once

#include <cstddef>
#include <functional>

namespace dijia {

// Runs task(i) for every i in [0, count), on up to `threads` threads (0 = all cores), each index
// once, in no particular order. A task writes only to places of its own index; sums over indices
// are made afterwards, in index order. An exception of a task is rethrown after all have stopped.
void ForEachIndex(std::size_t count, unsigned threads,
                  const std::function<void(std::size_t)>& task);

// The number of threads that `threads` stands for: itself, or the number of cores for 0.
unsigned ThreadCount(unsigned threads);

}  // namespace dijia
