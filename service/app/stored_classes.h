// The land classes of a store where rules ask for the class of a county.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dijia/rules/reserve_price.h"
#include "store/store.h"

namespace dijia::app {

// The rules with the land classes that a log of all counties gives as known at a time (as
// store::Act::at; empty = now), in the place of those of the pack (law/county_classes.h). A county
// whose towns differ has none: its cases state their own. The rules as they are where the log says
// nothing.
rules::PreparedRules WithLandClasses(const rules::PreparedRules& rules,
                                     std::span<const store::LandClassEntry> log,
                                     std::string_view known_at = {});

// The hash of the pack of WithLandClasses.
std::string HashWithLandClasses(const rules::RulePack& pack,
                                std::span<const store::LandClassEntry> log,
                                std::string_view known_at);

// The land classes that a service judges by, which may change while it runs. From one thread at a
// time.
class LandClassSource {
 public:
  LandClassSource() = default;  // none
  explicit LandClassSource(std::unique_ptr<store::Store> store) : store_(std::move(store)) {}

  // Another text whenever Log may give something else. What cannot be read is part of the text.
  std::string Fingerprint();
  // What is recorded of all counties, for WithLandClasses; nothing without a store. Throws
  // FileError.
  std::vector<store::LandClassEntry> Log();

 private:
  std::unique_ptr<store::Store> store_;
};

}  // namespace dijia::app
