// What the commands over tables that the store takes in have in common: samples, land classes.
#pragma once

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

// What is wrong with FILE of an import and how it is to be read; nothing when nothing is.
std::optional<Diagnostic> FaultOfTable(const TableWords& words);

}  // namespace dijia::cli
