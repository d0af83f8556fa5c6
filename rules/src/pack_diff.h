// The two halves of a comparison of packs.
#pragma once

#include <vector>

#include "dijia/rules/pack_diff.h"

namespace dijia::rules {

std::vector<WrittenChange> WrittenChanges(const RulePack& before, const RulePack& after,
                                          Language language);
std::vector<EffectChange> EffectChanges(const RulePack& before, const RulePack& after,
                                        Language language);

}  // namespace dijia::rules
