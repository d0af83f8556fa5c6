#include "workbook/intervals.h"

#include <algorithm>
#include <array>
#include <utility>

#include "dijia/base/codes.h"
#include "io/cell.h"
#include "workbook/words.h"

namespace dijia::workbook {
namespace {

using Problems = std::vector<Diagnostic>;

constexpr std::string_view kAll = "全部";

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

std::optional<Measure> Number(std::string_view text) {
  const Result<Measure> number = Measure::Parse(Trimmed(text));
  return number ? std::optional(*number) : std::nullopt;
}

// `<200`, `≥1200`.
std::optional<Interval> ParseHalfLine(std::string_view text) {
  struct Sign {
    std::string_view text;
    bool is_low, is_included;
  };
  static constexpr Sign kSigns[] = {{"<=", false, true}, {">=", true, true},  {"≤", false, true},
                                    {"≥", true, true},   {"<", false, false}, {">", true, false}};
  for (const Sign& sign : kSigns) {
    if (!text.starts_with(sign.text)) continue;
    const auto number = Number(text.substr(sign.text.size()));
    if (!number) return std::nullopt;
    Interval interval;
    (sign.is_low ? interval.low : interval.high) = number;
    (sign.is_low ? interval.has_low : interval.has_high) = sign.is_included;
    return interval;
  }
  return std::nullopt;
}

// `[200,500)`.
std::optional<Interval> ParseBrackets(std::string_view text) {
  if (text.size() < 5 || (text.front() != '[' && text.front() != '(')) return std::nullopt;
  if (text.back() != ']' && text.back() != ')') return std::nullopt;
  const std::size_t comma = text.find(',');
  if (comma == std::string_view::npos) return std::nullopt;
  Interval interval;
  interval.low = Number(text.substr(1, comma - 1));
  interval.high = Number(text.substr(comma + 1, text.size() - comma - 2));
  interval.has_low = text.front() == '[';
  interval.has_high = text.back() == ']';
  return interval.low && interval.high ? std::optional(interval) : std::nullopt;
}

// `300-700`: the sign between two numbers, which may be negative.
std::optional<Interval> ParseDash(std::string_view text) {
  for (const std::string_view dash : {"至", "~", "～", "–", "—", "-"}) {
    const std::size_t at = text.find(dash, 1);
    if (at == std::string_view::npos) continue;
    Interval interval;
    interval.low = Number(text.substr(0, at));
    interval.high = Number(text.substr(at + dash.size()));
    if (interval.low && interval.high) return interval;
  }
  return std::nullopt;
}

std::optional<Interval> ParseOne(std::string_view text) {
  if (text == kAll) return Interval();
  auto interval = ParseHalfLine(text);
  if (!interval) interval = ParseBrackets(text);
  if (!interval) interval = ParseDash(text);
  if (interval && interval->low && interval->high && !(*interval->low < *interval->high)) {
    return std::nullopt;
  }
  return interval;
}

// From the lowest to the highest.
bool Before(const Interval& a, const Interval& b) {
  if (!a.low || !b.low) return !a.low && b.low;
  if (*a.low != *b.low) return *a.low < *b.low;
  return a.high && (!b.high || *a.high < *b.high);
}

class Divider {
 public:
  Divider(std::optional<ClosedEnd> stated, Problems& problems)
      : stated_(stated), problems_(problems) {}

  std::optional<Division> Take(std::vector<Interval> intervals) {
    std::ranges::stable_sort(intervals, Before);
    const std::size_t before = problems_.size();
    CheckEnds(intervals);
    for (std::size_t i = 0; i < intervals.size(); ++i) {
      if (i > 0) Join(intervals[i - 1], intervals[i]);
      division_.breaks.order.push_back(intervals[i].level);
      division_.order.push_back(intervals[i].where);
    }
    division_.breaks.closed = stated_.value_or(ClosedEnd::kRight);
    if (problems_.size() > before) return std::nullopt;
    return std::move(division_);
  }

 private:
  void Report(Code code, const Interval& at, std::vector<std::string> arguments) {
    problems_.push_back({code, at.where, std::move(arguments)});
  }

