// Where the reference data are.
#pragma once

#include <filesystem>

namespace dijia::cli {

// The folder with `reference/` in it: DIJIA_DATA where it is set, else share/dijia beside the
// installed program, else the folder of the source tree that the program was built in.
std::filesystem::path DataFolder();

// The folder with the shipped rule packs: `packs` of the data folder, else that of the source tree.
std::filesystem::path PacksFolder();

}  // namespace dijia::cli
