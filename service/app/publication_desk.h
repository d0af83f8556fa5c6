// Where publications are changed by callers from outside: what the commands over the store do, with
// the answers as documents.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "dijia/base/diagnostic.h"
#include "dijia/publication.h"
#include "dijia/rules/reserve_price.h"
#include "json/value.h"

namespace dijia::store {
class Store;
}

namespace dijia::app {

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

  bool has_store() const { return store_ != nullptr; }

  // Keeps checks, all or none, in one transaction; gives {"id", "recorded_at", "hash"} of each.
  // Precondition: there is a store, and every case states its county.
  std::vector<json::Value> Keep(std::span<const CheckOfCaller> checks);
  // {"checks": […], "next"}: at most `most` of them, and the id to go on after or null.
  json::Value KeptChecks(const KeptCheckQuery& query);
  // One of them by its id; nothing when there is none.
  std::optional<json::Value> KeptCheck(const std::string& id);

  // {"entries": […], "keys": […]}: what was done to publications and keys; of one county unless it
  // is empty.
  json::Value Log(const std::string& county);

 private:
  std::unique_ptr<store::Store> store_;
  std::filesystem::path reference_folder_;
};

}  // namespace dijia::app
