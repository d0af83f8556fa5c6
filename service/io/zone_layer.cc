#include "io/zone_layer.h"

#include <ogrsf_frmts.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string_view>
#include <utility>

#include "dijia/base/codes.h"
#include "dijia/base/names.h"
#include "io/byte_source.h"
#include "io/cell.h"
#include "io/file_contents.h"
#include "io/file_error.h"
#include "io/header_row.h"
#include "io/layer_crs.h"
#include "io/layer_records.h"
#include "io/shapefile_text.h"

namespace dijia::io {
namespace {

constexpr std::array<std::string_view, 4> kFields{"use", "sub_use", "grade", "zone"};
enum FieldAt : std::size_t { kUse, kSubUse, kGrade, kZone };
constexpr std::size_t kNotThere = SIZE_MAX;

// Which fields of a layer say what.
struct Columns {
  std::array<std::size_t, kFields.size()> at{kNotThere, kNotThere, kNotThere, kNotThere};

  bool is_map() const {
    return at[kUse] != kNotThere && (at[kGrade] != kNotThere || at[kZone] != kNotThere);
  }
  bool Uses(std::size_t position) const { return std::ranges::find(at, position) != at.end(); }
};

// The column that a name stands for; null for others. A name that the Shapefile cut is completed
// where all known names that begin so mean one column, and refused where they do not.
const std::string* ColumnNamed(const std::string& name, bool is_cut, const Reference& reference,
                               const Location& where, Diagnostics& diagnostics) {
  if (const std::string* column = reference.columns.Find(name)) return column;
  if (!is_cut) return nullptr;
  const std::string* found = nullptr;
  std::string names;
  bool is_doubtful = false;
  for (const std::string& known : reference.columns.names()) {
    if (!NameKey(known).starts_with(NameKey(name))) continue;
    const std::string* const column = reference.columns.Find(known);
    is_doubtful = is_doubtful || (found != nullptr && *found != *column);
    found = column;
    names += (names.empty() ? "" : ", ") + known;
  }
  if (found == nullptr) return nullptr;
  diagnostics.Add(is_doubtful ? Code::kFieldNameCut : Code::kFieldNameCompleted, where,
                  {name, names});
  return is_doubtful ? nullptr : found;
}

Columns ColumnsOf(const std::vector<std::string>& names, const std::vector<std::size_t>& cut,
                  const Reference& reference, const Location& where, Diagnostics& diagnostics) {
  Columns columns;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const bool is_cut = std::ranges::find(cut, i) != cut.end();
    const std::string* const column = ColumnNamed(names[i], is_cut, reference, where, diagnostics);
    if (column == nullptr) continue;
    const auto field = std::ranges::find(kFields, *column);
    if (field == kFields.end()) continue;
    std::size_t& at = columns.at[static_cast<std::size_t>(field - kFields.begin())];
    if (at != kNotThere) {
      diagnostics.Add(Code::kColumnTwice, where,
                      {*column, std::to_string(at + 1), std::to_string(i + 1)});
    }
    at = i;
  }
  return columns;
}

// Reads the features of one layer.
class LayerReader {
 public:
  LayerReader(OGRLayer& layer, const Columns& columns, const LayerCrs& crs, std::string source,
              const Reference& reference, Diagnostics& diagnostics)
      : layer_(layer),
        columns_(columns),
        crs_(crs),
        source_(std::move(source)),
        reference_(reference),
        diagnostics_(diagnostics) {}

  // `records`: the names of the fields and the texts of the features.
  void Read(const Records& records, std::vector<ZoneFeature>& features) {
    std::size_t row = 1;
    layer_.ResetReading();
    for (const auto& feature : layer_) {
      if (row >= records.size()) break;
      row_ = row + 1;
      ZoneFeature read{{source_, row_, 0, ""}, {}};
      const std::size_t before = diagnostics_.errors();
      ReadCells(records[row], read.place);
      ReadShape(feature->GetGeometryRef(), read.place);
      if (diagnostics_.errors() == before) features.push_back(std::move(read));
      ++row;
    }
  }

 private:
  std::string Cell(const std::vector<std::string>& record, std::size_t field) const {
    const std::size_t at = columns_.at[field];
    if (at == kNotThere || at >= record.size()) return {};
    std::string buffer;
    const std::string_view plain = Plain(record[at], buffer);
    return SaysNothing(plain) ? std::string() : std::string(plain);
  }

