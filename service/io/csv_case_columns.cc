#include "io/csv_case_columns.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "dijia/simd.h"
#include "io/case_csv.h"
#include "io/cell.h"
#include "io/record_cutter.h"

namespace dijia::io {
namespace {

using rules::FactType;
using rules::kNotStated;

constexpr std::size_t kBatch = kDecimalBatch;
constexpr std::size_t kMostKeys = std::size_t{1} << 16;
constexpr std::size_t kMostNarrow = 0xFF, kMostWide = std::size_t{1} << 14;
constexpr unsigned kMostBits = 64;
constexpr int kMostDecimals = 9;
constexpr std::size_t kFirstPlaces = 64;
constexpr std::size_t kRowsBeforeRuns = 1024;
constexpr std::size_t kSteadyTexts = 2;  // with the empty one
static_assert(kNotStated == INT64_MIN);  // what a kernel makes of an empty cell

// A choice has few texts; everything else may have many.
bool HasManyTexts(const rules::Fact& fact) {
  return fact.type != FactType::kYesNo && fact.type != FactType::kChoice &&
         fact.type != FactType::kInteger;
}

bool IsNumbers(const CaseLayout::Column& column, const rules::Fact& fact) {
  return fact.type == FactType::kDecimal && column.times.IsOne() && fact.scale <= kMostDecimals;
}

std::uint64_t HashOf(const std::uint64_t* key, std::size_t words) {
  std::uint64_t hash = 0;
  for (std::size_t i = 0; i < words; ++i) {
    hash = (hash ^ key[i]) * 0x9E3779B97F4A7C15U;
    hash ^= hash >> 32;
  }
  return hash;
}

}  // namespace

bool CsvColumnReader::CanRead(const CaseLayout& layout, const rules::CaseColumns& columns) {
  unsigned bits = 0;
  for (const CaseLayout::Column& column : layout.columns()) {
    for (const auto& [fact, value] : column.states) {
      if (columns.HasColumn(fact)) return false;
    }
    if (column.fact && columns.HasColumn(*column.fact)) ++bits;
  }
  return bits <= kMostBits;
}

CsvColumnReader::CsvColumnReader(const CsvCases& input, rules::CaseColumns& columns,
                                 std::optional<Days> as_of)
    : CaseColumnReader(input, input.layout().pack(), columns, as_of),
      cases_(input),
      kernels_(KernelsFor(BestSimdLevel())),
      block_(input.path(), input.delimiter(), input.layout().header(), input.layout().width()),
      cells_(std::make_unique<ShortCells>()),
      decimals_(std::make_unique<ShortDecimals>()) {
  PlanColumns(input.layout());
}

void CsvColumnReader::PlanColumns(const CaseLayout& layout) {
  unsigned bits = 0;
  for (const CaseLayout::Column& column : layout.columns()) {
    if (!column.fact) {
      id_ = column.position;
      continue;
    }
    const rules::Fact& fact = layout.pack().facts[*column.fact];
    const bool own = columns_.HasColumn(*column.fact);
    const unsigned bit = own ? bits++ : 0;
    if (own && IsNumbers(column, fact) && !layout.validator().LooksAt(*column.fact)) {
      numbers_.push_back({column.position,
                          &fact,
                          FactorsOfScale(fact.scale),
                          NewValues(*column.fact),
                          bit,
                          false,
                          {}});
      continue;
    }
    Texts& texts = texts_.emplace_back();
    texts.position = column.position;
    texts.column = &column;
    texts.bit = bit;
    texts.wide = HasManyTexts(fact);
    texts.most = texts.wide ? kMostWide : kMostNarrow;
    if (own) texts.values = NewValues(*column.fact);
    texts.memo.Keep("\0\0\0\0\0\0\0", 0, 0, kNotStated);
  }
  if (as_of_ && std::ranges::find(own_, decided_on_, &rules::FactValues::fact) == own_.end()) {
    NewValues(decided_on_);
  }
  PlanKey();
}

// Where everything stands in the key. What was known by keys of another plan is forgotten.
void CsvColumnReader::PlanKey() {
  std::size_t byte = sizeof(std::uint64_t);
  for (Run& run : runs_) {
    run.key_byte = byte;
    byte += 2;
  }
  for (const bool wide : {true, false}) {
    for (Texts& texts : texts_) {
      if (!IsInKey(texts) || texts.in_run || texts.wide != wide) continue;
      texts.key_byte = byte;
      byte += wide ? 2 : 1;
    }
  }
  key_words_ = (byte + sizeof(std::uint64_t) - 1) / sizeof(std::uint64_t);
  keys_.resize(kBatch * key_words_);
  places_.assign(kFirstPlaces, 0);
  known_keys_.clear();
  known_profiles_.clear();
}

// Whether rows with other texts in this column are rows of another kind.
bool CsvColumnReader::IsInKey(const Texts& texts) const {
  return !texts.values || cases_.layout().validator().LooksAt(*texts.column->fact);
}

std::size_t CsvColumnReader::NewValues(std::uint16_t fact) {
  values_.emplace_back(kBatch);
  own_.push_back({fact, values_.back().data()});
  return values_.size() - 1;
}

bool CsvColumnReader::is_full() const {
  return known_profiles_.size() >= kMostKeys || std::ranges::any_of(texts_, [](const Texts& texts) {
           return texts.wide && texts.memo.size() >= texts.most;
         });
}

std::span<const ColumnRow> CsvColumnReader::Read(InputBlock& block) {
  if (!block_.Cut(block)) return CaseColumnReader::Read(block);
  Clear();
  if (!may_run_ && !runs_.empty()) DissolveRuns();
  if (may_run_ && !has_planned_runs_ && observed_ >= kRowsBeforeRuns) PlanRuns();
  while (block_.Next(kBatch, records_)) ReadBatch();
  return rows_;
}

void CsvColumnReader::ReadBatch() {
  std::fill_n(keys_.begin(), records_.size() * key_words_, std::uint64_t{0});
  for (const Numbers& numbers : numbers_) {
    if (!numbers.in_run) ReadNumbers(numbers);
  }
  for (Texts& texts : texts_) {
    if (!texts.in_run) ReadTexts(texts);
  }
  if (!has_planned_runs_) Observe();
  for (Run& run : runs_) ReadRun(run);
  for (std::size_t i = 0; as_of_ && i < own_.size(); ++i) {
    if (own_[i].fact == decided_on_) std::ranges::fill(values_[i], std::int64_t{*as_of_});
  }
  profiles_.resize(records_.size());
  for (std::size_t row = 0; row < records_.size(); ++row) {
    std::string_view id;
    const bool plain = !records_[row].careful && ReadId(records_[row], id);
    const std::uint32_t known = plain ? FindKey(row) : kCareful;
    if (known == kCareful) {
      profiles_[row] = ReadCarefully(row);
      if (plain) Learn(row);
      continue;
    }
    profiles_[row] = known;
    rows_.push_back({records_[row].number, id, nullptr});
  }
  columns_.Append(profiles_, own_);
}

void CsvColumnReader::ReadNumbers(const Numbers& numbers) {
  constexpr std::size_t kWord = sizeof(std::uint64_t);
  for (std::size_t row = 0; row < records_.size(); ++row) {
    const std::string_view cell = block_.Cell(records_[row], numbers.position);
    std::memcpy(&cells_->words[row], cell.data(), kWord);
    if (cell.size() > kWord) cells_->words[row] = 0;
    cells_->lengths[row] = std::min(cell.size(), kWord);
  }
  kernels_.parse_decimals(*cells_, numbers.factors, *decimals_);
  std::int64_t* const values = values_[numbers.values].data();
  const std::int64_t lowest = numbers.fact->lowest, highest = numbers.fact->highest;
  for (std::size_t row = 0; row < records_.size(); ++row) {
    std::int64_t value = decimals_->units[row];
    const bool empty = cells_->lengths[row] == 0;
    const bool read = decimals_->odd[row] == 0 && value >= lowest && value <= highest;
    if (!read && !empty) {
      const std::string_view cell = block_.Cell(records_[row], numbers.position);
      const auto parsed = ParseFact(*numbers.fact, cell);
      if (!parsed) records_[row].careful = true;
      value = parsed ? *parsed : kNotStated;
    }
    values[row] = value;
    keys_[row * key_words_] |= std::uint64_t{value != kNotStated} << numbers.bit;
  }
}

void CsvColumnReader::ReadTexts(Texts& texts) {
  struct Found {
    std::int64_t value;
    std::uint32_t id;
  };
  std::array<Found, kBatch> found;
  static const CellMemo::Entry kNone;
  const CellMemo::Entry* entry = &kNone;  // of the row before: many columns say the same for long
  const std::size_t rows = records_.size();
  bool all_known = true;
  for (std::size_t row = 0; row < rows; ++row) {
    const std::string_view cell = block_.Cell(records_[row], texts.position);
    const auto length = static_cast<std::uint32_t>(cell.size());
    if (!texts.is_steady || !CellMemo::Is(*entry, cell.data(), length)) {
      entry = texts.memo.Find(cell.data(), length);
      if (entry == nullptr) entry = Learn(texts, cell);
      texts.is_steady = texts.memo.size() <= kSteadyTexts;
    }
    found[row] = {entry->value, entry->id};
    all_known &= entry->id != kCareful;
    texts.has_empty |= entry->id == 0;
  }
  for (std::size_t row = 0; !all_known && row < rows; ++row) {
    if (found[row].id == kCareful) records_[row].careful = true;
  }
  for (std::size_t row = 0; texts.values && row < rows; ++row) {
    values_[*texts.values][row] = found[row].value;
    keys_[row * key_words_] |= std::uint64_t{found[row].value != kNotStated} << texts.bit;
  }
  if (!texts.key_byte) return;
  auto* to = reinterpret_cast<unsigned char*>(keys_.data()) + *texts.key_byte;
  const std::size_t stride = key_words_ * sizeof(std::uint64_t);
  const bool wide = texts.wide;
  for (std::size_t row = 0; row < rows; ++row, to += stride) {
    to[0] = static_cast<unsigned char>(found[row].id);
    if (wide) to[1] = static_cast<unsigned char>(found[row].id >> 8);
  }
}

// Reads a text for the first time. The answer lasts until the next one is learned.
const CellMemo::Entry* CsvColumnReader::Learn(Texts& texts, std::string_view cell) {
  static const CellMemo::Entry kUnknown = [] {
    CellMemo::Entry unknown;
    unknown.id = kCareful;
    unknown.value = kNotStated;
    return unknown;
  }();
  if (texts.memo.size() >= texts.most) return &kUnknown;
  auto id = static_cast<std::uint32_t>(texts.memo.size());
  std::int64_t value = kNotStated;
  if (texts.values) {
    cases_.layout().Begin(0, row_);
    const auto read = cases_.layout().Value(*texts.column, cell, row_);
    if (row_.problems.total() > 0) id = kCareful;
    if (read && id != kCareful) value = *read;
  }
  return &texts.memo.Keep(cell.data(), static_cast<std::uint32_t>(cell.size()), id, value);
}

// The id as the careful way reads it; false when it is not a part of the text.
bool CsvColumnReader::ReadId(const Record& record, std::string_view& id) {
  const auto is_sign = [](char c) { return c > ' ' && c <= '~'; };
  if (!id_) return true;
  const std::string_view cell = block_.Cell(record, *id_);
  id = cell;
  if (id.empty() || (!block_.has_high_bytes() && is_sign(id.front()) && is_sign(id.back())))
    return true;
  id = Plain(id, id_buffer_);
  return id.empty() || (id.data() >= cell.data() && id.data() < cell.data() + cell.size());
}

// Where a key is or would be.
std::size_t CsvColumnReader::PlaceOfKey(const std::uint64_t* key) const {
  const std::size_t mask = places_.size() - 1;
  std::size_t place = HashOf(key, key_words_) & mask;
  for (; places_[place] != 0; place = (place + 1) & mask) {
    const std::uint64_t* known = known_keys_.data() + (places_[place] - 1) * key_words_;
    std::uint64_t differs = 0;
    for (std::size_t i = 0; i < key_words_; ++i) differs |= key[i] ^ known[i];
    if (differs == 0) break;
  }
  return place;
}

std::uint32_t CsvColumnReader::FindKey(std::size_t row) const {
  const std::uint32_t known = places_[PlaceOfKey(keys_.data() + row * key_words_)];
  return known == 0 ? kCareful : known_profiles_[known - 1];
}

// Keeps the key of a row that was just read the careful way, unless it is known as one that is
// always read so.
void CsvColumnReader::Learn(std::size_t row) {
  const std::uint64_t* const key = keys_.data() + row * key_words_;
  if (places_[PlaceOfKey(key)] != 0) return;
  known_keys_.insert(known_keys_.end(), key, key + key_words_);
  known_profiles_.push_back(row_.problems.total() > 0 ? kCareful : profiles_[row]);
  if (known_profiles_.size() * 2 > places_.size()) {
    places_.assign(places_.size() * 2, 0);
    for (std::size_t i = 0; i + 1 < known_profiles_.size(); ++i) {
      places_[PlaceOfKey(known_keys_.data() + i * key_words_)] = static_cast<std::uint32_t>(i + 1);
    }
  }
  places_[PlaceOfKey(key)] = static_cast<std::uint32_t>(known_profiles_.size());
}

std::uint32_t CsvColumnReader::ReadCarefully(std::size_t row) {
  RecordCutter cutter(records_[row].text, cases_.delimiter());
  cutter.Next();
  cases_.ReadRecord(cutter, records_[row].number, row_);
  List(row_);
  for (std::size_t i = 0; i < own_.size(); ++i) {
    values_[i][row] = row_.the_case.values[own_[i].fact];
  }
  return columns_.ProfileOf(StatedBy(row_.the_case), row_.the_case.land_class_candidates);
}

}  // namespace dijia::io
