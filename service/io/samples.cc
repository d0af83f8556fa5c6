#include "io/samples.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <limits>
#include <utility>

#include "dijia/base/codes.h"
#include "io/byte_source.h"
#include "io/csv.h"
#include "io/file_contents.h"
#include "io/file_reason.h"
#include "io/mapping.h"
#include "io/reference.h"
#include "io/sample_columns.h"
#include "io/table.h"

namespace dijia::io {
namespace {

// Takes rows out of a column, given ascending; the others move up.
template <class T>
void EraseRows(std::vector<T>& column, std::span<const std::uint32_t> rows) {
  if (column.empty()) return;
  std::size_t next = 0, kept = 0;
  for (std::size_t i = 0; i < column.size(); ++i) {
    if (next < rows.size() && rows[next] == i) {
      ++next;
    } else {
      column[kept++] = column[i];
    }
  }
  column.resize(kept);
}

void EraseTexts(TextColumn& column, std::span<const std::uint32_t> rows) {
  TextColumn kept;
  std::size_t next = 0;
  for (std::size_t i = 0; i < column.size(); ++i) {
    if (next < rows.size() && rows[next] == i) {
      ++next;
    } else {
      kept.Append(column[i]);
    }
  }
  column = std::move(kept);
}

// Blank lines of a file are no records.
void EraseSamples(SampleTable& samples, std::span<const std::uint32_t> rows) {
  if (rows.empty()) return;
  EraseTexts(samples.sample_id, rows);
  for (auto* column : {&samples.source, &samples.use, &samples.grade, &samples.land_class,
                       &samples.kind, &samples.method, &samples.price_unit}) {
    EraseRows(*column, rows);
  }
  for (auto* column :
       {&samples.county, &samples.area, &samples.sub_use, &samples.development_level}) {
    EraseRows(*column, rows);
  }
  for (auto* column : {&samples.price, &samples.area_sqm, &samples.far}) EraseRows(*column, rows);
  for (auto* column : {&samples.term_years, &samples.circumstance, &samples.date}) {
    EraseRows(*column, rows);
  }
  for (auto* column : {&samples.row, &samples.zone}) EraseRows(*column, rows);
  for (auto* column : {&samples.x, &samples.y}) EraseRows(*column, rows);
  EraseRows(samples.fate, rows);
  for (ConversionFigure& figure : samples.figures) {
    figure.row -=
        static_cast<std::uint32_t>(std::ranges::lower_bound(rows, figure.row) - rows.begin());
  }
}

class SamplesReader {
 public:
  SamplesReader(const ReadSamplesOptions& options, ColumnMapping mapping, Reference reference)
      : options_(options), mapping_(std::move(mapping)), reference_(std::move(reference)) {}

  // Error: the system stopped giving the file.
  Status Read(const std::filesystem::path& path) {
    file_ = SamplesFile();
    file_.source = path.string();
    const Status status = ReadAny(path);
    if (status) return status;
    if (IsFileTrouble(status.error().code)) return status;
    return Refuse({status.error().code, {}, {status.error().detail}});
  }

  SamplesInput Take() { return std::move(input_); }

 private:
  // Tells why the file cannot be used as a whole.
  Status Refuse(Diagnostic fault) {
    fault.where.source = file_.source;
    input_.diagnostics.Add(std::move(fault));
    input_.is_refused = true;
    return Done{};
  }

  Status ReadAny(const std::filesystem::path& path) {
    const Result<TableFormat> format = FormatOf(path, options_.format);
    if (!format) return format.error();
    Result<ByteSource> bytes = ByteSource::Open(path);
    if (!bytes) return bytes.error();
    if (auto fault = FaultOfContents(*bytes, path, *format)) return Refuse(*std::move(fault));
    return *format == TableFormat::kCsv ? ReadCsvFile(*std::move(bytes)) : ReadTable(path, *format);
  }

  Status ReadCsvFile(ByteSource bytes) {
    const Result<CsvFile> file = CsvFile::Open(
        std::move(bytes), {.encoding = options_.encoding, .threads = options_.threads});
    if (!file) return file.error();
    file_.format = "csv";
    file_.encoding = file->encoding();
    return Fill(*file, file->head(), file->records(), {});
  }

  Status ReadTable(const std::filesystem::path& path, TableFormat format) {
    const auto is_wanted = [&](const Records& head) {
      return std::ranges::any_of(head, [&](const auto& record) {
        return KnownHeaders(record, mapping_, reference_) >= 2;
      });
    };
    const Result<Table> table =
        Table::Open(path, format, {options_.layer, options_.encoding, is_wanted});
    if (!table) return table.error();
    file_.format = NameOf(format);
    file_.encoding = table->encoding();
    file_.layer = table->layer();
    for (Diagnostic warning : table->warnings()) {
      warning.where.source = file_.source;
      input_.diagnostics.Add(std::move(warning));
    }
    return Fill(*table, table->head(), table->records().size(), table->cut());
  }

