#include "app/price_snapshot.h"

#include <algorithm>
#include <utility>

#include "store/event.h"

namespace dijia::app {

const PublicationVersion* KnownPublication::At(std::string_view known_at) const {
  if (known_at.empty()) return &versions.back();
  const auto next = std::ranges::find_if(
      versions, [&](const PublicationVersion& version) { return version.recorded_at > known_at; });
  return next == versions.begin() ? nullptr : &*std::prev(next);
}

Publication KnownPublication::As(const PublicationVersion& version) const {
  Publication publication = content;
  publication.status = version.status;
  publication.effective_until = version.until;
  return publication;
}

bool IsLaw(const PublicationVersion& version) { return store::IsLaw(version.status); }

bool IsInForceOn(const KnownPublication& publication, const PublicationVersion& version, Date day) {
  return store::IsLaw(version.status) && FirstDay(publication.content) <= day &&
         (!version.until || day < *version.until);
}

std::vector<const KnownPublication*> PriceSnapshot::Find(std::string_view id,
                                                         std::string_view county,
                                                         std::string_view known_at) const {
  std::vector<const KnownPublication*> found;
  for (const KnownPublication& one : known) {
    const bool is_meant = one.content.id == id && (county.empty() || one.content.county == county);
    if (is_meant && one.At(known_at) != nullptr) found.push_back(&one);
  }
  return found;
}

void PriceSnapshot::Add(KnownPublication publication) {
  const PublicationVersion& last = publication.versions.back();
  if (store::IsLaw(last.status)) {
    prices.push_back(publication.As(last));
    if (publication.zones != nullptr) zones.Add(publication.content, publication.zones);
  }
  known.push_back(std::move(publication));
}

}  // namespace dijia::app
