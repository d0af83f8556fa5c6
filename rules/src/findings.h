// What explains a judgement: findings, missing facts, readings.
#pragma once

#include "judgement.h"

namespace dijia::rules {

// A figure of a price, ready to show; a mark where it differs between cases and marks are wanted.
// `limit` is needed by limits and deficits, its full term by kFullTerm.
std::int64_t Shown(const State& state, RowFigure::Kind kind, const AgreedPrice& price,
                   const PriceLimit& limit = {});

// Are the amount and what turns it into yuan per m² stated: the area of a total, the floor area
// ratio of a price of floor?
bool IsPriceStated(const Era& era, const State& state);

// One finding for every clause that speaks about the case, in the order of the pack.
void AddFindings(const Judgement& judgement, ReservePriceCheck& check);

// One for every clause of a rule that applies in a state or may, whatever the price.
std::vector<Finding> FindingsOf(const Era& era, const State& state, std::string_view rule);

// The facts that decide, each with what its answers would mean.
void AddMissingFacts(const Judgement& judgement, CompletionSearch& search,
                     ReservePriceCheck& check);

// Every option of the readings that matter, the others at their default.
void AddReadings(const Judgement& judgement, CompletionSearch& search, ReservePriceCheck& check);

// The highest limit of a state, 10^-4 yuan in the price's own terms: where facts are unknown, the
// highest that a lawful price was held against, the lowest that an unlawful one misses; nothing
// when the verdict is open and the facts leave more than one.
std::optional<std::int64_t> MinimumOf(const Era& era, const State& state, Verdict verdict);

}  // namespace dijia::rules