  // Fills new rows of the table from a file of `records` records.
  template <class File>
  Status Fill(const File& file, const Records& head, std::size_t records,
              std::span<const std::size_t> cut) {
    SampleTable& samples = input_.table;
    const std::optional<MatchedHeader> header =
        MatchHeader(head, mapping_, reference_, file_.source, input_.diagnostics, cut);
    input_.is_refused |= !header;
    if (!header) return Done{};
    const std::size_t first = samples.size();
    const std::size_t rows = records - header->record - 1;
    const bool has_coordinates = header->positions.contains("x") && header->positions.contains("y");
    samples.sources.push_back(file_.source);
    samples.Resize(first + rows, has_coordinates || !samples.x.empty());
    SampleColumns columns(*header, mapping_, reference_, samples, first, rows);
    const Result<Filling> filling = file.Fill(header->record, columns.wanted());
    if (!filling) return filling.error();
    if (!header->positions.contains("sample_id")) {
      for (std::size_t i = 0; i < rows; ++i) samples.sample_id.Append({});
    }
    const std::uint64_t first_row = header->record + 2;  // the header is row record + 1
    columns.Finish(*filling, file_.source, first_row, input_.diagnostics);
    Number(first, first_row, *filling);
    input_.files.push_back(file_);
    return Done{};
  }

  // Gives the new rows their place and takes out blank ones.
  void Number(std::size_t first, std::uint64_t first_row, const Filling& filling) {
    SampleTable& samples = input_.table;
    const auto source = static_cast<std::uint8_t>(samples.sources.size() - 1);
    for (std::size_t i = first; i < samples.size(); ++i) {
      samples.source[i] = source;
      samples.row[i] = static_cast<std::uint32_t>(first_row + i - first);
    }
    std::vector<std::uint32_t> blank = filling.blank_rows;
    for (std::uint32_t& row : blank) row += static_cast<std::uint32_t>(first);
    EraseSamples(samples, blank);
    file_.rows = samples.size() - first;
    if (file_.rows == 0) input_.diagnostics.Add(Code::kNoRows, {file_.source, 0, 0, ""});
  }

  const ReadSamplesOptions& options_;
  ColumnMapping mapping_;
  Reference reference_;
  SamplesInput input_;
  SamplesFile file_;
};

// What the system says about a file before it is opened; nothing when it can be read.
std::optional<Diagnostic> TroubleOf(const std::filesystem::path& file) {
  if (file == "-") return std::nullopt;
  std::error_code error;
  const auto status = std::filesystem::status(file, error);
  const auto trouble = [&](Code code) { return Diagnostic{code, {}, {file.string()}}; };
  if (std::filesystem::is_directory(status)) return trouble(Code::kFileIsDirectory);
  if (!error && ::access(file.c_str(), R_OK) == 0) return std::nullopt;
  return trouble(
      CodeOfReason(error ? error.value() : errno, FileUse::kRead).value_or(Code::kFileNotReadable));
}

SamplesInput Refused(Diagnostics diagnostics) {
  SamplesInput refused;
  refused.diagnostics = std::move(diagnostics);
  refused.is_refused = true;
  return refused;
}

}  // namespace

Result<SamplesInput> ReadSamples(std::span<const std::filesystem::path> files,
                                 const ReadSamplesOptions& options) {
  if (files.size() > kMostSampleFiles) {
    return Error{Code::kTooManyFiles, std::to_string(files.size())};
  }
  Diagnostics diagnostics;
  for (const std::filesystem::path& file : files) {
    if (auto trouble = TroubleOf(file)) diagnostics.Add(*std::move(trouble));
  }
  Result<Reference> reference = LoadReference(options.reference_folder);
  if (!reference) return reference.error();
  Result<ColumnMapping> mapping =
      LoadMapping(options.mapping, options.reference_folder, diagnostics);
  if (!mapping && mapping.error().code != Code::kMappingNotUsable) {
    diagnostics.Add(mapping.error().code, {}, {mapping.error().detail});
  }
  if (diagnostics.has_errors()) return Refused(std::move(diagnostics));
  SamplesReader reader(options, *std::move(mapping), *std::move(reference));
  for (const std::filesystem::path& file : files) {
    if (const Status status = reader.Read(file); !status) return status.error();
  }
  return reader.Take();
}

}  // namespace dijia::io
