// Text inputs of any length as pieces of whole records: constant memory, pipes included.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "io/csv_kernels.h"
#include "io/descriptor.h"

namespace dijia::io {

struct RecordStreamOptions {
  std::string encoding;  // `utf-8`, `gb18030`; empty = detected
  // Where the bytes come from instead of a file: up to so many bytes, 0 at the end. What it throws
  // leaves Next.
  std::function<std::size_t(char*, std::size_t)> read;
  bool eager = false;   // of `read`: give out records as they come, do not wait for a whole piece
  bool quotes = false;  // line ends inside quotes belong to the record
  std::size_t piece_bytes = std::size_t{1} << 18;  // about this much at a time
};

struct RecordPiece {
  std::string bytes;            // whole records; the last one of the input may lack its line end
  std::uint64_t first_row = 1;  // of its first record, counted from 1
  bool gb18030 = false;
  bool open_quote = false;  // the input ends inside quotes
};

class RecordStream {
 public:
  // A longer record is a mistake: an unclosed quote or a file without line ends.
  static constexpr std::size_t kLongestRecord = std::size_t{16} << 20;

  // Opens a file, or the standard input for `-`. Throws FileError: what the disk says,
  // kUnknownEncoding, kUtf16.
  RecordStream(const std::filesystem::path& path, RecordStreamOptions options);

  // The next records; false at the end. Throws FileError: kRecordTooLong and what the disk says.
  bool Next(RecordPiece& piece);

  // `utf-8` or `gb18030`, decided by the first piece.
  const std::string& encoding() const { return encoding_; }

 private:
  void Fill(std::size_t wanted);
  void Detect();
  std::size_t EndOfRecords();

  std::filesystem::path path_;
  RecordStreamOptions options_;
  const CsvKernels& kernels_;
  std::string encoding_;
  Descriptor file_;
  int descriptor_ = 0;
  std::string rest_;  // read and not given out
  bool at_end_ = false, begun_ = false;
  std::uint64_t next_row_ = 1;
  std::uint64_t records_ = 0;  // of the piece that EndOfRecords found
  bool in_quotes_ = false;     // behind rest_
};

// The bytes of a piece as UTF-8. Throws FileError kNotGb18030 with the row.
std::string Utf8Of(RecordPiece piece, const std::filesystem::path& path);

}  // namespace dijia::io
