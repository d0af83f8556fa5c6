#include "report/workbook.h"

namespace dijia::report {

Status WriteWorkbook(const PublicationView&, Language, const std::string&) { return Done{}; }

}  // namespace dijia::report
