// The proof of a publication: made again from the inputs that are kept with it, by the plan that is
// kept with it, it must be the document that is kept (contract §4).
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/computed.h"
#include "app/refresh.h"
#include "dijia/base/diagnostic.h"
#include "dijia/sample_decisions.h"
#include "json/value.h"
#include "store/store.h"

namespace dijia::app {

enum class ProofOutcome : std::uint8_t {
  kIdentical,    // the same document, bit for bit
  kExtended,     // the same wherever the computation says something; others added to it
  kDiffers,      // reported, with the first place and both values
  kNotPossible,  // reported, with what is lacking
  kNoEvidence,   // it did not come with an evidence.json
};

struct Proof {
  store::PublicationKey key;
  ProofOutcome outcome = ProofOutcome::kNoEvidence;
  std::vector<std::string> added;  // JSON pointers to what others added
};

// Where a document stands against what was made again.
struct DocumentDifference {
  std::string pointer, kept, made;  // the first difference, as Value::Shown; "-" = not there
};
struct DocumentComparison {
  std::optional<DocumentDifference> difference;
  std::vector<std::string> added;  // there, where the other has nothing or an empty value
};
DocumentComparison CompareDocuments(const json::Value& kept, const json::Value& made);

// What all samples of an evidence have in a member, empty where they differ: then a reader finds it
// out as it did.
std::string SharedBy(const std::vector<const InputRecord*>& samples,
                     std::string InputRecord::*member);

// What a publication came from.
struct Origin {
  // Its samples with their factors and fates, and itself as the only publication; of a refreshed
  // one what stands behind its resampled prices. Null = there are no samples.
  std::shared_ptr<const Computed> computed;
  std::optional<Refreshed> refreshed;  // nothing = it was computed
};

// The computation or the refresh that a publication of the store came from, made again. Nothing
// where it has no evidence, or cannot be made again, which is reported. Throws as below.
std::optional<Origin> OriginAgain(store::Store& store, const store::Event& event,
                                  const std::filesystem::path& reference_folder,
                                  Diagnostics& diagnostics);

// The same with other decisions on the samples than those it came from. What is wrong with these,
// and those that change nothing, are reported with the rows that they have.
std::optional<Origin> OriginWith(const SampleDecisions& decisions, store::Store& store,
                                 const store::Event& event,
                                 const std::filesystem::path& reference_folder,
                                 Diagnostics& diagnostics);

// Makes every publication of the store again, or the one of `key`, in the order of Store::Current.
// Runs that several publications came from are made once. `reference_folder` has the reference
// tables that an evidence does not name: a newer program may need them, its result does not depend
// on them. Throws FileError for what the store or the disk does not give.
std::vector<Proof> RecomputePublications(store::Store& store,
                                         const std::optional<store::PublicationKey>& key,
                                         const std::filesystem::path& reference_folder,
                                         Diagnostics& diagnostics);

}  // namespace dijia::app
