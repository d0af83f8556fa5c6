// The job behind `dijia coefficients`: correction tables from what an office has, and the
// parameters of published tables back.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/computed.h"
#include "app/derived_table.h"
#include "dijia/base/diagnostic.h"
#include "dijia/publication.h"
#include "dijia/table_plan.h"

namespace dijia::app {

struct DerivationInput {
  const TablePlan& plan;
  std::string source;                        // the plan's file, for reports
  const Publication* publication = nullptr;  // what the plan leaves to it; null = none
  const Computed* computed = nullptr;        // the samples; null = none
  unsigned threads = 0;                      // 0 = all cores; never changes the result
};

// The tables that the plan asks for, in its order of uses. Nothing after reports with the place in
// the plan; a grade or an index that cannot be derived is warned of and left out.
std::optional<std::vector<DerivedTable>> DeriveTables(const DerivationInput& input,
                                                      Diagnostics& diagnostics);

// The parameters of the tables of a publication: exponent and base FAR of curves, rate of tables
// over the term, amplitudes of factor tables; each with its largest residual and where it is.
std::vector<DerivedTable> RecoverTables(const Publication& publication);

// The draft with the derived tables in place of those of the same name. Nothing after reports: a
// publication that is no draft (`source` is its file), a use that it does not have.
std::optional<Publication> WithTables(Publication publication, const std::string& source,
                                      const std::vector<DerivedTable>& tables,
                                      Diagnostics& diagnostics);

// A file of the command. Throws FileError; nothing after reports.
std::optional<TablePlan> ReadTablePlanFile(const std::filesystem::path& file,
                                           Diagnostics& diagnostics);

}  // namespace dijia::app
