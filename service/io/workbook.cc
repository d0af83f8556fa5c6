#include "io/workbook.h"

#include <ogrsf_frmts.h>

#include <utility>

#include "dijia/base/codes.h"
#include "io/byte_source.h"
#include "io/file_contents.h"

namespace dijia::io {
namespace {

// What GDAL gives for a cell that cannot be used (the formula, an old result) would be a value.
void ClearFaults(WorkbookSheet& sheet) {
  for (const SheetFault& fault : sheet.faults) {
    const std::size_t row = fault.row - 1, column = fault.column - 1;
    if (row < sheet.records.size() && column < sheet.records[row].size()) {
      sheet.records[row][column].clear();
    }
  }
}

Result<std::vector<WorkbookSheet>> ReadSheets(const TableSource& source) {
  const QuietGdal quiet;
  const Result<Dataset> dataset = OpenDataset(source);
  if (!dataset) return dataset.error();
  std::vector<WorkbookSheet> sheets;
  for (OGRLayer* layer : (*dataset)->GetLayers()) {
    WorkbookSheet sheet{layer->GetName(), ReadLayer(*layer, source.format, SIZE_MAX), {}};
    Result<SheetFaults> faults = FindSheetFaults(source.path, source.format, sheet.name);
    if (!faults) return faults.error();
    sheet.faults = *std::move(faults);
    ClearFaults(sheet);
    sheets.push_back(std::move(sheet));
  }
  return sheets;
}

}  // namespace

std::optional<std::vector<WorkbookSheet>> ReadWorkbook(const std::filesystem::path& path,
                                                       TableFormat format,
                                                       Diagnostics& diagnostics) {
  const auto refuse = [&](const Error& error) {
    diagnostics.Add(error.code, {path.string(), 0, 0, ""}, {error.detail});
    return std::nullopt;
  };
  const Result<ByteSource> bytes = ByteSource::Open(path);
  if (!bytes) return refuse(bytes.error());
  if (auto fault = FaultOfContents(*bytes, path, format)) {
    fault->where.source = path.string();
    diagnostics.Add(*std::move(fault));
    return std::nullopt;
  }
  Result<std::vector<WorkbookSheet>> sheets = ReadSheets({path, format});
  if (!sheets) return refuse(sheets.error());
  return *std::move(sheets);
}

}  // namespace dijia::io
