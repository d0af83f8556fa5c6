// The clock as texts and days.
#pragma once

#include <string>
#include <string_view>

#include "dijia/base/date.h"

namespace dijia::http {

// Now in UTC with milliseconds: 2026-01-02T03:04:05.678Z.
std::string TimeStamp();

// Now as a Date header field: Fri, 02 Jan 2026 03:04:05 GMT. Made once a second for each thread.
std::string_view HttpDate();

// The day in UTC.
Date Today();

}  // namespace dijia::http
