#include "app/publication_zones.h"

#include <algorithm>
#include <functional>
#include <set>
#include <utility>

#include "dijia/base/codes.h"
#include "io/file_error.h"
#include "io/shape_checks.h"
#include "json/zones_codec.h"

namespace dijia::app {
namespace {

// Something that is wrong with the place at an index.
using Report = std::function<void(std::size_t, Code, std::vector<std::string>)>;

void AppendName(const std::string& name, std::string& names) {
  names += (names.empty() ? "" : ", ") + name;
}

// Shapes against the prices of one use.
class UseFit {
 public:
  UseFit(LandUse use, const PublishedUse& published) : use_(use), published_(published) {}

  // Completes the grade of a zone.
  void Take(std::size_t index, MappedPlace& place, const Report& report) {
    if (!place.zone.empty()) return TakeZone(index, place, report);
    const bool is_published = std::ranges::any_of(published_.grades, [&](const auto& grade) {
      return grade.grade == place.grade && grade.sub_use == place.sub_use;
    });
    if (is_published) {
      grades_.emplace(place.sub_use, place.grade);
    } else {
      report(index, Code::kPlaceNotPublished, {NameOf(place), GradeNames()});
    }
  }

  // What is published and not drawn. Grades of a sub-use are drawn by those of the use.
  void ReportUndrawn(const std::string& source, Diagnostics& diagnostics) const {
    for (const PublishedZone& zone : published_.zones) {
      if (zones_.contains(zone.zone)) continue;
      diagnostics.Add(Code::kPlaceWithoutShape, {source, 0, 0, ""},
                      {NameOf(MappedPlace{use_, "", zone.grade, zone.zone, {}})});
    }
    for (const PublishedGrade& grade : published_.grades) {
      const bool is_drawn = grades_.contains({grade.sub_use, grade.grade}) ||
                            grades_.contains({"", grade.grade}) || zoned_.contains(grade.grade);
      if (is_drawn) continue;
      diagnostics.Add(Code::kPlaceWithoutShape, {source, 0, 0, ""},
                      {NameOf(MappedPlace{use_, grade.sub_use, grade.grade, "", {}})});
    }
  }

 private:
  void TakeZone(std::size_t index, MappedPlace& place, const Report& report) {
    const auto zone = std::ranges::find(published_.zones, place.zone, &PublishedZone::zone);
    // Prices of zones are of the use as a whole.
    if (zone == published_.zones.end() || !place.sub_use.empty()) {
      report(index, Code::kPlaceNotPublished, {NameOf(place), ZoneNames()});
    } else if (place.grade != 0 && place.grade != zone->grade) {
      report(index, Code::kZoneOfOtherGrade,
             {place.zone, std::to_string(place.grade), std::to_string(zone->grade)});
    } else {
      place.grade = zone->grade;
      zones_.insert(place.zone);
      zoned_.insert(zone->grade);
    }
  }

  std::string GradeNames() const {
    std::string names;
    for (const PublishedGrade& grade : published_.grades) {
      AppendName(NameOf(MappedPlace{use_, grade.sub_use, grade.grade, "", {}}), names);
    }
    return names.empty() ? "—" : names;
  }
  std::string ZoneNames() const {
    std::string names;
    for (const PublishedZone& zone : published_.zones) {
      AppendName(NameOf(MappedPlace{use_, "", zone.grade, zone.zone, {}}), names);
    }
    return names.empty() ? "—" : names;
  }

