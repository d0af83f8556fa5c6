// Rule packs on disk: one folder per layer; `on` in its pack.toml names the layer it stands on.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "dijia/base/diagnostic.h"
#include "dijia/rules/reserve_price.h"

namespace dijia::io {

// The pack that is taken when nobody names one.
inline constexpr const char* kDefaultRules = "cn-150000";

// The layers of a pack, the nation first, files in the order of their names. `name` is a folder of
// `packs`, or the path of a folder with a pack.toml (an office's own pack), whose lower layers are
// looked for beside it and then in `packs`. Throws FileError: kRulesNotFound with the ids there
// are, kRulesStandInRing, and what the disk says.
std::vector<rules::PackLayer> ReadRulePack(const std::string& name,
                                           const std::filesystem::path& packs);

// The same, loaded and prepared; nothing after reports of what is wrong in the files.
std::optional<rules::PreparedRules> LoadRules(const std::string& name,
                                              const std::filesystem::path& packs,
                                              Diagnostics& diagnostics);

}  // namespace dijia::io
