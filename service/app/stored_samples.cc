#include "app/stored_samples.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "app/evidence.h"
#include "dijia/base/codes.h"
#include "dijia/base/sha256.h"
#include "io/csv_records.h"
#include "io/file_error.h"
#include "io/file_text.h"
#include "io/fingerprint.h"
#include "io/mapping.h"
#include "io/reference.h"
#include "io/table_rows.h"

namespace dijia::app {
namespace {

namespace fs = std::filesystem;

// After these, the texts of the file are not what its cells say.
constexpr std::array kNotKept{Code::kNotUtf8,    Code::kNulByte,     Code::kQuoteNotClosed,
                              Code::kStrayQuote, Code::kMergedCells, Code::kFormulaWithoutValue,
                              Code::kNoRows};

bool IsNotKept(const Diagnostic& told) {
  return std::ranges::find(kNotKept, told.code) != kNotKept.end();
}

// Of more problems than are told, some may be among these.
bool CanBeKept(const io::SamplesInput& read) {
  if (read.is_refused || read.files.size() != 1) return false;
  const std::vector<Diagnostic>& told = read.diagnostics.kept();
  const bool all_told = told.size() == read.diagnostics.total();
  return all_told && std::ranges::none_of(told, IsNotKept);
}

// Reports the rows of other counties; false when there are some.
bool AreOf(const std::string& county, const SampleTable& samples, const std::string& source,
           Diagnostics& diagnostics) {
  bool all = true;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const std::string& other = samples.counties.Name(samples.county[i]);
    if (other.empty() || other == county) continue;
    all = false;
    diagnostics.Add(Code::kSamplesOtherCounty, {source, samples.row[i], 0, "county"},
                    {other, county});
  }
  return all;
}

// Whether a record is a header that the mapping knows.
class Headers {
 public:
  Headers(const io::ReadSamplesOptions& reading, Diagnostics& diagnostics)
      : reference_(io::LoadReference(reading.reference_folder)),
        mapping_(io::LoadMapping(reading.mapping, reading.reference_folder, diagnostics)) {}

  bool IsOne(const std::vector<std::string>& record) const {
    return io::KnownHeaders(record, *mapping_, *reference_) >= 2;
  }
  std::size_t In(const io::Records& head) const {
    const auto found =
        std::ranges::find_if(head, [this](const auto& record) { return IsOne(record); });
    return static_cast<std::size_t>(found - head.begin());
  }

 private:
  Result<io::Reference> reference_;
  Result<io::ColumnMapping> mapping_;
};

void ReadCsvRecords(const fs::path& file, const io::ReadSamplesOptions& reading,
                    const Headers& headers, store::SampleArrival& arrival) {
  io::RecordStreamOptions stream;
  stream.encoding = reading.encoding;
  stream.quotes = true;
  io::CsvRecords records(file, std::move(stream));
  const io::Records head = records.head();
  const std::size_t header = headers.In(head);
  arrival.header = records.HeadText(header);
  records.SetHeader(header, head[header].size());
  io::InputBlock block;
  while (records.Next(block)) {
    records.Read(block, [&arrival](const io::RecordCutter& cutter, std::uint64_t number,
                                   const std::optional<Diagnostic>&) {
      arrival.rows.push_back({static_cast<std::int64_t>(number), std::string(cutter.record())});
    });
  }
}

// Every cell in quotes where CSV needs them; nothing else is done to it.
std::string CsvRecord(const std::vector<std::string>& cells, std::size_t width) {
  std::string record;
  for (std::size_t i = 0; i < width; ++i) {
    if (i > 0) record += ',';
    const std::string cell = i < cells.size() ? cells[i] : "";
    if (cell.find_first_of(",;\t\"\r\n") == std::string::npos) {
      record += cell;
      continue;
    }
    record += '"';
    for (const char c : cell) record += c == '"' ? std::string("\"\"") : std::string(1, c);
    record += '"';
  }
  return record;
}

void ReadSheetRecords(const fs::path& file, io::TableFormat format,
                      const io::ReadSamplesOptions& reading, const Headers& headers,
                      store::SampleArrival& arrival) {
  const io::Table table =
      io::OpenTable({file, format, reading.layer, reading.encoding,
                     [&](const io::Records& head) { return headers.In(head) < head.size(); }});
  const io::Records& records = table.records();
  const std::size_t header = headers.In(table.head());
  const std::size_t width = records[header].size();
  arrival.header = CsvRecord(records[header], width);
  for (std::size_t i = header + 1; i < records.size(); ++i) {
    const auto is_empty = [](const std::string& cell) { return cell.empty(); };
    if (std::ranges::all_of(records[i], is_empty)) continue;
    arrival.rows.push_back({static_cast<std::int64_t>(i + 1), CsvRecord(records[i], width)});
  }
}

}  // namespace

