// Reserve-price cases in and checks out (contract.md §6). Field names come from the facts of the
// pack, so that a pack which adds a fact adds a field.
#pragma once

#include <string>

#include "dijia/base/diagnostic.h"
#include "dijia/rules/inverse.h"
#include "dijia/rules/reserve_price.h"
#include "json/value.h"

namespace dijia::json {

// A case from an object: facts by their dotted names, nested (`price.amount` is `amount` of
// `price`) or flat; null and absent are unknown; `land_class` may be a list of candidates. Problems
// are reported with their JSON pointer, all at once.
rules::ReservePriceCase ReadCase(const Value& value, const rules::RulePack& pack,
                                 const std::string& source, Diagnostics& diagnostics);

// The answer, in the order of the contract; with an inverse `lowest_lawful` and
// `nearest_lawful_facts` follow.
Value WriteCheck(const rules::ReservePriceCheck& check, const rules::RulePack& pack,
                 Language language, const rules::Inverse* inverse = nullptr);

// Appends ToLine(WriteCheck(…)), without the tree.
void AppendCheck(const rules::ReservePriceCheck& check, const rules::RulePack& pack,
                 Language language, std::string& out, const rules::Inverse* inverse = nullptr);

// What a batch answers in the place of a case that cannot be judged: `{"case_id", "error": {"code",
// "title", "errors": [{"code", "pointer" or "row" and "column", "field", "text"}]}}`.
Value WriteCaseError(const std::string& case_id, const Diagnostics& problems, Language language);

}  // namespace dijia::json
