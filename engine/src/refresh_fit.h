// Whether a refresh plan and its inputs fit the publication; private to the engine.
#pragma once

#include "dijia/base/diagnostic.h"
#include "refresh_methods.h"

namespace dijia {

// Reports what does not fit: errors for what makes the draft impossible, warnings for what a ratio
// to a comparable publication must allow for.
void CheckFit(const RefreshCase& refresh, Diagnostics& found);

}  // namespace dijia
