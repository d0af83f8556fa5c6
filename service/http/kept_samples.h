// Samples that are kept with publications, and publications without them.
#pragma once

#include <string>

#include "dijia/base/diagnostic.h"

namespace dijia::http {

// Throws Refused: 404 where no samples are kept with a publication, 409 where they cannot be read.
[[noreturn]] void RefuseSamples(const std::string& id, Diagnostics problems, Language language);

}  // namespace dijia::http
