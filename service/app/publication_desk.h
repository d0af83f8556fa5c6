// Where publications are changed by callers from outside: what the commands over the store do, with
// the answers as documents.
#pragma once

#include <deque>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/sample_cells.h"
#include "dijia/base/date.h"
#include "dijia/base/diagnostic.h"
#include "dijia/publication.h"
#include "dijia/rules/reserve_price.h"
#include "dijia/sample_decisions.h"
#include "json/value.h"

namespace dijia::store {
class CheckCursor;
class Store;
struct Event;
}  // namespace dijia::store

namespace dijia::app {

struct ComputationOrder;

// A file that is kept with a publication.
struct EvidenceFile {
  std::string name, bytes;
};

// Who does something, and why.
struct Doer {
  std::string name, note;
};

// What was done: the entry of the log.
struct Done {
  json::Value entry;  // WriteEntry
  std::string hash;
  bool is_new = false;  // the publication was not in the store before
};

// A check that is to be kept, and who asks for that.
struct CheckOfCaller {
  rules::ReservePriceCase the_case;
  rules::ReservePriceCheck check;
  std::shared_ptr<const rules::PreparedRules> rules;
  std::string given;  // the case as it was sent
  Doer doer;
};

// Which kept checks are asked for; what is empty restricts nothing.
struct KeptCheckQuery {
  std::string county, verdict;
  std::string from, until;  // days of record in UTC: from the first on, before the second
  std::string after;        // an id: only those behind it
  std::size_t most = 100;
};

// From one thread at a time. Every function throws FileError for what the store does not give.
class PublicationDesk {
 public:
  PublicationDesk();  // no store: nothing is known, nothing can be changed
  PublicationDesk(std::unique_ptr<store::Store> store, std::filesystem::path reference_folder);
  PublicationDesk(PublicationDesk&& other) noexcept;
  ~PublicationDesk();

  bool has_store() const { return store_ != nullptr; }

  // Takes a publication in as a draft, with its evidence as ReadArrivals completes it. Nothing
  // after reports of errors; the inputs that the evidence names and nobody sent are warned of.
  // Precondition: there is a store.
  std::optional<Done> Import(Publication publication, std::vector<EvidenceFile> evidence,
                             const Doer& doer, Diagnostics& diagnostics);

  // The counties that have a publication of that id, ascending.
  std::vector<std::string> CountiesOf(const std::string& id);

  // Takes it to a status (store::Store::Move). The same precondition.
  std::optional<Done> Move(const std::string& county, const std::string& id,
                           PublicationStatus status, const Doer& doer, Diagnostics& diagnostics);

  // {"entries": […]}, those of one publication; the hash of the last is in `head`. Nothing when
  // there is no such publication.
  std::optional<json::Value> History(const std::string& county, const std::string& id,
                                     std::string& head);

  // Keeps checks, all or none, in one transaction; gives {"id", "recorded_at", "hash"} of each.
  // Precondition: there is a store, and every case states its county.
  std::vector<json::Value> Keep(std::span<const CheckOfCaller> checks);
  // {"checks": […], "next"}: at most `most` of them, and the id to go on after or null.
  json::Value KeptChecks(const KeptCheckQuery& query);
  // All that are asked for, one after the other, whatever `most` says: `use` reads them, once. Not
  // called without a store.
  void ReadKeptChecks(const KeptCheckQuery& query,
                      const std::function<void(store::CheckCursor& checks)>& use);
  // One of them by its id; nothing when there is none.
  std::optional<json::Value> KeptCheck(const std::string& id);

  // {"publications": […]}: all of one county, or of every one where it is empty, whatever their
  // status, the last act first. Each is its last entry (WriteEntry) with title, document_no,
  // base_date and uses of its document; base_date is null where that cannot be read.
  json::Value List(const std::string& county);

  // A publication as it stands, whatever its status; nothing when there is none, or its document
  // cannot be read.
  std::optional<Publication> Find(const std::string& county, const std::string& id);

  // The samples behind a publication that was computed or resampled, which is made again for that
  // from what is kept with it; the last few stay at hand. Null where there are no samples behind it
  // or it is not there, and after reports of what it cannot be made again without. Valid until the
  // next call.
  const SampleDocuments* Samples(const std::string& county, const std::string& id,
                                 Diagnostics& diagnostics);

  // What other decisions on the samples of a publication come to for one of its cells: {"before",
  // "after", "others": […]}, the first two as Samples has that cell, the last what else becomes of
  // other cells. Nothing after reports as of Samples, of decisions that do not fit, or without any
  // where it has no samples or no such cell.
  std::optional<json::Value> EffectOf(const SampleDecisions& decisions, const std::string& county,
                                      const std::string& id, const CellName& cell,
                                      Diagnostics& diagnostics);

  // Puts what a publication was computed from into `folder`, as the files of an order; its
  // decisions are left out. False where it is not there or was not computed, and after reports of
  // what is not kept.
  bool TakeInputs(const std::string& county, const std::string& id,
                  const std::filesystem::path& folder, ComputationOrder& order,
                  Diagnostics& diagnostics);

  // {"entries": […], "keys": […]}: what was done to publications and keys; of one county unless it
  // is empty.
  json::Value Log(const std::string& county);

 private:
  // What a list shows of a document.
  struct Head {
    std::string title, document_no;
    std::optional<Date> base_date;
    json::Value uses;
  };
  const Head& HeadOf(const store::Event& event);

  std::unique_ptr<store::Store> store_;
  std::filesystem::path reference_folder_;
  std::map<std::string, Head> heads_;  // by county and SHA-256 of the document
  struct Reviewed {
    std::string name;  // county and SHA-256 of the document and of its evidence
    SampleDocuments samples;
  };
  std::deque<Reviewed> reviewed_;  // the last asked for first
};

}  // namespace dijia::app
