// The publication notice (公告稿): the page that a county hangs out, with everything a publication
// states.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dijia/publication.h"
#include "report/labels.h"

namespace dijia::app {

// One step of the publication's way through the office: what, who, when, why.
struct NoticeStep {
  std::string status;  // code of PublicationStatus
  std::string actor, recorded_at, reason;
};

struct Notice {
  Publication publication;
  std::optional<Publication> before;  // of the last round, to compare with
  std::vector<NoticeStep> steps;      // empty = the publication comes from a file
  std::string county_name;            // empty = not known; the code stands at the head anyway
};

// One self-contained page in Chinese, as XML too: the prices of grades, zones and streets in 元/㎡
// and 万元/亩, what they stand for, the comparison with the last round, the formulas and all
// correction tables, and who decided what. A publication that is not in force says so at its head.
// A part that the publication does not have is left out.
std::string NoticePage(const Notice& notice, const report::Labels& labels);

}  // namespace dijia::app
