// Names of files and folders that do not show or depend on the machine.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace dijia::app {

// The last part of each path, with as many folders before it as make it differ from the others:
// `2012/a.csv`, `2013/a.csv`.
std::vector<std::string> DisplayNames(std::span<const std::filesystem::path> paths);

// The folder of a publication: `152502`, `152502-城区`; characters that some file systems refuse
// become `_`. With no county and no area `unknown`. Names are not longer than 120 bytes.
std::string FolderName(std::string_view county, std::string_view area);

// Adds -2, -3, … to names that occurred before.
void MakeDistinct(std::vector<std::string>& names);

}  // namespace dijia::app
