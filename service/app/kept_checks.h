// Checks that are kept: what the store takes of a check, and what it gives back as documents.
#pragma once

#include <string>

#include "app/answer_output.h"
#include "dijia/rules/reserve_price.h"
#include "io/case_input.h"
#include "io/text_sink.h"
#include "json/value.h"
#include "store/store.h"

namespace dijia::app {

// A check of a case as it is kept; `given` is the case as JSON. Its county is empty where the case
// states none: such a check cannot be kept.
store::NewCheck CheckToKeep(const rules::ReservePriceCase& the_case,
                            const rules::ReservePriceCheck& check, const rules::RulePack& pack,
                            std::string given);

// A kept check with its case, in codes.
json::Value WriteKeptCheck(const store::KeptCheck& kept);

// Writes kept checks as CSV, NDJSON or one JSON list, as they come. Precondition: one of these.
void WriteKeptChecks(store::CheckCursor& checks, AnswerFormat format, io::TextSink& sink);

// The cases of kept checks as an input of cases, which they are again when law is tried on them.
// The cursor must outlive the input.
io::CaseInputOptions CasesOf(store::CheckCursor& checks);

}  // namespace dijia::app
