#include "app/due.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "dijia/base/codes.h"

namespace dijia::app {
namespace {

namespace fs = std::filesystem;

// A path itself, or the documents and workbooks in the folder it names.
std::vector<fs::path> FilesOf(const fs::path& path) {
  if (!fs::is_directory(path)) return {path};
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry : fs::directory_iterator(path)) {
    const fs::path extension = entry.path().extension();
    if (extension == ".json" || extension == ".xlsx") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

bool Counts(PublicationStatus status) {
  return status == PublicationStatus::kPublished || status == PublicationStatus::kSuperseded;
}

using AreaKey = std::pair<std::string, std::string>;  // county and area

// What took effect last by a day, of every area of which there is a publication at all.
std::map<AreaKey, const Publication*> LatestByArea(Date on,
                                                   const std::vector<Publication>& publications,
                                                   Diagnostics& diagnostics) {
  std::map<AreaKey, const Publication*> latest;
  for (const Publication& publication : publications) {
    if (!Counts(publication.status)) {
      diagnostics.Add(Code::kNotPublished, {publication.id, 0, 0, "status"},
                      {std::string(CodeOf(publication.status))});
      continue;
    }
    const Publication*& best = latest[{publication.county, publication.area}];
    if (FirstDay(publication) > on) continue;
    const auto order = [](const Publication& one) {
      return std::tuple(FirstDay(one), one.base_date, std::string_view(one.id));
    };
    if (best == nullptr || order(*best) < order(publication)) best = &publication;
  }
  for (auto& [area, best] : latest) {
    if (best != nullptr && !IsInForceOn(*best, on)) best = nullptr;
  }
  return latest;
}

void Judge(Date on, const Publication& publication, const rules::PreparedRules& rules,
           DueRow& row) {
  row.publication = publication.id;
  row.document_no = publication.document_no;
  row.base_date = publication.base_date;
  row.effective_from = FirstDay(publication);
  const std::vector<rules::RefreshSpan> life = RefreshLifeOf(publication.base_date, rules);
  const rules::RefreshSpan* now = SpanOn(life, ToDays(on));
  if (now == nullptr) now = &life.front();  // in force before its own base date
  row.now = *now;
  const auto next = std::find_if(now + 1, life.data() + life.size(),
                                 [&](const auto& span) { return span.refresh > now->refresh; });
  if (next != life.data() + life.size()) row.next = *next;
}

}  // namespace

std::vector<fs::path> PublicationFilesIn(const std::vector<fs::path>& paths) {
  std::vector<fs::path> files;
  for (const fs::path& path : paths) std::ranges::move(FilesOf(path), std::back_inserter(files));
  return files;
}

DueList DueOn(Date on, const std::vector<Publication>& publications, bool with_all_counties,
              const Reference& reference, const rules::PreparedRules& rules,
              Diagnostics& diagnostics) {
  std::map<AreaKey, const Publication*> latest = LatestByArea(on, publications, diagnostics);
  if (with_all_counties) {
    std::set<std::string_view> given;
    for (const auto& [area, publication] : latest) given.insert(area.first);
    for (const County& county : reference.counties) {
      if (county.level == "county" && !given.contains(county.code)) latest[{county.code, ""}];
    }
  }
  DueList list{on, {}};
  for (const auto& [area, publication] : latest) {
    DueRow& row = list.rows.emplace_back();
    row.county = area.first;
    row.county_name = reference.CountyName(area.first);
    row.area = area.second;
    if (publication != nullptr) Judge(on, *publication, rules, row);
  }
  return list;
}

std::optional<Days> DaysLeft(const DueList& list, const DueRow& row) {
  if (!row.next) return std::nullopt;
  return row.next->from - ToDays(list.on);
}

Age AgeOn(Date base_date, Date on) {
  const auto months_of = [](Date date) {
    return static_cast<int>(date.year()) * 12 +
           static_cast<int>(static_cast<unsigned>(date.month()));
  };
  int months = months_of(on) - months_of(base_date);
  if (months > 0 && on.day() < base_date.day()) --months;
  if (months < 0 && on.day() > base_date.day()) ++months;
  return {months / 12, months % 12};
}

}  // namespace dijia::app
