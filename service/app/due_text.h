// The list of counties whose prices are to be refreshed, in the formats that programs read.
#pragma once

#include <string>
#include <string_view>

#include "app/due.h"
#include "json/value.h"

namespace dijia::app {

// `current`, `due`, `overdue`, `barred`, or `none` where no prices are in force.
std::string_view DueStatus(const DueRow& row);

// One row an area, with the header; the texts in the language.
std::string DueCsv(const DueList& list, Language language);

// {"as_of", "areas": [{…}]}: numbers as numbers, what is not known as null.
json::Value DueJson(const DueList& list, Language language);

// An iCalendar (RFC 5545) with one all-day event for the day on which the prices of each area get
// worse, and a reminder 90 days before it. The same list gives the same bytes: events keep their
// UID, so that a calendar that reads the file again moves them.
std::string DueCalendar(const DueList& list, const report::Labels& labels, Language language);

// The area as people name it: county and grading area.
std::string DuePlace(const DueRow& row);

}  // namespace dijia::app
