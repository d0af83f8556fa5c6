// What `dijia compute` prints for people.
#pragma once

#include <string>

#include "app/computed.h"
#include "dijia/base/code.h"

namespace dijia::cli {

// Runs of up to this many publications print their price tables, larger ones one line each.
inline constexpr std::size_t kMostPriceTables = 6;

// The prices of each publication with their intervals and what is to be said about them, or one
// line for each of many publications; then what became of the rows.
std::string ComputedText(const app::Computed& computed, Language language);

}  // namespace dijia::cli
