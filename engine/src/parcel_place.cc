#include "dijia/parcel_place.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "dijia/base/codes.h"
#include "valued_coefficient.h"

namespace dijia {
namespace {

using Problems = std::vector<Diagnostic>;

std::string StatedName(const ParcelUse& state) {
  return state.zone.empty() ? std::to_string(state.grade) : state.zone;
}

// Places the uses of one parcel.
class Placing {
 public:
  Placing(const Parcel& parcel, const Publication& publication, const ZoneMap* map, Problems& notes,
          Problems& missing)
      : parcel_(parcel), publication_(publication), map_(map), notes_(notes), missing_(missing) {}

  // A use that states no place. Along a street it may do without one: then nothing is missing.
  void Place(ParcelUse& state, LandUse use, const std::string& sub_use, bool fronts_street) {
    is_needed_ = !fronts_street;
    if (!FindPoint()) return;
    const ZoneMap::Answer answer = map_->Locate(*point_, use, sub_use);
    if (answer.places.size() == 1) return Put(*answer.places.front(), answer.is_grade_only, state);
    if (answer.places.size() > 1) {
      std::string names;
      for (const MappedPlace* place : answer.places) {
        names += (names.empty() ? "" : ", ") + NameOf(*place);
      }
      return Report(Code::kOnBorder, {Shown(), names, "0.05"});
    }
    if (answer.nearest == nullptr)
      return Report(Code::kNoZonesKept, {publication_.id + " " + std::string(CodeOf(use))});
    Report(Code::kOutsideAllShapes, {Shown(), std::string(CodeOf(use)), NameOf(*answer.nearest),
                                     std::to_string(std::llround(std::ceil(answer.metres)))});
  }

  // A use that states its place: whether the coordinates say the same, where they say anything.
  void Compare(const ParcelUse& state, LandUse use, const std::string& sub_use) {
    Diagnostic ignored;
    if (map_ == nullptr || !parcel_.x || !parcel_.y) return;
    const auto point = GeoPointOf(*parcel_.x, *parcel_.y, parcel_.crs, ignored);
    if (!point) return;
    const ZoneMap::Answer answer = map_->Locate(*point, use, sub_use);
    if (answer.places.empty()) return;
    const bool agrees = std::ranges::any_of(answer.places, [&](const MappedPlace* place) {
      return (state.zone.empty() || answer.is_grade_only || place->zone == state.zone) &&
             (state.grade == 0 || place->grade == state.grade);
    });
    if (agrees) return;
    notes_.push_back(ParcelProblem(Code::kStatedPlaceDiffers, "x",
                                   {StatedName(state), Shown(), NameOf(*answer.places.front())}));
  }

 private:
  // Once for all uses; what is wrong is reported once.
  bool FindPoint() {
    if (is_tried_) return point_.has_value();
    is_tried_ = is_needed_;
    if (!parcel_.x || !parcel_.y) {
      Report(parcel_.x || parcel_.y ? Code::kCoordinateHalf : Code::kCrsWithoutCoordinates, {});
    } else if (map_ == nullptr) {
      Report(Code::kNoZonesKept, {publication_.id});
    } else {
      Diagnostic fault;
      point_ = GeoPointOf(*parcel_.x, *parcel_.y, parcel_.crs, fault);
      if (!point_) Report(fault.code, std::move(fault.arguments));
    }
    return point_.has_value();
  }

  void Put(const MappedPlace& place, bool is_grade_only, ParcelUse& state) {
    state.grade = place.grade;
    if (!is_grade_only) state.zone = place.zone;
    notes_.push_back(ParcelProblem(Code::kLocated, "x", {Shown(), NameOf(place)}));
  }

  void Report(Code code, std::vector<std::string> arguments) {
    if (is_needed_) missing_.push_back(ParcelProblem(code, "x", std::move(arguments)));
  }

  std::string Shown() const { return CoordinatesText(*parcel_.x, *parcel_.y); }

  const Parcel& parcel_;
  const Publication& publication_;
  const ZoneMap* map_;
  Problems &notes_, &missing_;
  bool is_needed_ = true, is_tried_ = false;
  std::optional<GeoPoint> point_;
};

bool StatesPlace(const ParcelUse& state) { return state.grade != 0 || !state.zone.empty(); }

}  // namespace

void PlaceByCoordinates(Parcel& parcel, const Publication& publication, const ZoneMap* map,
                        Problems& notes, Problems& missing) {
  if (!parcel.x && !parcel.y && parcel.crs.empty()) return;
  const Parcel stated = parcel;
  Placing placing(stated, publication, map, notes, missing);
  const auto settle = [&](ParcelUse& state, const ParcelUse& whole) {
    const auto use = state.use ? state.use : whole.use;
    if (!use) return;  // reported by the valuation
    if (StatesPlace(state)) return placing.Compare(state, *use, state.sub_use);
    if (StatesPlace(whole)) return placing.Compare(whole, *use, state.sub_use);
    placing.Place(state, *use, state.sub_use, !state.route.empty() || !whole.route.empty());
  };
  if (parcel.parts.empty()) return settle(parcel.site, stated.site);
  for (ParcelUse& part : parcel.parts) settle(part, stated.site);
}

}  // namespace dijia
