// The schemas of answers and problems, by noun: each text is an object of JSON, a member for each
// schema. A test holds real answers against them, field by field.
#pragma once

#include <string_view>

namespace dijia::http {

// Checks, kept ones too, with their findings and the rule pack.
std::string_view CheckAnswers();

// Values of parcels, publications and their prices.
std::string_view PriceAnswers();

// Shapes of grades and zones: GeoJSON and OGC API – Features.
std::string_view PlaceAnswers();

// What was done to publications and keys, and the desk of approval.
std::string_view DeskAnswers();

// What a publication is reviewed by: its samples, the comparison with another, who is affected.
std::string_view ReviewAnswers();

// What a change of the law does to kept checks.
std::string_view SimulationAnswers();

// Who works, what is due, jobs, and problems.
std::string_view WorkAnswers();

}  // namespace dijia::http
