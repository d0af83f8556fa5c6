// Full checks over columns of cases: the same answers as CheckReservePrice gives one by one, taken
// from outlines of checks that differ only in their numbers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dijia/base/text_buffer.h"
#include "dijia/rules/columns.h"

namespace dijia::rules {

inline constexpr std::uint32_t kNoOutline = UINT32_MAX;

// The number that marks a figure, for figures that a caller adds to those of an outline.
std::int64_t MarkOfFigure(std::size_t figure);

// A text with the marks of an outline in it, cut into pieces once: any rendering of an outline's
// check, such as a line of JSON.
class MarkedText {
 public:
  MarkedText(std::string_view text, std::span<const std::uint8_t> dates);

  // The figures that stand in it.
  std::span<const std::uint16_t> figures() const { return figures_; }

  // Whether the texts are the same when figures()[i] is the same in both, whatever i.
  bool IsLike(const MarkedText& other) const {
    return text_ == other.text_ && holes_ == other.holes_ && scales_ == other.scales_;
  }

  // The same for texts that are like each other.
  std::size_t hash() const { return std::hash<std::string_view>()(text_); }

  // Appends the text with values[i] in place of figures()[i], and `case_id` in place of the case's,
  // written as the format needs it.
  void AppendTo(TextBuffer& out, std::span<const std::int64_t> values,
                std::string_view case_id) const;

 private:
  // The end of a piece, in text_, and what comes after it.
  struct Hole {
    static constexpr std::uint16_t kCaseId = 0xffff;
    std::uint32_t end = 0;
    std::uint16_t number = kCaseId;  // index of figures_

    friend bool operator==(const Hole&, const Hole&) = default;
  };
  void AddHole(std::uint16_t figure, std::int8_t scale);

  std::string text_;       // pieces one after another, and room for reading beyond the last
  std::uint32_t end_ = 0;  // of the last piece
  std::uint32_t case_ids_ = 0;
  std::vector<Hole> holes_;
  // By number: it is written once and copied to where it stands.
  std::vector<std::uint16_t> figures_;
  std::vector<std::int8_t> scales_;  // −1: a date
};

// What checkers learn, for one another: those of one set of rules that render alike, on columns of
// one vocabulary. Any thread. Beyond the largest size nothing is added.
class LearnedOutlines {
 public:
  LearnedOutlines();
  ~LearnedOutlines();
  LearnedOutlines(const LearnedOutlines&) = delete;
  LearnedOutlines& operator=(const LearnedOutlines&) = delete;

 private:
  friend class ColumnChecker;
  struct Store;
  std::unique_ptr<Store> store_;
};

// Checks cases of columns and remembers, for every profile and span of time, the outline of the
// check: its findings, sentences and verdicts, with marks where numbers of the case stand. One
// checker serves one thread; the columns may grow or be cleared meanwhile.
class ColumnChecker {
 public:
  ColumnChecker(const CaseColumns& columns, const PreparedRules& rules);
  // Makes the text of an outline's check for those who need nothing else of it. `dates` is what
  // `dates` answers for the outline; a caller may add figures beyond those.
  using Render = std::function<MarkedText(const ReservePriceCheck& outline,
                                          std::span<const std::uint8_t> dates)>;
  // Outlines with the same verdict, text and figures in it are one, which is the first of them in
  // all that the text does not show. `shared`: what others have learned is taken from there.
  ColumnChecker(const CaseColumns& columns, const PreparedRules& rules, Render render,
                std::shared_ptr<LearnedOutlines> shared = nullptr);
  ~ColumnChecker();
  ColumnChecker(ColumnChecker&&) noexcept;
  ColumnChecker& operator=(ColumnChecker&&) noexcept;

  // To be called when the columns have changed, before rows are found.
  void Read();

  // The outlines of the rows from `first` on. kNoOutline where the check depends on the case in a
  // way that outlines do not hold: then CheckReservePrice answers.
  void FindAll(std::size_t first, std::span<std::uint32_t> outlines);
  // The figures of a row that has the outline: values[i] is figure wanted[i]. Those beyond the
  // figures of the outline are left as they are. Precondition: `values` has room for them.
  void ReadFigures(std::uint32_t outline, std::size_t row, std::span<const std::uint16_t> wanted,
                   std::span<std::int64_t> values) const;

  // A number of the outline's check, which may be a mark, as it is in a row that has the outline.
  std::optional<std::int64_t> NumberAt(std::uint32_t outline, std::size_t row,
                                       std::optional<std::int64_t> number) const;

  // The check with its marks. It stays where it is; outlines are numbered from 0, no two of them
  // are the same.
  const ReservePriceCheck& outline(std::uint32_t outline) const;
  // Precondition: made with a Render.
  const MarkedText& text(std::uint32_t outline) const;
  // By figure: whether it is a date.
  std::span<const std::uint8_t> dates(std::uint32_t outline) const;
  std::size_t outlines() const;
  // How many cases were checked one by one to learn their outlines.
  std::size_t learned() const;

  // CheckReservePrice(columns.At(row), rules), by whichever way.
  ReservePriceCheck Check(std::size_t row);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace dijia::rules
