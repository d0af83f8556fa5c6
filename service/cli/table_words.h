// What the commands over tables that the store takes in have in common: samples, land classes.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "cli/command.h"
#include "cli/store_words.h"
#include "dijia/base/diagnostic.h"

namespace dijia::cli {

// The words of these commands beside those of all commands over the store.
struct TableWords : StoreWords {
  std::string encoding, layer;  // of the file that is read
};

// How FILE of an import is read: `--encoding`, `--layer`, `--format`.
void AddTableReading(const OptionGroup& options, TableWords& words);
// `--county`: whose rows.
void AddCounty(const OptionGroup& options, TableWords& words);
// `--output-format` of a list.
void AddListFormat(const OptionGroup& options, TableWords& words);

// What is wrong with FILE of an import and how it is to be read; nothing when nothing is.
std::optional<Diagnostic> FaultOfTable(const TableWords& words);
// What is wrong with `--output-format` of a list.
std::optional<Diagnostic> FaultOfListFormat(const TableWords& words);

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
