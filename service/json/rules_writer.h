// Rule packs out: what the law says, from when to when, and where it stands (contract.md §7).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "dijia/rules/rule_pack.h"
#include "json/value.h"

namespace dijia::json {

// `{"id", "version", "sha256"}`, as every answer carries it.
Value WritePackIdentity(const rules::RulePack& pack);

// The pack: its identity, documents, readings, dated values, tables and clauses. With a day, what
// is in force on it; without, everything.
Value WriteRules(const rules::RulePack& pack, std::optional<Days> as_of, Language language);

// One rule: its clauses, with a day those in force on it. Null for a rule that no clause has.
Value WriteRule(const rules::RulePack& pack, std::string_view rule, std::optional<Days> as_of,
                Language language);

// The facts that a case may state: id, type, decimals, range, choices with their labels, question
// and evidence. `label` names a choice for people.
using LabelOf = std::function<std::string_view(std::string_view code)>;
Value WriteFacts(const rules::RulePack& pack, const LabelOf& label, Language language);

}  // namespace dijia::json
