#include "app/recompute.h"

#include <algorithm>
#include <functional>
#include <map>
#include <utility>

#include "app/compute.h"
#include "app/evidence.h"
#include "app/refresh.h"
#include "app/stored_publications.h"
#include "dijia/base/codes.h"
#include "dijia/base/names.h"
#include "io/file_error.h"
#include "io/file_text.h"
#include "io/scratch_folder.h"
#include "json/publication_codec.h"
#include "json/text.h"

namespace dijia::app {
namespace {

namespace fs = std::filesystem;
using json::Value;

bool IsEmpty(const Value& value) {
  if (const std::string* text = value.text()) return text->empty();
  if (const Value::Array* items = value.array()) return items->empty();
  if (const Value::Object* members = value.object()) return members->empty();
  return value.is_null();
}

// Walks both documents in the order of the kept one.
class Walk {
 public:
  explicit Walk(DocumentComparison& comparison) : comparison_(comparison) {}

  void Compare(const std::string& pointer, const Value* kept, const Value* made) {
    if (comparison_.difference) return;
    const bool has_kept = kept != nullptr && !IsEmpty(*kept);
    const bool has_made = made != nullptr && !IsEmpty(*made);
    if (!has_kept && !has_made) return;
    if (has_kept && !has_made) {
      comparison_.added.push_back(pointer);
    } else if (!has_kept) {
      Differ(pointer, kept, made);
    } else if (kept->object() != nullptr && made->object() != nullptr) {
      CompareMembers(pointer, *kept, *made);
    } else if (kept->array() != nullptr && made->array() != nullptr) {
      CompareItems(pointer, *kept->array(), *made->array());
    } else if (json::ToCanonical(*kept) != json::ToCanonical(*made)) {
      Differ(pointer, kept, made);
    }
  }

 private:
  void Differ(const std::string& pointer, const Value* kept, const Value* made) {
    const auto shown = [](const Value* value) {
      return value == nullptr ? std::string("-") : value->Shown();
    };
    comparison_.difference = {pointer, shown(kept), shown(made)};
  }

  void CompareMembers(const std::string& pointer, const Value& kept, const Value& made) {
    for (const Value::Member& member : *kept.object()) {
      Compare(PointerTo(pointer, member.name), &member.value, made.Find(member.name));
    }
    for (const Value::Member& member : *made.object()) {
      if (kept.Find(member.name) == nullptr) {
        Compare(PointerTo(pointer, member.name), nullptr, &member.value);
      }
    }
  }

  // Items have no names: a list is as long as it was made.
  void CompareItems(const std::string& pointer, const Value::Array& kept,
                    const Value::Array& made) {
    for (std::size_t i = 0; i < std::min(kept.size(), made.size()); ++i) {
      Compare(PointerTo(pointer, i), &kept[i], &made[i]);
    }
    if (kept.size() == made.size() || comparison_.difference) return;
    const std::size_t first = std::min(kept.size(), made.size());
    Differ(PointerTo(pointer, first), first < kept.size() ? &kept[first] : nullptr,
           first < made.size() ? &made[first] : nullptr);
  }

  DocumentComparison& comparison_;
};

// The inputs of an evidence as files again. Names that came with an evidence never become paths.
class InputFiles {
 public:
  explicit InputFiles(const fs::path& reference_folder) {
    fs::create_directories(reference() / "mappings");
    for (const fs::directory_entry& entry : fs::directory_iterator(reference_folder)) {
      if (entry.path().extension() == ".csv") {
        fs::copy_file(entry.path(), reference() / entry.path().filename());
      }
    }
  }

  void Add(const InputRecord& input, const std::string& bytes) {
    const fs::path file = PlaceOf(input);
    io::WriteText(file, bytes);
    names_[file.string()] = input.name;
    if (input.contents == "plan") request_.plan = file;
    if (input.contents == "compute_plan") refresh_.compute_plan = file;
    if (input.contents == "comparable") refresh_.comparable = file;
    if (input.contents == "samples") request_.samples.push_back(file);
    if (input.contents == "samples") samples_.push_back(&input);
    if (input.contents == "previous") request_.previous.push_back(file);
    if (input.contents == "decisions") request_.decisions = file;
    if (input.contents == "mapping") request_.reading.mapping = file.stem().string();
  }

  // A refresh has a plan of the computation behind it, or no samples at all.
  bool IsRefresh() const {
    return !refresh_.compute_plan.empty() ||
           (request_.samples.empty() && request_.previous.size() == 1);
  }

  // Puts other decisions on the samples in the place of those of the evidence.
  void Decide(const SampleDecisions& decisions) { request_.decided = decisions; }

  // For `dijia refresh`. Precondition: IsRefresh.
  const RefreshRequest& ForRefresh() {
    refresh_.plan = request_.plan;
    if (!request_.previous.empty()) refresh_.from = request_.previous.front();
    refresh_.samples = request_.samples;
    refresh_.decisions = request_.decisions;
    refresh_.decided = request_.decided;
    refresh_.reading = ForCompute().reading;
    return refresh_;
  }

