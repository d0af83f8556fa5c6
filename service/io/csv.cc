#include "io/csv.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

#include "dijia/base/codes.h"
#include "dijia/parallel.h"
#include "io/csv_block.h"
#include "io/csv_head.h"
#include "io/csv_kernels.h"
#include "io/text_encoding.h"
#include "io/worker_pool.h"

namespace dijia::io {

// What one block holds, for whatever state it begins in.
struct CountedBlock {
  BlockCounts counts;
  bool is_utf8 = true;
  bool ends_with_newline = false;
  bool has_long_characters = false;  // bytes that begin characters of three or four, as Chinese are
  bool has_foreign_pairs = false;    // bytes that begin Greek to Syriac letters, in UTF-8
};

namespace {

constexpr std::size_t kHeadBytes = std::size_t{64} << 10;
constexpr std::size_t kMostHeadBytes = std::size_t{1} << 20;
// A character that begins before a block reaches at most so far into it, and one that begins in it
// so far beyond.
constexpr std::size_t kCharacterReach = 3;

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

bool IsLongLead(char c) { return static_cast<unsigned char>(c) >= 0xE0; }
bool IsForeignLead(char c) {
  return static_cast<unsigned char>(c) >= 0xCD && static_cast<unsigned char>(c) < 0xE0;
}

// Whether all characters that begin in text[begin, end) are UTF-8, and so is the one that reaches
// into its beginning. The text goes on for kCharacterReach bytes on both sides where the file does.
bool IsUtf8Block(std::string_view text, std::size_t begin, std::size_t end) {
  std::size_t first = begin;
  while (first > 0 && begin - first < kCharacterReach && IsContinuation(text[first])) --first;
  std::size_t valid = first + ValidUtf8Length(text.substr(first));
  return valid >= end;
}

// The first error in the order of tasks.
Status FirstError(std::span<const Status> statuses) {
  for (const Status& status : statuses) {
    if (!status) return status;
  }
  return Done{};
}

Result<CountedBlock> CountOne(const ByteSource& bytes, std::uint64_t start, std::uint64_t begin,
                              std::uint64_t end, const CsvKernels& kernels,
                              std::vector<char>& buffer) {
  const std::size_t before =
      static_cast<std::size_t>(std::min<std::uint64_t>(begin - start, kCharacterReach));
  const auto size = static_cast<std::size_t>(end - begin);
  buffer.resize(std::max(buffer.size(), size + 2 * kCharacterReach + kKernelPadding));
  const Result<std::size_t> count =
      bytes.Read(begin - before, std::span(buffer).first(before + size + kCharacterReach));
  if (!count) return count.error();
  CountedBlock counted;
  counted.counts = kernels.count(buffer.data() + before, size);
  counted.ends_with_newline = buffer[before + size - 1] == '\n';
  counted.is_utf8 = !counted.counts.has_high_bytes ||
                    IsUtf8Block(std::string_view(buffer.data(), *count), before, before + size);
  if (counted.counts.has_high_bytes) {
    const std::span<const char> text = std::span(buffer).subspan(before, size);
    counted.has_long_characters = std::ranges::any_of(text, IsLongLead);
    counted.has_foreign_pairs =
        !counted.has_long_characters && std::ranges::any_of(text, IsForeignLead);
  }
  return counted;
}

}  // namespace

Status CsvFile::Count() {
  const std::uint64_t size = bytes_.size() - start_;
  const std::uint64_t step = std::max<std::size_t>(options_.block_bytes, 1);
  const auto blocks = static_cast<std::size_t>((size + step - 1) / step);
  const CsvKernels& kernels = KernelsFor(*options_.level);
  std::vector<CountedBlock> counted(blocks);
  std::vector<Status> statuses(blocks, Status(Done{}));
  blocks_.assign(blocks, {});
  WorkerPool<std::vector<char>> buffers;
  ForEachIndex(blocks, options_.threads, [&](std::size_t b) {
    blocks_[b].begin = start_ + b * step;
    blocks_[b].end = std::min(blocks_[b].begin + step, bytes_.size());
    const auto lease = buffers.Take();
    Result<CountedBlock> one =
        CountOne(bytes_, start_, blocks_[b].begin, blocks_[b].end, kernels, *lease.worker);
    buffers.GiveBack(lease);
    if (one) {
      counted[b] = *one;
    } else {
      statuses[b] = one.error();
    }
  });
  const Status status = FirstError(statuses);
  if (!status) return status;
  Chain(counted);
  return Done{};
}

// From what each block holds to where each begins: record numbers and the state of quotes.
void CsvFile::Chain(std::span<const CountedBlock> counted) {
  bool in_quotes = false;
  std::uint64_t record = 0;
  is_utf8_ = true;
  bool has_long_characters = false, has_foreign_pairs = false;
  for (std::size_t b = 0; b < blocks_.size(); ++b) {
    const CountedBlock& one = counted[b];
    Block& block = blocks_[b];
    const std::uint64_t line_ends =
        in_quotes ? one.counts.newlines - one.counts.newlines_after_even_quotes
                  : one.counts.newlines_after_even_quotes;
    block.in_quotes = in_quotes;
    block.has_quotes = in_quotes || one.counts.quotes > 0;
    block.suspect = one.counts.has_nul || !one.is_utf8;
    is_utf8_ = is_utf8_ && one.is_utf8;
    has_long_characters |= one.has_long_characters;
    has_foreign_pairs |= one.has_foreign_pairs;
    in_quotes ^= (one.counts.quotes & 1U) != 0;
    // A record starts behind every line end, but none at the end of the file.
    const bool ends_here = b + 1 == blocks_.size() && one.ends_with_newline && !in_quotes;
    block.first_record = record;
    block.records = line_ends + (b == 0 ? 1 : 0) - (ends_here ? 1 : 0);
    record += block.records;
  }
  records_ = static_cast<std::size_t>(record);
  ends_in_quotes_ = in_quotes;
  // 住宅 in GBK is "סլ" in UTF-8: such letters in a table without one Chinese character are GBK.
  is_utf8_ = is_utf8_ && (has_long_characters || !has_foreign_pairs);
  if (!blocks_.empty()) blocks_.back().suspect |= ends_in_quotes_;
  // The last record of a block reaches into the blocks behind it.
  bool quotes = false, suspect = false;
  for (std::size_t b = blocks_.size(); b-- > 0;) {
    const bool has_quotes = blocks_[b].has_quotes, is_suspect = blocks_[b].suspect;
    blocks_[b].has_quotes = has_quotes || quotes;
    blocks_[b].suspect = is_suspect || suspect;
    const bool is_inside_record = blocks_[b].records == 0;
    quotes = has_quotes || (is_inside_record && quotes);
    suspect = is_suspect || (is_inside_record && suspect);
  }
}

Status CsvFile::ReadHead() {
  head_.clear();
  std::string text;
  for (std::size_t bytes = kHeadBytes;; bytes *= 4) {
    text.resize(std::min(bytes, kLongestRecord + 1));
    const Result<std::size_t> count = bytes_.Read(start_, text);
    if (!count) return count.error();
    text.resize(*count);
    const bool is_whole = start_ + text.size() == bytes_.size();
    if (delimiter_ == '\0') {
      const std::size_t last_line = text.rfind('\n');
      delimiter_ = DetectDelimiter(std::string_view(text).substr(0, last_line));
      if (options_.delimiter != '\0') delimiter_ = options_.delimiter;
    }
    head_ = SplitRecords(text, delimiter_, kHeadRecords, is_whole);
    if (is_whole || head_.size() == kHeadRecords) break;
    if (!head_.empty() && bytes >= kMostHeadBytes) break;
    if (bytes >= kLongestRecord) {
      return Error{Code::kRecordTooLong, std::to_string(kLongestRecord >> 20)};
    }
  }
  const bool is_wide =
      std::ranges::any_of(head_, [](const auto& record) { return record.size() > kMostFields; });
  if (is_wide) return Error{Code::kTooManyFields, std::to_string(kMostFields)};
  return Done{};
}

Status CsvFile::Sniff() {
  char mark[3] = {};
  const Result<std::size_t> count = bytes_.Read(0, mark);
  if (!count) return count.error();
  const std::string_view begin(mark, *count);
  if (begin.starts_with("\xFF\xFE") || begin.starts_with("\xFE\xFF")) {
    return Error{Code::kUtf16, "UTF-16"};
  }
  start_ = begin == "\xEF\xBB\xBF" ? 3 : 0;
  return Done{};
}

// Whether a record is so long that blocks beyond the limit begin none.
bool CsvFile::HasEndlessRecord() const {
  std::uint64_t bytes = 0;
  for (const Block& block : blocks_) {
    bytes = block.records == 0 ? bytes + (block.end - block.begin) : 0;
    if (bytes > kLongestRecord) return true;
  }
  return false;
}

// The whole file in memory, which a file that is no table is not worth.
Status CsvFile::Recode() {
  if (HasEndlessRecord()) return Error{Code::kRecordTooLong, std::to_string(kLongestRecord >> 20)};
  Result<std::string> text = bytes_.ReadAll();
  if (!text) return text.error();
  if (encoding_.empty()) {
    const LineEvidence evidence = EvidenceOf(*text);
    if (evidence.utf8_lines > evidence.other_lines) return Done{};
  }
  Result<std::string> utf8 = Gb18030ToUtf8(*text);
  if (!utf8) return utf8.error();
  encoding_ = "gb18030";
  bytes_ = ByteSource::FromMemory(std::move(*utf8));
  return Done{};
}

Status CsvFile::CheckRecords(std::uint64_t records) {
  if (records <= std::numeric_limits<std::uint32_t>::max() - kHeadRecords) return Done{};
  return Error{Code::kTooManyRows, std::to_string(records)};
}

Result<CsvFile> CsvFile::Open(ByteSource bytes, const CsvOptions& options) {
  CsvFile file;
  file.bytes_ = std::move(bytes);
  file.options_ = options;
  if (!options.level) file.options_.level = BestSimdLevel();
  if (!options.encoding.empty()) {
    const std::optional<std::string> encoding = EncodingByName(options.encoding);
    if (!encoding) return Error{Code::kUnknownEncoding, options.encoding};
    file.encoding_ = *encoding;
  }
  Status status = file.Sniff();
  if (status) status = file.Count();
  const bool is_detected = file.encoding_.empty() && !file.is_utf8_ && file.start_ == 0;
  if (status && (is_detected || file.encoding_ == "gb18030")) {
    status = file.Recode();
    if (status && file.encoding_ == "gb18030") status = file.Count();
  }
  if (file.encoding_.empty()) file.encoding_ = "utf-8";
  if (status) status = CheckRecords(file.records_);
  if (status) status = file.ReadHead();
  if (!status) return status.error();
  return file;
}

Result<Filling> CsvFile::Fill(std::size_t header, std::span<const WantedColumn> wanted) const {
  struct Worker {
    ColumnWorker columns;
    std::optional<CsvBlockReader> reader;
  };
  const CsvKernels& kernels = KernelsFor(*options_.level);
  std::vector<FilledBlock> filled(blocks_.size());
  std::vector<Status> statuses(blocks_.size(), Status(Done{}));
  WorkerPool<Worker> pool;
  ForEachIndex(blocks_.size(), options_.threads, [&](std::size_t b) {
    const auto lease = pool.Take();
    Worker& worker = *lease.worker;
    if (!worker.reader) worker.reader.emplace(*this, header, wanted, kernels);
    filled[b].worker = lease.index;
    statuses[b] = worker.reader->Fill(b, worker.columns, filled[b]);
    pool.GiveBack(lease);
  });
  const Status status = FirstError(statuses);
  if (!status) return status.error();
  std::vector<ColumnWorker> workers;
  for (Worker& worker : pool.workers()) workers.push_back(std::move(worker.columns));
  std::erase_if(filled, [](const FilledBlock& block) { return block.rows == 0; });
  return JoinBlocks(wanted, workers, std::move(filled), options_.threads);
}

}  // namespace dijia::io
