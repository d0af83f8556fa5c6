// The published prices that a service answers by: read once, never changed, replaced as a whole.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/publication_zones.h"
#include "dijia/base/date.h"
#include "dijia/publication.h"

namespace dijia::app {

// What a publication was from a time on.
struct PublicationVersion {
  std::string recorded_at;  // as store::Act::at; empty = of a file, which tells no time
  PublicationStatus status = PublicationStatus::kPublished;
  std::optional<Date> until;  // the first day after its prices
};

// A publication that is or was the law, with what became of it since.
struct KnownPublication {
  Publication content;                             // as it stands now
  std::vector<PublicationVersion> versions;        // by time, from its publishing on; never empty
  std::shared_ptr<const ZoneMap> zones = nullptr;  // of its grades and zones; null = not kept

  // As it was known at a time (as store::Act::at), or now for an empty one. Null before its
  // publishing.
  const PublicationVersion* At(std::string_view known_at) const;
  // The document of a version.
  Publication As(const PublicationVersion& version) const;
};

// Whether the prices of a version are or were the law.
bool IsLaw(const PublicationVersion& version);

// Whether the prices of a version were the law on a day.
bool IsInForceOn(const KnownPublication& publication, const PublicationVersion& version, Date day);

struct PriceSnapshot {
  std::vector<KnownPublication> known;  // those of the store by county, area, first day and id
  std::vector<Publication> prices;      // those of them that are or were the law as it stands now
  ZoneMaps zones;                       // of these

  // Those of an id, of one county unless that is empty; at a time as At.
  std::vector<const KnownPublication*> Find(std::string_view id, std::string_view county,
                                            std::string_view known_at) const;
  void Add(KnownPublication publication);
};

}  // namespace dijia::app
