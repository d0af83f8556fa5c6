// Types of bodies.
#pragma once

#include <span>
#include <string_view>

#include "http/request.h"

namespace dijia::http {

inline constexpr std::string_view kJson = "application/json";
inline constexpr std::string_view kNdjson = "application/x-ndjson";
inline constexpr std::string_view kCsv = "text/csv";
inline constexpr std::string_view kXlsx =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
inline constexpr std::string_view kGeoJson = "application/geo+json";

// The charset of a Content-Type, without quotes; empty when it names none.
std::string_view CharsetOf(std::string_view content_type);

// The one of `allowed` that the body of a request has; the first where the request does not say.
// Throws Refused, 415: another type, another encoding than UTF-8 (CSV may be GBK or GB18030), or a
// compressed body.
std::string_view BodyType(const Request& request, std::span<const std::string_view> allowed);

// The one of `offers` that the client wants most. Throws Refused, 406.
std::string_view AnswerType(const Request& request, std::span<const std::string_view> offers);

}  // namespace dijia::http
