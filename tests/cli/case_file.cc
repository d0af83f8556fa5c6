#include "cli/case_file.h"

#include <algorithm>
#include <sstream>

#include "support/temporary_folder.h"

namespace dijia::test {

CaseFile CaseFile::Read(const std::filesystem::path& file) {
  CaseFile read;
  std::istringstream lines(Contents(file));
  std::string line;
  while (std::getline(lines, line)) {
    if (line.starts_with("--- ")) {
      read.parts_.emplace_back(line.substr(4), "");
    } else {
      (read.parts_.empty() ? read.title_ : read.parts_.back().second) += line + "\n";
    }
  }
  return read;
}

bool CaseFile::Has(std::string_view part) const {
  return std::ranges::any_of(parts_, [part](const auto& entry) { return entry.first == part; });
}

std::string CaseFile::Part(std::string_view part) const {
  for (const auto& [name, text] : parts_) {
    if (name == part) return text;
  }
  return {};
}

void CaseFile::Set(std::string_view part, std::string text) {
  std::erase_if(parts_, [&](const auto& entry) { return entry.first == part && text.empty(); });
  if (text.empty()) return;
  for (auto& [name, present] : parts_) {
    if (name == part) {
      present = std::move(text);
      return;
    }
  }
  parts_.emplace_back(part, std::move(text));
}

void CaseFile::Write(const std::filesystem::path& file) const {
  std::string text = title_;
  for (const auto& [name, part] : parts_) text += "--- " + name + "\n" + part;
  Put(file, text);
}

}  // namespace dijia::test
