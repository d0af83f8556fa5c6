// What the commands over the store have in common: their words, and the store those name.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/publication_zones.h"
#include "cli/command.h"
#include "cli/diagnostics_output.h"
#include "dijia/base/date.h"
#include "dijia/base/diagnostic.h"
#include "report/labels.h"
#include "store/store.h"

namespace dijia::cli {

// The words of the command line of all commands over the store, as they are.
struct StoreWords {
  std::vector<std::string> words;            // the arguments
  std::vector<std::string> evidence, zones;  // files
  std::string store, actor, note, county, status, as_of, known_at;
  std::string format, out, output_format, diagnostics, language = "zh";
  bool all = false;
};

Language LanguageOf(const StoreWords& words);

// `--store`, else DIJIA_STORE, else kUsualStore in the current folder.
inline constexpr const char* kUsualStore = "dijia.db";
std::string StorePath(const StoreWords& words);
// Opens it. Throws FileError, also for a store of a kind that is not known.
std::unique_ptr<store::Store> OpenStore(const StoreWords& words);
// The store of that name. Throws as OpenStore.
std::unique_ptr<store::Store> OpenStoreAt(const std::string& name);
// All that was published, in the store of that name, with its maps. Throws as OpenStore.
std::vector<Publication> PricesOfStore(const std::string& path, app::ZoneMaps& zones,
                                       Diagnostics& diagnostics);
// Whether a word that names a publication is a file rather than an id of the store. A folder that
// happens to be called like a publication is none.
bool NamesFile(const std::string& word, const std::string& store);
// The publication that a word names: that of a file (as app::ReadPublicationFile by `format`) or,
// where a store is named and there is no such file, the one of that id, with the status and the
// period that its last entry gives it. Nothing after reports. Throws FileError.
std::optional<Publication> PublicationNamed(const std::string& word, const std::string& format,
                                            const std::string& store, Diagnostics& diagnostics);
// The same as a file: the named one, else one of `folder` with the document as it is kept, so that
// its hash is that of the log.
std::optional<std::filesystem::path> FileNamed(const std::string& word, const std::string& store,
                                               const std::filesystem::path& folder,
                                               Diagnostics& diagnostics);

// Who acts: `--actor`, else DIJIA_ACTOR, else empty; with the note, and the clock's time.
store::Act ActOf(const StoreWords& words);

// Groups of options that several commands have.
void AddStore(const OptionGroup& options, StoreWords& words);
void AddActor(const OptionGroup& options, StoreWords& words);
// `--output-format` of a list.
void AddListFormat(const OptionGroup& options, StoreWords& words);

// What is wrong with the words that every command has; nothing when nothing is.
std::optional<Diagnostic> FaultOf(const Command& command, const StoreWords& words);
// What is wrong with `--output-format` of a list.
std::optional<Diagnostic> FaultOfListFormat(const StoreWords& words);
// Whether a word is a code of GB/T 2260.
bool IsCounty(const std::string& word);

// Names of codes for people.
report::Labels LoadLabels();

// AnswerFiles with the words of the command.
int RunOverStore(const StoreWords& words,
                 const std::function<std::optional<Answers>(const StoreWords&, Diagnostics&)>& job);

// ActOn for a job over the store with its own words.
template <class Words, class FindFault, class Job>
void ActOverStore(const Command& command, const std::shared_ptr<Words>& words, Action& action,
                  FindFault find_fault, Job job) {
  ActOn(command, words, action, find_fault, [job](const Words& said) {
    return RunOverStore(said, [job, &said](const StoreWords&, Diagnostics& diagnostics) {
      return job(said, diagnostics);
    });
  });
}

}  // namespace dijia::cli
