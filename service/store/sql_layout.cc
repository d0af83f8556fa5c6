#include "store/sql_layout.h"

#include "dijia/base/codes.h"
#include "io/file_error.h"

namespace dijia::store {

void ExpectKnown(const std::string& name, int layout, int newest) {
  if (layout <= newest) return;
  throw io::FileError(
      {Code::kStoreNewer, {}, {name, std::to_string(layout), std::to_string(newest)}});
}

void ExpectNewest(const std::string& name, int layout, int newest) {
  ExpectKnown(name, layout, newest);
  if (layout == newest) return;
  throw io::FileError(
      {Code::kStoreOlder, {}, {name, std::to_string(layout), std::to_string(newest)}});
}

std::string FirstDifference(const Schema& expected, const Schema& found) {
  for (const auto& [name, text] : expected) {
    const auto at = found.find(name);
    if (at == found.end() || at->second != text) return name;
  }
  for (const auto& [name, text] : found) {
    if (!expected.contains(name)) return name;
  }
  return "";
}

}  // namespace dijia::store
