// Rule packs for other programs: exports, never the source.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "dijia/base/result.h"
#include "dijia/rules/decision_table.h"

namespace dijia::law {

// The name of a fact in the exports: dots become underscores, and decimals are integers of
// 10^-scale so that every engine compares them exactly: `facts_far_e6`.
std::string ExportName(const rules::Fact& fact);

// "2009-05-11", the first day of an era; "first" for the time before all dates.
std::string EraName(const rules::Period& era);

// A DMN 1.3 document of one era. Inputs: the facts of the table and of the formulas by ExportName
// (choices and dates as texts), `reading_ID` for open readings, and `price_e4`, the price in 10^-4
// yuan per m² of land (of leases a year), rebates not taken off. Decisions: `standard`, `ratio_e6`,
// `meets_standard`, `limits` and `unlawful` (keys of clauses), `verdict`. Takes complete cases
// only: a decision table takes a missing fact for one that fits no row.
//
// The verdict is "needs_program" where DMN cannot tell: restated prices (another term, a rent, a
// lease before a transfer) within a relative 10^-9 of a limit or at a rate below 0.01 % that is
// not 0, and starting prices below a limit. Of cases made up near the limits that is none in a
// million.
std::string ToDmn(const rules::RulePack& pack, const rules::DecisionTable& table,
                  Language language);

// SQL for SQLite with its mathematical functions: a query over a table `cases` with `case_id` and
// a column for every fact, `reading_ID` for every reading and `price_e4`, named and measured as the
// inputs of the DMN are. Gives case_id, standard, ratio_e6, limits, unlawful, verdict. NULL is a
// fact that is not known: a definite verdict holds for all its values, else it is "needs_program",
// as where DMN cannot tell.
std::string ToSql(const rules::RulePack& pack);

// A workbook with a sheet for every era: rows are the ways in which a clause applies, in words.
Status WriteDecisionWorkbook(const rules::RulePack& pack,
                             const std::vector<rules::DecisionTable>& tables,
                             const std::filesystem::path& file, Language language);

}  // namespace dijia::law
