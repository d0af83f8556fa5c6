#include "app/publication_desk.h"

#include <utility>

#include "app/log_document.h"
#include "app/stored_publications.h"
#include "store/store.h"

namespace dijia::app {
namespace {

using json::Value;

store::Act ActOf(const Doer& doer) { return {doer.name, doer.note, TimeOfAct()}; }

Done DoneBy(const store::Event& event) { return {WriteEntry(event), event.hash, !event.before}; }

Value EntriesOf(const std::vector<store::Event>& events) {
  Value entries{Value::Array()};
  for (const store::Event& event : events) entries.array()->push_back(WriteEntry(event));
  return entries;
}

}  // namespace

PublicationDesk::PublicationDesk() = default;
PublicationDesk::PublicationDesk(std::unique_ptr<store::Store> store,
                                 std::filesystem::path reference_folder)
    : store_(std::move(store)), reference_folder_(std::move(reference_folder)) {}
PublicationDesk::PublicationDesk(PublicationDesk&& other) noexcept = default;
PublicationDesk::~PublicationDesk() = default;

std::optional<Done> PublicationDesk::Import(Publication publication,
                                            std::vector<EvidenceFile> evidence, const Doer& doer,
                                            Diagnostics& diagnostics) {
  std::vector<store::Arrival::File> files;
  for (EvidenceFile& file : evidence) {
    files.push_back({std::move(file.name), std::move(file.bytes)});
  }
  AddEvidenceInputs(reference_folder_, "", files, diagnostics);
  AddZones({}, publication, reference_folder_, files, diagnostics);
  if (diagnostics.has_errors()) return std::nullopt;
  const std::vector arrivals{ArrivalOf(std::move(publication), std::move(files))};
  const auto entries = store_->Import(arrivals, ActOf(doer), diagnostics);
  if (!entries) return std::nullopt;
  ReportInputsNotKept(*store_, entries->front(), diagnostics);
  return DoneBy(entries->front());
}

std::vector<std::string> PublicationDesk::CountiesOf(const std::string& id) {
  std::vector<std::string> counties;
  if (store_ == nullptr || id.empty()) return counties;
  store::Selection selection;
  selection.publication = id;
  for (const store::Event& event : store_->Current(selection)) {
    counties.push_back(event.key.county);
  }
  return counties;
}

std::optional<Done> PublicationDesk::Move(const std::string& county, const std::string& id,
                                          PublicationStatus status, const Doer& doer,
                                          Diagnostics& diagnostics) {
  const auto event = store_->Move({county, id}, status, ActOf(doer), diagnostics);
  if (!event) return std::nullopt;
  return DoneBy(*event);
}

std::optional<Value> PublicationDesk::History(const std::string& county, const std::string& id,
                                              std::string& head) {
  if (store_ == nullptr) return std::nullopt;
  const std::vector<store::Event> history = store_->History({county, id});
  if (history.empty()) return std::nullopt;
  head = history.back().hash;
  Value document{Value::Object()};
  document.Add("entries", EntriesOf(history));
  return document;
}

Value PublicationDesk::Log(const std::string& county) {
  Value document{Value::Object()}, keys{Value::Array()};
  if (store_ != nullptr) {
    for (const store::KeyEntry& entry : store_->KeyLog()) {
      if (county.empty() || entry.about.county == county) {
        keys.array()->push_back(WriteKeyEntry(entry));
      }
    }
  }
  document.Add("entries",
               store_ == nullptr ? Value(Value::Array()) : EntriesOf(store_->Log(county)));
  document.Add("keys", std::move(keys));
  return document;
}

}  // namespace dijia::app