  void ReadCells(const std::vector<std::string>& record, MappedPlace& place) {
    const std::string use = Cell(record, kUse), grade = Cell(record, kGrade);
    const std::string* const code = reference_.land_uses.Find(use);
    const auto known = FromCode<LandUse>(code == nullptr ? use : *code);
    if (use.empty()) {
      Report(Code::kMissingField, kUse, {"use"});
    } else if (known) {
      place.use = *known;
    } else {
      std::vector<std::string_view> codes;
      for (const auto& row : EnumTableOf<LandUse>::kRows) codes.push_back(row.code);
      Report(Code::kNameNotKnown, kUse, {use, "use", JoinNames(codes)});
    }
    place.sub_use = Cell(record, kSubUse);
    place.zone = Cell(record, kZone);
    if (!grade.empty()) {
      const auto read = ReadGradeCell(grade).value;
      place.grade = read ? read->grade.value : 0;
      if (place.grade == 0) Report(Code::kGradeNotKnown, kGrade, {grade});
    } else if (place.zone.empty()) {
      Report(Code::kMissingField, kGrade, {"grade"});
    }
  }

  void ReadShape(const OGRGeometry* geometry, MappedPlace& place) {
    if (geometry == nullptr || geometry->IsEmpty())
      return Report(Code::kShapeMissing, kFields.size(), {});
    // Arcs become chords.
    const std::unique_ptr<OGRGeometry> straight(geometry->getLinearGeometry());
    const OGRwkbGeometryType type =
        straight == nullptr ? wkbUnknown : wkbFlatten(straight->getGeometryType());
    bool is_inside = true;
    if (type == wkbPolygon) {
      is_inside = AddPolygon(*straight->toPolygon(), place);
    } else if (type == wkbMultiPolygon) {
      for (const OGRPolygon* polygon : *straight->toMultiPolygon()) {
        is_inside = is_inside && AddPolygon(*polygon, place);
      }
    } else {
      Report(Code::kShapeMissing, kFields.size(), {});
    }
  }

  // False after a report: one for each feature is enough.
  bool AddPolygon(const OGRPolygon& polygon, MappedPlace& place) {
    MapPolygon& added = place.polygons.emplace_back();
    if (polygon.getExteriorRing() == nullptr) return true;
    if (!AddRing(*polygon.getExteriorRing(), added.outside)) return false;
    for (int i = 0; i < polygon.getNumInteriorRings(); ++i) {
      if (!AddRing(*polygon.getInteriorRing(i), added.holes.emplace_back())) return false;
    }
    return true;
  }

  bool AddRing(const OGRLinearRing& ring, MapRing& added) {
    for (int i = 0; i < ring.getNumPoints(); ++i) {
      const auto point = crs_.PointOf(ring.getX(i), ring.getY(i));
      if (!point) {
        Report(Code::kOutsideChina, kFields.size(), {Digits(ring.getX(i)), Digits(ring.getY(i))});
        return false;
      }
      added.push_back(*point);
    }
    return true;
  }

  static std::string Digits(double number) {
    char text[32];
    std::snprintf(text, sizeof text, "%.10g", number);
    return text;
  }

  void Report(Code code, std::size_t field, std::vector<std::string> arguments) {
    Location where{source_, row_, 0, ""};
    if (field < kFields.size()) {
      where.field = kFields[field];
      if (columns_.at[field] != kNotThere) {
        where.column = static_cast<std::uint32_t>(columns_.at[field] + 1);
      }
    }
    diagnostics_.Add(code, std::move(where), std::move(arguments));
  }

  OGRLayer& layer_;
  const Columns& columns_;
  const LayerCrs& crs_;
  std::string source_;
  const Reference& reference_;
  Diagnostics& diagnostics_;
  std::size_t row_ = 0;
};

bool HasPolygons(OGRLayer& layer) {
  const OGRwkbGeometryType type = wkbFlatten(layer.GetGeomType());
  return type == wkbPolygon || type == wkbMultiPolygon || type == wkbCurvePolygon ||
         type == wkbMultiSurface || type == wkbUnknown || type == wkbGeometryCollection;
}

// What GDAL opens: the file, or the text as a file in its memory.
class TextOfGdal {
 public:
  explicit TextOfGdal(const ZoneLayerSource& source) : path_(source.path) {
    if (!source.geojson) return;
    static std::atomic<unsigned> count = 0;
    path_ = "/vsimem/dijia-zones-" + std::to_string(++count) + ".geojson";
    // GDAL only reads it.
    auto* const bytes = reinterpret_cast<GByte*>(const_cast<char*>(source.geojson->data()));
    VSILFILE* const file =
        VSIFileFromMemBuffer(path_.c_str(), bytes, source.geojson->size(), FALSE);
    if (file != nullptr) VSIFCloseL(file);
    in_memory_ = true;
  }
  ~TextOfGdal() {
    if (in_memory_) VSIUnlink(path_.c_str());
  }
  TextOfGdal(const TextOfGdal&) = delete;
  TextOfGdal& operator=(const TextOfGdal&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
  bool in_memory_ = false;
};

// Why a file cannot be a map, or its format.
Result<TableFormat> FormatOfMap(const ZoneLayerSource& source) {
  if (source.geojson) return TableFormat::kGeoJson;
  const Result<TableFormat> format = FormatOf(source.path, "");
  if (!format) return format.error();
  const bool has_shapes = *format == TableFormat::kGeoPackage ||
                          *format == TableFormat::kShapefile || *format == TableFormat::kGeoJson;
  if (!has_shapes) return Error{Code::kZoneLayerMissing, std::string(TitleOf(*format))};
  return *format;
}

// Reads one file.
class SourceReader {
 public:
  SourceReader(const ZoneLayerSource& source, const Reference& reference,
               std::vector<ZoneFeature>& features, Diagnostics& diagnostics)
      : source_(source),
        name_(source.path.string()),
        reference_(reference),
        features_(features),
        diagnostics_(diagnostics) {}

