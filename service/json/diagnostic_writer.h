// Diagnostics as JSON.
#pragma once

#include "dijia/base/diagnostic.h"
#include "json/value.h"

namespace dijia::json {

// An object of code, severity, source, row, column, field and text; row and column are null where
// they are not known.
Value WriteDiagnostic(const Diagnostic& diagnostic, Language language);

}  // namespace dijia::json
