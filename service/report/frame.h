// Head and foot of a page.
#pragma once

#include <string_view>

#include "dijia/base/code.h"
#include "report/markup.h"

namespace dijia::report {

// From the document type to <main>, with the style sheet and the content security policy.
void BeginDocument(Markup& out, std::string_view title, Language language);

// The footer with the version of the program, and the end of everything.
void EndDocument(Markup& out, std::string_view engine_version);

// A name and its value inside a <dl class="facts">; nothing for an empty value.
void WriteFact(Markup& out, std::string_view name, std::string_view value);

}  // namespace dijia::report
