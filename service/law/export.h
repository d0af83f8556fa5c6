// Rule packs for other programs: exports, never the source. They take complete cases only, because
// tables and SQL have no honest answer for a fact that is not known.
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

// A DMN 1.3 document of one era. Inputs: the facts of the table by ExportName (choices and dates as
// texts), `reading_ID` for open readings, and `price_e4`, the price in 10^-4 yuan per m² of land
// net of rebates. Decisions: `standard`, `ratio_e6`, `meets_standard`, `limits` and `unlawful`
// (keys of clauses), `verdict`; the verdict is "restated" where a limit is measured at another term
// or as a rent, which DMN cannot compute exactly.
std::string ToDmn(const rules::RulePack& pack, const rules::DecisionTable& table,
                  Language language);

// SQL for SQLite: a query over a table `cases` with the same columns as the inputs of the DMN,
// beside `case_id` and `decided_on`. Gives case_id, standard, ratio_e6, limits, unlawful, verdict.
std::string ToSql(const rules::RulePack& pack);

// A workbook with a sheet for every era: rows are the ways in which a clause applies, in words.
Status WriteDecisionWorkbook(const rules::RulePack& pack,
                             const std::vector<rules::DecisionTable>& tables,
                             const std::filesystem::path& file, Language language);

}  // namespace dijia::law
