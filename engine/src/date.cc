#include "dijia/base/date.h"

#include <optional>

#include "dijia/base/codes.h"

namespace dijia {
namespace {

constexpr int kFirstYear = 1900;
constexpr int kLastYear = 2199;

// Takes up to `most` digits from the front of text; nothing when there is none.
std::optional<unsigned> TakeNumber(std::string_view& text, std::size_t most) {
  unsigned number = 0;
  std::size_t count = 0;
  while (count < most && count < text.size() && text[count] >= '0' && text[count] <= '9') {
    number = number * 10 + static_cast<unsigned>(text[count] - '0');
    ++count;
  }
  text.remove_prefix(count);
  if (count == 0) return std::nullopt;
  return number;
}

bool Skip(std::string_view& text, std::string_view token) {
  if (!text.starts_with(token)) return false;
  text.remove_prefix(token.size());
  return true;
}

// The separators after year, month and day of one way of writing dates.
struct DateForm {
  std::string_view after_year, after_month, after_day;
};
constexpr DateForm kForms[] = {{"-", "-", ""}, {"/", "/", ""}, {"年", "月", "日"}, {"", "", ""}};

std::optional<Date> ReadAs(std::string_view text, const DateForm& form) {
  const bool compact = form.after_year.empty();
  if (compact && text.size() != 8) return std::nullopt;
  const std::optional<unsigned> year = TakeNumber(text, 4);
  if (!year || !Skip(text, form.after_year)) return std::nullopt;
  const std::optional<unsigned> month = TakeNumber(text, 2);
  if (!month || !Skip(text, form.after_month)) return std::nullopt;
  const std::optional<unsigned> day = TakeNumber(text, 2);
  if (!day || !Skip(text, form.after_day) || !text.empty()) return std::nullopt;
  const Date date{std::chrono::year(static_cast<int>(*year)), std::chrono::month(*month),
                  std::chrono::day(*day)};
  const int y = static_cast<int>(date.year());
  if (!date.ok() || y < kFirstYear || y > kLastYear) return std::nullopt;
  return date;
}

}  // namespace

Result<Date> ParseDate(std::string_view text) {
  for (const DateForm& form : kForms) {
    if (const std::optional<Date> date = ReadAs(text, form)) return *date;
  }
  return Error{Code::kNotADate, std::string(text)};
}

std::string FormatDate(Date date) {
  const auto two = [](unsigned n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  return std::to_string(static_cast<int>(date.year())) + "-" +
         two(static_cast<unsigned>(date.month())) + "-" + two(static_cast<unsigned>(date.day()));
}

Days ToDays(Date date) {
  return static_cast<Days>(std::chrono::sys_days(date).time_since_epoch().count());
}

Date FromDays(Days days) { return Date(std::chrono::sys_days(std::chrono::days(days))); }

Months MonthsBetween(Date from, Date to, const Rounding& rounding) {
  const auto month_number = [](Date d) {
    return static_cast<std::int64_t>(static_cast<int>(d.year())) * 12 +
           static_cast<std::int64_t>(static_cast<unsigned>(d.month()));
  };
  const auto day = [](Date d) { return static_cast<std::int64_t>(static_cast<unsigned>(d.day())); };
  // Thirtieths of a month, exactly.
  const std::int64_t thirtieths =
      (month_number(to) - month_number(from)) * 30 + day(to) - day(from);
  const auto units = RoundQuotient(static_cast<Int128>(thirtieths) * Months::kOne, 30,
                                   rounding.interval, rounding.mode);
  return Months::FromUnits(*units);  // at most 3,600 months: always fits
}

}  // namespace dijia
