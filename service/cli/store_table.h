// What the store holds, for people and for programs.
#pragma once

#include <string>
#include <vector>

#include "app/recompute.h"
#include "app/rejudge.h"
#include "dijia/base/code.h"
#include "dijia/publication.h"
#include "json/value.h"
#include "report/labels.h"
#include "store/store.h"

namespace dijia::cli {

// One line for each publication: where it holds, what it is, from when and until when.
std::string StoreTable(const std::vector<store::Event>& publications, const report::Labels& labels,
                       Language language);

// The same as a list of objects.
json::Value StoreList(const std::vector<store::Event>& publications);

// What a publication is, then what was done to it, one line for each entry of the log.
std::string HistoryText(const Publication& publication, const std::vector<store::Event>& history,
                        const report::Labels& labels, Language language);

// One line for each log: entries, texts, hash of the last entry.
std::string VerificationTable(const store::Verification& verification, Language language);

// One line for each publication: whether its inputs give it again, and what others added to it.
std::string ProofTable(const std::vector<app::Proof>& proofs, Language language);

// How many kept checks were judged again, and what came out.
std::string RejudgedLine(const app::Rejudged& rejudged, Language language);

}  // namespace dijia::cli
