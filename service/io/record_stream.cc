#include "io/record_stream.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "dijia/base/codes.h"
#include "dijia/simd.h"
#include "io/file_error.h"
#include "io/text_encoding.h"

namespace dijia::io {
namespace {

// For what a reader puts behind a piece to read it fast.
constexpr std::size_t kRoomBehind = 128;

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";

[[noreturn]] void Fail(Code code, std::vector<std::string> arguments) {
  throw FileError({code, {}, std::move(arguments)});
}

}  // namespace

RecordStream::RecordStream(const std::filesystem::path& path, RecordStreamOptions options)
    : path_(path), options_(std::move(options)), kernels_(KernelsFor(BestSimdLevel())) {
  if (!options_.encoding.empty()) {
    const auto name = EncodingByName(options_.encoding);
    if (!name) Fail(Code::kUnknownEncoding, {options_.encoding});
    encoding_ = *name;
  }
  if (path == "-" || options_.read) return;
  file_ = Descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file_ && errno == ENOENT) Fail(Code::kFileNotFound, {path.string()});
  if (!file_) ThrowNotRead(path, errno);
  descriptor_ = file_.get();
  struct stat status {};
  if (::fstat(descriptor_, &status) == 0 && S_ISDIR(status.st_mode)) {
    Fail(Code::kFileIsDirectory, {path.string()});
  }
}

// Reads until `wanted` bytes are there or the input ends.
void RecordStream::Fill(std::size_t wanted) {
  std::size_t filled = rest_.size();
  if (filled >= wanted) return;
  rest_.resize(wanted);
  while (options_.read && filled < wanted && !at_end_) {
    const std::size_t count = options_.read(rest_.data() + filled, wanted - filled);
    at_end_ = count == 0;
    filled += count;
    if (options_.eager) break;
  }
  while (!options_.read && filled < wanted && !at_end_) {
    const ssize_t count = ::read(descriptor_, rest_.data() + filled, wanted - filled);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) ThrowNotRead(path_, errno);
    at_end_ = count == 0;
    filled += static_cast<std::size_t>(std::max<ssize_t>(count, 0));
  }
  rest_.resize(filled);
}

// UTF-8 when the beginning is, or when more lines are than are not; else GB18030.
void RecordStream::Detect() {
  begun_ = true;
  if (rest_.starts_with("\xFF\xFE") || rest_.starts_with("\xFE\xFF"))
    Fail(Code::kUtf16, {"UTF-16"});
  if (rest_.starts_with(kUtf8Mark)) {
    rest_.erase(0, kUtf8Mark.size());
    encoding_ = "utf-8";
  }
  if (!encoding_.empty()) return;
  const std::size_t last = rest_.rfind('\n');
  const std::string_view lines =
      std::string_view(rest_).substr(0, last == std::string::npos ? rest_.size() : last);
  encoding_ = "utf-8";
  if (IsUtf8(lines)) return;
  const LineEvidence evidence = EvidenceOf(lines);
  if (evidence.utf8_lines <= evidence.other_lines) encoding_ = "gb18030";
}

// Where the last whole record of rest_ ends, and how many there are.
std::size_t RecordStream::EndOfRecords() {
  records_ = 0;
  in_quotes_ = false;
  std::size_t end = 0;
  rest_.reserve(rest_.size() + kKernelPadding);
  const BlockCounts counts = kernels_.count(rest_.data(), rest_.size());
  if (counts.quotes == 0 || !options_.quotes) {
    records_ = counts.newlines;
    return rest_.rfind('\n') + 1;  // 0 for none
  }
  const std::string_view text = rest_;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t quote = text.find('"', at);
    const std::size_t until = std::min(quote, text.size());
    if (!in_quotes_) {
      const std::string_view part = text.substr(at, until - at);
      records_ += static_cast<std::uint64_t>(std::count(part.begin(), part.end(), '\n'));
      const std::size_t line = part.rfind('\n');
      if (line != std::string_view::npos) end = at + line + 1;
    }
    if (quote == std::string_view::npos) break;
    in_quotes_ = !in_quotes_;
    at = quote + 1;
  }
  return end;
}

bool RecordStream::Next(RecordPiece& piece) {
  std::size_t wanted = options_.piece_bytes, end = 0;
  while (true) {
    Fill(wanted);
    if (!begun_) Detect();
    if (rest_.empty()) return false;
    end = EndOfRecords();
    if (at_end_ || end > 0) break;
    wanted = std::max(options_.piece_bytes, rest_.size() * 2);
    if (wanted > 2 * kLongestRecord) {
      Fail(Code::kRecordTooLong, {std::to_string(kLongestRecord >> 20U)});
    }
  }
  piece.open_quote = at_end_ && in_quotes_;
  if (at_end_ && end < rest_.size()) {
    end = rest_.size();
    ++records_;
  }
  // The piece takes the bytes, and what is left moves into its old ones.
  piece.bytes.swap(rest_);
  rest_.assign(piece.bytes, end);
  piece.bytes.reserve(end + kRoomBehind);
  piece.bytes.resize(end);
  piece.first_row = next_row_;
  piece.gb18030 = encoding_ == "gb18030";
  next_row_ += records_;
  return true;
}

std::string Utf8Of(RecordPiece piece, const std::filesystem::path& path) {
  if (!piece.gb18030) return std::move(piece.bytes);
  Result<std::string> text = Gb18030ToUtf8(piece.bytes);
  if (text) return *std::move(text);
  const std::uint64_t line = std::strtoull(text.error().detail.c_str(), nullptr, 10);
  throw FileError(
      {Code::kNotGb18030, {path.string(), 0, 0, ""}, {std::to_string(piece.first_row + line - 1)}});
}

}  // namespace dijia::io
