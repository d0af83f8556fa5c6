// Diagnostics: what is wrong with an input, where, and what is allowed. Bad rows are values, never
// exceptions, so that a clerk sees all thirty of them at once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "dijia/base/code.h"

namespace dijia {

// A place in an input. `row` counts as in the file with the header as 1; `column` counts from 1;
// 0 and empty mean "not applicable".
struct Location {
  std::string source;
  std::uint64_t row = 0;
  std::uint32_t column = 0;
  std::string field;

  friend bool operator==(const Location&, const Location&) = default;
};

struct Diagnostic {
  Code code = kInternalCode;
  Location where;
  std::vector<std::string> arguments;  // fill the placeholders of the code's text
};

// The text without its place, for example `"0,8" is not a number`.
std::string TextOf(const Diagnostic& diagnostic, Language language);

// One line for people: `samples.csv:14:6: 错误 DJ-1104 [far]: …`; of a whole column
// `samples.csv: 第 6 列: 提示 …`.
std::string Describe(const Diagnostic& diagnostic, Language language);

// Collects diagnostics of one run: keeps the first `kKept` in order, counts all.
class Diagnostics {
 public:
  static constexpr std::size_t kKept = 1000;

  void Add(Diagnostic diagnostic);
  void Add(Code code, Location where, std::vector<std::string> arguments = {});
  void Append(const Diagnostics& other);

  const std::vector<Diagnostic>& kept() const { return kept_; }
  std::size_t count(Severity severity) const { return counts_[static_cast<std::size_t>(severity)]; }
  std::size_t errors() const { return count(Severity::kError); }
  std::size_t total() const { return counts_[0] + counts_[1] + counts_[2]; }
  bool has_errors() const { return errors() > 0; }

 private:
  std::vector<Diagnostic> kept_;
  std::size_t counts_[3] = {};
};

// Rows that could be read and what was wrong with the others.
template <class Row>
struct Parsed {
  std::vector<Row> rows;
  Diagnostics diagnostics;
};

}  // namespace dijia
