// Records of JSON texts: one object a line, or one document that is an object or a list.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "dijia/base/diagnostic.h"
#include "io/input_block.h"
#include "json/value.h"

namespace dijia::io {

struct JsonRecord {
  std::string_view text;               // of a line, as it stands
  std::uint64_t row = 0;               // its line, or its number in the list; 0 = the only one
  const json::Value* value = nullptr;  // null = not JSON
  std::string prefix;                  // its place in the document, in front of every pointer
  Diagnostics problems;                // why it is not JSON
};

// What was found wrong in a record, at its row and place.
Diagnostics ProblemsAt(const JsonRecord& record, const Diagnostics& problems);

// The lines of a piece that are not blank, in order. Throws FileError.
void ReadJsonLines(const RecordPiece& piece, const std::filesystem::path& path,
                   const std::function<void(const JsonRecord&)>& use);

// One document, read whole.
class JsonList {
 public:
  // Throws FileError for what cannot be read at all; nothing after reports of what is not JSON, or
  // of kFileIsEmpty.
  static std::optional<JsonList> Open(const std::filesystem::path& path, Diagnostics& diagnostics);

  bool Next(InputBlock& block);
  void Read(const InputBlock& block, const std::function<void(const JsonRecord&)>& use) const;

  const std::string& source() const { return source_; }
  bool is_list() const { return is_list_; }  // or one object

 private:
  JsonList() = default;

  std::string source_;
  json::Value::Array items_;
  bool is_list_ = true;
  std::size_t next_ = 0;
};

}  // namespace dijia::io
