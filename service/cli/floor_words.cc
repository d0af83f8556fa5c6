#include "cli/floor_words.h"

#include <utility>

#include "dijia/base/codes.h"
#include "law/floor_consistency.h"

namespace dijia::cli {

void AddFloorOptions(const OptionGroup& options, FloorWords& words, OtherUse of_store) {
  options.Add("--land-class", words.land_class, "N",
              "县的土地等别 1–15，用于工业用地最低价\nland class of the county, for the industrial "
              "minimum");
  AddClassStore(options, words.store, ClassesFor::kPrices, of_store);
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
  const auto rules = LoadRulesWithClasses(words.rules, words.store, found);
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
