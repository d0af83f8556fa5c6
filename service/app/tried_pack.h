// An office's own rule pack, tried on top of the one in force.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "dijia/base/diagnostic.h"
#include "dijia/rules/reserve_price.h"
#include "store/store.h"

namespace dijia::app {

// Rules and what they were made of, all of one moment.
struct MadeRules {
  rules::PreparedRules rules;
  std::vector<rules::PackLayer> layers;        // the nation first; the last has the id of the rules
  std::vector<store::LandClassEntry> classes;  // of all counties, already in the rules
};

// The texts of a layer, those of the folder that `dijia rules simulate` takes, by file names.
using PackTexts = std::map<std::string, std::string>;

// The layer of `texts` on that layer in force which its [pack] names as `on`, and those below it;
// the layers above are left out, so that the next version of an office's own pack can be tried.
// With the land classes in force. Everything that is wrong is reported at `pointer`/NAME, with the
// file as source, line and column: a name that ends in neither .toml nor .csv, a layer that stands
// on none in force (it could loosen what it does not stand on), and what rules::LoadRulePack finds.
// Nothing after such reports, so without texts too.
std::optional<rules::PreparedRules> LoadTriedPack(const PackTexts& texts, const MadeRules& in_force,
                                                  const std::string& pointer,
                                                  Diagnostics& diagnostics);

}  // namespace dijia::app
