// The publication that a request names.
#pragma once

#include <optional>
#include <string>

#include "app/price_snapshot.h"
#include "dijia/publication.h"
#include "http/exchange.h"

namespace dijia::http {

// A publication as it was known at a time, or one that is not published as it stands.
struct FoundPublication {
  const app::KnownPublication* publication = nullptr;  // of the snapshot; null: unpublished
  const app::PublicationVersion* version = nullptr;
  std::optional<Publication> unpublished = std::nullopt;

  Publication Document() const { return unpublished ? *unpublished : publication->As(*version); }
  // Different for every document of a snapshot. Precondition: it is published.
  std::string Name() const;
};

// The only publication of an id, in the county and as it was known at the time of the parameters
// `county` and `known_at`. Throws Refused: 404, and 400 where several counties have one.
FoundPublication FindPublication(const Exchange& exchange, const app::PriceSnapshot& snapshot,
                                 const std::string& id);

}  // namespace dijia::http
