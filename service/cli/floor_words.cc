#include "cli/floor_words.h"

#include <utility>

#include "cli/data_folder.h"
#include "dijia/base/codes.h"
#include "law/floor_consistency.h"

namespace dijia::cli {

void AddFloorOptions(const OptionGroup& options, FloorWords& words) {
  options.Add("--land-class", words.land_class, "N",
              "县的土地等别 1–15，用于工业用地最低价\nland class of the county, for the industrial "
              "minimum");
  options.Add("--rules", words.rules, "PACK",
              "最低价标准所在的规则包\nthe rules with the minimum price standard");
}

std::optional<int> LandClassNamed(const std::string& word) {
  for (int land_class = 1; land_class <= 15; ++land_class) {
    if (word == std::to_string(land_class)) return land_class;
  }
  return std::nullopt;
}

std::optional<Diagnostic> FaultOfLandClass(const std::string& word) {
  if (word.empty() || LandClassNamed(word)) return std::nullopt;
  return Diagnostic{Code::kOptionNotAllowed, {}, {"--land-class", word, "1 – 15"}};
}

bool ReportFloor(const FloorWords& words, std::span<const Publication* const> drafts,
                 Diagnostics& diagnostics) {
  // Errors of the samples, which were reported before, are none of the rules.
  Diagnostics found;
  const auto rules = io::LoadRules(words.rules, PacksFolder(), found);
  diagnostics.Append(found);
  if (!rules) return false;
  const auto land_class = LandClassNamed(words.land_class);
  for (const Publication* draft : drafts) {
    for (Diagnostic& warning : law::FloorConsistency(*draft, land_class, rules->pack())) {
      diagnostics.Add(std::move(warning));
    }
  }
  return true;
}

}  // namespace dijia::cli
