// report.html: one self-contained page that a county director reads before signing.
#pragma once

#include <span>
#include <string>

#include "dijia/base/code.h"
#include "report/publication_view.h"

namespace dijia::report {

// The page of one publication: no script, no outside resource, a strict content security policy,
// charts as inline SVG, printable on A4. The same view gives the same bytes; the order of the input
// rows does not show. With no row and no cell it says so.
std::string ReportHtml(const PublicationView& view, Language language);

// One publication of a run in the summary.
struct SummaryEntry {
  const PublicationScope* scope = nullptr;
  std::string county_name;  // empty = the code is shown
  std::string link;         // relative, to the report; empty = no report was written
};

struct SummaryView {
  const SampleTable& samples;
  const ComputePlan& plan;
  const GradePriceReport& report;
  const EvidenceSummary& evidence;
  const Labels& labels;
  std::span<const SummaryEntry> entries;  // in the order of the table
};

// summary.html of a run over many counties or areas: rows, used, cells by status with the reasons
// of what is withheld, and a link to each report; the columns add up to the rows of the input.
std::string SummaryHtml(const SummaryView& view, Language language);

}  // namespace dijia::report
