#include "io/column_fill.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <map>
#include <tuple>
#include <utility>

#include "dijia/base/codes.h"
#include "dijia/parallel.h"

namespace dijia::io {
namespace {

constexpr std::size_t kFirstSlots = 64;
constexpr double kNotGiven = std::numeric_limits<double>::quiet_NaN();

std::uint64_t WordAt(const char* from, std::size_t size) {
  std::uint64_t word = 0;
  if (size > 0) std::memcpy(&word, from, size);  // an empty text may have no address
  return word;
}

// Any text of the same bytes has the same hash; the order of names never depends on it.
std::uint64_t HashOf(std::string_view text) {
  constexpr std::uint64_t kMultiplier = 0x9E3779B97F4A7C15U;
  std::uint64_t hash = text.size() * kMultiplier;
  while (text.size() > 8) {
    hash = (hash ^ WordAt(text.data(), 8)) * kMultiplier;
    hash ^= hash >> 32;
    text.remove_prefix(8);
  }
  hash = (hash ^ WordAt(text.data(), text.size())) * kMultiplier;
  return hash ^ (hash >> 29);
}

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

std::string_view Trimmed(std::string_view cell) {
  while (!cell.empty() && IsBlank(cell.front())) cell.remove_prefix(1);
  while (!cell.empty() && IsBlank(cell.back())) cell.remove_suffix(1);
  return cell;
}

bool HoldsNames(const ColumnTarget& target) {
  return std::holds_alternative<ToCode16>(target) || std::holds_alternative<ToCode32>(target);
}

// Stores a reading, or the missing mark, in a column.
void Store(const ColumnTarget& target, std::uint32_t row, const CellReading& reading) {
  if (const auto* to = std::get_if<ToInt64>(&target)) {
    to->out[row] = reading.missing ? kMissing64 : reading.value;
  } else if (const auto* small = std::get_if<ToInt32>(&target)) {
    small->out[row] = reading.missing ? kMissing32 : static_cast<std::int32_t>(reading.value);
  } else if (const auto* real = std::get_if<ToReal>(&target)) {
    real->out[row] = reading.missing ? kNotGiven : reading.number;
  } else if (const auto* date = std::get_if<ToDate>(&target)) {
    date->out[row] = reading.missing ? kNoDate : static_cast<Days>(reading.value);
  } else if (const auto* choice = std::get_if<ToChoice>(&target)) {
    choice->out[row] = reading.missing ? choice->missing : static_cast<std::uint8_t>(reading.value);
  }
}

void StoreCode(const ColumnTarget& target, std::uint32_t row, std::uint32_t code) {
  if (const auto* to = std::get_if<ToCode16>(&target)) {
    to->out[row] = static_cast<std::uint16_t>(code);
  } else if (const auto* wide = std::get_if<ToCode32>(&target)) {
    wide->out[row] = code;
  }
}

std::uint32_t CodeAt(const ColumnTarget& target, std::uint32_t row) {
  if (const auto* to = std::get_if<ToCode16>(&target)) return to->out[row];
  return std::get<ToCode32>(target).out[row];
}

}  // namespace

TextCache::TextCache() : slots_(kFirstSlots, 0) {}

void TextCache::Grow() {
  std::vector<std::uint32_t> larger(slots_.size() * 2, 0);
  for (std::uint32_t i = 0; i < entries_.size(); ++i) {
    std::size_t slot = HashOf(entries_[i].text) & (larger.size() - 1);
    while (larger[slot] != 0) slot = (slot + 1) & (larger.size() - 1);
    larger[slot] = i + 1;
  }
  slots_ = std::move(larger);
}

std::uint32_t TextCache::Find(std::string_view text) {
  std::size_t slot = HashOf(text) & (slots_.size() - 1);
  for (; slots_[slot] != 0; slot = (slot + 1) & (slots_.size() - 1)) {
    if (entries_[slots_[slot] - 1].text == text) return slots_[slot] - 1;
  }
  const auto index = static_cast<std::uint32_t>(entries_.size());
  entries_.push_back({.text = std::string(text)});
  slots_[slot] = index + 1;
  if (entries_.size() * 2 > slots_.size()) Grow();
  return index;
}

CellWriter::CellWriter(std::span<const WantedColumn> wanted, ColumnWorker& worker,
                       FilledBlock& block)
    : wanted_(wanted), worker_(worker), block_(block) {
  worker_.caches.resize(wanted.size());
  block_.notes.resize(wanted.size());
  block_.texts.resize(wanted.size());
}

void CellWriter::Blame(std::uint32_t row, Fate fate, Code code,
                       std::vector<std::string> arguments) {
  block_.faults.push_back(
      {.row = row, .fate = fate, .code = code, .arguments = std::move(arguments)});
}

void CellWriter::PutMissing(std::size_t column, std::uint32_t row) {
  const ColumnTarget& target = wanted_[column].target;
  if (HoldsNames(target)) {
    StoreCode(target, row, 0);
  } else if (std::holds_alternative<ToText>(target)) {
    block_.texts[column].lengths.push_back(0);
  } else {
    Store(target, row, {.missing = true});
  }
}

void CellWriter::Note(std::size_t column, std::uint32_t row, std::string_view cell,
                      const CellReading& reading) {
  if (reading.normalised && block_.notes[column].normalised++ == 0) {
    block_.notes[column].example = std::string(cell);
  }
  if (reading.unit) block_.unit_marks.push_back({row, *reading.unit});
  if (reading.fate == Fate::kUsed && !reading.code) return;
  block_.faults.push_back({.row = row,
                           .column = static_cast<std::uint16_t>(column),
                           .fate = reading.fate,
                           .code = reading.code,
                           .arguments = reading.arguments});
}

// Columns of few distinct texts: the reader sees each text once. A mere note (fate kUsed) about a
// text is kept with its entry, where JoinBlocks counts the rows.
void CellWriter::PutNamed(std::size_t column, std::uint32_t row, std::string_view cell) {
  TextCache& cache = worker_.caches[column];
  const std::uint32_t index = cache.Find(cell);
  TextCache::Entry& entry = cache[index];
  if (entry.rows++ == 0) {
    entry.first_row = row;
    const CellReader& reader = wanted_[column].reader;
    entry.reading = reader ? reader(cell) : PlainReader(wanted_[column].target)(cell);
  }
  if (HoldsNames(wanted_[column].target)) {
    StoreCode(wanted_[column].target, row, entry.reading.missing ? 0 : index + 1);
  } else {
    Store(wanted_[column].target, row, entry.reading);
  }
  if (entry.reading.fate != Fate::kUsed) Note(column, row, cell, entry.reading);
}

void CellWriter::PutRead(std::size_t column, std::uint32_t row, std::string_view cell) {
  const WantedColumn& wanted = wanted_[column];
  const CellReading reading =
      wanted.reader ? wanted.reader(cell) : PlainReader(wanted.target)(cell);
  if (const auto* figure = std::get_if<ToFigure>(&wanted.target)) {
    if (!reading.missing) {
      block_.figures.push_back({figure->first_row + row, figure->name, reading.number});
    }
  } else {
    Store(wanted.target, row, reading);
  }
  Note(column, row, cell, reading);
}

void CellWriter::Put(std::size_t column, std::uint32_t row, std::string_view cell) {
  const ColumnTarget& target = wanted_[column].target;
  cell = Trimmed(cell);
  if (cell.empty()) return PutMissing(column, row);
  if (std::holds_alternative<ToText>(target)) {
    block_.texts[column].bytes += cell;
    block_.texts[column].lengths.push_back(static_cast<std::uint32_t>(cell.size()));
  } else if (HoldsNames(target) || std::holds_alternative<ToChoice>(target)) {
    PutNamed(column, row, cell);
  } else {
    PutRead(column, row, cell);
  }
}

namespace {

struct Arrival {
  std::uint32_t first_row = 0;
  std::uint32_t worker = 0;
  std::uint32_t index = 0;
};

// The entries of one column over all workers, by the row where they first appear.
std::vector<Arrival> ArrivalsOf(std::size_t column, std::span<const ColumnWorker> workers) {
  std::vector<Arrival> arrivals;
  for (std::uint32_t w = 0; w < workers.size(); ++w) {
    if (column >= workers[w].caches.size()) continue;
    const auto& entries = workers[w].caches[column].entries();
    for (std::uint32_t i = 0; i < entries.size(); ++i) {
      arrivals.push_back({entries[i].first_row, w, i});
    }
  }
  std::ranges::sort(arrivals, {}, [](const Arrival& a) { return std::tie(a.first_row, a.worker); });
  return arrivals;
}

// Gives the workers' codes of a column of names their common codes.
Status JoinNames(std::span<const WantedColumn> wanted, std::size_t column,
                 std::span<const ColumnWorker> workers, std::span<const FilledBlock> blocks,
                 unsigned threads) {
  const ColumnTarget& target = wanted[column].target;
  const auto* narrow = std::get_if<ToCode16>(&target);
  Dictionary& names = narrow != nullptr ? *narrow->names : *std::get<ToCode32>(target).names;
  std::vector<std::vector<std::uint32_t>> codes(workers.size(), {0});
  std::size_t most = 0;
  for (std::size_t w = 0; w < workers.size(); ++w) {
    if (column >= workers[w].caches.size()) continue;
    codes[w].resize(workers[w].caches[column].entries().size() + 1);
    most = std::max(most, codes[w].size());
  }
  for (const Arrival& arrival : ArrivalsOf(column, workers)) {
    const auto& entry = workers[arrival.worker].caches[column].entries()[arrival.index];
    if (!entry.reading.missing) {
      codes[arrival.worker][arrival.index + 1] = names.Add(entry.reading.name);
    }
  }
  if (narrow != nullptr && std::max(most, names.size()) > std::size_t{UINT16_MAX} + 1) {
    return Error{Code::kTooManyNames, wanted[column].field};
  }
  ForEachIndex(blocks.size(), threads, [&](std::size_t b) {
    const std::vector<std::uint32_t>& of_worker = codes[blocks[b].worker];
    for (std::uint32_t row = blocks[b].first_row; row < blocks[b].first_row + blocks[b].rows;
         ++row) {
      StoreCode(target, row, of_worker[CodeAt(target, row)]);
    }
  });
  return Done{};
}

void JoinTexts(TextColumn& out, std::size_t column, std::span<FilledBlock> blocks) {
  std::size_t rows = out.size(), bytes = 0;
  for (const FilledBlock& block : blocks) {
    rows += block.rows;
    bytes += block.texts[column].bytes.size();
  }
  out.Reserve(rows, bytes);
  for (FilledBlock& block : blocks) {
    const FilledBlock::Texts texts = std::move(block.texts[column]);
    std::string_view rest = texts.bytes;
    for (const std::uint32_t length : texts.lengths) {
      out.Append(rest.substr(0, length));
      rest.remove_prefix(length);
    }
  }
}

void JoinFigures(std::vector<ConversionFigure>& out, std::span<FilledBlock> blocks) {
  for (FilledBlock& block : blocks) {
    std::ranges::sort(block.figures, {},
                      [](const ConversionFigure& f) { return std::tie(f.row, f.name); });
    out.insert(out.end(), block.figures.begin(), block.figures.end());
  }
}

// Notes about texts, with the rows of all workers counted together.
void JoinNotes(std::size_t column, std::span<const ColumnWorker> workers, Filling& filling) {
  std::map<std::string_view, std::size_t> place;
  for (const Arrival& arrival : ArrivalsOf(column, workers)) {
    const auto& entry = workers[arrival.worker].caches[column].entries()[arrival.index];
    if (entry.reading.fate != Fate::kUsed || !entry.reading.code) continue;
    const auto [found, is_new] = place.emplace(entry.text, filling.repeated.size());
    if (is_new) {
      filling.repeated.push_back({.first_row = arrival.first_row,
                                  .column = static_cast<std::uint16_t>(column),
                                  .code = *entry.reading.code,
                                  .arguments = entry.reading.arguments});
    }
    filling.repeated[found->second].rows += entry.rows;
  }
}

void JoinFindings(std::span<FilledBlock> blocks, std::size_t columns, Filling& filling) {
  filling.notes.resize(columns);
  for (FilledBlock& block : blocks) {
    std::ranges::stable_sort(block.faults, {}, [](const CellFault& f) {
      return std::pair(f.row, f.column == CellFault::kWholeRow ? -1 : int{f.column});
    });
    std::ranges::move(block.faults, std::back_inserter(filling.faults));
    std::ranges::copy(block.blank_rows, std::back_inserter(filling.blank_rows));
    std::ranges::stable_sort(block.unit_marks, {}, &UnitMark::row);
    std::ranges::copy(block.unit_marks, std::back_inserter(filling.unit_marks));
    for (std::size_t c = 0; c < block.notes.size(); ++c) {
      ColumnNotes& notes = filling.notes[c];
      if (notes.normalised == 0) notes.example = block.notes[c].example;
      notes.normalised += block.notes[c].normalised;
    }
  }
}

}  // namespace

Result<Filling> JoinBlocks(std::span<const WantedColumn> wanted,
                           std::span<const ColumnWorker> workers, std::vector<FilledBlock> blocks,
                           unsigned threads) {
  Filling filling;
  JoinFindings(blocks, wanted.size(), filling);
  std::vector<ConversionFigure>* figures = nullptr;
  for (std::size_t column = 0; column < wanted.size(); ++column) {
    const ColumnTarget& target = wanted[column].target;
    if (HoldsNames(target)) {
      const Status status = JoinNames(wanted, column, workers, blocks, threads);
      if (!status) return status.error();
    }
    if (const auto* text = std::get_if<ToText>(&target)) JoinTexts(*text->out, column, blocks);
    if (const auto* figure = std::get_if<ToFigure>(&target)) figures = figure->out;
    JoinNotes(column, workers, filling);
  }
  if (figures != nullptr) JoinFigures(*figures, blocks);
  std::ranges::stable_sort(filling.repeated, {}, &RepeatedNote::first_row);
  return filling;
}

}  // namespace dijia::io
