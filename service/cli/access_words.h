// What the commands over people and keys have in common.
#pragma once

#include <optional>
#include <string>

#include "cli/store_words.h"
#include "dijia/base/diagnostic.h"

namespace dijia::cli {

// Who acts: as ActOf, or else the user of the system who runs the program.
store::Act ActOfUser(const StoreWords& words);

// What is wrong with `--role`; nothing when nothing is, or when it is absent.
std::optional<Diagnostic> FaultOfRole(const std::string& role);

}  // namespace dijia::cli
