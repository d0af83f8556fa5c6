// ReadCsv: whole columns by header name.
#include <algorithm>
#include <limits>
#include <utility>

#include "dijia/base/codes.h"
#include "io/csv.h"

namespace dijia::io {
namespace {

// Gives a schema column its values, `rows` long, and the target that fills them.
ColumnTarget Prepare(const CsvSchemaColumn& column, std::size_t rows, CsvValues& values) {
  switch (column.type) {
    case CsvType::kInt64:
      return ToInt64{values.emplace<std::vector<std::int64_t>>(rows), column.scale};
    case CsvType::kInt32:
      return ToInt32{values.emplace<std::vector<std::int32_t>>(rows), column.scale};
    case CsvType::kReal:
      return ToReal{values.emplace<std::vector<double>>(rows)};
    case CsvType::kDate:
      return ToDate{values.emplace<std::vector<std::int32_t>>(rows)};
    case CsvType::kName: {
      auto& names = values.emplace<CsvNames>();
      names.codes.resize(rows);
      return ToCode32{names.codes, &names.names};
    }
    case CsvType::kText:
      break;
  }
  return ToText{&values.emplace<TextColumn>()};
}

}  // namespace

Result<CsvColumns> ReadCsv(ByteSource bytes, std::span<const CsvSchemaColumn> schema,
                           const CsvOptions& options) {
  Result<CsvFile> file = CsvFile::Open(std::move(bytes), options);
  if (!file) return file.error();
  const std::vector<std::string> header =
      file->head().empty() ? std::vector<std::string>() : file->head().front();
  CsvColumns columns;
  columns.rows = file->records() > 0 ? file->records() - 1 : 0;
  columns.columns.resize(schema.size());
  std::vector<WantedColumn> wanted(schema.size());
  for (std::size_t i = 0; i < schema.size(); ++i) {
    const auto found = std::ranges::find(header, schema[i].name);
    if (found == header.end()) return Error{Code::kMissingColumn, schema[i].name};
    wanted[i].position = static_cast<std::size_t>(found - header.begin());
    wanted[i].field = schema[i].name;
    wanted[i].target = Prepare(schema[i], columns.rows, columns.columns[i]);
  }
  Result<Filling> filling = file->Fill(0, wanted);
  if (!filling) return filling.error();
  columns.filling = std::move(*filling);
  return columns;
}

}  // namespace dijia::io
