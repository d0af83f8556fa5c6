#include "io/file_error.h"

#include <system_error>

#include "dijia/base/codes.h"

namespace dijia::io {
namespace {

[[noreturn]] void Throw(Code code, const std::filesystem::path& file, int reason) {
  throw FileError({code, {}, {file.string(), std::generic_category().message(reason)}});
}

}  // namespace

void ThrowNotRead(const std::filesystem::path& file, int reason) {
  Throw(Code::kFileNotRead, file, reason);
}

void ThrowNotWritten(const std::filesystem::path& file, int reason) {
  Throw(Code::kFileNotWritten, file, reason);
}

}  // namespace dijia::io
