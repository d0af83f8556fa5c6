// One output file that appears when it is whole, or the standard output.
#pragma once

#include <filesystem>
#include <mutex>
#include <optional>
#include <string_view>

#include "io/descriptor.h"
#include "io/file_writer.h"
#include "io/text_sink.h"

namespace dijia::io {

// Bytes go into a hidden file beside the target; Commit renames it into place. Whatever ends
// earlier — an error, Ctrl-C — leaves nothing behind and the old file as it was. Devices and pipes
// are written as they are.
class OutputFile : public TextSink {
 public:
  // An empty path is the standard output. Throws FileError.
  explicit OutputFile(std::filesystem::path target);
  ~OutputFile() override;  // discards what was not committed
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  // Throws FileError; writing to a reader that went away is one too.
  void Write(std::string_view bytes) override;
  void Commit();

  // Removes what was written so far; may be called from another thread.
  void Discard() noexcept;

  // The file that is written, for writers that need a path of their own; empty for the standard
  // output.
  const std::filesystem::path& staged() const { return staged_; }

 private:
  std::filesystem::path target_, staged_;
  std::optional<FileWriter> writer_;  // of the staged file
  Descriptor in_place_;               // the device or pipe
  std::mutex mutex_;
  bool is_open_ = true;
};

}  // namespace dijia::io
