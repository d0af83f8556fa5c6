// Parts of a result as words, the same on the page and in the workbook.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "report/publication_view.h"

namespace dijia::report {

// How a price was made, for people: `model:exponential` → 模型推算（指数）.
std::string MethodWords(std::string_view method, const Labels& labels, Language language);

// The 95 % interval for people, with its true coverage where that is not 95 %.
std::string IntervalWords(const std::optional<Interval>& interval, Language language);

// Where and under which name the page stands: county and area.
std::string PlaceName(const PublicationView& view);

// The base floor area ratios of a use by grade.
std::string FarWords(const BenchmarkConditions& conditions, Language language);

// What the checks of a cell found; "—" for nothing.
std::string FlagWords(const CellChecks& checks, Language language);

// The text of a note with the codes among its arguments (uses, rules, models) by their labels, its
// grades as they are written in the language, and commas at thousands.
std::string NoteWords(Diagnostic note, const Labels& labels, Language language);

// What an input file holds.
std::string FileWords(const std::string& contents, Language language);

}  // namespace dijia::report
