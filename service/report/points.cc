#include "report/points.h"

#include <algorithm>
#include <cstdlib>
#include <string_view>

#include "dijia/base/codes.h"
#include "report/number_text.h"
#include "report/texts.h"
#include "report/words.h"

namespace dijia::report {
namespace {

// Notes whose first argument is the figure of the cell and whose second is the limit of the plan.
struct Limit {
  Code code;
  Text words;   // with the limit
  Text figure;  // a grade with its figure
};
constexpr Limit kLimits[] = {
    {Code::kTooFewSamples, Text::kPointTooFew, Text::kGradeWithCount},
    {Code::kThinCell, Text::kPointThin, Text::kGradeWithCount},
    {Code::kCvAboveLimit, Text::kPointCv, Text::kGradeWithFigure},
};

const Limit* LimitOf(const Diagnostic& note) {
  const auto* const found = std::find_if(std::begin(kLimits), std::end(kLimits),
                                         [&](const Limit& row) { return row.code == note.code; });
  return found != std::end(kLimits) && note.arguments.size() == 2 ? found : nullptr;
}

// The figure of a place: counts as they are, a coefficient of variation with three decimals.
std::string FigureOf(const Limit& limit, const Point::Place& place) {
  const std::string& figure = place.note->arguments.front();
  if (limit.figure == Text::kGradeWithCount) return WithThousands(figure);
  return Fixed(std::strtod(figure.c_str(), nullptr), 3);
}

// True for what takes a price away; other notes only qualify it.
bool Withholds(Code code) {
  return code == Code::kTooFewSamples || code == Code::kTwoPopulations ||
         code == Code::kGradeOrderContradicted || code == Code::kPriceRoundsToNothing;
}

bool TellsTheStatus(Code code) {
  return code == Code::kThinCell || code == Code::kCarriedForward ||
         code == Code::kGradeRatioUsed || code == Code::kModelUsed ||
         code == Code::kIsotonicPublished;
}

bool IsReason(const GradePrice& cell, const Diagnostic& note) {
  if (cell.status != CellStatus::kWithheld) return false;
  if (Withholds(note.code)) return true;
  const auto withholds = [](const Diagnostic& other) { return Withholds(other.code); };
  return &note == &cell.notes.front() &&
         std::none_of(cell.notes.begin(), cell.notes.end(), withholds);
}

Weight WeightOf(const GradePrice& cell, const Diagnostic& note) {
  if (IsReason(cell, note)) return Weight::kReason;
  if (RowOf(note.code).severity != Severity::kNote) return Weight::kWarning;
  return TellsTheStatus(note.code) ? Weight::kStatus : Weight::kRemark;
}

bool SayTheSame(const Diagnostic& a, const Diagnostic& b) {
  if (a.code != b.code) return false;
  if (LimitOf(a) != nullptr && LimitOf(b) != nullptr) return a.arguments[1] == b.arguments[1];
  return a.arguments == b.arguments;
}

// How many of the arguments name the county and the area that a note of the run is about.
std::size_t PlaceArguments(Code code) {
  switch (code) {
    case Code::kResidentialAboveCommercial:
      return 2;
    case Code::kIndexNotEstimated:
    case Code::kFarExponentNotEstimated:
      return 1;
    default:
      return 0;
  }
}

}  // namespace

std::vector<Point> PointsOf(const Series& series) {
  std::vector<Point> points;
  for (const GradePrice& cell : series.cells) {
    for (const Diagnostic& note : cell.notes) {
      const Weight weight = WeightOf(cell, note);
      const auto same = std::find_if(points.begin(), points.end(), [&](const Point& point) {
        return point.weight == weight && SayTheSame(*point.note, note);
      });
      if (same == points.end()) {
        points.push_back({weight, &note, {{&cell, &note}}});
      } else {
        same->places.push_back({&cell, &note});
      }
    }
  }
  std::stable_sort(points.begin(), points.end(),
                   [](const Point& a, const Point& b) { return a.weight < b.weight; });
  return points;
}

std::string GradesWords(const Point& point, Language language) {
  const Limit* limit = LimitOf(*point.note);
  std::string words;
  for (const Point::Place& place : point.places) {
    if (!words.empty()) words += Say(Text::kEnumerationComma, language);
    const std::string grade = GradeText(place.cell->key.grade, language);
    words += limit != nullptr ? Say(limit->figure, language, {grade, FigureOf(*limit, place)})
                              : Say(Text::kGradeName, language, {grade});
  }
  return words;
}

std::string PointWords(const Point& point, const Labels& labels, Language language) {
  const Limit* limit = LimitOf(*point.note);
  return limit != nullptr ? Say(limit->words, language, {point.note->arguments[1]})
                          : NoteWords(*point.note, labels, language);
}

Diagnostic WithCountyName(Diagnostic note, const std::string& name) {
  const bool names_county = PlaceArguments(note.code) > 0 && !note.arguments.empty();
  if (names_county && !name.empty()) note.arguments.front() = name;
  return note;
}

std::vector<Diagnostic> RunNotesOf(const PublicationView& view) {
  std::vector<Diagnostic> notes;
  for (const Diagnostic& note : view.report.diagnostics.kept()) {
    const std::size_t places = PlaceArguments(note.code);
    const std::string_view here[] = {view.CountyCode(), view.AreaName()};
    bool is_here = true;
    for (std::size_t i = 0; i < std::min(places, note.arguments.size()); ++i) {
      is_here = is_here && note.arguments[i] == here[i];
    }
    if (!is_here) continue;
    notes.push_back(WithCountyName(note, view.county_name));
  }
  return notes;
}

}  // namespace dijia::report
