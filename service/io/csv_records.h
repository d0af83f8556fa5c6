// Records of CSV texts below their header, as a stream.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "dijia/base/diagnostic.h"
#include "io/input_block.h"
#include "io/record_cutter.h"

namespace dijia::io {

class CsvRecords {
 public:
  // Opens and reads the first piece. Throws FileError.
  CsvRecords(const std::filesystem::path& path, RecordStreamOptions stream);

  // The first records, at most 50, among which the header is.
  std::vector<std::vector<std::string>> head() const;
  // One of them as it stands, from 0. Precondition: before the first block is given out.
  std::string HeadText(std::size_t record) const;
  // What FaultOf and Read need to know of the header: which of the first records it is (from 0),
  // and its number of columns.
  void SetHeader(std::size_t header, std::size_t width);

  // The next block, in order; false at the end. Throws FileError.
  bool Next(InputBlock& block);
  // The records of a block that are below the header and not blank, from any thread, with what
  // makes one unreadable.
  void Read(const InputBlock& block,
            const std::function<void(const RecordCutter&, std::uint64_t number,
                                     const std::optional<Diagnostic>& fault)>& use) const;
  // Why a record cannot be read; its bytes are text.
  std::optional<Diagnostic> FaultOf(const RecordCutter& cutter, std::uint64_t number) const;

  const std::filesystem::path& path() const { return path_; }
  char delimiter() const { return delimiter_; }

 private:
  std::filesystem::path path_;
  RecordStream stream_;
  RecordPiece first_;  // with the header, until it is given out
  bool first_pending_ = false;
  char delimiter_ = ',';
  std::size_t header_ = 0, width_ = 0;
};

}  // namespace dijia::io
