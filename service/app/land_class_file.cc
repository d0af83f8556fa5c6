#include "app/land_class_file.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "dijia/base/codes.h"
#include "dijia/base/names.h"
#include "io/cell.h"
#include "io/csv_records.h"
#include "io/file_error.h"
#include "io/fingerprint.h"
#include "io/header_row.h"
#include "io/reference.h"
#include "io/table_format.h"
#include "io/table_rows.h"

namespace dijia::app {
namespace {

namespace fs = std::filesystem;
using store::NewLandClass;

// What a column may be called; the first name is the one of messages.
struct ColumnNames {
  std::array<std::string_view, 5> names;
  bool is_needed = true;
};
enum ColumnId : std::size_t { kCounty, kTown, kClass, kFrom, kUntil, kInstrument, kColumnCount };
constexpr std::array<ColumnNames, kColumnCount> kColumns{{
    {{"county", "县代码", "旗县", "县（市、区、旗）", "县"}},
    {{"town", "乡镇", "乡（镇）", "苏木乡镇", "街道"}, false},
    {{"land_class", "等别", "土地等别", "土地等", "等"}},
    {{"from", "起", "自", "起始日期", "执行日期"}},
    {{"until", "止", "止（不含）", "至（不含）", "终止日期"}, false},
    {{"instrument", "文号", "依据", "文件", "来源"}},
}};

std::optional<std::size_t> ColumnNamed(std::string_view header) {
  const std::string key = io::NameKey(header);
  for (std::size_t i = 0; i < kColumnCount; ++i) {
    const auto is_it = [&key](std::string_view name) { return io::NameKey(name) == key; };
    if (!key.empty() && std::ranges::any_of(kColumns[i].names, is_it)) return i;
  }
  return std::nullopt;
}

std::string NeededNames() {
  std::vector<std::string_view> names;
  for (const ColumnNames& column : kColumns) {
    if (column.is_needed) names.push_back(column.names.front());
  }
  return JoinNames(names);
}

// Where the columns stand in a file.
struct Layout {
  std::size_t header = 0, width = 0;
  std::array<std::optional<std::size_t>, kColumnCount> positions;

  std::vector<std::size_t> Taken() const {
    std::vector<std::size_t> taken;
    for (const auto& position : positions) {
      if (position) taken.push_back(*position);
    }
    return taken;
  }
};

// Nothing after reports of a header that cannot be used.
std::optional<Layout> MatchHeader(const std::vector<std::vector<std::string>>& head,
                                  const std::string& source, Diagnostics& diagnostics) {
  const auto row = io::FindHeaderRow(
      head, [](const std::string& name) { return ColumnNamed(name).has_value(); }, source,
      NeededNames(), diagnostics);
  if (!row) return std::nullopt;
  Layout layout{*row, head[*row].size(), {}};
  const Location where{source, *row + 1, 0, ""};
  const std::size_t errors = diagnostics.errors();
  for (std::size_t i = 0; i < layout.width; ++i) {
    const auto column = ColumnNamed(head[*row][i]);
    if (!column) continue;
    auto& position = layout.positions[*column];
    if (!position) {
      position = i;
    } else {
      diagnostics.Add(Code::kColumnTwice, where,
                      {std::string(kColumns[*column].names.front()), std::to_string(*position + 1),
                       std::to_string(i + 1)});
    }
  }
  std::vector<std::string_view> missing;
  for (std::size_t i = 0; i < kColumnCount; ++i) {
    if (kColumns[i].is_needed && !layout.positions[i]) missing.push_back(kColumns[i].names.front());
  }
  if (!missing.empty()) {
    const std::vector<std::string_view> found(head[*row].begin(), head[*row].end());
    diagnostics.Add(Code::kColumnsMissing, where, {JoinNames(missing), JoinNames(found)});
  }
  const auto is_used = [&layout](std::size_t i) {
    return std::ranges::find(layout.positions, std::optional(i)) != layout.positions.end();
  };
  io::ReportUnusedColumns(head[*row], is_used, where, diagnostics);
  return diagnostics.errors() == errors ? std::optional(layout) : std::nullopt;
}

// Rows of texts → what they say.
class RowReader {
 public:
  RowReader(Layout layout, std::string source, const io::Reference& reference,
            Diagnostics& diagnostics)
      : layout_(std::move(layout)),
        source_(std::move(source)),
        reference_(reference),
        diagnostics_(diagnostics) {}

