#include "io/table.h"

#include <gdal_priv.h>
#include <ogr_spatialref.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <array>
#include <memory>
#include <mutex>
#include <utility>

#include "dijia/base/codes.h"
#include "io/byte_source.h"
#include "io/cell.h"
#include "io/column_fill.h"
#include "io/sheet_xml.h"

namespace dijia::io {
namespace {

struct FormatRow {
  std::string_view name, extension, driver;
  TableFormat format;
};
constexpr std::array<FormatRow, 8> kFormats{{
    {"csv", ".csv", "", TableFormat::kCsv},
    {"txt", ".txt", "", TableFormat::kCsv},
    {"tsv", ".tsv", "", TableFormat::kCsv},
    {"xlsx", ".xlsx", "XLSX", TableFormat::kXlsx},
    {"ods", ".ods", "ODS", TableFormat::kOds},
    {"gpkg", ".gpkg", "GPKG", TableFormat::kGeoPackage},
    {"shp", ".shp", "ESRI Shapefile", TableFormat::kShapefile},
    {"geojson", ".geojson", "GeoJSON", TableFormat::kGeoJson},
}};

bool IsSheet(TableFormat format) {
  return format == TableFormat::kXlsx || format == TableFormat::kOds;
}

std::string DriverOf(TableFormat format) {
  return std::string(std::ranges::find(kFormats, format, &FormatRow::format)->driver);
}

// Sheets are read as texts, with the header as a row like any other. GDAL 3.6 knows this as
// settings, not as options of opening.
constexpr std::pair<const char*, const char*> kSheetSettings[] = {
    {"OGR_XLSX_HEADERS", "DISABLE"},
    {"OGR_XLSX_FIELD_TYPES", "STRING"},
    {"OGR_ODS_HEADERS", "DISABLE"},
    {"OGR_ODS_FIELD_TYPES", "STRING"},
};

// Keeps the last message of GDAL instead of printing it, and has it read sheets as they are.
class QuietGdal {
 public:
  QuietGdal() {
    static std::once_flag once;
    std::call_once(once, GDALAllRegister);
    CPLPushErrorHandler(CPLQuietErrorHandler);
    CPLErrorReset();
    for (const auto& [name, value] : kSheetSettings) CPLSetThreadLocalConfigOption(name, value);
  }
  ~QuietGdal() {
    for (const auto& [name, value] : kSheetSettings) CPLSetThreadLocalConfigOption(name, nullptr);
    CPLPopErrorHandler();
  }
  QuietGdal(const QuietGdal&) = delete;
  QuietGdal& operator=(const QuietGdal&) = delete;

