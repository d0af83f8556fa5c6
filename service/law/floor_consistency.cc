#include "law/floor_consistency.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "dijia/base/codes.h"
#include "dijia/lowest_price.h"
#include "dijia/rules/words.h"
#include "law/industrial_minimum.h"

namespace dijia::law {
namespace {

constexpr std::string_view kRule = "benchmark.floor_consistency";

const rules::Clause* ClauseOn(const rules::RulePack& pack, Days day) {
  const auto found = std::ranges::find_if(pack.clauses, [day](const rules::Clause& clause) {
    return clause.rule == kRule && clause.citation.in_force.Contains(day);
  });
  return found == pack.clauses.end() ? nullptr : &*found;
}

// `industrial 3 G301`
std::string PlaceOf(const LowestPrice& price) {
  std::string place(CodeOf(LandUse::kIndustrial));
  if (price.grade > 0) place += " " + std::to_string(price.grade);
  return price.name.empty() ? place : place + " " + price.name;
}

}  // namespace

std::vector<Diagnostic> FloorConsistency(const Publication& publication,
                                         std::optional<int> land_class,
                                         const rules::RulePack& pack) {
  std::vector<Diagnostic> warnings;
  const Days day = ToDays(FirstDay(publication));
  const auto use = publication.uses.find(LandUse::kIndustrial);
  const rules::Clause* clause = ClauseOn(pack, day);
  if (!land_class) land_class = LandClassOf(pack, publication.county, day);
  if (use == publication.uses.end() || clause == nullptr || !land_class) return warnings;
  const auto minimum = IndustrialMinimum(pack, *land_class, day);
  if (!minimum) return warnings;
  const std::string rule = clause->rule + ": " + rules::CitationInWords(clause->citation);
  for (const LowestPrice& price : LowestPrices(use->second)) {
    if (price.lowest >= minimum->price) continue;
    warnings.push_back(
        {Code::kFloorInconsistent,
         {publication.id, 0, 0, ""},
         {PlaceOf(price), price.published.ToString(), price.lowest.ToString(),
          std::to_string(*land_class), minimum->price.ToString(), minimum->source, rule}});
  }
  return warnings;
}

}  // namespace dijia::law
