#include "app/version.h"

namespace dijia::app {

std::string_view Version() { return DIJIA_VERSION; }

}  // namespace dijia::app
