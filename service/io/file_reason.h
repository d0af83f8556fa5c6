// Reasons of the system (errno) that a clerk can act on, each with its own code.
#pragma once

#include <cerrno>
#include <cstdint>
#include <optional>

#include "dijia/base/codes.h"

namespace dijia::io {

enum class FileUse : std::uint8_t { kRead, kWrite };

// The code for a reason, with the file as its only argument; nothing for reasons that only an
// administrator understands.
inline std::optional<Code> CodeOfReason(int reason, FileUse use) {
  switch (reason) {
    case ENOENT:
      return use == FileUse::kRead ? Code::kFileNotFound : Code::kNoFolderAround;
    case EISDIR:
      return Code::kFileIsDirectory;
    case EACCES:
    case EPERM:
      return Code::kAccessDenied;
    case ENOSPC:
    case EDQUOT:
      return Code::kDiskFull;
    case EROFS:
      return Code::kDiskReadOnly;
    case ENOTDIR:
      return Code::kInsideAFile;
    default:
      return std::nullopt;
  }
}

// Whether a diagnostic is about the system rather than what stands in an input (exit code 3).
constexpr bool IsFileTrouble(Code code) {
  switch (code) {
    case Code::kFileNotFound:
    case Code::kFileIsDirectory:
    case Code::kFileNotReadable:
    case Code::kAccessDenied:
    case Code::kDiskFull:
    case Code::kDiskReadOnly:
    case Code::kInsideAFile:
    case Code::kNoFolderAround:
    case Code::kFileNotWritten:
    case Code::kFileNotRead:
    case Code::kOutputFolderNotEmpty:
    case Code::kOutputNotAFolder:
      return true;
    default:
      return false;
  }
}

}  // namespace dijia::io
