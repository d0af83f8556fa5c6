#include "dijia/rules/fact.h"

#include <algorithm>
#include <vector>

#include "dijia/base/codes.h"
#include "dijia/base/date.h"
#include "dijia/base/decimal.h"
#include "dijia/base/names.h"

namespace dijia::rules {
namespace {

constexpr std::string_view kYes[] = {"yes", "true", "是", "1"};
constexpr std::string_view kNo[] = {"no", "false", "否", "0"};

// The parts of the details of an Error of this file, in the order of the placeholders.
Error Wrong(Code code, std::string_view text, std::string_view allowed) {
  return {code, std::string(text) + "\n" + std::string(allowed)};
}

Result<std::int64_t> ParseYesNo(std::string_view text) {
  if (std::ranges::find(kYes, text) != std::end(kYes)) return std::int64_t{1};
  if (std::ranges::find(kNo, text) != std::end(kNo)) return std::int64_t{0};
  return Wrong(Code::kNotAFactValue, text, "yes, no");
}

Result<std::int64_t> ParseChoice(const Fact& fact, std::string_view text) {
  const auto found = std::ranges::find(fact.choices, text);
  if (found != fact.choices.end()) return std::int64_t{found - fact.choices.begin()};
  const std::vector<std::string_view> names(fact.choices.begin(), fact.choices.end());
  return Wrong(Code::kNotAFactValue, text, JoinNames(names));
}

Result<std::int64_t> ParseDigits(std::string_view text, std::size_t least, std::size_t most,
                                 std::string_view allowed) {
  const bool digits = std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  if (!digits || text.size() < least || text.size() > most) {
    return Wrong(Code::kNotAFactValue, text, allowed);
  }
  std::int64_t code = 0;
  for (const char c : text) code = code * 10 + (c - '0');
  for (std::size_t i = text.size(); i < most; ++i) code *= 10;
  return code;
}

Result<std::int64_t> ParseUnchecked(const Fact& fact, std::string_view text) {
  switch (fact.type) {
    case FactType::kYesNo:
      return ParseYesNo(text);
    case FactType::kChoice:
      return ParseChoice(fact, text);
    case FactType::kInteger:
      return ParseDecimal(text, 0);
    case FactType::kDecimal:
      return ParseDecimal(text, fact.scale);
    case FactType::kDate: {
      const Result<Date> date = ParseDate(text);
      if (!date) return date.error();
      return std::int64_t{ToDays(*date)};
    }
    case FactType::kCounty:
      return ParseDigits(text, 6, 6, "six digits (GB/T 2260)");
    case FactType::kIndustry: {
      const std::size_t letter = !text.empty() && text[0] >= 'A' && text[0] <= 'T' ? 1 : 0;
      return ParseDigits(text.substr(letter), 2, 4, "two to four digits (GB/T 4754)");
    }
  }
  return Error{Code::kInternal, "fact type"};
}

}  // namespace

Result<std::int64_t> ParseFact(const Fact& fact, std::string_view text) {
  Result<std::int64_t> value = ParseUnchecked(fact, text);
  if (!value) return value;
  if (*value < fact.lowest || *value > fact.highest) {
    return Wrong(Code::kFactOutOfRange, text,
                 FormatFact(fact, fact.lowest) + "\n" + FormatFact(fact, fact.highest));
  }
  return value;
}

void ReportFactError(const Error& error, const Fact& fact, Location where,
                     Diagnostics& diagnostics) {
  std::vector<std::string> arguments;
  std::string_view detail = error.detail;
  for (std::size_t end = detail.find('\n'); end != std::string_view::npos;
       end = detail.find('\n')) {
    arguments.emplace_back(detail.substr(0, end));
    detail.remove_prefix(end + 1);
  }
  arguments.emplace_back(detail);
  arguments.push_back(std::to_string(fact.scale));
  diagnostics.Add(error.code, std::move(where), std::move(arguments));
}

std::string FormatFact(const Fact& fact, std::int64_t value) {
  if (value == kNotStated) return "";
  switch (fact.type) {
    case FactType::kYesNo:
      return value != 0 ? "yes" : "no";
    case FactType::kChoice:
      return fact.choices[static_cast<std::size_t>(value)];
    case FactType::kInteger:
      return std::to_string(value);
    case FactType::kDecimal:
      return FormatDecimal(value, fact.scale);
    case FactType::kDate:
      return FormatDate(FromDays(static_cast<Days>(value)));
    case FactType::kCounty:
      return std::to_string(value);
    case FactType::kIndustry: {
      std::string digits = std::to_string(value);
      digits.insert(0, 4 - std::min<std::size_t>(4, digits.size()), '0');
      while (digits.size() > 2 && digits.back() == '0') digits.pop_back();
      return digits;
    }
  }
  return "";
}

}  // namespace dijia::rules
