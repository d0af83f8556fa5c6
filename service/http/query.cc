#include "http/query.h"

#include <algorithm>
#include <charconv>

#include "app/record_time.h"

namespace dijia::http {

std::string TextParameter(const Request& request, std::string_view name) {
  const std::string* text = request.Parameter(name);
  return text == nullptr ? std::string() : *text;
}

std::optional<Date> DateParameter(const Request& request, std::string_view name) {
  const std::string* text = request.Parameter(name);
  if (text == nullptr) return std::nullopt;
  const Result<Date> date = ParseDate(*text);
  if (!date) throw Refused(400, Code::kQueryValue, {std::string(name), *text, "2026-01-31"});
  return *date;
}

std::optional<int> GradeParameter(const Request& request, std::string_view name) {
  const std::string* text = request.Parameter(name);
  if (text == nullptr) return std::nullopt;
  int grade = 0;
  const char* const end = text->data() + text->size();
  const auto [stop, wrong] = std::from_chars(text->data(), end, grade);
  if (wrong == std::errc() && stop == end && grade >= 1 && grade <= 255) return grade;
  throw Refused(400, Code::kQueryValue, {std::string(name), *text, "1 – 255"});
}

std::string TimeParameter(const Request& request, std::string_view name) {
  const std::string* text = request.Parameter(name);
  if (text == nullptr) return {};
  if (auto time = app::RecordTimeOf(*text)) return *std::move(time);
  throw Refused(400, Code::kQueryValue,
                {std::string(name), *text, "2026-11-26, 2026-11-26T08:00:00Z"});
}

std::optional<std::size_t> CountParameter(const Request& request, std::string_view name,
                                          std::size_t least, std::size_t most) {
  const std::string* text = request.Parameter(name);
  if (text == nullptr) return std::nullopt;
  std::size_t count = 0;
  const char* const end = text->data() + text->size();
  const auto [stop, wrong] = std::from_chars(text->data(), end, count);
  if (wrong == std::errc() && stop == end && count >= least) return std::min(count, most);
  throw Refused(400, Code::kQueryValue,
                {std::string(name), *text, std::to_string(least) + " – " + std::to_string(most)});
}

}  // namespace dijia::http
