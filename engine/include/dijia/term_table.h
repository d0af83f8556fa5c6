// Printed tables of term factors (年期修正系数表) from a capitalization rate.
#pragma once

#include <optional>

#include "dijia/base/land.h"
#include "dijia/base/rounding.h"
#include "dijia/coefficient.h"

namespace dijia {

// K(m) = (1 − (1+r)^−m) / (1 − (1+r)^−n) for every whole year m from 1 to the term n, and n itself;
// each exact and rounded once. One column, linear between rows, no figure outside. Nothing unless
// the rate and the term are above 0 and the term is at most 1000 years, or when a figure leaves its
// type.
std::optional<Curve> TermTable(Rate rate, Years full_term, const Rounding& rounding);

}  // namespace dijia
