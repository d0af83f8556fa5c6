// `--store` of commands that take land classes from a store where nothing else states one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "cli/command.h"
#include "dijia/base/diagnostic.h"
#include "dijia/rules/reserve_price.h"

namespace dijia::cli {

// What states a class itself: a case its own, for prices `--land-class` does.
enum class ClassesFor : std::uint8_t { kCases, kPrices };

// What else the store is for, said after the classes: a clause with its punctuation, or nothing.
struct OtherUse {
  const char *zh = "", *en = "";
};

void AddClassStore(const OptionGroup& options, std::string& store, ClassesFor classes_for,
                   OtherUse other = {});

// The pack of that name (io::LoadRules), with the land classes that the store of that name gives as
// known now (app::WithLandClasses); an empty name = those of the pack. Nothing after reports of a
// pack with mistakes. Throws FileError, also where there is no such store.
std::optional<rules::PreparedRules> LoadRulesWithClasses(const std::string& rules,
                                                         const std::string& store,
                                                         Diagnostics& diagnostics);

}  // namespace dijia::cli
