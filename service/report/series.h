// The grades of one use (and sub-use) side by side, and the rows that stand behind them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "report/publication_view.h"

namespace dijia::report {

struct Series {
  LandUse use = LandUse::kOther;
  std::uint16_t sub_use = 0;
  const UsePlan* plan = nullptr;      // null when the plan has no section for the use
  std::span<const GradePrice> cells;  // ascending by grade, never empty
  const OrderCheck* order = nullptr;  // null when there is none
};

// The series of a publication, in the order of the plan's uses, then by sub-use.
std::vector<Series> SeriesOf(const PublicationView& view);

// The name of the use as the plan publishes it (in English, its label), with the sub-use.
std::string NameOf(const Series& series, const PublicationView& view, Language language);
std::string NameOf(LandUse use, const PublicationView& view, Language language);

// The use, and the grade too, of a cell.
std::string NameOf(const GradePrice& cell, const PublicationView& view, Language language);

const UsePlan* PlanOf(const ComputePlan& plan, LandUse use);

// The rows of a publication by fate and use; the last column counts uses that the plan does not
// have and rows without a use.
struct Tally {
  std::array<std::array<std::size_t, kFateCount>, kLandUseCount> by_use{};
  std::array<std::size_t, kFateCount> other{}, total{};
  struct Unknown {
    std::size_t far = 0, term = 0, development = 0, date_outside_index = 0;
  };
  std::array<Unknown, kLandUseCount> unknown{};  // among used rows
  std::size_t rows = 0;

  std::size_t used() const { return total[static_cast<std::size_t>(Fate::kUsed)]; }
};
Tally TallyOf(const PublicationView& view);

// The sample prices of one cell that a chart draws. All of them where there are few; otherwise
// evenly by rank of price, which does not depend on the order of the rows.
struct Strip {
  std::vector<double> used, rejected;  // drawn, ascending, yuan per m²
  std::size_t used_total = 0, rejected_total = 0;
};
inline constexpr std::size_t kDrawnPerGrade = 300;
inline constexpr std::size_t kRejectedDrawnPerGrade = 60;

// One strip for each cell of the publication, in the order of `view.Cells()`.
std::vector<Strip> StripsOf(const PublicationView& view);

// The rejections of the publication's rows, in the order of the rows.
std::vector<const Rejection*> RejectionsOf(const PublicationView& view);

// The rows of the publication that appraisers decided about, ascending.
std::vector<DecidedSample> DecidedOf(const PublicationView& view);

}  // namespace dijia::report
