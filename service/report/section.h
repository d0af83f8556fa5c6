// The sections of report.html, in the order of the page.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "report/markup.h"
#include "report/publication_view.h"
#include "report/series.h"
#include "report/texts.h"
#include "report/words.h"

namespace dijia::report {

// What every section reads and where it writes.
struct Page {
  Markup& out;
  const PublicationView& view;
  Language language;
  std::vector<Series> series;
  std::vector<Strip> strips;  // of view.Cells()
  Tally tally;

  std::string_view Words(Text text) const { return Say(text, language); }
  std::string Words(Text text, std::initializer_list<std::string_view> arguments) const {
    return Say(text, language, arguments);
  }
  std::string Label(std::string_view code) const {
    return std::string(view.labels.Of(code, language));
  }
  // Opens a section; the caller closes it.
  void Begin(std::string_view id, Text title);
};

void WritePriceTable(Page& page);
void WritePoints(Page& page);
void WriteConditions(Page& page);
void WriteResultsByUse(Page& page);
void WriteLeftOut(Page& page);
void WriteScreening(Page& page);
void WriteDecisions(Page& page);             // a part of it; nothing where nobody decided anything
void WriteEstimatedCorrections(Page& page);  // nothing when the plan estimates none
void WriteEvidence(Page& page);
void WriteHowToRead(Page& page);

bool HasEstimatedCorrections(const PublicationView& view);

}  // namespace dijia::report
