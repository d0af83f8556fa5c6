// What a reader must know about the prices of a use: the notes of its cells, each said once for all
// the grades that it is about.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "dijia/base/diagnostic.h"
#include "report/publication_view.h"
#include "report/series.h"

namespace dijia::report {

// How much a note weighs, most first.
enum class Weight : std::uint8_t {
  kReason,   // why a price is withheld
  kWarning,  // a price to look at before signing
  kStatus,   // how a price that is not simply computed came about
  kRemark,   // for the record
};

// One note and the cells that have it. Notes that differ in their figure only (few samples, high
// variation) are one point; the figure then stands beside each grade.
struct Point {
  Weight weight = Weight::kRemark;
  const Diagnostic* note = nullptr;  // of the first cell; stands for all
  struct Place {
    const GradePrice* cell = nullptr;
    const Diagnostic* note = nullptr;  // its own
  };
  std::vector<Place> places;  // by grade, never empty
};

// The points of a series by weight, then by the first grade that has them. A cell that is withheld
// always has a reason: where no note of it is one by nature, its first note.
std::vector<Point> PointsOf(const Series& series);

// The grades of a point, with the figure of each where they differ: 一级（2 宗）、二级（4 宗）.
std::string GradesWords(const Point& point, Language language);

// What there is to say, without the grades.
std::string PointWords(const Point& point, const Labels& labels, Language language);

// A note of the run with the name of the county in the place of its code; notes that name none, and
// an empty name, change nothing.
Diagnostic WithCountyName(Diagnostic note, const std::string& name);

// The notes about the whole run that concern this publication: those that name another county or
// area are left out, and the county stands with its name.
std::vector<Diagnostic> RunNotesOf(const PublicationView& view);

}  // namespace dijia::report
