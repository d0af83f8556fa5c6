#include "io/table.h"

#include <ogrsf_frmts.h>

#include <algorithm>
#include <utility>

#include "dijia/base/codes.h"
#include "io/column_fill.h"
#include "io/shapefile_text.h"
#include "io/sheet_xml.h"

namespace dijia::io {

Result<Table> Table::Open(const std::filesystem::path& path, TableFormat format,
                          const TableOptions& options) {
  const QuietGdal quiet;
  const TableSource source{path, format};
  const Result<Dataset> dataset = OpenDataset(source);
  if (!dataset) return dataset.error();
  // Headers of a Shapefile are bytes yet; it has one layer, which is taken whatever they are.
  const Result<OGRLayer*> layer =
      ChooseLayer(**dataset, source, {options.layer, kHeadRecords, options.is_wanted});
  if (!layer) return layer.error();
  if (std::string datum = RefusedDatum(**layer); !datum.empty()) {
    return Error{Code::kDatumNotAccepted, std::move(datum)};
  }
  Table table;
  table.layer_ = (*layer)->GetName();
  table.records_ = ReadLayer(**layer, format, SIZE_MAX);
  if (!IsSpreadsheet(format)) table.point_crs_ = PointCrs(**layer);
  Status status = Done{};
  if (format == TableFormat::kShapefile) status = table.Decode(path, options.encoding);
  if (status && FindNotUtf8(table.records_)) status = Error{Code::kTextNotUtf8, {}};
  if (status && IsSpreadsheet(format)) status = table.FindBadCells(path, format);
  if (!status) return status.error();
  return table;
}

Status Table::Decode(const std::filesystem::path& path, const std::string& encoding) {
  Result<ShapefileText> decoded = DecodeShapefile(path, encoding, records_);
  if (!decoded) return decoded.error();
  encoding_ = std::move(decoded->encoding);
  cut_ = std::move(decoded->cut);
  if (decoded->warning) warnings_.push_back(*std::move(decoded->warning));
  return Done{};
}

Status Table::FindBadCells(const std::filesystem::path& path, TableFormat format) {
  const Result<SheetFaults> faults = FindSheetFaults(path, format, layer_);
  if (!faults) return faults.error();
  for (const SheetFault& fault : *faults) {
    const std::size_t record = fault.row - 1, position = fault.column - 1;
    bad_cells_.push_back({record, position, fault.code, fault.name});
    // What GDAL gives instead (the formula, an old result) would be a second fault.
    if (record < records_.size() && position < records_[record].size()) {
      records_[record][position].clear();
    }
  }
  return Done{};
}

Records Table::head() const {
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
