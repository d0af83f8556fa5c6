// The frame of pages about rules: that of the reports with a few styles more.
#pragma once

#include <string>
#include <string_view>

#include "dijia/base/codes.h"
#include "report/markup.h"

namespace dijia::law {

// From the document type to <main>; report::EndDocument ends the page.
void BeginPage(report::Markup& page, std::string_view title, Language language);

// Base64 of bytes that are given in hexadecimal, as a content security policy wants a hash.
std::string Base64OfHex(std::string_view hex);

}  // namespace dijia::law
