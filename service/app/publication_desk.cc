#include "app/publication_desk.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "app/decision_effect.h"
#include "app/kept_checks.h"
#include "app/kept_inputs.h"
#include "app/log_document.h"
#include "app/price_documents.h"
#include "app/recompute.h"
#include "app/stored_publications.h"
#include "app/stored_samples.h"
#include "dijia/base/sha256.h"
#include "store/store.h"

namespace dijia::app {
namespace {

using json::Value;

store::Act ActOf(const Doer& doer) { return {doer.name, doer.note, TimeOfAct()}; }

Done DoneBy(const store::Event& event) { return {WriteEntry(event), event.hash, !event.before}; }

// The last entry of a publication; nothing where there is none, or several of an id without county.
std::optional<store::Event> LastEntry(store::Store* store, const std::string& county,
                                      const std::string& id) {
  if (store == nullptr || id.empty()) return std::nullopt;
  std::vector<store::Event> found = store->Current({county, id, {}, {}, ""});
  return found.size() == 1 ? std::optional(std::move(found.front())) : std::nullopt;
}

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
  std::vector arrivals{ArrivalOf(std::move(publication), std::move(files))};
  AddStoredSamples(*store_, arrivals);
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

std::vector<Value> PublicationDesk::Keep(std::span<const CheckOfCaller> checks) {
  std::vector<Value> entries;
  const auto keeping = store_->KeepChecks();
  for (const CheckOfCaller& one : checks) {
    const store::KeptCheck kept = keeping->Add(
        CheckToKeep(one.the_case, one.check, one.rules->pack(), one.given), ActOf(one.doer));
    Value entry{Value::Object()};
    entry.Add("id", Value(IdOf(kept)));
    entry.Add("recorded_at", Value(kept.recorded_at));
    entry.Add("hash", Value(kept.hash));
    entries.push_back(std::move(entry));
  }
  keeping->Commit();
  return entries;
}

void PublicationDesk::ReadKeptChecks(const KeptCheckQuery& query,
                                     const std::function<void(store::CheckCursor& checks)>& use) {
  if (store_ == nullptr) return;
  const auto begin_of = [](const std::string& day) {
    return day.empty() ? "" : day + "T00:00:00.000000Z";
  };
  const auto checks = store_->Checks({query.county, query.verdict, begin_of(query.from),
                                      begin_of(query.until), store::CheckKeyOf(query.after)});
  use(*checks);
}

Value PublicationDesk::KeptChecks(const KeptCheckQuery& query) {
  Value document{Value::Object()}, list{Value::Array()}, next;
  ReadKeptChecks(query, [&](store::CheckCursor& checks) {
    std::string last;
    while (const auto kept = checks.Next()) {
      if (list.array()->size() == query.most) {
        next = Value(last);
        break;
      }
      last = IdOf(*kept);
      list.array()->push_back(WriteKeptCheck(*kept));
    }
  });
  document.Add("checks", std::move(list));
  document.Add("next", std::move(next));
  return document;
}

std::optional<Value> PublicationDesk::KeptCheck(const std::string& id) {
  const auto key = store::CheckKeyOf(id);
  const auto kept = store_ != nullptr && key ? store_->Check(*key) : std::nullopt;
  return kept ? std::optional(WriteKeptCheck(*kept)) : std::nullopt;
}

const PublicationDesk::Head& PublicationDesk::HeadOf(const store::Event& event) {
  constexpr std::size_t kMost = 10'000;
  const std::string name = event.key.county + " " + event.content;
  if (const auto known = heads_.find(name); known != heads_.end()) return known->second;
  if (heads_.size() >= kMost) heads_.clear();
  Diagnostics unread;
  Head head;
  head.uses = Value(Value::Array());
  if (const auto document = StoredPublication(*store_, event, unread)) {
    head = {document->title, document->document_no, document->base_date, WriteUses(*document)};
  }
  return heads_[name] = std::move(head);
}

Value PublicationDesk::List(const std::string& county) {
  Value list{Value::Array()}, document{Value::Object()};
  std::vector<store::Event> events;
  if (store_ != nullptr) events = store_->Current({county, "", {}, {}, ""});
  std::ranges::stable_sort(events, std::ranges::greater(), &store::Event::recorded_at);
  for (const store::Event& event : events) {
    const Head& head = HeadOf(event);
    Value entry = WriteEntry(event);
    entry.Add("title", Value(head.title));
    entry.Add("document_no", Value(head.document_no));
    entry.Add("base_date", head.base_date ? Value(FormatDate(*head.base_date)) : Value());
    entry.Add("uses", head.uses);
    list.array()->push_back(std::move(entry));
  }
  document.Add("publications", std::move(list));
  return document;
}

std::optional<Publication> PublicationDesk::Find(const std::string& county, const std::string& id) {
  const auto event = LastEntry(store_.get(), county, id);
  Diagnostics unread;
  return event ? StoredPublication(*store_, *event, unread) : std::nullopt;
}

const SampleDocuments* PublicationDesk::Samples(const std::string& county, const std::string& id,
                                                Diagnostics& diagnostics) {
  constexpr std::size_t kMost = 4;
  const auto event = LastEntry(store_.get(), county, id);
  if (!event) return nullptr;
  const std::string name =
      event->key.county + " " + event->content + " " + Sha256Of(event->evidence);
  const auto known = std::ranges::find(reviewed_, name, &Reviewed::name);
  if (known != reviewed_.end()) {
    std::rotate(reviewed_.begin(), known, known + 1);
    return &reviewed_.front().samples;
  }
  const auto origin = OriginAgain(*store_, *event, reference_folder_, diagnostics);
  if (!origin || origin->computed == nullptr) return nullptr;
  const auto kept = StoredPublication(*store_, *event, diagnostics);
  if (!kept) return nullptr;
  reviewed_.push_front({name, WriteSamples(*origin->computed, *kept)});
  if (reviewed_.size() > kMost) reviewed_.pop_back();
  return &reviewed_.front().samples;
}

std::optional<Value> PublicationDesk::EffectOf(const SampleDecisions& decisions,
                                               const std::string& county, const std::string& id,
                                               const CellName& cell, Diagnostics& diagnostics) {
  const SampleDocuments* before = Samples(county, id, diagnostics);
  if (before == nullptr || !before->of_cell.contains(cell)) return std::nullopt;
  const auto event = LastEntry(store_.get(), county, id);
  const auto origin = OriginWith(decisions, *store_, *event, reference_folder_, diagnostics);
  if (!origin || origin->computed == nullptr) return std::nullopt;
  const auto kept = StoredPublication(*store_, *event, diagnostics);
  if (!kept) return std::nullopt;
  return WriteEffect(*before, WriteSamples(*origin->computed, *kept), cell);
}

bool PublicationDesk::TakeInputs(const std::string& county, const std::string& id,
                                 const std::filesystem::path& folder, ComputationOrder& order,
                                 Diagnostics& diagnostics) {
  const auto event = LastEntry(store_.get(), county, id);
  return event && TakeKeptInputs(*store_, *event, folder, order, diagnostics);
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
