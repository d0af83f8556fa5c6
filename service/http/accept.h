// What a client accepts: quality values of RFC 9110 §12.
#pragma once

#include <span>
#include <string_view>

#include "dijia/base/codes.h"

namespace dijia::http {

// The quality, in thousandths, that a header field such as `gzip;q=0.5, *;q=0` gives to a value; 0
// when the value is not listed. `*`, and `text/*` for media types, match what is not listed itself.
int Quality(std::string_view field, std::string_view value);

// The one of `offers` with the highest quality, the first of several; an empty field takes the
// first. Empty when none is acceptable.
std::string_view BestOffer(std::string_view field, std::span<const std::string_view> offers);

// The language of an Accept-Language field; Chinese unless English is wanted more.
Language LanguageOf(std::string_view accept_language);

}  // namespace dijia::http
