// Parameters of a query as values.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dijia/base/codes.h"
#include "dijia/base/date.h"
#include "dijia/base/enum_table.h"
#include "dijia/base/names.h"
#include "http/request.h"

namespace dijia::http {

// A parameter as it stands; empty when there is none.
std::string TextParameter(const Request& request, std::string_view name);

// All of them: nothing when there is no such parameter, Refused (400) when it is no such value.
std::optional<Date> DateParameter(const Request& request, std::string_view name);
std::optional<int> GradeParameter(const Request& request, std::string_view name);

// A day, which stands for its end, or a time, in UTC, in the form of store::Act::at.
std::string TimeParameter(const Request& request, std::string_view name);

// A whole number of a range; Refused (400) for what is none or below it, the most for what is
// above.
std::optional<std::size_t> CountParameter(const Request& request, std::string_view name,
                                          std::size_t least, std::size_t most);

// A code of a closed list.
template <class Enum>
std::optional<Enum> CodeParameter(const Request& request, std::string_view name) {
  const std::string* text = request.Parameter(name);
  if (text == nullptr) return std::nullopt;
  if (const auto value = FromCode<Enum>(*text)) return value;
  std::vector<std::string_view> codes;
  for (const auto& row : EnumTableOf<Enum>::kRows) codes.push_back(row.code);
  throw Refused(400, Code::kQueryValue, {std::string(name), *text, JoinNames(codes)});
}

}  // namespace dijia::http
