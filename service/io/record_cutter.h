// Records of CSV texts one by one, the careful way.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dijia::io {

// Cuts records and their fields; quoted fields are unquoted into buffers that live until the next
// record. Every quote toggles between inside and outside.
class RecordCutter {
 public:
  RecordCutter(std::string_view text, char delimiter) : text_(text), delimiter_(delimiter) {}

  // The fields of the next record; false at the end.
  bool Next();

  const std::vector<std::string_view>& cells() const { return cells_; }
  // The record as it stands, without its line end.
  std::string_view record() const { return record_; }
  bool at_end() const { return text_.empty(); }
  // Nothing stands in it. A record with a fault is not blank, whatever could be read of it.
  bool is_blank() const { return !fault_ && cells_.size() == 1 && cells_[0].empty(); }
  // The field in which a quote stands where none may.
  const std::optional<std::string>& fault() const { return fault_; }

 private:
  std::size_t EndOfRecord() const;
  void Cut(std::string_view record);
  std::size_t EndOfField(std::string_view record, std::size_t at) const;
  void AddField(std::string_view field);

  std::string_view text_, record_;
  char delimiter_;
  std::vector<std::string_view> cells_;
  std::vector<std::unique_ptr<std::string>> unquoted_;
  std::optional<std::string> fault_;
};

}  // namespace dijia::io
