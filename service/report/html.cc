#include "report/html.h"

namespace dijia::report {

std::string ReportHtml(const PublicationView& view, Language) { return view.plan.title; }
std::string SummaryHtml(const SummaryView& view, Language) { return view.plan.title; }

}  // namespace dijia::report