  void Read(std::uint64_t number, std::span<const std::string_view> cells) {
    row_ = number;
    cells_ = cells;
    const std::size_t errors = diagnostics_.errors();
    NewLandClass row;
    row.source_row = static_cast<std::int64_t>(number);
    row.county = County();
    row.town = AsWritten(kTown);
    row.land_class = LandClassNumber();
    row.instrument = AsWritten(kInstrument);
    if (row.instrument.empty()) ReportMissing(kInstrument, "国土资发〔2006〕307号 附件2");
    if (Text(kFrom).empty()) ReportMissing(kFrom, "2007-01-01");
    const auto from = Day(kFrom);
    row.until = Day(kUntil);
    if (from) row.from = *from;
    if (from && row.until && *row.until <= *from) {
      Report(kUntil, Code::kPeriodEmpty, {FormatDate(*from), FormatDate(*row.until)});
    }
    if (diagnostics_.errors() == errors && !Overlaps(row)) rows_.push_back(std::move(row));
  }

  std::vector<NewLandClass> Take() && { return std::move(rows_); }

 private:
  // Empty where the cell says nothing.
  std::string Text(ColumnId column) const {
    const auto& position = layout_.positions[column];
    if (!position || *position >= cells_.size()) return "";
    std::string buffer;
    const std::string_view text = io::Plain(cells_[*position], buffer);
    return io::SaysNothing(text) ? std::string() : std::string(text);
  }

  // The same for names of people's making, which are kept as they are.
  std::string AsWritten(ColumnId column) const {
    if (Text(column).empty()) return "";
    return std::string(io::Trimmed(cells_[*layout_.positions[column]]));
  }

  void Report(ColumnId column, Code code, std::vector<std::string> arguments) {
    const auto position = static_cast<std::uint32_t>(layout_.positions[column].value_or(0) + 1);
    diagnostics_.Add(code, {source_, row_, position, std::string(kColumns[column].names.front())},
                     std::move(arguments));
  }
  void ReportMissing(ColumnId column, const std::string& example) {
    Report(column, Code::kPlanValueMissing, {std::string(kColumns[column].names.front()), example});
  }

  std::string County() {
    constexpr std::size_t kCodeDigits = 6;
    const std::string text = Text(kCounty);
    const bool is_code =
        text.size() == kCodeDigits && text.find_first_not_of("0123456789") == std::string::npos;
    if (is_code) return text;
    if (const std::string* code = reference_.counties.Find(text)) return *code;
    Report(kCounty, Code::kCountyNotKnown, {text});
    return "";
  }

  int LandClassNumber() {
    const std::string text = Text(kClass);
    if (text == "none" || text == "无") return 0;
    const io::CellValue<io::GradeCell> cell = io::ReadGradeCell(text);
    const int number =
        cell.value ? std::max(cell.value->land_class.value, cell.value->grade.value) : 0;
    if (number >= 1 && number <= store::kLowestLandClass) return number;
    Report(kClass, Code::kNotAFactValue,
           {text, "1–" + std::to_string(store::kLowestLandClass) + ", none"});
    return 0;
  }

  std::optional<Date> Day(ColumnId column) {
    const io::CellValue<Date> cell = io::ReadDateCell(Text(column));
    if (cell.problem) Report(column, cell.problem->code, cell.problem->arguments);
    return cell.value;
  }

