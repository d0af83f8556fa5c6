// Which publication is in force, and for which parcels.
#include "dijia/publication.h"

#include <span>
#include <string>
#include <vector>

#include "dijia/base/codes.h"
#include "dijia/valuation.h"
#include "valued_coefficient.h"

namespace dijia {
namespace {

bool IsFor(const Publication& publication, const Parcel& parcel) {
  return publication.status != PublicationStatus::kWithdrawn &&
         (parcel.county.empty() || parcel.county == publication.county) &&
         (parcel.area.empty() || parcel.area == publication.area);
}

std::string Periods(std::span<const Publication> publications) {
  std::string text;
  for (const Publication& publication : publications) {
    const auto& until = publication.effective_until;
    text += (text.empty() ? "" : "; ") + publication.id + " " + publication.county +
            publication.area + " [" + FormatDate(FirstDay(publication)) + ", " +
            (until ? FormatDate(*until) : "") + ")";
  }
  return text;
}

// What the parcel leaves open.
std::string OrDash(const std::string& text) { return text.empty() ? "—" : text; }

}  // namespace

Date FirstDay(const Publication& publication) {
  return publication.effective_from.value_or(publication.base_date);
}

bool IsInForceOn(const Publication& publication, Date day) {
  return FirstDay(publication) <= day &&
         (!publication.effective_until || day < *publication.effective_until);
}

const Publication* PublicationFor(const Parcel& parcel, std::span<const Publication> publications,
                                  std::vector<Diagnostic>& missing) {
  if (!parcel.valuation_date) {
    missing.push_back(ParcelProblem(Code::kFieldNeeded, "valuation_date", {"valuation_date"}));
    return nullptr;
  }
  const Date day = *parcel.valuation_date;
  const Publication *best = nullptr, *rival = nullptr;
  for (const Publication& publication : publications) {
    if (!IsInForceOn(publication, day) || !IsFor(publication, parcel)) continue;
    if (best != nullptr && FirstDay(publication) < FirstDay(*best)) continue;
    rival = best != nullptr && FirstDay(publication) == FirstDay(*best) ? best : nullptr;
    best = &publication;
  }
  if (best == nullptr) {
    missing.push_back(ParcelProblem(
        Code::kNoPublicationInForce, "valuation_date",
        {OrDash(parcel.county), OrDash(parcel.area), FormatDate(day), Periods(publications)}));
  } else if (rival != nullptr) {
    missing.push_back(
        ParcelProblem(Code::kPublicationsCompete, "valuation_date", {rival->id, best->id}));
    return nullptr;
  }
  return best;
}

}  // namespace dijia
