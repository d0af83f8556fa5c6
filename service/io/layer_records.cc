#include "io/layer_records.h"

#include <gdal_priv.h>
#include <ogr_spatialref.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <mutex>
#include <utility>

#include "dijia/base/codes.h"
#include "io/byte_source.h"
#include "io/cell.h"
#include "io/text_encoding.h"

namespace dijia::io {
namespace {

// Otherwise GDAL takes the first row for names of fields where the second one has numbers, and
// guesses types. These drivers have no options for one file.
constexpr std::pair<const char*, const char*> kSettings[] = {{"OGR_XLSX_HEADERS", "DISABLE"},
                                                             {"OGR_XLSX_FIELD_TYPES", "STRING"},
                                                             {"OGR_ODS_HEADERS", "DISABLE"},
                                                             {"OGR_ODS_FIELD_TYPES", "STRING"}};

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
      record.push_back(
          feature->IsFieldSetAndNotNull(i) ? SpreadsheetText(feature->GetFieldAsString(i)) : "");
    }
  }
  return records;
}

bool HasColumn(const std::vector<std::string>& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

// The shortest text that reads back, not a fixed number of digits.
std::string Text(double number) {
  std::array<char, 40> text{};
  CPLsnprintf(text.data(), text.size(), "%.15g", number);
  return text.data();
}

std::string FieldText(OGRFeature& feature, int field) {
  if (!feature.IsFieldSetAndNotNull(field)) return {};
  const OGRFieldType type = feature.GetFieldDefnRef(field)->GetType();
  return type == OFTReal ? Text(feature.GetFieldAsDouble(field)) : feature.GetFieldAsString(field);
}

// All these formats store easting or longitude first, whatever the axis order of their coordinate
// system.
void AppendPoint(const OGRGeometry* geometry, std::vector<std::string>& record) {
  const bool is_point = geometry != nullptr && !geometry->IsEmpty() &&
                        wkbFlatten(geometry->getGeometryType()) == wkbPoint;
  record.push_back(is_point ? Text(geometry->toPoint()->getX()) : "");
  record.push_back(is_point ? Text(geometry->toPoint()->getY()) : "");
}

std::vector<std::string> FieldNames(OGRLayer& layer) {
  std::vector<std::string> names;
  const OGRFeatureDefn& definition = *layer.GetLayerDefn();
  for (int i = 0; i < definition.GetFieldCount(); ++i) {
    names.emplace_back(definition.GetFieldDefn(i)->GetNameRef());
  }
  return names;
}

// Whether points add x and y: not where fields have them.
bool AddsPoint(OGRLayer& layer, const std::vector<std::string>& names) {
  return !HasColumn(names, "x") && !HasColumn(names, "y") &&
         wkbFlatten(layer.GetGeomType()) == wkbPoint;
}

Records ReadFeatures(OGRLayer& layer, std::size_t most) {
  Records records(1);
  records[0] = FieldNames(layer);
  const bool add_point = AddsPoint(layer, records[0]);
  if (add_point) records[0].insert(records[0].end(), {"x", "y"});
  layer.ResetReading();
  for (const auto& feature : layer) {
    if (records.size() >= most) break;
    std::vector<std::string>& record = records.emplace_back();
    for (int i = 0; i < feature->GetFieldCount(); ++i) record.push_back(FieldText(*feature, i));
    if (add_point) AppendPoint(feature->GetGeometryRef(), record);
  }
  return records;
}

std::string LayerNames(const std::vector<OGRLayer*>& layers) {
  std::string names;
  for (OGRLayer* layer : layers) {
    names += (names.empty() ? "" : ", ") + std::string(layer->GetName());
  }
  return names;
}

// A file in the memory of GDAL.
class MemoryFile {
 public:
  MemoryFile(std::string name, std::string bytes)
      : name_(std::move(name)), bytes_(std::move(bytes)) {
    auto* data = reinterpret_cast<GByte*>(bytes_.data());
    VSILFILE* const file = VSIFileFromMemBuffer(name_.c_str(), data, bytes_.size(), FALSE);
    if (file != nullptr) VSIFCloseL(file);
  }
  ~MemoryFile() { VSIUnlink(name_.c_str()); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  const std::string& name() const { return name_; }

 private:
  std::string name_, bytes_;
};

// GDAL knows spreadsheets by their extension only: one of another name is shown to it by a right
// one.
Result<std::shared_ptr<const MemoryFile>> UnderARightName(const TableSource& source) {
  const TableFormat named = FormatOf(source.path, "").value_or(TableFormat::kCsv);
  if (!IsSpreadsheet(source.format) || named == source.format) {
    return std::shared_ptr<const MemoryFile>();
  }
  const Result<ByteSource> bytes = ByteSource::Open(source.path);
  if (!bytes) return bytes.error();
  Result<std::string> all = bytes->ReadAll();
  if (!all) return all.error();
  static std::atomic<unsigned> count = 0;
  return std::make_shared<const MemoryFile>(
      "/vsimem/dijia-" + std::to_string(++count) + "." + std::string(NameOf(source.format)),
      std::move(*all));
}

}  // namespace

QuietGdal::QuietGdal() {
  static std::once_flag once;
  std::call_once(once, GDALAllRegister);
  CPLPushErrorHandler(CPLQuietErrorHandler);
  for (const auto& [name, value] : kSettings) CPLSetThreadLocalConfigOption(name, value);
}

QuietGdal::~QuietGdal() {
  for (const auto& [name, value] : kSettings) CPLSetThreadLocalConfigOption(name, nullptr);
  CPLPopErrorHandler();
  CPLErrorReset();
}

void DatasetDeleter::operator()(GDALDataset* dataset) const { GDALClose(dataset); }

Result<Dataset> OpenDataset(const TableSource& source) {
  const TableFormat format = source.format;
  const std::string driver(DriverOf(format));
  const char* const drivers[] = {driver.c_str(), nullptr};
  std::vector<const char*> options;
  if (format == TableFormat::kShapefile) options = {"ENCODING="};
  options.push_back(nullptr);
  const auto renamed = UnderARightName(source);
  if (!renamed) return renamed.error();
  const std::string name = *renamed ? (*renamed)->name() : source.path.string();
  Dataset dataset(GDALDataset::Open(name.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY, drivers,
                                    options.data(), nullptr),
                  DatasetDeleter{*renamed});
  if (!dataset || dataset->GetLayerCount() == 0) {
    return Error{Code::kTableNotReadable, std::string(TitleOf(format))};
  }
  return dataset;
}

Result<OGRLayer*> ChooseLayer(GDALDataset& dataset, const TableSource& source,
                              const LayerChoice& choice) {
  std::vector<OGRLayer*> all, wanted;
  for (OGRLayer* layer : dataset.GetLayers()) all.push_back(layer);
  if (!choice.name.empty()) {
    if (OGRLayer* layer = dataset.GetLayerByName(choice.name.c_str())) return layer;
    return Error{Code::kLayerNotFound, "\"" + choice.name + "\" (" + LayerNames(all) + ")"};
  }
  std::ranges::copy_if(all, std::back_inserter(wanted), [&](OGRLayer* layer) {
    return choice.is_wanted(ReadLayer(*layer, source.format, choice.head));
  });
  if (wanted.size() > 1) return Error{Code::kLayerAmbiguous, LayerNames(wanted)};
  return wanted.empty() ? all.front() : wanted.front();
}

Records ReadLayer(OGRLayer& layer, TableFormat format, std::size_t most) {
  return IsSpreadsheet(format) ? ReadSheet(layer, most) : ReadFeatures(layer, most);
}

std::optional<std::size_t> FindNotUtf8(const Records& records) {
  const auto found = std::ranges::find_if(records, [](const std::vector<std::string>& record) {
    return !std::ranges::all_of(record, IsUtf8);
  });
  if (found == records.end()) return std::nullopt;
  return static_cast<std::size_t>(found - records.begin());
}

std::string PointCrs(OGRLayer& layer) {
  if (!AddsPoint(layer, FieldNames(layer))) return {};
  const OGRSpatialReference* const reference = layer.GetSpatialRef();
  if (reference == nullptr) return "?";
  const char* const authority = reference->GetAuthorityName(nullptr);
  const char* const code = reference->GetAuthorityCode(nullptr);
  if (authority == nullptr || code == nullptr) return "?";
  const std::string name = std::string(authority) + ":" + code;
  return name == "OGC:CRS84" ? "EPSG:4326" : name;
}

std::string RefusedDatum(OGRLayer& layer) {
  const OGRSpatialReference* reference = layer.GetSpatialRef();
  const char* datum = reference == nullptr ? nullptr : reference->GetAttrValue("DATUM");
  const std::string_view name = datum == nullptr ? "" : datum;
  for (const std::string_view old : {"Xian", "Beijing", "Pulkovo_1942"}) {
    if (name.find(old) != std::string_view::npos) return std::string(name);
  }
  return {};
}

}  // namespace dijia::io
