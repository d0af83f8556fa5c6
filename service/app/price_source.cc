#include "app/price_source.h"

#include <system_error>
#include <utility>

#include "app/publication_file.h"
#include "app/stored_publications.h"
#include "dijia/base/codes.h"
#include "io/file_error.h"
#include "store/store.h"

namespace dijia::app {
namespace {

namespace fs = std::filesystem;

// From its publishing on: what was done to it before is the business of the office.
std::vector<PublicationVersion> VersionsOf(const std::vector<store::Event>& history) {
  std::vector<PublicationVersion> versions;
  for (const store::Event& event : history) {
    if (versions.empty() && !store::IsLaw(event.status)) continue;
    versions.push_back({event.recorded_at, event.status, event.until});
  }
  return versions;
}

std::string Mark(const fs::path& file) {
  std::error_code gone;
  const auto size = fs::file_size(file, gone);
  const auto time = fs::last_write_time(file, gone).time_since_epoch().count();
  return file.string() + "\t" + (gone ? "?" : std::to_string(size) + "\t" + std::to_string(time)) +
         "\n";
}

}  // namespace

PriceSource::PriceSource() = default;
PriceSource::PriceSource(std::unique_ptr<store::Store> store, std::vector<fs::path> files)
    : store_(std::move(store)), files_(std::move(files)) {}
PriceSource::PriceSource(PriceSource&& other) noexcept = default;
PriceSource::~PriceSource() = default;

std::string PriceSource::Fingerprint() {
  std::string text;
  for (const fs::path& file : files_) text += Mark(file);
  if (store_ == nullptr) return text;
  try {
    for (const store::Event& event : store_->Current({})) text += event.hash + "\n";
  } catch (const io::FileError& error) {
    text += Describe(error.diagnostic(), Language::kEn);
  }
  return text;
}

std::optional<PriceSnapshot> PriceSource::Read(Diagnostics& diagnostics) {
  PriceSnapshot snapshot;
  if (store_ != nullptr) ReadStore(snapshot, diagnostics);
  ReadFiles(snapshot, diagnostics);
  if (diagnostics.has_errors()) return std::nullopt;
  return snapshot;
}

// Publications are read one after the other: where somebody moves one meanwhile, all are read
// again, so that no two prices hold on one day. A store that is never at rest is read once more
// when its fingerprint is next looked at.
void PriceSource::ReadStore(PriceSnapshot& snapshot, Diagnostics& diagnostics) {
  constexpr int kMostTimes = 10;
  std::vector<store::Event> now = store_->Current({}), before;
  Diagnostics problems;
  for (int times = 0; now != before && times < kMostTimes; ++times) {
    before = std::move(now);
    snapshot = {};
    problems = {};
    for (const store::Event& event : before) {
      std::vector<PublicationVersion> versions = VersionsOf(store_->History(event.key));
      if (versions.empty()) continue;
      if (auto publication = StoredPublication(*store_, event, problems)) {
        auto zones = ZonesOf(event, *publication, problems);
        snapshot.Add({*std::move(publication), std::move(versions), std::move(zones)});
      }
    }
    now = store_->Current({});
  }
  maps_ = std::exchange(maps_in_use_, {});
  diagnostics.Append(problems);
}

std::shared_ptr<const ZoneMap> PriceSource::ZonesOf(const store::Event& event,
                                                    const Publication& publication,
                                                    Diagnostics& problems) {
  const std::string name = event.key.county + event.content + event.evidence;
  const auto known = maps_.find(name);
  auto map =
      known != maps_.end() ? known->second : StoredZones(*store_, event, publication, problems);
  if (map != nullptr) maps_in_use_[name] = map;
  return map;
}

void PriceSource::ReadFiles(PriceSnapshot& snapshot, Diagnostics& diagnostics) const {
  for (Publication& publication : ReadPublications(files_, diagnostics)) {
    const PublicationVersion version{"", publication.status, publication.effective_until};
    if (store::IsLaw(version.status)) {
      snapshot.Add({std::move(publication), {version}});
    } else {
      diagnostics.Add(Code::kNotPublished, {publication.id, 0, 0, "status"},
                      {std::string(CodeOf(version.status))});
    }
  }
}

}  // namespace dijia::app
