// Where publications are changed by callers from outside: what the commands over the store do, with
// the answers as documents.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "dijia/base/diagnostic.h"
#include "dijia/publication.h"
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

  // {"entries": […], "keys": […]}: what was done to publications and keys; of one county unless it
  // is empty.
  json::Value Log(const std::string& county);

 private:
  std::unique_ptr<store::Store> store_;
  std::filesystem::path reference_folder_;
};

}  // namespace dijia::app