std::optional<store::SampleArrival> ReadSampleArrival(const fs::path& file,
                                                      const std::string& county,
                                                      const io::ReadSamplesOptions& reading,
                                                      Diagnostics& diagnostics) {
  const std::array files{file};
  const Result<io::SamplesInput> read = io::ReadSamples(files, reading);
  if (!read) throw io::FileError({read.error().code, {}, {read.error().detail}});
  diagnostics.Append(read->diagnostics);
  if (!CanBeKept(*read) || !AreOf(county, read->table, file.string(), diagnostics)) {
    return std::nullopt;
  }
  store::SampleArrival arrival;
  arrival.county = county;
  arrival.source = file.filename().string();
  arrival.source_sha256 = io::FingerprintOf(file).sha256;
  arrival.mapping = reading.mapping;
  Diagnostics heard;  // ReadSamples has told it
  const Headers headers(reading, heard);
  const Result<io::TableFormat> format = io::FormatOf(file, reading.format);
  if (*format == io::TableFormat::kCsv) {
    ReadCsvRecords(file, reading, headers, arrival);
  } else {
    ReadSheetRecords(file, *format, reading, headers, arrival);
  }
  return arrival;
}

std::optional<StoredSamples> WriteStoredSamples(store::Store& store, const std::string& county,
                                                std::int64_t version, const fs::path& folder,
                                                Diagnostics& diagnostics) {
  const std::vector<store::SampleVersion> versions = store.SampleVersions(county);
  const auto last = static_cast<std::int64_t>(versions.size());
  const std::int64_t wanted = version == 0 ? last : version;
  if (county.empty() || wanted < 1 || wanted > last) {
    const std::string which = version == 0 ? "" : " (" + std::to_string(version) + ")";
    diagnostics.Add(Code::kSamplesUnknown, {}, {county, which});
    return std::nullopt;
  }
  const store::SampleVersion& found = versions[static_cast<std::size_t>(wanted - 1)];
  const auto text = store.Text(county, found.content);
  if (!text) {
    diagnostics.Add(Code::kSampleLogBroken, {}, {county, std::to_string(wanted)});
    return std::nullopt;
  }
  StoredSamples written{folder / ("samples-" + county + "-" + std::to_string(wanted) + ".csv"),
                        found.mapping};
  io::WriteText(written.file, *text);
  return written;
}

void AddStoredSamples(store::Store& store, std::vector<store::Arrival>& arrivals) {
  for (store::Arrival& arrival : arrivals) {
    auto& files = arrival.evidence;
    const auto named = std::ranges::find(files, kEvidenceFile, &store::Arrival::File::name);
    if (named == files.end()) continue;
    Diagnostics heard;  // when the arrival was made
    const auto evidence = ReadEvidence(named->bytes, "", heard);
    if (!evidence) continue;
    std::set<std::string> hashes;
    for (const store::Arrival::File& file : files) hashes.insert(Sha256Of(file.bytes));
    for (const InputRecord& input : evidence->inputs) {
      if (input.contents != "samples" || !hashes.insert(input.sha256).second) continue;
      auto text = store.Text(arrival.key.county, input.sha256);
      if (text) files.push_back({fs::path(input.name).filename().string(), *std::move(text)});
    }
  }
}

}  // namespace dijia::app