  // For `dijia compute`.
  const ComputeRequest& ForCompute() {
    request_.reading.reference_folder = reference();
    request_.reading.encoding = SharedBy(samples_, &InputRecord::encoding);
    request_.reading.layer = SharedBy(samples_, &InputRecord::layer);
    request_.reading.format = SharedBy(samples_, &InputRecord::format);
    return request_;
  }

  // Errors with the names of the inputs in the place of our files.
  void ReportErrors(const Diagnostics& found, Diagnostics& diagnostics) const {
    for (Diagnostic problem : found.kept()) {
      if (RowOf(problem.code).severity != Severity::kError) continue;
      const auto name = names_.find(problem.where.source);
      if (name != names_.end()) problem.where.source = name->second;
      diagnostics.Add(std::move(problem));
    }
  }

 private:
  fs::path reference() const { return folder_.path() / "reference"; }

  fs::path PlaceOf(const InputRecord& input) const {
    std::string name = fs::path(input.name).filename().string();
    if (name.empty() || name == "." || name == "..") name = "input";
    if (input.contents == "reference") return reference() / name;
    if (input.contents == "mapping") return reference() / "mappings" / name;
    const fs::path own = folder_.path() / std::to_string(names_.size());
    fs::create_directory(own);
    return own / name;
  }

  io::ScratchFolder folder_;
  ComputeRequest request_;
  RefreshRequest refresh_;
  std::vector<const InputRecord*> samples_;
  std::map<std::string, std::string> names_;  // of the evidence, by our path
};

// The documents that came out of one run, by id; nothing when it could not be made again.
using Made = std::optional<std::map<std::string, Value>>;

class Recomputer {
 public:
  Recomputer(store::Store& store, const fs::path& reference_folder, Diagnostics& diagnostics)
      : store_(store), reference_folder_(reference_folder), diagnostics_(diagnostics) {}

  Proof ProofOf(const store::Event& event) {
    Proof proof{event.key, ProofOutcome::kNotPossible, {}};
    if (HashOfEvidence(event).empty()) {
      proof.outcome = ProofOutcome::kNoEvidence;
      return proof;
    }
    const auto evidence = EvidenceOf(event);
    const auto kept = store_.Text(event.key.county, event.content);
    if (!evidence || !kept) return proof;  // the walk over the chain reports what is not kept
    const auto document = json::ParseJson(*kept, event.key.publication, diagnostics_);
    if (!document) return proof;
    const Made& made = MadeFrom(event, *evidence);
    if (!made) return proof;
    const auto draft = made->find(event.key.publication);
    if (draft == made->end()) {
      diagnostics_.Add(Code::kNotRecomputed, {}, {event.key.publication, Ids(*made)});
      return proof;
    }
    Judge(*document, draft->second, *evidence, proof);
    return proof;
  }

  // By `decisions` instead of its own unless they are null.
  std::optional<Origin> OriginOf(const store::Event& event, const SampleDecisions* decisions) {
    const auto evidence = EvidenceOf(event);
    if (!evidence) return std::nullopt;
    Origin origin;
    std::optional<Computed> computed;
    const auto make = [&](InputFiles& files, Diagnostics& found) {
      if (decisions != nullptr) files.Decide(*decisions);
      if (files.IsRefresh()) {
        origin.refreshed = Refresh(files.ForRefresh(), found);
      } else {
        computed = Compute(files.ForCompute(), found);
      }
      const bool are_to_blame =
          decisions != nullptr && ReportDecisionsAmong(found, decisions->source);
      return origin.refreshed || computed || are_to_blame;
    };
    if (!WithInputs(event, *evidence, make)) return std::nullopt;
    if (origin.refreshed) {
      if (origin.refreshed->result.draft.id != event.key.publication) return std::nullopt;
      origin.computed = origin.refreshed->computed;
      return origin;
    }
    if (!computed || !Keep(event, *computed)) return std::nullopt;
    origin.computed = std::make_shared<const Computed>(*std::move(computed));
    return origin;
  }

 private:
  // Leaves the publication of the entry as the only one, in no folder of its own; false when it is
  // none of them.
  static bool Keep(const store::Event& event, Computed& computed) {
    std::erase_if(computed.publications, [&event](const ComputedPublication& publication) {
      return publication.draft.id != event.key.publication;
    });
    if (computed.publications.empty()) return false;
    computed.publications.front().folder.clear();
    return true;
  }

  // Tells what was said about the decisions; whether they are to blame.
  bool ReportDecisionsAmong(const Diagnostics& found, const std::string& source) {
    Diagnostics own;
    for (const Diagnostic& problem : found.kept()) {
      if (problem.where.source == source) own.Add(problem);
    }
    diagnostics_.Append(own);
    return own.has_errors();
  }

  static std::string HashOfEvidence(const store::Event& event) {
    for (const store::ManifestLine& line : store::ReadManifest(event.evidence)) {
      if (line.name == kEvidenceFile) return line.sha256;
    }
    return "";
  }

