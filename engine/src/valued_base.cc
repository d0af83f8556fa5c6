#include "valued_base.h"

#include <algorithm>

#include "dijia/base/codes.h"
#include "valued_coefficient.h"

namespace dijia {
namespace {

std::string GradeName(const ParcelUse& state) {
  return "grade " + std::to_string(state.grade) +
         (state.sub_use.empty() ? "" : " " + state.sub_use);
}

}  // namespace

std::optional<ValuedBase> FindBase(const PublishedUse& use, const ParcelUse& state,
                                   std::vector<Diagnostic>& missing) {
  ValuedBase base;
  base.grade = state.grade;
  std::optional<UnitPrice> price;
  if (!state.zone.empty()) {
    base.name = "zone " + state.zone;
    const auto zone = std::ranges::find(use.zones, state.zone, &PublishedZone::zone);
    const bool fits = zone != use.zones.end() && (state.grade == 0 || state.grade == zone->grade);
    if (fits) {
      base.grade = zone->grade;
      base.far = zone->far;
      price = zone->price;
    } else if (state.grade != 0) {
      base.name += ", grade " + std::to_string(state.grade);
    }
  } else if (state.grade == 0) {
    missing.push_back(ParcelProblem(Code::kFieldNeeded, "grade", {"grade"}));
    return std::nullopt;
  } else {
    base.name = GradeName(state);
  }
  const auto grade = std::ranges::find_if(use.grades, [&](const PublishedGrade& other) {
    return other.grade == base.grade && other.sub_use == state.sub_use;
  });
  if (grade != use.grades.end()) {
    if (state.zone.empty()) price = grade->price;
    if (!base.far) base.far = grade->far;
  }
  if (!price) {
    missing.push_back(ParcelProblem(Code::kPriceNotPublished, state.zone.empty() ? "grade" : "zone",
                                    {base.name}));
    return std::nullopt;
  }
  base.price = *price;
  return base;
}

}  // namespace dijia
