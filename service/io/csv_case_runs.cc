// Neighbouring columns with few values, looked up together.
#include <algorithm>
#include <array>

#include "io/csv_case_columns.h"

namespace dijia::io {
namespace {

using rules::kNotStated;

constexpr std::size_t kMostSeen = 64;        // values of a column that may belong to a run
constexpr std::size_t kMostTogether = 2048;  // combinations that the columns of a run allow
constexpr std::size_t kMostTexts = 4096;     // of a run; more of them were not foreseen

}  // namespace

// Counts the values of the batch.
void CsvColumnReader::Observe() {
  observed_ += records_.size();
  for (Numbers& numbers : numbers_) {
    for (std::size_t row = 0; row < records_.size() && numbers.seen.size() <= kMostSeen; ++row) {
      const std::int64_t value = values_[numbers.values][row];
      if (!numbers.seen.empty() && numbers.seen.back() == value) continue;
      const auto known = std::ranges::find(numbers.seen, value);
      if (known == numbers.seen.end()) {
        numbers.seen.push_back(value);
      } else {
        std::iter_swap(known, std::prev(numbers.seen.end()));
      }
    }
  }
}

// The columns with few values, by position.
std::vector<CsvColumnReader::Candidate> CsvColumnReader::Candidates() {
  std::vector<Candidate> candidates;
  for (Numbers& numbers : numbers_) {
    candidates.push_back({numbers.position, numbers.seen.size(), &numbers, nullptr});
  }
  for (Texts& texts : texts_) {
    const std::size_t distinct = texts.memo.size() - (texts.has_empty ? 0 : 1);
    candidates.push_back({texts.position, distinct, nullptr, &texts});
  }
  std::erase_if(candidates, [](const Candidate& one) { return one.distinct > kMostSeen; });
  std::ranges::sort(candidates, {}, &Candidate::position);
  return candidates;
}

void CsvColumnReader::PlanRuns() {
  has_planned_runs_ = true;
  const std::vector<Candidate> candidates = Candidates();
  for (std::size_t begin = 0; begin < candidates.size();) {
    std::size_t end = begin + 1, together = std::max<std::size_t>(1, candidates[begin].distinct);
    while (end < candidates.size() &&
           candidates[end].position == candidates[end - 1].position + 1 &&
           together * std::max<std::size_t>(1, candidates[end].distinct) <= kMostTogether) {
      together *= std::max<std::size_t>(1, candidates[end++].distinct);
    }
    if (end - begin > 1) AddRun(std::span(candidates).subspan(begin, end - begin));
    begin = end;
  }
  PlanKey();
}

void CsvColumnReader::AddRun(std::span<const Candidate> columns) {
  Run& run = runs_.emplace_back();
  run.first = columns.front().position;
  run.last = columns.back().position;
  for (const Candidate& column : columns) {
    if (column.numbers != nullptr) {
      column.numbers->in_run = true;
      run.numbers.push_back(column.numbers);
      run.own.push_back(column.numbers->values);
    } else {
      column.texts->in_run = true;
      column.texts->key_byte.reset();
      run.texts.push_back(column.texts);
    }
  }
  for (const Texts* texts : run.texts) {
    if (texts->values) run.own.push_back(*texts->values);
  }
  run.memo.Keep("", 0);
  run.parts.push_back(0);
  run.values.assign(run.own.size(), kNotStated);
  run.known_parts.try_emplace({}, 0);
}

// When there are more texts than the beginning of the table let expect.
void CsvColumnReader::DissolveRuns() {
  runs_.clear();
  for (Numbers& numbers : numbers_) numbers.in_run = false;
  for (Texts& texts : texts_) texts.in_run = false;
  PlanKey();
}

void CsvColumnReader::ReadRun(Run& run) {
  std::array<std::uint32_t, kDecimalBatch> found;
  const std::size_t rows = records_.size();
  auto* to = reinterpret_cast<unsigned char*>(keys_.data()) + run.key_byte;
  const std::size_t stride = key_words_ * sizeof(std::uint64_t);
  for (std::size_t row = 0; row < rows; ++row, to += stride) {
    Record& record = records_[row];
    found[row] = 0;
    if (record.careful) continue;
    const std::string_view cells = CellsOf(run, record);
    std::uint32_t number = run.memo.Find(cells.data(), cells.size());
    if (number == RunMemo::kNone) number = LearnRun(run, record);
    const std::uint32_t part = number == kCareful ? kCareful : run.parts[number];
    if (part == kCareful) {
      record.careful = true;
      continue;
    }
    found[row] = number;
    to[0] = static_cast<unsigned char>(part);
    to[1] = static_cast<unsigned char>(part >> 8);
  }
  const std::size_t count = run.own.size();
  for (std::size_t i = 0; i < count; ++i) {
    std::int64_t* const values = values_[run.own[i]].data();
    for (std::size_t row = 0; row < rows; ++row) values[row] = run.values[found[row] * count + i];
  }
}

// Reads a text of a run for the first time; kCareful when there are too many of them.
std::uint32_t CsvColumnReader::LearnRun(Run& run, const Record& record) {
  if (run.memo.size() >= kMostTexts) {
    may_run_ = false;
    return kCareful;
  }
  std::vector<std::uint32_t> part;
  std::vector<std::int64_t> values;
  std::uint32_t known = kCareful;
  if (ReadRunCells(run, record, part, values)) {
    const auto next = static_cast<std::uint32_t>(run.known_parts.size());
    known = run.known_parts.try_emplace(std::move(part), next).first->second;
  }
  values.resize(run.own.size(), kNotStated);
  run.parts.push_back(known);
  run.values.insert(run.values.end(), values.begin(), values.end());
  const std::string_view cells = CellsOf(run, record);
  return run.memo.Keep(cells.data(), cells.size());
}

// The cells of a run one by one: what they say for the key, and the values of columns of their own.
// False when one of them has to be read the careful way.
bool CsvColumnReader::ReadRunCells(Run& run, const Record& record, std::vector<std::uint32_t>& part,
                                   std::vector<std::int64_t>& values) {
  for (const Numbers* numbers : run.numbers) {
    const std::string_view cell = block_.Cell(record, numbers->position);
    std::int64_t value = kNotStated;
    if (!cell.empty()) {
      const auto parsed = ParseFact(*numbers->fact, cell);
      if (!parsed) return false;
      value = *parsed;
    }
    values.push_back(value);
    part.push_back(value != kNotStated ? 1 : 0);
  }
  for (Texts* texts : run.texts) {
    const std::string_view cell = block_.Cell(record, texts->position);
    const CellMemo::Entry* entry =
        texts->memo.Find(cell.data(), static_cast<std::uint32_t>(cell.size()));
    if (entry == nullptr) entry = Learn(*texts, cell);
    if (entry->id == kCareful) return false;
    if (texts->values) {
      values.push_back(entry->value);
      part.push_back(entry->value != kNotStated ? 1 : 0);
    }
    if (IsInKey(*texts)) part.push_back(entry->id);
  }
  return true;
}

}  // namespace dijia::io
