// The .test files of this folder (README.md).
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dijia::test {

class CaseFile {
 public:
  static CaseFile Read(const std::filesystem::path& file);

  bool Has(std::string_view part) const;
  // The text of a part; empty when there is none.
  std::string Part(std::string_view part) const;
  const std::vector<std::pair<std::string, std::string>>& parts() const { return parts_; }
  // Replaces a part; an empty text removes it.
  void Set(std::string_view part, std::string text);
  void Write(const std::filesystem::path& file) const;

 private:
  std::string title_;
  std::vector<std::pair<std::string, std::string>> parts_;
};

}  // namespace dijia::test
