// The shipped rule packs as a table.
#pragma once

#include <filesystem>
#include <string>

#include "dijia/base/codes.h"

namespace dijia::cli {

// One row a pack: id, version, layers, clauses, SHA-256, title; one that cannot be read says so.
std::string RulesList(const std::filesystem::path& packs, Language language);

}  // namespace dijia::cli
