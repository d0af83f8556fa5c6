// Sentences with placeholders: `{price}` and other figures of a finding, or the id of a fact.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace dijia::rules {

// The first placeholder that is neither a figure nor one of `facts`; empty when all are known.
std::string FirstUnknownPlaceholder(std::string_view sentence,
                                    std::span<const std::string_view> facts);

// The sentence with every placeholder replaced by what `value_of` gives.
std::string FillSentence(std::string_view sentence,
                         const std::function<std::string(std::string_view)>& value_of);

}  // namespace dijia::rules
