// The check of a file of cases: read, judge and write, as a stream, on all cores, in order.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

#include "app/check_output.h"
#include "dijia/base/date.h"
#include "io/case_input.h"
#include "store/kept_check.h"

namespace dijia::app {

struct CheckRequest {
  io::CaseInputOptions input;
  CheckOutputOptions output;
  // Makes the writer; empty = MakeCheckOutput.
  std::function<std::unique_ptr<CheckOutput>(const CheckOutputOptions&, const rules::RulePack&,
                                             io::OutputFile&)>
      make_output;
  std::filesystem::path reference_folder;  // data/reference
  std::optional<Days> as_of;               // judge every case by the law of this day
  bool inverse = false;                    // also what would be lawful
  unsigned threads = 0;                    // 0 = all cores; the bytes are the same for every number
  // Keeps what was judged, in the order of the cases; empty = nothing is kept. `keep_all` comes
  // after the last answer and before the output file appears.
  std::function<void(store::NewCheck)> keep;
  std::function<void()> keep_all;
};

struct CheckCasesOptions {
  std::optional<Days> as_of;
  bool inverse = false;
  unsigned threads = 0;
  // Whether more input is at hand. Where it is not, what was read is answered before the next read
  // waits. Empty: the input never waits long.
  std::function<bool()> more_is_here;
  // Called with the counts so far after the answers of a block are written; what it throws ends the
  // check.
  std::function<void(const CheckCounts&)> after_block;
  std::string source;  // what messages call the input, where a case cannot be kept
  // Called with every check that can be kept, in the order of the cases; empty = nothing is kept.
  std::function<void(store::NewCheck)> keep;
};

// Judges all cases of an input and writes their answers in order. Reads and writes on the thread of
// the caller. Throws what reading and writing throw, after what came before is written.
CheckCounts CheckCases(io::CaseInput& input, const rules::PreparedRules& rules,
                       const CheckCasesOptions& options, CheckOutput& output,
                       Diagnostics& diagnostics);

// Judges every case. Bad rows are reported, answered in their place and counted. The output file
// appears when all is written. Throws FileError. Nothing when the input cannot be understood as a
// whole (reported).
std::optional<CheckCounts> CheckFile(const CheckRequest& request, const rules::PreparedRules& rules,
                                     io::OutputFile& file, Diagnostics& diagnostics);

}  // namespace dijia::app
