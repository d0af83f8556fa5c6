#include "io/file_error.h"

#include <system_error>

#include "dijia/base/codes.h"
#include "io/file_reason.h"

namespace dijia::io {
namespace {

[[noreturn]] void Throw(FileUse use, Code otherwise, const std::filesystem::path& file,
                        int reason) {
  if (const auto code = CodeOfReason(reason, use)) throw FileError({*code, {}, {file.string()}});
  throw FileError({otherwise, {}, {file.string(), std::generic_category().message(reason)}});
}

}  // namespace

void ThrowNotRead(const std::filesystem::path& file, int reason) {
  Throw(FileUse::kRead, Code::kFileNotRead, file, reason);
}

void ThrowNotWritten(const std::filesystem::path& file, int reason) {
  Throw(FileUse::kWrite, Code::kFileNotWritten, file, reason);
}

}  // namespace dijia::io
