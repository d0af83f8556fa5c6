#include "io/standard_input.h"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <vector>

#include "dijia/base/sha256.h"
#include "io/file_error.h"
#include "io/file_text.h"

namespace dijia::io {
namespace {

constexpr std::size_t kBlock = 1U << 20U;

// Reads descriptor 0 to its end.
template <class Use>
void ReadInput(Use use) {
  std::vector<char> block(kBlock);
  while (true) {
    const ssize_t count = ::read(STDIN_FILENO, block.data(), block.size());
    if (count == 0) return;
    if (count > 0) {
      use(std::string_view(block.data(), static_cast<std::size_t>(count)));
    } else if (errno != EINTR) {
      ThrowNotRead("-", errno);
    }
  }
}

}  // namespace

FileFingerprint RewindableStandardInput() {
  FileFingerprint fingerprint;
  Sha256 sha256;
  const bool seekable = ::lseek(STDIN_FILENO, 0, SEEK_CUR) == 0;
  std::FILE* copy = seekable ? nullptr : std::tmpfile();
  if (!seekable && copy == nullptr) ThrowNotWritten("-", errno);
  const Descriptor target(seekable ? -1 : ::dup(::fileno(copy)));
  if (copy != nullptr) std::fclose(copy);
  ReadInput([&](std::string_view bytes) {
    fingerprint.bytes += bytes.size();
    sha256.Update(bytes);
    if (!seekable) WriteAll(target, bytes, "-");
  });
  if (!seekable && ::dup2(target.get(), STDIN_FILENO) < 0) ThrowNotRead("-", errno);
  if (::lseek(STDIN_FILENO, 0, SEEK_SET) != 0) ThrowNotRead("-", errno);
  fingerprint.sha256 = sha256.Hex();
  return fingerprint;
}

}  // namespace dijia::io
