// What a comparison of two packs over the same cases says to people and to tables.
#pragma once

#include <string>
#include <string_view>

#include "app/csv_text.h"
#include "json/value.h"
#include "law/simulation.h"

namespace dijia::app {

// What flips, by verdict, clause and county, for people; the first `most` flips one by one.
std::string SimulationText(const law::Simulation& simulation, std::size_t most, Language language);

// What flips, without the flips one by one: {"cases", "flips", "verdicts", "deficit_before_yuan",
// "deficit_after_yuan", "by_clause", "by_county"}; groups with most flips first, whole yuan.
json::Value SimulationJson(const law::Simulation& simulation);
// A flip: case_id, county, verdicts before and after, clause; price, minima and deficits in yuan/m²
// where they are one number, else null.
json::Value FlipJson(const law::Flip& flip);

// The header of the flips as CSV, and one of them as a row.
std::string_view FlipCsvHeader();
void PutFlip(const law::Flip& flip, CsvText& csv);
// All listed flips: case_id, county, before, after, clause, price, minima and deficits in yuan/m².
std::string SimulationCsv(const law::Simulation& simulation);

}  // namespace dijia::app
