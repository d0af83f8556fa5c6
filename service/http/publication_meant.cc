#include "http/publication_meant.h"

#include "dijia/base/codes.h"
#include "http/query.h"
#include "http/unpublished.h"

namespace dijia::http {

std::string FoundPublication::Name() const {
  const Publication& content = publication->content;
  return content.county + "\n" + content.id + "\n" + version->recorded_at;
}

FoundPublication FindPublication(const Exchange& exchange, const app::PriceSnapshot& snapshot,
                                 const std::string& id) {
  const Request& request = exchange.request;
  const std::string county = TextParameter(request, "county");
  const std::string known_at = TimeParameter(request, "known_at");
  const auto found = snapshot.Find(id, county, known_at);
  if (found.empty() && known_at.empty()) {
    if (auto draft = FindUnpublished(exchange, county, id)) return {nullptr, nullptr, draft};
  }
  if (found.empty()) throw Refused(404, Code::kPublicationUnknown, {id});
  if (found.size() == 1) return {found.front(), found.front()->At(known_at)};
  std::string counties;
  for (const app::KnownPublication* one : found) {
    counties += (counties.empty() ? "" : ", ") + one->content.county;
  }
  throw Refused(400, Code::kQueryValue, {"county", county, counties});
}

}  // namespace dijia::http
