// The style sheet of the pages.
#pragma once

#include <string_view>

namespace dijia::report {

// The style sheet; has no character that HTML would need to escape.
std::string_view StyleSheet();

// The content security policy that lets this style sheet in and nothing else: base64 of its
// SHA-256, which a test computes again.
std::string_view ContentSecurityPolicy();

}  // namespace dijia::report