  // Nothing below the lowest or above the highest; measurements are not below 0.
  void CheckEnds(const std::vector<Interval>& intervals) {
    const Interval& lowest = intervals.front();
    const Interval& highest = intervals.back();
    if (lowest.low && *lowest.low != Measure()) {
      Report(Code::kIntervalGap, lowest, {"<" + lowest.low->ToString(), "-∞", lowest.text});
    }
    if (highest.high) {
      Report(Code::kIntervalGap, highest, {">" + highest.high->ToString(), highest.text, "+∞"});
    }
  }

  // The bound between two neighbours.
  void Join(const Interval& below, const Interval& above) {
    if (!below.high || !above.low || *below.high > *above.low) {
      const std::string shared = above.low ? above.low->ToString() : "-∞";
      return Report(Code::kIntervalOverlap, above, {shared, below.text, above.text});
    }
    if (*below.high < *above.low) {
      return Report(
          Code::kIntervalGap, above,
          {below.high->ToString() + " – " + above.low->ToString(), below.text, above.text});
    }
    CheckSide(below, above);
    division_.breaks.bounds.push_back(*above.low);
    division_.bounds.push_back(above.where);
  }

  // To which of two neighbours their bound belongs.
  void CheckSide(const Interval& below, const Interval& above) {
    const std::string bound = above.low->ToString();
    if (below.has_high && above.has_low && *below.has_high == *above.has_low) {
      const Code code = *above.has_low ? Code::kBoundInBoth : Code::kBoundInNone;
      return Report(code, above, {bound, below.text, above.text});
    }
    std::optional<bool> to_above = above.has_low;
    if (!to_above && below.has_high) to_above = !*below.has_high;
    if (!to_above) {
      if (!stated_) Report(Code::kSideNotStated, above, {above.text});
      return;
    }
    const ClosedEnd side = *to_above ? ClosedEnd::kLeft : ClosedEnd::kRight;
    if (!stated_) stated_ = side;
    if (*stated_ == side) return;
    const auto name = [](ClosedEnd end) { return std::string(WordOf(kClosedWords, CodeOf(end))); };
    Report(Code::kSidesDiffer, above, {above.text, name(side), name(*stated_)});
  }

  std::optional<ClosedEnd> stated_;
  Problems& problems_;
  Division division_;
};

}  // namespace

std::optional<std::vector<Interval>> ParseIntervals(std::string_view cell) {
  std::string buffer;
  std::string_view rest = io::Plain(cell, buffer);
  std::vector<Interval> intervals;
  while (true) {
    const std::size_t end = std::min(rest.find(';'), rest.find('\n'));
    const std::string_view text = Trimmed(rest.substr(0, end));
    auto interval = ParseOne(text);
    if (!interval) return std::nullopt;
    interval->text = text;
    intervals.push_back(*std::move(interval));
    if (end == std::string_view::npos) return intervals;
    rest.remove_prefix(end + 1);
  }
}

std::string DivisionOf(const Breaks& breaks, std::string_view level) {
  const bool left = breaks.closed == ClosedEnd::kLeft;
  std::string text;
  for (std::size_t i = 0; i < breaks.order.size(); ++i) {
    if (breaks.order[i] != level) continue;
    const std::string low = i > 0 ? breaks.bounds[i - 1].ToString() : "";
    const std::string high = i < breaks.bounds.size() ? breaks.bounds[i].ToString() : "";
    text += text.empty() ? "" : ";";
    if (low.empty() && high.empty()) {
      text += kAll;
    } else if (low.empty()) {
      text += (left ? "<" : "≤") + high;
    } else if (high.empty()) {
      text += (left ? "≥" : ">") + low;
    } else {
      text += (left ? "[" : "(") + low + "," + high + (left ? ")" : "]");
    }
  }
  return text;
}

std::optional<Division> Divide(std::vector<Interval> intervals, std::optional<ClosedEnd> closed,
                               Problems& problems) {
  if (intervals.empty()) return std::nullopt;
  return Divider(closed, problems).Take(std::move(intervals));
}

}  // namespace dijia::workbook
