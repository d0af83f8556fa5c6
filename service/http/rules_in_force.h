// The rule pack that answers are made with. It can be replaced while the service runs; a request
// takes it once and keeps it, so that no answer mixes two packs.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>

#include "app/stored_classes.h"
#include "app/tried_pack.h"
#include "dijia/base/diagnostic.h"
#include "dijia/rules/reserve_price.h"

namespace dijia::http {

class RulesInForce {
 public:
  // Loads the pack `name` of the folder `packs`, with the land classes of `classes`; after reports
  // in `problems` there is none. Throws FileError.
  RulesInForce(std::string name, std::filesystem::path packs, Diagnostics& problems,
               app::LandClassSource classes = {});

  bool loaded() const { return Now() != nullptr; }
  std::shared_ptr<const rules::PreparedRules> Now() const;
  // The same with what it was made of, for rules that are tried on top of it.
  std::shared_ptr<const app::MadeRules> Made() const;

  enum class Reload : std::uint8_t { kUnchanged, kReplaced, kKept };
  // Reads the pack and the land classes again. A pack with mistakes is reported in `problems` and
  // not taken. Read and Changed are called from one thread.
  Reload Read(Diagnostics& problems);

  // Whether a file of the packs was changed, added or removed, or a land class recorded, since the
  // last Read or call.
  bool Changed();

 private:
  // The pack as it is on the disk, with the land classes; nothing after reports. Throws FileError.
  std::shared_ptr<const app::MadeRules> Make(Diagnostics& problems);
  std::string Fingerprint();

  app::LandClassSource classes_;
  const std::string name_;
  const std::filesystem::path packs_;
  mutable std::mutex mutex_;
  std::shared_ptr<const app::MadeRules> made_;
  std::string seen_;  // names, sizes and times of files, and the land classes
};

}  // namespace dijia::http
