// What the program says to scripts (contract §0).
#pragma once

namespace dijia::cli {

inline constexpr int kFine = 0;
inline constexpr int kInputErrors = 1;
inline constexpr int kUsage = 2;
inline constexpr int kFileTrouble = 3;

}  // namespace dijia::cli
