#include "http/prices_in_force.h"

#include <optional>
#include <utility>

#include "io/file_error.h"

namespace dijia::http {

PricesInForce::PricesInForce(app::PriceSource source, Diagnostics& problems)
    : source_(std::move(source)), fingerprint_(source_.Fingerprint()) {
  auto read = source_.Read(problems);
  prices_ =
      std::make_shared<const app::PriceSnapshot>(read ? *std::move(read) : app::PriceSnapshot());
}

std::shared_ptr<const app::PriceSnapshot> PricesInForce::Now() const {
  const std::lock_guard lock(mutex_);
  return prices_;
}

bool PricesInForce::Read(Diagnostics& problems) {
  // Taken before the source is read: a change during reading is noticed afterwards.
  fingerprint_ = source_.Fingerprint();
  std::optional<app::PriceSnapshot> read;
  try {
    read = source_.Read(problems);
  } catch (const io::FileError& error) {
    problems.Add(error.diagnostic());
  }
  if (!read) return false;
  auto prices = std::make_shared<const app::PriceSnapshot>(*std::move(read));
  const std::lock_guard lock(mutex_);
  prices_ = std::move(prices);
  return true;
}

bool PricesInForce::Changed() {
  std::string fingerprint = source_.Fingerprint();
  if (fingerprint == fingerprint_) return false;
  fingerprint_ = std::move(fingerprint);
  return true;
}

}  // namespace dijia::http
