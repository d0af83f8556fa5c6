#include "io/file_error.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <functional>
#include <string>

#include "dijia/base/codes.h"
#include "io/file_reason.h"

namespace dijia::io {
namespace {

using Throwing = std::function<void(const std::filesystem::path&, int)>;

Diagnostic Thrown(const Throwing& what, int reason) {
  try {
    what("a.csv", reason);
  } catch (const FileError& error) {
    return error.diagnostic();
  }
  return {};
}

TEST(FileError, HasACodeForWhatAClerkCanMend) {
  EXPECT_EQ(Thrown(ThrowNotRead, ENOENT).code, Code::kFileNotFound);
  EXPECT_EQ(Thrown(ThrowNotWritten, ENOENT).code, Code::kNoFolderAround);
  EXPECT_EQ(Thrown(ThrowNotRead, EISDIR).code, Code::kFileIsDirectory);
  EXPECT_EQ(Thrown(ThrowNotRead, EACCES).code, Code::kAccessDenied);
  EXPECT_EQ(Thrown(ThrowNotWritten, ENOSPC).code, Code::kDiskFull);
  EXPECT_EQ(Thrown(ThrowNotWritten, EROFS).code, Code::kDiskReadOnly);
  EXPECT_EQ(Thrown(ThrowNotWritten, ENOTDIR).code, Code::kInsideAFile);
}

TEST(FileError, TellsOtherReasonsInTheWordsOfTheSystem) {
  EXPECT_EQ(Thrown(ThrowNotRead, EIO).code, Code::kFileNotRead);
  EXPECT_EQ(Thrown(ThrowNotWritten, EIO).code, Code::kFileNotWritten);
  EXPECT_EQ(TextOf(Thrown(ThrowNotRead, EIO), Language::kEn),
            "cannot read \"a.csv\": Input/output error");
  EXPECT_EQ(TextOf(Thrown(ThrowNotWritten, EIO), Language::kEn),
            "cannot write \"a.csv\": Input/output error");
}

TEST(FileError, IsTroubleWhateverItsCode) {
  for (const int reason : {ENOENT, EISDIR, EACCES, ENOSPC, EROFS, ENOTDIR, EIO}) {
    EXPECT_TRUE(IsFileTrouble(Thrown(ThrowNotRead, reason).code)) << reason;
    EXPECT_TRUE(IsFileTrouble(Thrown(ThrowNotWritten, reason).code)) << reason;
  }
  EXPECT_FALSE(IsFileTrouble(Code::kUtf16));
}

}  // namespace
}  // namespace dijia::io