  // Nothing where there is none, or after reports of one that cannot be read.
  std::optional<Evidence> EvidenceOf(const store::Event& event) {
    const std::string hash = HashOfEvidence(event);
    const auto text = hash.empty() ? std::nullopt : store_.Text(event.key.county, hash);
    if (!text) return std::nullopt;
    return ReadEvidence(*text, event.key.publication + ": " + std::string(kEvidenceFile),
                        diagnostics_);
  }

  static std::string Ids(const std::map<std::string, Value>& made) {
    std::string ids;
    for (const auto& [id, document] : made) ids += (ids.empty() ? "" : ", ") + id;
    return ids;
  }

  void Judge(const Value& kept, const Value& made, const Evidence& evidence, Proof& proof) {
    DocumentComparison comparison = CompareDocuments(kept, made);
    proof.added = std::move(comparison.added);
    proof.outcome = proof.added.empty() ? ProofOutcome::kIdentical : ProofOutcome::kExtended;
    if (!comparison.difference) return;
    proof.outcome = ProofOutcome::kDiffers;
    const DocumentDifference& first = *comparison.difference;
    diagnostics_.Add(
        Code::kRecomputedDiffers, {},
        {proof.key.publication, first.pointer, first.kept, first.made, evidence.engine_version});
  }

  // One run for all publications of a county that came from the same inputs.
  const Made& MadeFrom(const store::Event& event, const Evidence& evidence) {
    std::string inputs = event.key.county;
    for (const InputRecord& input : evidence.inputs) inputs += input.contents + input.sha256;
    const auto known = made_.find(inputs);
    if (known != made_.end()) return known->second;
    return made_.emplace(std::move(inputs), Make(event, evidence)).first->second;
  }

  Made Make(const store::Event& event, const Evidence& evidence) {
    std::map<std::string, Value> made;
    const auto add = [&made](const Publication& draft) {
      made.emplace(draft.id, json::WritePublication(draft));
    };
    const bool is_done = WithInputs(event, evidence, [&add](InputFiles& files, Diagnostics& found) {
      if (files.IsRefresh()) {
        const auto refreshed = Refresh(files.ForRefresh(), found);
        if (refreshed) add(refreshed->result.draft);
        return refreshed.has_value();
      }
      const auto computed = Compute(files.ForCompute(), found);
      if (!computed) return false;
      for (const ComputedPublication& one : computed->publications) add(one.draft);
      return true;
    });
    return is_done ? Made(std::move(made)) : std::nullopt;
  }

  // Runs something over the inputs of an evidence as files; false after reports of inputs that are
  // not kept, and of what went wrong.
  bool WithInputs(const store::Event& event, const Evidence& evidence,
                  const std::function<bool(InputFiles&, Diagnostics&)>& run) {
    InputFiles files(reference_folder_);
    Diagnostics found;
    try {
      for (const InputRecord& input : evidence.inputs) {
        const auto bytes = store_.Text(event.key.county, input.sha256);
        if (!bytes) {
          ReportInputsNotKept(store_, event, diagnostics_);
          return false;
        }
        files.Add(input, *bytes);
      }
      if (run(files, found)) return true;
    } catch (const io::FileError& error) {
      found.Add(error.diagnostic());
    }
    files.ReportErrors(found, diagnostics_);
    diagnostics_.Add(Code::kNotRecomputed, {}, {event.key.publication, "-"});
    return false;
  }

  store::Store& store_;
  const fs::path& reference_folder_;
  Diagnostics& diagnostics_;
  std::map<std::string, Made> made_;  // by the inputs
};

}  // namespace

std::string SharedBy(const std::vector<const InputRecord*>& samples,
                     std::string InputRecord::*member) {
  if (samples.empty()) return "";
  const std::string& first = samples.front()->*member;
  const bool is_shared = std::ranges::all_of(
      samples, [&](const InputRecord* sample) { return sample->*member == first; });
  return is_shared ? first : "";
}

DocumentComparison CompareDocuments(const Value& kept, const Value& made) {
  DocumentComparison comparison;
  Walk(comparison).Compare("", &kept, &made);
  return comparison;
}

std::optional<Origin> OriginAgain(store::Store& store, const store::Event& event,
                                  const std::filesystem::path& reference_folder,
                                  Diagnostics& diagnostics) {
  return Recomputer(store, reference_folder, diagnostics).OriginOf(event, nullptr);
}

std::optional<Origin> OriginWith(const SampleDecisions& decisions, store::Store& store,
                                 const store::Event& event,
                                 const std::filesystem::path& reference_folder,
                                 Diagnostics& diagnostics) {
  return Recomputer(store, reference_folder, diagnostics).OriginOf(event, &decisions);
}

std::vector<Proof> RecomputePublications(store::Store& store,
                                         const std::optional<store::PublicationKey>& key,
                                         const fs::path& reference_folder,
                                         Diagnostics& diagnostics) {
  store::Selection selection;
  if (key) selection = {key->county, key->publication, {}, {}, ""};
  Recomputer recomputer(store, reference_folder, diagnostics);
  std::vector<Proof> proofs;
  for (const store::Event& event : store.Current(selection)) {
    proofs.push_back(recomputer.ProofOf(event));
  }
  return proofs;
}

}  // namespace dijia::app
