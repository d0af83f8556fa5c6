// A round of prices and a plan to refresh it, for tests of refreshes.
#pragma once

#include <optional>
#include <string>

#include "dijia/publication.h"
#include "dijia/refresh.h"

namespace dijia::test {

inline Date Day(const std::string& text) { return ParseDate(text).value(); }
inline UnitPrice Yuan(const std::string& text) { return UnitPrice::Parse(text).value(); }
inline Coefficient K(const std::string& text) { return Coefficient::Parse(text).value(); }

// Industrial land of three grades at 300, 200 and 190 yuan, a zone of grade 2 at 210.
inline Publication Round2025() {
  Publication publication;
  publication.id = "demo-2025";
  publication.base_date = Day("2025-01-01");
  publication.effective_until = Day("2030-01-01");
  publication.status = PublicationStatus::kPublished;
  publication.rounding.unit_price = Rounding{RoundingMode::kHalfUp, 1'000'000};
  PublishedUse& use = publication.uses[LandUse::kIndustrial];
  use.term = Years::Of(50);
  use.grades = {{1, "", Yuan("300"), std::nullopt, "", ""},
                {2, "", Yuan("200"), std::nullopt, "", ""},
                {3, "", Yuan("190"), std::nullopt, "", ""},
                {4, "", std::nullopt, std::nullopt, "withheld", ""}};
  use.zones = {{"G201", 2, Yuan("210"), std::nullopt}};
  return publication;
}

// An index of 100 on 2025-01-01 that is `end` on 2027-01-01, 730 days later.
inline RefreshPlan IndexPlan(const std::string& end) {
  RefreshPlan plan;
  plan.id = "demo-2027";
  plan.base_date = Day("2027-01-01");
  UseRefreshPlan& use = plan.uses[LandUse::kIndustrial];
  use.method = RefreshMethod::kIndex;
  use.reason = "monitoring index";
  use.index = {{Day("2025-01-01"), K("100")}, {Day("2027-01-01"), K(end)}};
  return plan;
}

inline std::string Prices(const Publication& publication) {
  std::string text;
  for (const auto& [code, use] : publication.uses) {
    for (const PublishedGrade& grade : use.grades) {
      text += (grade.price ? grade.price->ToString() : "-") + " ";
    }
    for (const PublishedZone& zone : use.zones) {
      text += (zone.price ? zone.price->ToString() : "-") + " ";
    }
  }
  return text;
}

}  // namespace dijia::test
