// The audit of sales as tables for a terminal.
#pragma once

#include <string>

#include "app/audit_output.h"

namespace dijia::cli {

// How many sales had which fate; then the industrial ones by class, by year, and by county, year
// and class.
std::string AuditText(const app::SalesAudit& audit, const app::Reference& reference,
                      Language language);

}  // namespace dijia::cli
