// Any bytes as parcels, as JSON and as a table: what is read is valued or withheld with a reason,
// and the steps of a value sum to it.
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "dijia/parcel_place.h"
#include "dijia/valuation.h"
#include "dijia/waterfall.h"
#include "fuzz/require.h"
#include "io/csv_head.h"
#include "io/parcel_layout.h"
#include "json/parcel_codec.h"
#include "json/publication_codec.h"
#include "json/text.h"

namespace {

using dijia::Diagnostics;

const dijia::Publication& Tongdao() {
  static const dijia::Publication kPublication = [] {
    std::ifstream file(DIJIA_SOURCE_DIR "/tests/golden/tongdao/publication.json");
    std::stringstream text;
    text << file.rdbuf();
    Diagnostics diagnostics;
    auto publication = dijia::json::ReadPublication(text.str(), "publication.json", diagnostics);
    DIJIA_REQUIRE(publication.has_value());
    return *publication;
  }();
  return kPublication;
}

const dijia::io::Reference& Names() {
  static const dijia::io::Reference kNames =
      dijia::io::LoadReference(DIJIA_SOURCE_DIR "/data/reference").value();
  return kNames;
}

// A grade at the county town.
const dijia::ZoneMap& Map() {
  static const dijia::ZoneMap kMap([] {
    const auto at = [](double x, double y) { return *dijia::GeoPointAt(x, y); };
    std::vector<dijia::MappedPlace> places{
        {dijia::LandUse::kResidential,
         "",
         2,
         "",
         {{{at(109, 26), at(110, 26), at(110, 27), at(109, 27)}, {}}}}};
    dijia::Normalise(places);
    return places;
  }());
  return kMap;
}

void RequireAPlace(dijia::Parcel parcel) {
  std::vector<dijia::Diagnostic> notes, missing;
  dijia::PlaceByCoordinates(parcel, Tongdao(), &Map(), notes, missing);
  DIJIA_REQUIRE(parcel.parts.size() > 1 || notes.size() + missing.size() <= 1);
}

void RequireAnAnswer(const dijia::Parcel& parcel) {
  RequireAPlace(parcel);
  const dijia::Valuation valuation = dijia::ValueParcel(parcel, Tongdao());
  const bool valued = valuation.status == dijia::ValuationStatus::kValued;
  DIJIA_REQUIRE(valued == valuation.missing.empty());
  DIJIA_REQUIRE(!valued || valuation.unit_price.has_value());
  if (!valued || !valuation.parts.empty()) return;
  DIJIA_REQUIRE(valuation.steps.back().after == valuation.unit_price->ToString());
  dijia::UnitPrice sum = *valuation.base_price;
  for (const auto& bar : dijia::WaterfallOf(valuation)) sum = sum + bar.yuan;
  DIJIA_REQUIRE(sum == *valuation.unit_price);
}

void ReadTable(std::string_view text) {
  Diagnostics heading;
  const auto records = dijia::io::SplitRecords(text, ',', 50, true);
  const auto layout = dijia::io::ParcelLayout::Match(records, Names(), "parcels.csv", heading);
  DIJIA_REQUIRE(layout.has_value() == !heading.has_errors());
  if (!layout) return;
  for (std::size_t i = layout->header() + 1; i < records.size(); ++i) {
    if (records[i].size() != layout->width()) continue;
    const std::vector<std::string_view> cells(records[i].begin(), records[i].end());
    const dijia::io::ParcelRow row = layout->Read(i + 1, cells);
    if (!row.problems.has_errors()) RequireAnAnswer(row.parcel);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  ReadTable(text);
  Diagnostics diagnostics;
  const auto document = dijia::json::ParseJson(text, "parcel.json", diagnostics);
  if (!document) return 0;
  const dijia::Parcel parcel = dijia::json::ReadParcel(*document, "parcel.json", diagnostics);
  if (!diagnostics.has_errors()) RequireAnAnswer(parcel);
  return 0;
}
