// Where the published prices of a service come from: a store, files, both or neither.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/price_snapshot.h"
#include "dijia/base/diagnostic.h"

namespace dijia::store {
struct Event;
class Store;
}  // namespace dijia::store

namespace dijia::app {

class PriceSource {
 public:
  PriceSource();  // neither: no prices
  // `store` may be null.
  PriceSource(std::unique_ptr<store::Store> store, std::vector<std::filesystem::path> files);
  PriceSource(PriceSource&& other) noexcept;
  ~PriceSource();

  // Another text whenever Read may give something else. What cannot be read is part of the text:
  // Read says why.
  std::string Fingerprint();

  // All that was published in the store, and the files. Files that are no published prices are
  // warned of and left out. Throws FileError. Nothing after reports of errors.
  std::optional<PriceSnapshot> Read(Diagnostics& diagnostics);

 private:
  void ReadStore(PriceSnapshot& snapshot, Diagnostics& diagnostics);
  std::shared_ptr<const ZoneMap> ZonesOf(const store::Event& event, const Publication& publication,
                                         Diagnostics& problems);
  void ReadFiles(PriceSnapshot& snapshot, Diagnostics& diagnostics) const;

  std::unique_ptr<store::Store> store_;
  std::vector<std::filesystem::path> files_;
  // Maps by the hashes of their document and their text: reading them again takes long, and they
  // never change.
  std::map<std::string, std::shared_ptr<const ZoneMap>> maps_, maps_in_use_;
};

}  // namespace dijia::app
