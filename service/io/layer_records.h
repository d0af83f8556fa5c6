// Sheets and layers as records of texts, through GDAL.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "dijia/base/result.h"
#include "io/table_format.h"

class GDALDataset;
class OGRLayer;

namespace dijia::io {

using Records = std::vector<std::vector<std::string>>;

struct TableSource {
  std::filesystem::path path;
  TableFormat format = TableFormat::kXlsx;
};

// While it lives, GDAL is quiet on this thread, because what it says is told in our own words, and
// spreadsheets are rows of texts, the first one too.
class QuietGdal {
 public:
  QuietGdal();
  ~QuietGdal();
  QuietGdal(const QuietGdal&) = delete;
  QuietGdal& operator=(const QuietGdal&) = delete;
};

struct DatasetDeleter {
  void operator()(GDALDataset* dataset) const;
  std::shared_ptr<const void> held = {};  // what the dataset reads from, where that is no file
};
using Dataset = std::unique_ptr<GDALDataset, DatasetDeleter>;

// Opens a file as its format says: cells of spreadsheets as texts, texts of Shapefiles as the bytes
// they are. Error: kTableNotReadable.
Result<Dataset> OpenDataset(const TableSource& source);

// The layer called `name`, or the only one whose first `head` records are `is_wanted`, or the
// first. Errors: kTableNotReadable, kLayerNotFound, kLayerAmbiguous.
struct LayerChoice {
  const std::string& name;
  std::size_t head = 0;
  const std::function<bool(const Records&)>& is_wanted;
};
Result<OGRLayer*> ChooseLayer(GDALDataset& dataset, const TableSource& source,
                              const LayerChoice& choice);

// The first `most` records: the rows of a sheet, empty ones too, or the field names and the
// features of a layer. Points add x and y, easting or longitude first.
Records ReadLayer(OGRLayer& layer, TableFormat format, std::size_t most);

// The first record with a text that is not UTF-8; nothing when all are. GDAL gives the bytes of
// some formats on as they are (GeoJSON, GeoPackage).
std::optional<std::size_t> FindNotUtf8(const Records& records);

// What the x and y that ReadLayer adds are coordinates of, as `EPSG:4547`; `?` where no code is
// known. Empty for a layer to which it adds none.
std::string PointCrs(OGRLayer& layer);

// The datum of a layer when it needs local parameters to become CGCS2000 (Xian 1980, Beijing 1954);
// GDAL would transform it by doing nothing. Empty for any other.
std::string RefusedDatum(OGRLayer& layer);

}  // namespace dijia::io
