// Where the published prices of a service come from: a store, files, both or neither.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/price_snapshot.h"
#include "dijia/base/diagnostic.h"

namespace dijia::store {
class Store;
}

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
  void ReadFiles(PriceSnapshot& snapshot, Diagnostics& diagnostics) const;

  std::unique_ptr<store::Store> store_;
  std::vector<std::filesystem::path> files_;
};

}  // namespace dijia::app