  LandUse use_;
  const PublishedUse& published_;
  std::set<std::pair<std::string, int>> grades_;
  std::set<std::string> zones_;
  std::set<int> zoned_;  // grades of zones that are drawn
};

// Holds all places against the publication; `report` gets what is wrong with one of them.
void Fit(std::vector<MappedPlace>& places, const Publication& publication,
         const std::string& source, const Report& report, Diagnostics& diagnostics) {
  std::map<LandUse, UseFit> fits;
  std::string uses;
  for (const auto& [use, published] : publication.uses) AppendName(std::string(CodeOf(use)), uses);
  for (std::size_t i = 0; i < places.size(); ++i) {
    const auto published = publication.uses.find(places[i].use);
    if (published == publication.uses.end()) {
      report(i, Code::kPlaceNotPublished, {NameOf(places[i]), uses});
      continue;
    }
    const auto fit = fits.try_emplace(published->first, published->first, published->second).first;
    fit->second.Take(i, places[i], report);
  }
  for (const auto& [use, fit] : fits) fit.ReportUndrawn(source, diagnostics);
  for (const auto& [use, published] : publication.uses) {
    if (fits.contains(use)) continue;
    diagnostics.Add(Code::kUseWithoutShapes, {source, 0, 0, ""}, {std::string(CodeOf(use))});
  }
}

std::size_t PointsOf(std::span<const MappedPlace> places) {
  std::size_t points = 0;
  for (const MappedPlace& place : places) {
    for (const MapPolygon& polygon : place.polygons) {
      points += polygon.outside.size();
      for (const MapRing& hole : polygon.holes) points += hole.size();
    }
  }
  return points;
}

}  // namespace

std::optional<std::vector<MappedPlace>> ReadZones(const std::vector<io::ZoneLayerSource>& maps,
                                                  const Publication& publication,
                                                  const io::Reference& reference,
                                                  Diagnostics& diagnostics,
                                                  std::size_t most_points) {
  std::vector<io::ZoneFeature> features = io::ReadZoneLayers(maps, reference, diagnostics);
  std::vector<MappedPlace> places;
  for (const io::ZoneFeature& feature : features) places.push_back(feature.place);
  if (const std::size_t points = PointsOf(places); points > most_points) {
    diagnostics.Add(Code::kMapTooLarge, {maps.front().path.string(), 0, 0, ""},
                    {std::to_string(points), std::to_string(most_points)});
    return std::nullopt;
  }
  // Normalised one by one, so that a feature keeps its row.
  for (io::ZoneFeature& feature : features) {
    std::vector<MappedPlace> one{std::move(feature.place)};
    Normalise(one);
    feature.place = std::move(one.front());
  }
  const Report report = [&](std::size_t i, Code code, std::vector<std::string> arguments) {
    diagnostics.Add(code, features[i].where, std::move(arguments));
  };
  // Where nothing could be read, nothing would be found to be drawn.
  if (!features.empty()) {
    Fit(places, publication, maps.front().path.string(), report, diagnostics);
  }
  for (std::size_t i = 0; i < features.size(); ++i) features[i].place.grade = places[i].grade;
  io::CheckShapes(features, diagnostics);
  if (diagnostics.has_errors()) return std::nullopt;
  Normalise(places);
  return places;
}

std::shared_ptr<const ZoneMap> ReadZoneMap(const std::vector<std::filesystem::path>& files,
                                           const Publication& publication,
                                           const std::filesystem::path& reference_folder,
                                           Diagnostics& diagnostics) {
  const Result<io::Reference> reference = io::LoadReference(reference_folder);
  if (!reference) {
    throw io::FileError({reference.error().code, {}, {reference.error().detail}});
  }
  std::vector<io::ZoneLayerSource> maps;
  for (const std::filesystem::path& file : files) maps.push_back({file, std::nullopt});
  auto places = ReadZones(maps, publication, *reference, diagnostics);
  return places ? std::make_shared<const ZoneMap>(*std::move(places)) : nullptr;
}

std::optional<std::vector<MappedPlace>> KeptZones(const std::string& text,
                                                  const Publication& publication,
                                                  Diagnostics& diagnostics) {
  auto places = json::ReadZones(text);
  if (!places) {
    diagnostics.Add(Code::kZonesNotUsable, {}, {publication.id, std::string(json::kZonesFormat)});
    return std::nullopt;
  }
  Diagnostics problems;
  const Report report = [&](std::size_t, Code code, std::vector<std::string> arguments) {
    problems.Add(code, {std::string(kZonesFile), 0, 0, ""}, std::move(arguments));
  };
  Fit(*places, publication, std::string(kZonesFile), report, problems);
  for (const Diagnostic& problem : problems.kept()) {
    if (RowOf(problem.code).severity != Severity::kError) continue;
    diagnostics.Add(Code::kZonesNotUsable, {}, {publication.id, TextOf(problem, Language::kEn)});
    return std::nullopt;
  }
  return places;
}

void ZoneMaps::Add(const Publication& publication, std::shared_ptr<const ZoneMap> map) {
  maps_[{publication.county, publication.id}] = std::move(map);
}

const ZoneMap* ZoneMaps::Of(const Publication& publication) const {
  const auto found = maps_.find({publication.county, publication.id});
  return found == maps_.end() ? nullptr : found->second.get();
}

}  // namespace dijia::app
