#include <algorithm>
#include <bit>
#include <cstring>

#include "dijia/base/date.h"
#include "dijia/base/decimal.h"
#include "dijia/base/digits.h"
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

// Pieces and numbers are copied so many bytes at a time: what is too much is overwritten.
constexpr std::size_t kCopied = 32;

char* Copy(char* to, const char* from, std::size_t count) {
  for (std::size_t i = 0; i < count; i += kCopied) std::memcpy(to + i, from + i, kCopied);
  return to + count;
}

char* PutText(char* to, const std::string& text) {
  std::memcpy(to, text.data(), text.size());
  return to + text.size();
}

// FormatDecimal without a string of its own; most numbers have eight digits or fewer.
char* PutDecimal(char* out, std::int64_t units, int scale) {
  const auto number = static_cast<std::uint64_t>(units);
  if (number >= kEightDigits || scale > 7) return PutText(out, FormatDecimal(units, scale));
  const std::uint64_t digits = DigitsOf(number);
  const std::uint64_t text = digits | kZeroDigits;
  const int whole = 8 - scale;  // digits before the point; the last one stands even when it is 0
  const int leading = std::countr_zero(digits | std::uint64_t{1} << (8 * whole - 8)) / 8;
  const std::uint64_t head = text >> (8 * leading);
  std::memcpy(out, &head, sizeof head);
  out += whole - leading;
  const int decimals = scale - std::countl_zero(digits) / 8;  // without zeros at the end
  if (decimals <= 0) return out;
  *out = '.';
  const std::uint64_t tail = text >> (8 * whole);
  std::memcpy(out + 1, &tail, sizeof tail);
  return out + 1 + decimals;
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

void MarkedText::AddHole(std::uint16_t figure, std::int8_t scale) {
  std::size_t number = 0;
  while (number < figures_.size() && (figures_[number] != figure || scales_[number] != scale)) {
    ++number;
  }
  if (number == figures_.size()) {
    figures_.push_back(figure);
    scales_.push_back(scale);
  }
  holes_.push_back({static_cast<std::uint32_t>(text_.size()), static_cast<std::uint16_t>(number)});
}

MarkedText::MarkedText(std::string_view text, std::span<const std::uint8_t> dates) {
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view rest = text.substr(at);
    if (const FoundMark mark = MarkAt(rest); mark.length != 0 && mark.figure < dates.size()) {
      AddHole(static_cast<std::uint16_t>(mark.figure),
              static_cast<std::int8_t>(dates[mark.figure] != 0 ? -1 : mark.scale));
      at += mark.length;
    } else if (rest.starts_with(kMarkedDayText)) {
      AddHole(0, -1);  // the first figure of a dated outline is its day
      at += kMarkedDayText.size();
    } else if (rest.starts_with(kMarkedCaseId)) {
      holes_.push_back({static_cast<std::uint32_t>(text_.size()), Hole::kCaseId});
      ++case_ids_;
      at += kMarkedCaseId.size();
    } else {
      text_ += text[at++];
    }
  }
  end_ = static_cast<std::uint32_t>(text_.size());
  text_.append(kCopied, ' ');
}

void MarkedText::AppendTo(TextBuffer& out, std::span<const std::int64_t> values,
                          std::string_view case_id) const {
  // The numbers are written behind the room of the text, each with its length in the last byte:
  // none is longer, int64 has 19 digits.
  const std::size_t room =
      end_ + case_ids_ * case_id.size() + (holes_.size() - case_ids_ + 1) * kCopied;
  char* to = out.Open(room + figures_.size() * kCopied);
  char* const written = to + room;
  for (std::size_t i = 0; i < figures_.size(); ++i) {
    char* const begin = written + i * kCopied;
    const char* const end = scales_[i] < 0 ? PutDate(begin, static_cast<Days>(values[i]))
                                           : PutDecimal(begin, values[i], scales_[i]);
    begin[kCopied - 1] = static_cast<char>(end - begin);
  }
  std::uint32_t from = 0;
  for (const Hole& hole : holes_) {
    to = Copy(to, text_.data() + from, hole.end - from);
    from = hole.end;
    if (hole.number == Hole::kCaseId) {
      to = std::copy(case_id.begin(), case_id.end(), to);
    } else {
      const char* const number = written + hole.number * kCopied;
      std::memcpy(to, number, kCopied);
      to += number[kCopied - 1];
    }
  }
  out.Close(Copy(to, text_.data() + from, end_ - from));
}

}  // namespace dijia::rules
