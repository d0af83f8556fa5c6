// What `rules lint` and `rules test` found, for people and for programs.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "dijia/rules/lint.h"

namespace dijia::law {

// A line for every fault, with the case that shows it under it, and a last line that says how much
// was proved. `pack`: the pack of the cases; none when it could not be loaded at all.
std::string LintLines(const rules::LintReport& report, const rules::RulePack* pack, double seconds,
                      Language language);

// One JSON object a fault: code, severity, source, row, column, field, text, readings, case (null
// where no case can show it); the case is one that `dijia check` reads.
std::string LintNdjson(const rules::LintReport& report, const rules::RulePack* pack,
                       Language language);

struct ExampleRun {
  std::size_t examples = 0, failed = 0;
  std::size_t clauses = 0, applied = 0;  // in any example
};

// Runs the examples of a pack; reports what differs, and the clauses that no example applies.
ExampleRun RunExamples(const rules::PreparedRules& rules, Diagnostics& diagnostics);

}  // namespace dijia::law
