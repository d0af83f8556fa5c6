// The version of the program, as CMake has it.
#pragma once

#include <string_view>

namespace dijia::app {

// "0.1.0".
std::string_view Version();

}  // namespace dijia::app
