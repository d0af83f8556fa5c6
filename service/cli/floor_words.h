// The words of commands that hold new industrial prices against the national minimum.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "cli/class_store.h"
#include "cli/command.h"
#include "dijia/base/diagnostic.h"
#include "dijia/publication.h"
#include "io/rule_packs.h"

namespace dijia::cli {

struct FloorWords {
  std::string rules = io::kDefaultRules;
  std::string land_class;  // of the county; empty = that of the rules
  std::string store;       // whose land classes take the place of those of the rules; empty = none
};

void AddFloorOptions(const OptionGroup& options, FloorWords& words, OtherUse of_store = {});

// The land class that a word names, 1 to 15; nothing for other words.
std::optional<int> LandClassNamed(const std::string& word);
// What is wrong with `--land-class`; nothing when nothing is, or it is not said.
std::optional<Diagnostic> FaultOfLandClass(const std::string& word);

// Warns of the industrial prices of drafts that are not consistent with the minimum
// (law::FloorConsistency). False after reports of rules that cannot be used. Throws FileError, also
// of the store.
bool ReportFloor(const FloorWords& words, std::span<const Publication* const> drafts,
                 Diagnostics& diagnostics);

}  // namespace dijia::cli
