// What the program says to scripts (contract §0).
#pragma once

namespace dijia::cli {

inline constexpr int kFine = 0;
inline constexpr int kInputErrors = 1;
inline constexpr int kUsage = 2;
inline constexpr int kFileTrouble = 3;
inline constexpr int kUnlawfulFound = 4;   // check: at least one
inline constexpr int kUndecidedFound = 5;  // check: none unlawful, at least one open or contested

}  // namespace dijia::cli
