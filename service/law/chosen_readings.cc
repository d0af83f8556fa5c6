#include "law/chosen_readings.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "dijia/base/codes.h"
#include "dijia/base/names.h"

namespace dijia::law {
namespace {

template <class Named>
std::string IdsOf(const std::vector<Named>& all) {
  std::vector<std::string_view> ids;
  for (const Named& one : all) ids.push_back(one.id);
  return JoinNames(ids);
}

}  // namespace

std::optional<rules::PreparedRules> ChooseReadings(
    const rules::PreparedRules& rules, const std::map<std::string, std::string>& readings,
    const std::string& pointer, Diagnostics& diagnostics) {
  if (readings.empty()) return rules;
  rules::RulePack pack = rules.pack();
  bool is_known = true;
  const auto refuse = [&](Code code, const std::string& id, std::vector<std::string> arguments) {
    diagnostics.Add(code, {"", 0, 0, pointer + "/" + id}, std::move(arguments));
    is_known = false;
  };
  for (const auto& [id, option] : readings) {
    const auto reading = std::ranges::find(pack.readings, id, &rules::Reading::id);
    if (reading == pack.readings.end()) {
      refuse(Code::kUnknownField, id, {id, IdsOf(pack.readings)});
      continue;
    }
    const auto& options = reading->options;
    const auto chosen = std::ranges::find(options, option, &rules::ReadingOption::id);
    if (chosen == options.end()) {
      refuse(Code::kUnknownChoice, id, {"\"" + option + "\"", IdsOf(options)});
      continue;
    }
    reading->chosen = static_cast<std::uint8_t>(chosen - options.begin());
    reading->selected = true;
  }
  return is_known ? std::optional<rules::PreparedRules>(std::move(pack)) : std::nullopt;
}

}  // namespace dijia::law
