#include <algorithm>
#include <charconv>
#include <cstring>

#include "dijia/base/date.h"
#include "dijia/base/decimal.h"
#include "dijia/rules/column_checks.h"
#include "marks.h"

namespace dijia::rules {
namespace {

constexpr std::string_view kMarkHead = "912345678901";
constexpr std::size_t kMarkDigits = 18;

// A mark at the beginning of a text: its length, figure and decimals. Length 0: no mark.
struct FoundMark {
  std::size_t length = 0, figure = 0;
  int scale = 0;
};

FoundMark MarkAt(std::string_view text) {
  if (!text.starts_with(kMarkHead)) return {};
  std::int64_t units = 0;
  std::size_t digits = 0, at = 0, point = 0;
  for (; digits < kMarkDigits && at < text.size(); ++at) {
    const char c = text[at];
    if (c == '.' && point == 0) {
      point = at + 1;
    } else if (c >= '0' && c <= '9') {
      units = units * 10 + (c - '0');
      ++digits;
    } else {
      break;
    }
  }
  const std::int64_t figure = digits == kMarkDigits ? FigureOf(units) : -1;
  if (figure < 0) return {};
  return {at, static_cast<std::size_t>(figure), point == 0 ? 0 : static_cast<int>(at - point)};
}

// Pieces are copied so many bytes at a time: what is too much is overwritten.
constexpr std::size_t kCopied = 32;
constexpr std::size_t kLongestFigure = 32;

char* Copy(char* to, const char* from, std::size_t count) {
  for (std::size_t i = 0; i < count; i += kCopied) std::memcpy(to + i, from + i, kCopied);
  return to + count;
}

char* PutText(char* to, const std::string& text) {
  std::memcpy(to, text.data(), text.size());
  return to + text.size();
}

// FormatDecimal without a string of its own.
char* PutDecimal(char* out, std::int64_t units, int scale) {
  if (units < 0) return PutText(out, FormatDecimal(units, scale));
  std::int64_t one = 1;
  for (int i = 0; i < scale; ++i) one *= 10;
  std::int64_t rest = units % one;
  out = std::to_chars(out, out + 20, units / one).ptr;
  if (rest == 0) return out;
  for (; rest % 10 == 0; --scale) rest /= 10;
  *out = '.';
  for (int i = scale; i > 0; --i, rest /= 10) out[i] = static_cast<char>('0' + rest % 10);
  return out + 1 + scale;
}

// FormatDate without a string of its own.
char* PutDate(char* out, Days days) {
  const Date date = FromDays(days);
  const int year = static_cast<int>(date.year());
  if (year < 1000 || year > 9999) return PutText(out, FormatDate(date));
  const auto put = [&](unsigned number) {
    *out++ = static_cast<char>('0' + number / 10);
    *out++ = static_cast<char>('0' + number % 10);
  };
  put(static_cast<unsigned>(year) / 100);
  put(static_cast<unsigned>(year) % 100);
  *out++ = '-';
  put(static_cast<unsigned>(date.month()));
  *out++ = '-';
  put(static_cast<unsigned>(date.day()));
  return out;
}

}  // namespace

std::int64_t MarkOfFigure(std::size_t figure) {
  return Trace::kFirstMark + Trace::kMarkStep * static_cast<std::int64_t>(figure);
}

MarkedText::MarkedText(std::string_view text, std::span<const std::uint8_t> dates) {
  const auto cut = [&](std::size_t figure, int scale) {
    holes_.push_back({static_cast<std::uint32_t>(text_.size()), static_cast<std::uint16_t>(figure),
                      static_cast<std::int8_t>(scale)});
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view rest = text.substr(at);
    if (const FoundMark mark = MarkAt(rest); mark.length != 0 && mark.figure < dates.size()) {
      cut(mark.figure, dates[mark.figure] != 0 ? -1 : mark.scale);
      at += mark.length;
    } else if (rest.starts_with(kMarkedDayText)) {
      cut(0, -1);  // the first figure of a dated outline is its day
      at += kMarkedDayText.size();
    } else if (rest.starts_with(kMarkedCaseId)) {
      cut(Hole::kCaseId, 0);
      at += kMarkedCaseId.size();
    } else {
      text_ += text[at++];
    }
  }
  end_ = static_cast<std::uint32_t>(text_.size());
  text_.append(kCopied, ' ');
  for (const Hole& hole : holes_) {
    if (hole.figure != Hole::kCaseId) figures_.push_back(hole.figure);
  }
  std::sort(figures_.begin(), figures_.end());
  figures_.erase(std::unique(figures_.begin(), figures_.end()), figures_.end());
}

void MarkedText::AppendTo(std::string& out, std::span<const std::int64_t> figures,
                          std::string_view case_id) const {
  const std::size_t begin = out.size();
  out.resize(begin + end_ + holes_.size() * kLongestFigure + case_id.size() + kCopied);
  char* to = out.data() + begin;
  std::uint32_t from = 0;
  for (const Hole& hole : holes_) {
    to = Copy(to, text_.data() + from, hole.end - from);
    from = hole.end;
    if (hole.figure == Hole::kCaseId) {
      to = std::copy(case_id.begin(), case_id.end(), to);
    } else if (hole.scale < 0) {
      to = PutDate(to, static_cast<Days>(figures[hole.figure]));
    } else {
      to = PutDecimal(to, figures[hole.figure], hole.scale);
    }
  }
  to = Copy(to, text_.data() + from, end_ - from);
  out.resize(static_cast<std::size_t>(to - out.data()));
}

}  // namespace dijia::rules
