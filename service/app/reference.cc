#include "app/reference.h"

#include <algorithm>

#include "io/file_text.h"

namespace dijia::app {
namespace {

std::string_view TakeUntil(std::string_view& text, char separator) {
  const std::size_t end = std::min(text.find(separator), text.size());
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

// `code,name,level,…`: a code has one row as a county or city, and others for former names and for
// parcels that a city supplied itself; the first row of a code is its name.
std::map<std::string, std::string, std::less<>> ReadCountyNames(std::string_view csv) {
  std::map<std::string, std::string, std::less<>> names;
  TakeUntil(csv, '\n');
  while (!csv.empty()) {
    std::string_view line = TakeUntil(csv, '\n');
    const std::string_view code = TakeUntil(line, ',');
    const std::string_view name = TakeUntil(line, ',');
    if (!name.empty()) names.emplace(code, name);
  }
  return names;
}

std::vector<County> ReadCounties(std::string_view csv) {
  std::vector<County> counties;
  TakeUntil(csv, '\n');
  while (!csv.empty()) {
    std::string_view line = TakeUntil(csv, '\n');
    County county;
    for (std::string* cell :
         {&county.code, &county.name, &county.level, &county.city_code, &county.city_name}) {
      *cell = TakeUntil(line, ',');
    }
    counties.push_back(std::move(county));
  }
  return counties;
}

}  // namespace

std::string_view Reference::CountyName(std::string_view code) const {
  const auto name = county_names.find(code);
  return name == county_names.end() ? std::string_view() : std::string_view(name->second);
}

Reference LoadReference(const std::filesystem::path& folder) {
  const std::string counties = io::ReadText(folder / "counties.csv");
  return {report::Labels::Parse(io::ReadText(folder / "labels.csv")), ReadCountyNames(counties),
          ReadCounties(counties)};
}

}  // namespace dijia::app
