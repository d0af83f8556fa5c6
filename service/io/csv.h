// CSV files into typed columns, fast (service/README.md, "Reading").
//
// Grammar: RFC 4180 with `,`, `;` or tab between fields and LF or CRLF between records; every quote
// toggles between inside and outside, so that the state at any byte does not depend on where blocks
// begin. A file is read twice in fixed blocks: once to count records and quotes, once to parse, on
// all cores, with the same result for any number of threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "dijia/base/result.h"
#include "dijia/sample.h"
#include "io/byte_source.h"
#include "io/column.h"

namespace dijia {
enum class SimdLevel : std::uint8_t;
}  // namespace dijia

namespace dijia::io {

struct CsvOptions {
  // `utf-8` or `gb18030`; empty = detected.
  std::string encoding = {};
  // `,`, `;` or a tab; 0 = detected from the first records.
  char delimiter = '\0';
  // 0 = all cores.
  unsigned threads = 0;
  // Bytes that a worker takes at a time; for tests, the result is the same for every value ≥ 1.
  std::size_t block_bytes = std::size_t{1} << 18;
  // Vector width of the loops; for tests, the result is the same for every level. None = the
  // widest.
  std::optional<SimdLevel> level = {};
};

struct CountedBlock;

// A CSV file whose records are counted.
class CsvFile {
 public:
  // Records of more bytes are refused: an unclosed quote or a file without line ends.
  static constexpr std::size_t kLongestRecord = std::size_t{16} << 20;
  static constexpr std::size_t kMostFields = 16'384;
  static constexpr std::size_t kHeadRecords = 50;

  // Errors: kUtf16, kNotGb18030, kRecordTooLong (of the first record), kUnknownEncoding,
  // kTooManyRows, kFileNotReadable. Both "no records" and "one record" are fine here.
  static Result<CsvFile> Open(ByteSource bytes, const CsvOptions& options);

  // Whether so many records can be numbered. Error: kTooManyRows.
  static Status CheckRecords(std::uint64_t records);

  const std::string& encoding() const { return encoding_; }
  char delimiter() const { return delimiter_; }
  // The first records, at most kHeadRecords, to find the header in.
  const std::vector<std::vector<std::string>>& head() const { return head_; }
  std::size_t records() const { return records_; }
  // The last record is not closed: it runs from its first unclosed quote to the end of the file.
  bool ends_in_quotes() const { return ends_in_quotes_; }

  // Fills the wanted columns from the records below record `header` (from 0): row i is record
  // header + 1 + i, and there are records() − header − 1 of them. Records whose number of fields
  // is not that of the header, or that are not UTF-8, are reported and their cells missing.
  // Preconditions: header < head().size(); positions lie inside the header; targets have that many
  // rows. Errors: kFileNotReadable, kTooManyNames.
  Result<Filling> Fill(std::size_t header, std::span<const WantedColumn> wanted) const;

 private:
  struct Block {
    std::uint64_t begin = 0, end = 0;
    std::uint64_t first_record = 0;  // of those that start in the block
    std::uint64_t records = 0;
    bool in_quotes = false;  // at `begin`
    bool has_quotes = false;
    bool suspect = false;  // holds NUL bytes or bytes that are not UTF-8, or ends in quotes
  };

  Status Sniff();
  bool HasEndlessRecord() const;
  Status Recode();
  Status Count();
  void Chain(std::span<const CountedBlock> counted);
  Status ReadHead();

  ByteSource bytes_;
  CsvOptions options_;
  std::string encoding_;
  std::uint64_t start_ = 0;  // behind the byte-order mark
  std::vector<Block> blocks_;
  std::size_t records_ = 0;
  bool is_utf8_ = true;
  bool ends_in_quotes_ = false;
  char delimiter_ = '\0';
  std::vector<std::vector<std::string>> head_;

  friend class CsvBlockReader;
};

// The one-call form: columns by header name.
enum class CsvType : std::uint8_t { kInt64, kInt32, kReal, kDate, kName, kText };

struct CsvSchemaColumn {
  std::string name = {};  // as in the header
  CsvType type = CsvType::kText;
  int scale = 0;  // decimals of kInt64 and kInt32, 0–9
};

struct CsvNames {
  Dictionary names;
  std::vector<std::uint32_t> codes;
};

using CsvValues = std::variant<std::vector<std::int64_t>, std::vector<std::int32_t>,
                               std::vector<double>, CsvNames, TextColumn>;

struct CsvColumns {
  std::size_t rows = 0;
  std::vector<CsvValues> columns;  // in the order of the schema; dates are days in int32
  Filling filling;
};

// Reads the wanted columns of a CSV file whose first record is the header. Blank lines are rows of
// missing values. Errors: those of Open and Fill; kMissingColumn.
Result<CsvColumns> ReadCsv(ByteSource bytes, std::span<const CsvSchemaColumn> schema,
                           const CsvOptions& options = {});

}  // namespace dijia::io
