// Terms that DMN and SQL share.
#pragma once

#include <cstdint>
#include <string>

#include "dijia/rules/rule_pack.h"

namespace dijia::law {

// The smallest whole factors with left × `left` against right × `right`: a comparison of two facts
// of different scales, one of them taken `times` × 10^-6, without fractions.
struct WholeFactors {
  std::int64_t left = 1, right = 1;
};
WholeFactors FactorsOf(int left_scale, int right_scale, std::int64_t times);

// How much a limit may be missed by: the tolerance of the pack on a day in 10^-4 yuan.
std::int64_t ToleranceOn(const rules::RulePack& pack, Days day);

// The full term on a day in 10^-4 years.
std::int64_t FullTermOn(const rules::RulePack& pack, Days day);

// What fails when a limit is missed by the tolerance or more, written with `*`, `-` and `>=`: the
// same in FEEL and in SQL. `standard` and `ratio` name the class standard and the ratio.
std::string MissedBy(const rules::RulePack& pack, const rules::Limit& limit, std::int64_t tolerance,
                     const std::string& standard, const std::string& ratio,
                     const std::string& price, const std::string& fact);

// True when the limit is not compared with the price as it stands: a rent, or a present value.
bool IsRestated(const rules::Limit& limit);

}  // namespace dijia::law
