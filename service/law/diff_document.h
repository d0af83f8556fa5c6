// The comparison of two packs as a document.
#pragma once

#include "dijia/rules/pack_diff.h"
#include "law/document.h"

namespace dijia::law {

Document DifferenceOf(const rules::RulePack& before, const rules::RulePack& after,
                      Language language);

}  // namespace dijia::law
