// The clock as texts and days.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

#include "dijia/base/date.h"

namespace dijia::http {

// A moment of the clock that lengths of time are measured with, which is never set back; and where
// the service takes it from, for which tests put a clock of their own.
using Instant = std::chrono::steady_clock::time_point;
using InstantSource = std::function<Instant()>;

// Now in UTC with milliseconds: 2026-01-02T03:04:05.678Z.
std::string TimeStamp();

// Now as a Date header field: Fri, 02 Jan 2026 03:04:05 GMT. Made once a second for each thread.
std::string_view HttpDate();

// The day in UTC.
Date Today();

}  // namespace dijia::http
