// What the layouts of all back-ends have in common.
#pragma once

#include <map>
#include <string>

namespace dijia::store {

// Throws io::FileError for a layout that this program does not know: kStoreNewer.
void ExpectKnown(const std::string& name, int layout, int newest);
// … and also for an older one: kStoreOlder.
void ExpectNewest(const std::string& name, int layout, int newest);

// Tables, indices, views, triggers … by kind and name, with all that makes them what they are.
using Schema = std::map<std::string, std::string>;
// The name of the first that is missing, altered or too many; empty when there is none.
std::string FirstDifference(const Schema& expected, const Schema& found);

}  // namespace dijia::store
