#include "io/large_pages.h"

#include <cstdint>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace dijia::io {

void AdviseLargePages(void* begin, std::size_t bytes) {
#if defined(__linux__)
  constexpr std::uintptr_t kLargePage = std::uintptr_t{2} << 20;
  const auto first = reinterpret_cast<std::uintptr_t>(begin);
  // Whole large pages inside the block only: what lies around it is somebody else's.
  const std::uintptr_t from = (first + kLargePage - 1) / kLargePage * kLargePage;
  const std::uintptr_t to = (first + bytes) / kLargePage * kLargePage;
  if (to < from + 2 * kLargePage) return;
  // Advice may be refused; then pages are small.
  static_cast<void>(madvise(reinterpret_cast<void*>(from), to - from, MADV_HUGEPAGE));
#else
  static_cast<void>(begin);
  static_cast<void>(bytes);
#endif
}

}  // namespace dijia::io
