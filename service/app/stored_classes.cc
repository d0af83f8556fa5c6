#include "app/stored_classes.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "dijia/base/date.h"
#include "io/file_error.h"
#include "law/county_classes.h"

namespace dijia::app {
namespace {

using law::CountyClass;
using store::LandClassPeriod;

rules::Period DaysOf(const LandClassPeriod& period) {
  return {ToDays(period.from), period.until ? ToDays(*period.until) : rules::kNoEnd};
}

// The class of a whole county on a day; nothing where it is not said of all of it, or towns differ.
std::optional<int> ClassOn(const std::vector<LandClassPeriod>& periods, Days day) {
  std::optional<int> of_county;
  std::set<int> found;
  for (const LandClassPeriod& period : periods) {
    if (!DaysOf(period).Contains(day)) continue;
    const store::NewLandClass& about = period.entry->about;
    found.insert(about.land_class);
    if (about.town.empty()) of_county = about.land_class;
  }
  return found.size() == 1 ? of_county : std::nullopt;
}

// A county's own word, from each day on which it may change to the next.
void AddCounty(std::int64_t county, const std::vector<LandClassPeriod>& periods,
               std::vector<CountyClass>& classes) {
  std::set<Days> days;
  for (const LandClassPeriod& period : periods) {
    const rules::Period own = DaysOf(period);
    days.insert({own.from, own.until});
  }
  for (auto day = days.begin(); std::next(day) != days.end(); ++day) {
    const auto says = [&day](const LandClassPeriod& period) {
      return DaysOf(period).Contains(*day);
    };
    if (!std::ranges::any_of(periods, says)) continue;
    classes.push_back({county, {*day, *std::next(day)}, ClassOn(periods, *day)});
  }
}

std::vector<CountyClass> ClassesOf(std::span<const store::LandClassEntry> log,
                                   std::string_view known_at) {
  std::map<std::string, std::vector<LandClassPeriod>> counties;
  for (const LandClassPeriod& period : store::PeriodsOf(log, known_at)) {
    counties[period.entry->about.county].push_back(period);
  }
  std::vector<CountyClass> classes;
  for (const auto& [county, periods] : counties) {
    std::int64_t code = 0;
    const auto read = std::from_chars(county.data(), county.data() + county.size(), code);
    if (read.ec == std::errc()) AddCounty(code, periods, classes);
  }
  return classes;
}

}  // namespace

rules::PreparedRules WithLandClasses(const rules::PreparedRules& rules,
                                     std::span<const store::LandClassEntry> log,
                                     std::string_view known_at) {
  rules::RulePack pack = law::WithCountyClasses(rules.pack(), ClassesOf(log, known_at));
  if (pack.sha256 == rules.pack().sha256) return rules;
  return rules::PreparedRules(std::move(pack));
}

std::string HashWithLandClasses(const rules::RulePack& pack,
                                std::span<const store::LandClassEntry> log,
                                std::string_view known_at) {
  return law::WithCountyClasses(pack, ClassesOf(log, known_at)).sha256;
}

std::string LandClassSource::Fingerprint() {
  if (store_ == nullptr) return "";
  std::string text;
  try {
    for (const store::LandClassEntry& entry : store_->LandClasses("")) text += entry.hash + "\n";
  } catch (const io::FileError& error) {
    text = Describe(error.diagnostic(), Language::kEn);
  }
  return text;
}

std::vector<store::LandClassEntry> LandClassSource::Log() {
  return store_ == nullptr ? std::vector<store::LandClassEntry>() : store_->LandClasses("");
}

}  // namespace dijia::app
