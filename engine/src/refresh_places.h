// Where in a refresh plan a problem lies; private to the engine.
#pragma once

#include <string>

#include "dijia/base/land.h"
#include "dijia/coefficient.h"

namespace dijia {

inline std::string PathOf(LandUse use) { return "uses." + std::string(CodeOf(use)); }

}  // namespace dijia