  static std::string Message() { return CPLGetLastErrorMsg(); }
};

using Dataset = std::unique_ptr<GDALDataset>;

Dataset OpenDataset(const std::filesystem::path& path, TableFormat format,
                    const std::string& encoding) {
  const std::string driver = DriverOf(format);
  const char* const drivers[] = {driver.c_str(), nullptr};
  const std::string encoding_option = "ENCODING=" + encoding;
  std::vector<const char*> options;
  if (format == TableFormat::kShapefile && !encoding.empty()) {
    options.push_back(encoding_option.c_str());
  }
  options.push_back(nullptr);
  return Dataset(GDALDataset::Open(path.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY, drivers,
                                   options.data(), nullptr));
}

using Records = std::vector<std::vector<std::string>>;

// Row numbers of a sheet are its feature ids; rows that GDAL skips stay empty.
Records ReadSheet(OGRLayer& layer, std::size_t most) {
  Records records;
  layer.ResetReading();
  for (const auto& feature : layer) {
    const auto row = static_cast<std::size_t>(std::max<GIntBig>(1, feature->GetFID()));
    if (row > most) break;
    if (records.size() < row) records.resize(row);
    std::vector<std::string>& record = records[row - 1];
    for (int i = 0; i < feature->GetFieldCount(); ++i) {
      record.emplace_back(feature->IsFieldSetAndNotNull(i) ? feature->GetFieldAsString(i) : "");
    }
  }
  return records;
}

bool HasColumn(const std::vector<std::string>& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

std::string FieldText(OGRFeature& feature, int field) {
  if (!feature.IsFieldSetAndNotNull(field)) return {};
  const OGRFieldType type = feature.GetFieldDefnRef(field)->GetType();
  if (type != OFTReal) return feature.GetFieldAsString(field);
  // The shortest text that reads back, not a fixed number of digits.
  std::array<char, 40> text{};
  CPLsnprintf(text.data(), text.size(), "%.15g", feature.GetFieldAsDouble(field));
  return text.data();
}

// Field names first, then the features; points add x and y (easting or longitude first, which is
// how all these formats store them whatever the axis order of their coordinate system).
Records ReadFeatures(OGRLayer& layer, std::size_t most) {
  Records records(1);
  const OGRFeatureDefn& definition = *layer.GetLayerDefn();
  for (int i = 0; i < definition.GetFieldCount(); ++i) {
    records[0].emplace_back(definition.GetFieldDefn(i)->GetNameRef());
  }
  const bool add_point = !HasColumn(records[0], "x") && !HasColumn(records[0], "y") &&
                         wkbFlatten(layer.GetGeomType()) == wkbPoint;
  if (add_point) records[0].insert(records[0].end(), {"x", "y"});
  layer.ResetReading();
  for (const auto& feature : layer) {
    if (records.size() >= most) break;
    std::vector<std::string>& record = records.emplace_back();
    for (int i = 0; i < feature->GetFieldCount(); ++i) record.push_back(FieldText(*feature, i));
    const OGRGeometry* geometry = feature->GetGeometryRef();
    if (!add_point) continue;
    if (geometry == nullptr || geometry->IsEmpty()) {
      record.insert(record.end(), {"", ""});
    } else {
      const OGRPoint* point = geometry->toPoint();
      record.push_back(CPLSPrintf("%.15g", point->getX()));
      record.push_back(CPLSPrintf("%.15g", point->getY()));
    }
  }
  return records;
}

Records ReadLayer(OGRLayer& layer, TableFormat format, std::size_t most) {
  return IsSheet(format) ? ReadSheet(layer, most) : ReadFeatures(layer, most);
}

bool IsUtf8(const Records& records) {
  return std::ranges::all_of(records, [](const auto& record) {
    return std::ranges::all_of(record, [](const std::string& text) {
      return CPLIsUTF8(text.c_str(), static_cast<int>(text.size())) != 0;
    });
  });
}

// Xian 1980 and Beijing 1954 need local parameters; GDAL would transform them by doing nothing.
std::string RefusedDatum(OGRLayer& layer) {
  const OGRSpatialReference* reference = layer.GetSpatialRef();
  const char* datum = reference == nullptr ? nullptr : reference->GetAttrValue("DATUM");
  const std::string_view name = datum == nullptr ? "" : datum;
  for (const std::string_view old : {"Xian", "Beijing", "Pulkovo_1942"}) {
    if (name.find(old) != std::string_view::npos) return std::string(name);
  }
  return {};
}

std::string LayerNames(GDALDataset& dataset) {
  std::string names;
  for (OGRLayer* layer : dataset.GetLayers()) {
    names += (names.empty() ? "" : ", ") + std::string(layer->GetName());
  }
  return names;
}

// The layer that is asked for, or the only one with a wanted header, or the first.
Result<OGRLayer*> ChooseLayer(GDALDataset& dataset, TableFormat format,
                              const TableOptions& options) {
  if (dataset.GetLayerCount() == 0) return Error{Code::kTableNotReadable, "no sheet or layer"};
  if (!options.layer.empty()) {
    if (OGRLayer* layer = dataset.GetLayerByName(options.layer.c_str())) return layer;
    return Error{Code::kLayerNotFound, "\"" + options.layer + "\" (" + LayerNames(dataset) + ")"};
  }
  std::vector<OGRLayer*> wanted;
  std::string names;
  for (OGRLayer* layer : dataset.GetLayers()) {
    if (!options.is_wanted(ReadLayer(*layer, format, Table::kHeadRecords))) continue;
    wanted.push_back(layer);
    names += (names.empty() ? "" : ", ") + std::string(layer->GetName());
  }
  if (wanted.size() > 1) return Error{Code::kLayerAmbiguous, names};
  return wanted.empty() ? dataset.GetLayer(0) : wanted.front();
}

}  // namespace

Result<TableFormat> FormatOf(const std::filesystem::path& path, const std::string& format) {
  std::string extension = path.extension().string();
  std::ranges::transform(extension, extension.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  if (format.empty() && (extension.empty() || path == "-")) return TableFormat::kCsv;
  for (const FormatRow& row : kFormats) {
    if (format.empty() ? row.extension == extension : row.name == format) return row.format;
  }
  if (format.empty() && extension == ".json") return TableFormat::kGeoJson;
  return Error{Code::kFormatNotKnown, format.empty() ? extension : format};
}

Result<Table> Table::Open(const std::filesystem::path& path, TableFormat format,
                          const TableOptions& options) {
  // Says what a missing or unreadable file is in our own words.
  if (const Result<ByteSource> bytes = ByteSource::Open(path); !bytes) return bytes.error();
  const QuietGdal quiet;
  Table table;
  for (const std::string& encoding : {options.encoding, std::string("CP936")}) {
    const Dataset dataset = OpenDataset(path, format, encoding);
    if (!dataset) return Error{Code::kTableNotReadable, QuietGdal::Message()};
    const Result<OGRLayer*> layer = ChooseLayer(*dataset, format, options);
    if (!layer) return layer.error();
    if (std::string datum = RefusedDatum(**layer); !datum.empty()) {
      return Error{Code::kDatumNotAccepted, std::move(datum)};
    }
    table.layer_ = (*layer)->GetName();
    table.records_ = ReadLayer(**layer, format, SIZE_MAX);
    // A Shapefile without a code page file gives its bytes as they are.
    if (format != TableFormat::kShapefile || IsUtf8(table.records_)) break;
    table.records_.clear();
  }
  if (table.records_.empty() && format == TableFormat::kShapefile) {
    return Error{Code::kNotGb18030, "1"};
  }
  if (format == TableFormat::kXlsx) {
    const Result<SheetFaults> faults = FindSheetFaults(path, table.layer_);
    if (!faults) return faults.error();
    for (const SheetFault& fault : *faults) {
      table.bad_cells_.push_back({fault.row - 1, fault.column - 1, fault.code, fault.name});
    }
  }
  return table;
}

std::vector<std::vector<std::string>> Table::head() const {
  const auto size = static_cast<std::ptrdiff_t>(std::min(kHeadRecords, records_.size()));
  return {records_.begin(), records_.begin() + size};
}

Result<Filling> Table::Fill(std::size_t header, std::span<const WantedColumn> wanted) const {
  std::vector<ColumnWorker> workers(1);
  std::vector<FilledBlock> blocks(1);
  FilledBlock& block = blocks.front();
  const std::size_t first = header + 1;
  block.rows = static_cast<std::uint32_t>(records_.size() - first);
  CellWriter writer(wanted, workers.front(), block);
  for (std::size_t i = first; i < records_.size(); ++i) {
    const auto row = static_cast<std::uint32_t>(i - first);
    const auto& record = records_[i];
    if (std::ranges::all_of(record, &std::string::empty)) block.blank_rows.push_back(row);
    for (std::size_t column = 0; column < wanted.size(); ++column) {
      const std::size_t position = wanted[column].position;
      writer.Put(column, row, position < record.size() ? std::string_view(record[position]) : "");
    }
  }
  for (const BadCell& bad : bad_cells_) {
    const auto column = std::ranges::find(wanted, bad.position, &WantedColumn::position);
    if (bad.record < first || bad.record >= records_.size() || column == wanted.end()) continue;
    block.faults.push_back({.row = static_cast<std::uint32_t>(bad.record - first),
                            .column = static_cast<std::uint16_t>(column - wanted.begin()),
                            .fate = Fate::kUnreadable,
                            .code = bad.code,
                            .arguments = {bad.name}});
  }
  return JoinBlocks(wanted, workers, std::move(blocks), 1);
}

}  // namespace dijia::io
