// What the disk says no to: thrown inside service/, caught once per command.
#pragma once

#include <exception>
#include <filesystem>
#include <string>
#include <utility>

#include "dijia/base/diagnostic.h"

namespace dijia::io {

class FileError : public std::exception {
 public:
  explicit FileError(Diagnostic diagnostic)
      : diagnostic_(std::move(diagnostic)), text_(TextOf(diagnostic_, Language::kEn)) {}

  const Diagnostic& diagnostic() const { return diagnostic_; }
  const char* what() const noexcept override { return text_.c_str(); }

 private:
  Diagnostic diagnostic_;
  std::string text_;
};

// Throw the code of the reason that `errno` gave (file_reason.h); for reasons without one,
// kFileNotRead or kFileNotWritten with the words of the system.
[[noreturn]] void ThrowNotRead(const std::filesystem::path& file, int reason);
[[noreturn]] void ThrowNotWritten(const std::filesystem::path& file, int reason);

}  // namespace dijia::io
