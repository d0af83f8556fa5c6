#include "io/file_writer.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <new>

#include "io/file_error.h"
#include "io/file_text.h"

namespace dijia::io {
namespace {

// What direct writing asks of addresses, places and sizes, on every device in use.
constexpr std::size_t kAlignment = 4096;
static_assert(FileWriter::kBlock % kAlignment == 0);

bool SetDirect(const Descriptor& descriptor, bool direct) {
  const int flags = ::fcntl(descriptor.get(), F_GETFL);
  if (flags < 0) return false;
  return ::fcntl(descriptor.get(), F_SETFL, direct ? flags | O_DIRECT : flags & ~O_DIRECT) == 0;
}

}  // namespace

// What is under way reads from our blocks.
FileWriter::~FileWriter() {
  for (const UnderWay& one : under_way_) one.written.wait();
}

FileWriter::Block FileWriter::NewBlock() {
  if (!free_.empty()) {
    Block block = std::move(free_.back());
    free_.pop_back();
    return block;
  }
  Block block(static_cast<char*>(std::aligned_alloc(kAlignment, kBlock)));
  if (!block) throw std::bad_alloc();
  return block;
}

void FileWriter::Write(std::string_view bytes) {
  while (!bytes.empty()) {
    if (!filling_) filling_ = NewBlock();
    const std::size_t count = std::min(bytes.size(), kBlock - held_);
    std::memcpy(filling_.get() + held_, bytes.data(), count);
    held_ += count;
    bytes.remove_prefix(count);
    if (held_ == kBlock) WriteBlock();
  }
}

void FileWriter::WriteBlock() {
  if (at_ == 0) may_be_direct_ = SetDirect(descriptor_, true);
  if (under_way_.size() == kMostUnderWay) Settle();
  held_ = 0;
  const std::uint64_t at = std::exchange(at_, at_ + kBlock);
  if (!may_be_direct_) return WriteThroughCache({filling_.get(), kBlock}, at);
  // One after the other: disks are no faster with several at once, and some are slower.
  std::shared_future<ssize_t> before;
  if (!under_way_.empty()) before = under_way_.back().written;
  const auto write = [before, at, descriptor = descriptor_.get(), block = filling_.get()] {
    if (before.valid()) before.wait();
    return ::pwrite(descriptor, block, kBlock, static_cast<off_t>(at));
  };
  under_way_.push_back({std::move(filling_), at, std::async(std::launch::async, write).share()});
}

// Waits for the oldest block under way. What was refused, interrupted or cut short by a full disk
// goes through the cache, or the system says there why not.
void FileWriter::Settle() {
  UnderWay oldest = std::move(under_way_.front());
  under_way_.pop_front();
  const auto written = static_cast<std::size_t>(std::max<ssize_t>(oldest.written.get(), 0));
  if (written < kBlock) {
    WriteThroughCache({oldest.block.get() + written, kBlock - written}, oldest.at + written);
  }
  free_.push_back(std::move(oldest.block));
}

void FileWriter::WriteThroughCache(std::string_view bytes, std::uint64_t at) {
  if (std::exchange(may_be_direct_, false)) SetDirect(descriptor_, false);
  while (!bytes.empty()) {
    const ssize_t count =
        ::pwrite(descriptor_.get(), bytes.data(), bytes.size(), static_cast<off_t>(at));
    if (count >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(count));
      at += static_cast<std::uint64_t>(count);
    } else if (errno != EINTR) {
      ThrowNotWritten(named_, errno);
    }
  }
}

void FileWriter::Close() {
  while (!under_way_.empty()) Settle();
  if (held_ > 0) WriteThroughCache({filling_.get(), std::exchange(held_, 0)}, at_);
  CloseFile(descriptor_, named_);
}

}  // namespace dijia::io
