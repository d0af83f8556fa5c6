// The published prices that answers are made with. They can be replaced while the service runs; a
// request takes them once and keeps them, so that no answer mixes two states.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "app/price_source.h"
#include "dijia/base/diagnostic.h"

namespace dijia::http {

class PricesInForce {
 public:
  // Reads the source; after errors in `problems` there are no prices. Throws FileError.
  PricesInForce(app::PriceSource source, Diagnostics& problems);

  // Never null. From any thread.
  std::shared_ptr<const app::PriceSnapshot> Now() const;

  // Reads the source again. False after errors, which are reported: the prices stay as they were.
  // Read and Changed are called from one thread.
  bool Read(Diagnostics& problems);

  // Whether the source is not as it was at the last Read or call.
  bool Changed();

 private:
  app::PriceSource source_;
  std::string fingerprint_;
  mutable std::mutex mutex_;
  std::shared_ptr<const app::PriceSnapshot> prices_;
};

}  // namespace dijia::http