  bool Overlaps(const NewLandClass& row) {
    auto& others = by_place_[{row.county, row.town}];
    for (const NewLandClass& other : others) {
      const bool is_apart =
          (row.until && *row.until <= other.from) || (other.until && *other.until <= row.from);
      if (is_apart) continue;
      Report(kFrom, Code::kTableRowTwice, {std::to_string(other.source_row)});
      return true;
    }
    others.push_back(row);
    return false;
  }

  const Layout layout_;
  const std::string source_;
  const io::Reference& reference_;
  Diagnostics& diagnostics_;
  std::uint64_t row_ = 0;
  std::span<const std::string_view> cells_;
  std::vector<NewLandClass> rows_;
  std::map<std::pair<std::string, std::string>, std::vector<NewLandClass>> by_place_;
};

using Rows = std::optional<std::vector<NewLandClass>>;

Rows ReadCsv(const fs::path& file, const LandClassReading& reading, const io::Reference& reference,
             Diagnostics& diagnostics) {
  io::RecordStreamOptions stream;
  stream.encoding = reading.encoding;
  stream.quotes = true;
  io::CsvRecords records(file, std::move(stream));
  const auto layout = MatchHeader(records.head(), file.string(), diagnostics);
  if (!layout) return std::nullopt;
  records.SetHeader(layout->header, layout->width);
  RowReader reader(*layout, file.string(), reference, diagnostics);
  io::InputBlock block;
  while (records.Next(block)) {
    records.Read(block, [&](const io::RecordCutter& cutter, std::uint64_t number,
                            const std::optional<Diagnostic>& fault) {
      if (fault) {
        diagnostics.Add(*fault);
      } else {
        reader.Read(number, cutter.cells());
      }
    });
  }
  return std::move(reader).Take();
}

Rows ReadSheet(const fs::path& file, io::TableFormat format, const LandClassReading& reading,
               const io::Reference& reference, Diagnostics& diagnostics) {
  const auto has_header = [](const io::Records& head) {
    Diagnostics unheard;
    return MatchHeader(head, "", unheard).has_value();
  };
  const io::Table table =
      io::OpenTable({file, format, reading.layer, reading.encoding, has_header});
  const auto layout = MatchHeader(table.head(), file.string(), diagnostics);
  if (!layout) return std::nullopt;
  io::TableRows blocks(table, layout->header, layout->Taken(), layout->width, file.string());
  RowReader reader(*layout, file.string(), reference, diagnostics);
  io::InputBlock block;
  while (blocks.Next(block)) {
    blocks.Read(block, [&](std::uint64_t number, std::span<const std::string_view> cells,
                           const Diagnostics& faults) {
      if (faults.total() > 0) {
        diagnostics.Append(faults);
      } else {
        reader.Read(number, cells);
      }
    });
  }
  return std::move(reader).Take();
}

}  // namespace

std::optional<store::LandClassArrival> ReadLandClasses(const fs::path& file,
                                                       const LandClassReading& reading,
                                                       Diagnostics& diagnostics) {
  const Result<io::Reference> reference = io::LoadReference(reading.reference_folder);
  if (!reference) throw io::FileError({reference.error().code, {}, {reference.error().detail}});
  const Result<io::TableFormat> format = io::FormatOf(file, reading.format);
  const std::size_t errors = diagnostics.errors();
  Rows rows = *format == io::TableFormat::kCsv
                  ? ReadCsv(file, reading, *reference, diagnostics)
                  : ReadSheet(file, *format, reading, *reference, diagnostics);
  if (rows && rows->empty() && diagnostics.errors() == errors) {
    diagnostics.Add(Code::kNoRows, {file.string(), 0, 0, ""}, {});
  }
  if (!rows || rows->empty() || diagnostics.errors() > errors) return std::nullopt;
  return store::LandClassArrival{file.filename().string(), io::FingerprintOf(file).sha256,
                                 *std::move(rows)};
}

}  // namespace dijia::app
