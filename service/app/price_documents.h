// Published prices in the form that other systems read over HTTP.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "app/price_snapshot.h"
#include "json/value.h"

namespace dijia::app {

// What is asked of a list of publications; what is not stated restricts nothing.
struct PublicationQuery {
  std::string county;
  std::optional<PublicationStatus> status;
  std::optional<Date> as_of;  // in force on that day …
  std::string known_at;       // … as known at this time (as KnownPublication::At)
};

// {"publications": [{id, county, area, title, document_no, base_date, effective_from,
// effective_until, status, recorded_at, has_zones, uses}]}, without prices.
json::Value WritePublicationList(const PriceSnapshot& snapshot, const PublicationQuery& query);

// [{use, name}].
json::Value WriteUses(const Publication& publication);

// Which prices of a publication are asked for; empty = all.
struct PriceQuery {
  std::optional<LandUse> use;
  std::optional<int> grade;
  std::string zone;
};

// The prices of a publication, one row for each grade, zone and street of a use, in yuan per m² and
// in 万元/亩 to one yuan a mu; null where none is published. Floor prices stand under
// price_yuan_per_sqm_floor.
json::Value WriteGradePrices(const Publication& publication, const PriceQuery& query);

}  // namespace dijia::app
