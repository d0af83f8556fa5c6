// What a check says to people.
#pragma once

#include <string>
#include <string_view>

#include "dijia/base/codes.h"
#include "dijia/rules/reserve_price.h"

namespace dijia::app {

std::string_view NameOf(rules::Verdict verdict, Language language);
std::string_view NameOf(rules::Outcome outcome, Language language);

// "国土资发〔2006〕307号 二".
std::string CitationText(const rules::Citation& citation);

// 10^-4 yuan as a number, or nothing.
std::string PriceText(const std::optional<std::int64_t>& units);

// The sentence of the finding that the verdict hangs on, or the questions that are open; where no
// clause applies, what is to be looked at instead.
std::string MainReason(const rules::ReservePriceCheck& check, Language language);

}  // namespace dijia::app
