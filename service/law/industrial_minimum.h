// The lowest lawful price of industrial land for the lint of published tables: what the rule pack
// says, as plain values.
#pragma once

#include <optional>
#include <string>

#include "dijia/base/date.h"
#include "dijia/rules/rule_pack.h"
#include "dijia/table_lint.h"

namespace dijia::law {

// The land class of a county on a day; nothing where the pack does not list it.
std::optional<int> LandClassOf(const rules::RulePack& pack, const std::string& county, Days day);

// The minimum price standard of a class on a day with its citation; nothing where none is in force.
std::optional<TableLintOptions::Minimum> IndustrialMinimum(const rules::RulePack& pack,
                                                           int land_class, Days day);

}  // namespace dijia::law
