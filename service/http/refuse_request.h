// A request that was understood and is wrong.
#pragma once

#include "dijia/base/diagnostic.h"

namespace dijia::http {

// Refuses it with all that is wrong: Refused, 422, kRequestRefused.
[[noreturn]] void RefuseRequest(Diagnostics problems);

}  // namespace dijia::http
