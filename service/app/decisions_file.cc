#include "app/decisions_file.h"

#include <algorithm>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "app/record_time.h"
#include "dijia/base/codes.h"
#include "dijia/base/names.h"
#include "io/cell.h"
#include "io/csv_records.h"

namespace dijia::app {
namespace {

enum Column : std::uint8_t { kSampleId, kDecision, kReason, kDecidedBy, kDecidedAt };
constexpr std::size_t kColumns = kDecisionColumns.size();
constexpr std::size_t kLongestName = 100, kLongestReason = 1000;  // bytes
constexpr std::string_view kExamples[kColumns] = {"S-0107", "exclude", "含地上建筑物", "张三",
                                                  "2026-01-06"};

std::string PlainOf(std::string_view cell) {
  std::string buffer;
  return std::string(io::Plain(cell, buffer));
}

class Reader {
 public:
  Reader(const std::filesystem::path& file, Diagnostics& diagnostics)
      : records_(file, {.encoding = "", .read = {}, .quotes = true}), diagnostics_(diagnostics) {
    decisions_.source = file.string();
  }

  std::optional<SampleDecisions> Read() {
    if (!ReadHeader()) return std::nullopt;
    io::InputBlock block;
    while (records_.Next(block)) {
      records_.Read(block, [this](const io::RecordCutter& cutter, std::uint64_t number,
                                  const std::optional<Diagnostic>& fault) {
        if (fault) {
          Report(*fault);
        } else {
          ReadRow(cutter.cells(), number);
        }
      });
    }
    if (has_errors_) return std::nullopt;
    if (decisions_.rows.empty()) diagnostics_.Add(Code::kNoRows, {decisions_.source, 0, 0, ""});
    return std::move(decisions_);
  }

 private:
  using Cells = std::vector<std::string_view>;

  void Report(Diagnostic problem) {
    has_errors_ = true;
    diagnostics_.Add(std::move(problem));
  }

  bool ReadHeader() {
    const auto head = records_.head();
    if (head.empty()) {
      Report({Code::kFileIsEmpty, {decisions_.source, 0, 0, ""}, {}});
      return false;
    }
    const std::vector<std::string>& header = head.front();
    records_.SetHeader(0, header.size());
    places_.fill(kNowhere);
    for (std::size_t i = 0; i < header.size(); ++i) PlaceColumn(PlainOf(header[i]), i);
    std::vector<std::string_view> missing;
    for (std::size_t i = 0; i < kColumns; ++i) {
      if (places_[i] == kNowhere) missing.push_back(kDecisionColumns[i]);
    }
    if (!missing.empty()) {
      const std::vector<std::string_view> names(header.begin(), header.end());
      Report({Code::kColumnsMissing,
              {decisions_.source, 1, 0, ""},
              {JoinNames(missing), JoinNames(names)}});
    }
    decisions_.sample_id_column = static_cast<std::uint32_t>(places_[kSampleId] + 1);
    decisions_.decision_column = static_cast<std::uint32_t>(places_[kDecision] + 1);
    return !has_errors_;
  }

  void PlaceColumn(const std::string& name, std::size_t place) {
    const Location where{decisions_.source, 1, static_cast<std::uint32_t>(place + 1), name};
    const auto known = std::ranges::find(kDecisionColumns, name);
    if (known == kDecisionColumns.end()) {
      const std::string_view nearest = NearestName(name, kDecisionColumns);
      if (nearest.empty()) {
        return Report({Code::kUnknownField, where, {name, JoinNames(kDecisionColumns)}});
      }
      return Report({Code::kMisspeltField, where, {name, std::string(nearest)}});
    }
    std::size_t& own = places_[static_cast<std::size_t>(known - kDecisionColumns.begin())];
    if (own != kNowhere) {
      return Report(
          {Code::kColumnTwice, where, {name, std::to_string(own + 1), std::to_string(place + 1)}});
    }
    own = place;
  }

  void ReadRow(const Cells& cells, std::uint64_t number) {
    AppraiserDecision decision;
    decision.row = number;
    decision.sample_id = Needed(cells, number, kSampleId, kLongestReason);
    decision.reason = Needed(cells, number, kReason, kLongestReason);
    decision.decided_by = Needed(cells, number, kDecidedBy, kLongestName);
    decision.decided_at = Needed(cells, number, kDecidedAt, kLongestName);
    if (!decision.decided_at.empty() && !RecordTimeOf(decision.decided_at)) {
      Report({Code::kNotATime, PlaceOf(number, kDecidedAt), {decision.decided_at}});
    }
    ReadDecision(Needed(cells, number, kDecision, kLongestName), decision);
    if (decision.sample_id.empty()) return;
    const auto [first, is_new] = row_of_.emplace(decision.sample_id, number);
    if (!is_new) {
      return Report({Code::kDecidedTwice,
                     PlaceOf(number, kSampleId),
                     {decision.sample_id, std::to_string(first->second)}});
    }
    decisions_.rows.push_back(std::move(decision));
  }

  void ReadDecision(const std::string& word, AppraiserDecision& decision) {
    if (word.empty()) return;  // reported
    const auto known = FromCode<SampleDecision>(word);
    if (known && *known != SampleDecision::kNone) {
      decision.decision = *known;
      return;
    }
    Report({Code::kNameNotKnown,
            PlaceOf(decision.row, kDecision),
            {word, "decision", "include, exclude"}});
  }

  // What a cell says. An id is compared with those of the samples, byte by byte, and what people
  // wrote stays as they wrote it.
  static std::string TextOf(std::string_view cell, Column column) {
    if (column == kSampleId) return std::string(cell);
    if (column == kReason || column == kDecidedBy) return std::string(io::Trimmed(cell));
    return PlainOf(cell);
  }

  // The text of a cell; reports one that is empty, or too long.
  std::string Needed(const Cells& cells, std::uint64_t number, Column column, std::size_t longest) {
    std::string text = TextOf(cells[places_[column]], column);
    const std::string name(kDecisionColumns[column]);
    if (text.empty()) {
      Report({Code::kCellMissing, PlaceOf(number, column), {name, std::string(kExamples[column])}});
    } else if (text.size() > longest) {
      Report({Code::kCellTooLong,
              PlaceOf(number, column),
              {name, std::to_string(text.size()), std::to_string(longest)}});
    }
    return text;
  }

  Location PlaceOf(std::uint64_t number, Column column) const {
    return {decisions_.source, number, static_cast<std::uint32_t>(places_[column] + 1),
            std::string(kDecisionColumns[column])};
  }

  static constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

  io::CsvRecords records_;
  Diagnostics& diagnostics_;
  SampleDecisions decisions_;
  std::array<std::size_t, kColumns> places_{};
  std::map<std::string, std::uint64_t> row_of_;  // by sample_id
  bool has_errors_ = false;
};

}  // namespace

std::optional<SampleDecisions> ReadDecisions(const std::filesystem::path& file,
                                             Diagnostics& diagnostics) {
  return Reader(file, diagnostics).Read();
}

}  // namespace dijia::app
