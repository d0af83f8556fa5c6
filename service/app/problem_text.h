// Problems in a cell of a table or on a line: `code [field]: text`, the field where there is one,
// and `; ` between them. The words are the same wherever an answer is a row.
#pragma once

#include <string>
#include <vector>

#include "dijia/base/diagnostic.h"

namespace dijia::app {

// The errors among the problems of a row.
std::string ProblemText(const Diagnostics& problems, Language language);

// All of the notes of a value: its warnings, or why it is withheld.
std::string NoteText(const std::vector<Diagnostic>& notes, Language language);

}  // namespace dijia::app