  void Read() {
    const Result<TableFormat> format = FormatOfMap(source_);
    if (!format) return Report(format.error());
    if (HasFault(*format)) return;
    const TextOfGdal text(source_);
    const Result<Dataset> dataset = OpenDataset({text.path(), *format});
    if (!dataset) return Report(dataset.error());
    is_one_ = (*dataset)->GetLayerCount() == 1;
    for (OGRLayer* const layer : (*dataset)->GetLayers()) {
      if (HasPolygons(*layer)) ReadOne(*layer, *format);
    }
    if (!has_map_) Report({Code::kZoneLayerMissing, seen_.empty() ? "—" : seen_});
  }

 private:
  void Report(const Error& error) {
    diagnostics_.Add(error.code, {name_, 0, 0, ""}, {error.detail});
  }

  // What shows in the bytes of a file before GDAL meets them. Throws FileError.
  bool HasFault(TableFormat format) {
    if (source_.geojson) return false;
    const Result<ByteSource> bytes = ByteSource::Open(source_.path);
    if (!bytes) throw FileError({bytes.error().code, {name_, 0, 0, ""}, {bytes.error().detail}});
    auto fault = FaultOfContents(*bytes, source_.path, format);
    if (!fault) return false;
    fault->where.source = name_;
    diagnostics_.Add(*std::move(fault));
    return true;
  }

  void ReadOne(OGRLayer& layer, TableFormat format) {
    Records records = ReadLayer(layer, format, SIZE_MAX);
    std::vector<std::size_t> cut;
    if (format == TableFormat::kShapefile) {
      const Result<ShapefileText> decoded = DecodeShapefile(source_.path, "", records);
      if (!decoded) return Report(decoded.error());
      if (decoded->warning) diagnostics_.Add(*decoded->warning);
      cut = decoded->cut;
    }
    const Location header{is_one_ ? name_ : name_ + "#" + layer.GetName(), 1, 0, ""};
    if (const auto record = FindNotUtf8(records)) {
      has_map_ = true;  // as far as can be told
      diagnostics_.Add(Code::kTextNotUtf8,
                       {header.source, static_cast<std::uint32_t>(*record + 1), 0, ""});
      return;
    }
    const std::vector<std::string>& names = records.front();
    See(layer.GetName(), names);
    const Columns columns = ColumnsOf(names, cut, reference_, header, diagnostics_);
    if (!columns.is_map()) return;
    has_map_ = true;
    const auto is_used = [&](std::size_t i) { return columns.Uses(i); };
    ReportUnusedColumns(names, is_used, header, diagnostics_);
    Diagnostic fault;
    const auto crs = LayerCrs::Of(layer, fault);
    if (!crs) {
      fault.where = header;
      diagnostics_.Add(std::move(fault));
      return;
    }
    LayerReader(layer, columns, *crs, header.source, reference_, diagnostics_)
        .Read(records, features_);
  }

  void See(const std::string& layer, const std::vector<std::string>& names) {
    seen_ += (seen_.empty() ? "" : "; ") + layer + ":";
    for (const std::string& name : names) seen_ += " " + name;
  }

  const ZoneLayerSource& source_;
  std::string name_, seen_;
  const Reference& reference_;
  std::vector<ZoneFeature>& features_;
  Diagnostics& diagnostics_;
  bool is_one_ = true, has_map_ = false;
};

}  // namespace

std::vector<ZoneFeature> ReadZoneLayers(const std::vector<ZoneLayerSource>& sources,
                                        const Reference& reference, Diagnostics& diagnostics) {
  const QuietGdal quiet;
  std::vector<ZoneFeature> features;
  for (const ZoneLayerSource& source : sources) {
    SourceReader(source, reference, features, diagnostics).Read();
  }
  return features;
}

}  // namespace dijia::io
