#include "app/publication_map.h"

#include <algorithm>
#include <cstdlib>
#include <utility>
#include <vector>

#include "app/per_mu.h"
#include "app/zone_features.h"
#include "dijia/geo_point.h"
#include "io/map_package.h"
#include "json/zones_codec.h"

namespace dijia::app {
namespace {

using enum io::MapFieldKind;

// A quantity as the number that maps have; exact decimals are in publication.json.
template <class Unit, int Scale>
void PutNumber(const std::optional<Quantity<Unit, Scale>>& quantity, io::MapRow& row) {
  if (quantity) {
    row.values.emplace_back(ToDouble(*quantity));
  } else {
    row.values.emplace_back();
  }
}

io::MapPackageLayer ZonesLayer(const Publication& publication, const ZoneMap& map) {
  const bool is_floor = publication.primary_unit == PriceUnit::kYuanPerSqmFloor;
  io::MapPackageLayer layer{"zones", true, {}, {}};
  for (const char* name : {"id", "use", "name", "sub_use", "zone"}) {
    layer.fields.push_back({name, kText});
  }
  layer.fields.push_back({"grade", kInteger});
  layer.fields.push_back({is_floor ? "price_yuan_per_sqm_floor" : "price_yuan_per_sqm", kReal});
  if (!is_floor) layer.fields.push_back({"price_wan_yuan_per_mu", kReal});
  layer.fields.push_back({"far", kReal});
  const std::vector<std::string> ids = json::FeatureIds(map.places());
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const MappedPlace& place = map.places()[i];
    const PlacePrice price = PriceOf(place, publication);
    io::MapRow row{{}, &place, {}};
    row.values = {ids[i],
                  std::string(CodeOf(place.use)),
                  publication.uses.at(place.use).name,
                  place.sub_use,
                  place.zone,
                  std::int64_t{place.grade}};
    PutNumber(price.price, row);
    if (!is_floor) {
      PutNumber(price.price ? ShownPerMu(*price.price) : std::nullopt, row);
    }
    PutNumber(price.far, row);
    layer.rows.push_back(std::move(row));
  }
  return layer;
}

// Rows of the publication in a run that may have several.
const std::vector<std::uint32_t>* RowsOf(const Publication& publication, const Computed& computed) {
  for (const ComputedPublication& one : computed.publications) {
    if (one.draft.county == publication.county && one.draft.area == publication.area) {
      return &one.scope.rows;
    }
  }
  return nullptr;
}

io::MapPackageLayer SamplesLayer(const Publication& publication, const Computed& computed) {
  io::MapPackageLayer layer{"samples",
                            false,
                            {{"sample_id", kText},
                             {"use", kText},
                             {"grade", kInteger},
                             {"date", kText},
                             {"raw_price_yuan_per_sqm", kReal},
                             {"normalized_price_yuan_per_sqm", kReal}},
                            {}};
  const SampleTable& samples = computed.samples;
  const std::vector<std::uint32_t>* const rows = RowsOf(publication, computed);
  if (rows == nullptr || samples.x.empty()) return layer;
  for (const std::uint32_t i : *rows) {
    Diagnostic ignored;
    if (samples.fate[i] != Fate::kUsed) continue;
    const auto point = GeoPointOf(samples.x[i], samples.y[i], "", ignored);
    if (!point) continue;
    io::MapRow row{{}, nullptr, *point};
    row.values = {
        std::string(samples.sample_id[i]),
        std::string(CodeOf(static_cast<LandUse>(samples.use[i]))),
        std::int64_t{samples.grade[i]},
        samples.date[i] == kNoDate ? std::string() : FormatDate(FromDays(samples.date[i])),
        computed.report.normalized.raw_price[i],
        computed.report.normalized.normalized[i]};
    layer.rows.push_back(std::move(row));
  }
  return layer;
}

}  // namespace

bool WritePublicationMap(const Publication& publication, const ZoneMap* map,
                         const Computed* computed, const std::filesystem::path& file) {
  std::vector<io::MapPackageLayer> layers;
  if (map != nullptr) layers.push_back(ZonesLayer(publication, *map));
  if (computed != nullptr) {
    io::MapPackageLayer samples = SamplesLayer(publication, *computed);
    if (!samples.rows.empty()) layers.push_back(std::move(samples));
  }
  if (layers.empty()) return false;
  io::WriteMapPackage(file, layers, publication.base_date);
  return true;
}

}  // namespace dijia::app
