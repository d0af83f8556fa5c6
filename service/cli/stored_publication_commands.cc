#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/recompute.h"
#include "app/record_time.h"
#include "app/rejudge.h"
#include "app/stored_publications.h"
#include "cli/command.h"
#include "cli/data_folder.h"
#include "cli/diagnostics_output.h"
#include "cli/exit_code.h"
#include "cli/language_text.h"
#include "cli/store_table.h"
#include "cli/store_words.h"
#include "dijia/base/codes.h"
#include "io/file_error.h"
#include "io/output_file.h"
#include "io/rule_packs.h"
#include "json/publication_codec.h"
#include "json/text.h"

namespace dijia::cli {
namespace {

using Outcome = std::optional<Answers>;
using Job = Outcome (*)(const StoreWords&, Diagnostics&);

std::string KnownAt(const StoreWords& words) {
  return words.known_at.empty() ? "" : *app::RecordTimeOf(words.known_at);
}

void Write(const std::string& text, const StoreWords& words) {
  io::OutputFile file(words.out);
  file.Write(text);
  file.Commit();
}

Outcome List(const StoreWords& words, Diagnostics&) {
  store::Selection selection;
  selection.county = words.county;
  selection.status = FromCode<PublicationStatus>(words.status);
  if (!words.as_of.empty()) selection.in_force_on = *ParseDate(words.as_of);
  selection.known_at = KnownAt(words);
  const auto publications = OpenStore(words)->Current(selection);
  Write(words.output_format == "json" ? json::ToPretty(StoreList(publications))
                                      : StoreTable(publications, LoadLabels(), LanguageOf(words)),
        words);
  return Answers{"", kFine};
}

// The entries of a publication up to a time.
std::vector<store::Event> HistoryUntil(store::Store& store, const store::Event& last) {
  std::vector<store::Event> history = store.History(last.key);
  std::erase_if(history, [&last](const store::Event& event) { return event.entry > last.entry; });
  return history;
}

Outcome Show(const StoreWords& words, Diagnostics& diagnostics) {
  const auto store = OpenStore(words);
  const auto event =
      app::FindPublication(*store, words.county, words.words.front(), KnownAt(words), diagnostics);
  if (!event) return std::nullopt;
  const auto publication = app::StoredPublication(*store, *event, diagnostics);
  if (!publication) return std::nullopt;
  Write(words.output_format == "json" ? json::ToPretty(json::WritePublication(*publication))
                                      : HistoryText(*publication, HistoryUntil(*store, *event),
                                                    LoadLabels(), LanguageOf(words)),
        words);
  return Answers{"", kFine};
}

template <PublicationStatus kStatus>
Outcome Move(const StoreWords& words, Diagnostics& diagnostics) {
  const auto store = OpenStore(words);
  const auto found =
      app::FindPublication(*store, words.county, words.words.front(), "", diagnostics);
  if (!found) return std::nullopt;
  const auto entry = store->Move(found->key, kStatus, ActOf(words), diagnostics);
  if (!entry) return std::nullopt;
  std::cout << StoreTable({*entry}, LoadLabels(), LanguageOf(words));
  return Answers{"", kFine};
}

// The shipped rules of that id.
std::optional<rules::PreparedRules> ShippedRules(const std::string& id) {
  Diagnostics unheard;
  try {
    return io::LoadRules(id, PacksFolder(), unheard);
  } catch (const io::FileError&) {
    return std::nullopt;  // those of an office, which are not known here
  }
}

Outcome Verify(const StoreWords& words, Diagnostics& diagnostics) {
  const auto store = OpenStore(words);
  std::optional<store::PublicationKey> key;
  if (!words.all) {
    const auto found =
        app::FindPublication(*store, words.county, words.words.front(), "", diagnostics);
    if (!found) return std::nullopt;
    key = found->key;
  }
  const auto verification = app::VerifyPublications(*store, key, diagnostics);
  std::cout << VerificationTable(verification, LanguageOf(words));
  if (diagnostics.has_errors()) return std::nullopt;
  const auto proofs =
      app::RecomputePublications(*store, key, DataFolder() / "reference", diagnostics);
  std::cout << "\n" << ProofTable(proofs, LanguageOf(words));
  if (verification.checks.empty()) return Answers{"", kFine};
  const auto rejudged = app::RejudgeChecks(*store, ShippedRules, 0, diagnostics);
  std::cout << "\n" << RejudgedLine(rejudged, LanguageOf(words));
  return Answers{"", kFine};
}

struct StoredCommand {
  const char *name, *usage, *about;
  Job job;
};

constexpr StoredCommand kCommands[] = {
    {"list", "[OPTIONS]",
     "列出存储中的基准地价，或某日施行的\nwhat the store holds, or what was in force on a day",
     List},
    {"show", "ID [OPTIONS]",
     "一份基准地价及其办理记录，或其文件\na publication and what was done to it, or its document",
     Show},
    {"submit", "ID --actor NAME [OPTIONS]", "提交草案\nsubmits a draft",
     Move<PublicationStatus::kSubmitted>},
    {"approve", "ID --actor NAME [OPTIONS]",
     "批准；须由提交人以外的人办理\napproves what another person submitted",
     Move<PublicationStatus::kApproved>},
    {"publish", "ID --actor NAME [OPTIONS]",
     "公布；前一期至此日为止\npublishes; the prices before end where these begin",
     Move<PublicationStatus::kPublished>},
    {"withdraw", "ID --actor NAME [OPTIONS]",
     "撤回；已公布的，前一期恢复施行\nwithdraws; the prices before published ones come back",
     Move<PublicationStatus::kWithdrawn>},
    {"verify", "ID|--all [OPTIONS]",
     "核验散列链和所存文件，并由所存输入重新计算\n"
     "proves the chain and the kept files, and makes the prices again from the kept inputs",
     Verify},
};

bool IsMove(Job job) { return job != List && job != Show && job != Verify; }

std::optional<Diagnostic> FindFault(Job job, const Command& command, const StoreWords& words) {
  if (const auto fault = FaultOf(command, words)) return fault;
  const bool needs_id = job != List && !words.all;
  if (needs_id && words.words.empty()) {
    return Diagnostic{Code::kMissingWord, {}, {job == Verify ? "ID|--all" : "ID"}};
  }
  const std::size_t most = needs_id ? 1 : 0;
  if (words.words.size() > most) return Diagnostic{Code::kUnexpectedWord, {}, {words.words[most]}};
  return FaultOfListFormat(words);
}

void AddReading(const OptionGroup& options, Job job, StoreWords& words) {
  if (job == List) {
    options.Add("--status", words.status, "STATUS",
                "只列此状态的，如 published\nonly those of this status");
    options.Add("--as-of", words.as_of, "DATE", "只列此日施行的\nonly those in force on this day");
  }
  options.Add("--known-at", words.known_at, "TIME",
              "按此时（UTC）为止的记录；日期指当日结束\n"
              "by the log as it stood then (UTC); a day means its end");
  AddListFormat(options, words);
  options.Add("-o,--out", words.out, "FILE", "输出文件\nwrite into this file");
}

void AddCommand(const Command& group, const StoredCommand& kind, Action& action) {
  const Command command = group.AddCommand(kind.name, kind.about);
  const auto words = std::make_shared<StoreWords>();
  command.DressHelp(kind.usage);
  const OptionGroup options(command);
  if (kind.job != List) options.Add("ID", words->words, "", "成果代号\nid of the publication");
  if (kind.job == Verify) {
    options.AddFlag("--all", words->all, "核验全部旗县\nevery county");
  }
  options.Add("--county", words->county, "CODE", "县代码\ncode of the county");
  if (kind.job == List || kind.job == Show) AddReading(options, kind.job, *words);
  AddStore(options, *words);
  if (IsMove(kind.job)) AddActor(options, *words);
  AddLanguage(options, words->language);
  AddDiagnostics(options, words->diagnostics);
  ActOn(
      command, words, action,
      [&kind](const Command& named, const StoreWords& said) {
        return FindFault(kind.job, named, said);
      },
      [&kind](const StoreWords& said) { return RunOverStore(said, kind.job); });
}

}  // namespace

void AddStoredPublicationCommands(const Command& group, Action& action) {
  for (const StoredCommand& kind : kCommands) AddCommand(group, kind, action);
}

}  // namespace dijia::cli
