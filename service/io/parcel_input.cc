#include "io/parcel_input.h"

#include <utility>

#include "dijia/base/codes.h"
#include "io/csv_records.h"
#include "io/file_error.h"
#include "io/input_format.h"
#include "io/json_records.h"
#include "io/table_rows.h"
#include "json/parcel_codec.h"

namespace dijia::io {
namespace {

ParcelRow RowOf(const JsonRecord& record, const std::string& source) {
  ParcelRow row;
  row.row = record.row;
  row.text = record.text;
  if (record.value == nullptr) {
    row.problems = record.problems;
    return row;
  }
  Diagnostics problems;
  row.parcel = json::ReadParcel(*record.value, source, problems);
  row.problems = ProblemsAt(record, problems);
  return row;
}

// NDJSON, as a stream; the row of a parcel is its line.
class ParcelLines : public ParcelInput {
 public:
  explicit ParcelLines(const ParcelInputOptions& options)
      : path_(options.path),
        stream_(options.path, {options.encoding, options.read, options.eager, false}) {}

  bool Next(InputBlock& block) override { return stream_.Next(block.piece); }
  void Read(const InputBlock& block, const std::function<void(ParcelRow&)>& use) const override {
    ReadJsonLines(block.piece, path_, [&](const JsonRecord& record) {
      ParcelRow row = RowOf(record, path_.string());
      use(row);
    });
  }

 private:
  std::filesystem::path path_;
  RecordStream stream_;
};

// One document, read whole; the row of a parcel is its number in the list.
class ParcelDocument : public ParcelInput {
 public:
  explicit ParcelDocument(JsonList list) : list_(std::move(list)) {}

  bool Next(InputBlock& block) override { return list_.Next(block); }
  void Read(const InputBlock& block, const std::function<void(ParcelRow&)>& use) const override {
    list_.Read(block, [&](const JsonRecord& record) {
      ParcelRow row = RowOf(record, list_.source());
      use(row);
    });
  }
  bool is_single() const override { return !list_.is_list(); }
  bool has_texts() const override { return false; }

 private:
  JsonList list_;
};

// A spreadsheet or a layer of geodata, read whole.
class TableParcels : public ParcelInput {
 public:
  TableParcels(ParcelLayout layout, TableRows rows, std::string point_crs)
      : layout_(std::move(layout)), rows_(std::move(rows)), point_crs_(std::move(point_crs)) {}

  static std::unique_ptr<ParcelInput> Open(const ParcelInputOptions& options, TableFormat format,
                                           const Reference& reference, Diagnostics& diagnostics) {
    const auto has_header = [&](const Records& head) {
      Diagnostics unheard;
      return ParcelLayout::Match(head, reference, "", unheard).has_value();
    };
    const Table table =
        OpenTable({options.path, format, options.layer, options.encoding, has_header});
    const std::string source = options.source.value_or(options.path.string());
    auto layout = ParcelLayout::Match(table.head(), reference, source, diagnostics);
    if (!layout) return nullptr;
    TableRows rows(table, layout->header(), layout->positions(), layout->width(), source);
    return std::make_unique<TableParcels>(*std::move(layout), std::move(rows), table.point_crs());
  }

  bool Next(InputBlock& block) override { return rows_.Next(block); }
  void Read(const InputBlock& block, const std::function<void(ParcelRow&)>& use) const override {
    rows_.Read(block, [&](std::uint64_t number, std::span<const std::string_view> cells,
                          const Diagnostics& faults) {
      ParcelRow row;
      if (faults.total() > 0) {
        row.row = number;
        row.problems = faults;
      } else {
        row = layout_.Read(number, cells);
        if (row.parcel.x && row.parcel.crs.empty()) row.parcel.crs = point_crs_;
      }
      use(row);
    });
  }

 private:
  ParcelLayout layout_;
  TableRows rows_;
  std::string point_crs_;  // of the points of a layer
};

}  // namespace

CsvParcels::CsvParcels(CsvRecords records, ParcelLayout layout)
    : records_(std::move(records)), layout_(std::move(layout)) {
  records_.SetHeader(layout_.header(), layout_.width());
  header_text_ = records_.HeadText(layout_.header());
}

void CsvParcels::Read(const InputBlock& block, const std::function<void(ParcelRow&)>& use) const {
  records_.Read(block, [&](const RecordCutter& cutter, std::uint64_t number,
                           const std::optional<Diagnostic>& fault) {
    ParcelRow row = RowOf(cutter, number, fault);
    use(row);
  });
}

ParcelRow CsvParcels::ReadRecord(const RecordCutter& cutter, std::uint64_t number) const {
  return RowOf(cutter, number, records_.FaultOf(cutter, number));
}

ParcelRow CsvParcels::RowOf(const RecordCutter& cutter, std::uint64_t number,
                            const std::optional<Diagnostic>& fault) const {
  ParcelRow row;
  if (fault) {
    row.row = number;
    row.problems.Add(*fault);
  } else {
    row = layout_.Read(number, cutter.cells());
  }
  row.text = cutter.record();
  return row;
}

std::unique_ptr<ParcelInput> OpenParcels(const ParcelInputOptions& options,
                                         const Reference& reference, Diagnostics& diagnostics) {
  std::string word;
  const auto format = InputFormat(options.path, options.format, word);
  if (format == "csv") {
    CsvRecords records(options.path, {options.encoding, options.read, options.eager, true});
    auto layout =
        ParcelLayout::Match(records.head(), reference, options.path.string(), diagnostics);
    if (!layout) return nullptr;
    return std::make_unique<CsvParcels>(std::move(records), *std::move(layout));
  }
  if (format == "ndjson") return std::make_unique<ParcelLines>(options);
  if (format && IsTableFormat(*format)) {
    return TableParcels::Open(options, *FormatOf(options.path, *format), reference, diagnostics);
  }
  if (format != "json") throw FileError({Code::kParcelFormatNotKnown, {}, {word}});
  auto list = JsonList::Open(options.path, diagnostics);
  if (!list) return nullptr;
  return std::make_unique<ParcelDocument>(*std::move(list));
}

}  // namespace dijia::io
