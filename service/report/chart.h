// Charts as inline SVG, drawn by the classes of the page's style sheet.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "report/markup.h"
#include "report/series.h"

namespace dijia::report {

// A strip of samples, the estimate and its interval for each grade of a series. `strips` belong to
// `series.cells`; `number` tells the charts of a page apart.
void WriteGradeChart(Markup& page, const PublicationView& view, const Series& series,
                     std::span<const Strip> strips, int number, Language language);

// An estimated index over its periods with the 95 % band. Precondition: at least two points.
void WriteIndexChart(Markup& page, const EstimatedIndex& index, const std::string& name, int number,
                     Language language);

// What the chart of a cell shows, for its legend.
bool IsModelled(const GradePrice& cell);       // a dashed line: modelled or carried forward
bool MonotoneDiffers(const GradePrice& cell);  // a triangle
bool ShowsSplit(const GradePrice& cell);       // a boundary of two populations

}  // namespace dijia::report
