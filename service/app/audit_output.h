// The audit of sales for people and for programs.
#pragma once

#include <string>

#include "app/reference.h"
#include "app/sales_audit.h"

namespace dijia::app {

std::string_view NameOf(SaleFate fate, Language language);

// What an audit can and cannot say; stands before every summary.
std::string AuditCaution(Language language);

// One row a sale, in the order of the input.
std::string AuditCsv(const SalesAudit& audit, const SampleTable& sales);

// `{"rows", "fates": {…}, "groups": […], "caution"}`.
std::string AuditJson(const SalesAudit& audit, const Reference& reference, Language language);

}  // namespace dijia::app
