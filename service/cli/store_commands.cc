#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/stored_publications.h"
#include "app/stored_samples.h"
#include "cli/command.h"
#include "cli/data_folder.h"
#include "cli/diagnostics_output.h"
#include "cli/exit_code.h"
#include "cli/interrupt.h"
#include "cli/language_text.h"
#include "cli/store_table.h"
#include "cli/store_words.h"
#include "dijia/base/codes.h"
#include "io/scratch_folder.h"
#include "store/named_store.h"

namespace dijia::cli {
namespace {

namespace fs = std::filesystem;

std::optional<Answers> Init(const StoreWords& words, Diagnostics&) {
  const Language language = LanguageOf(words);
  const std::string name = StorePath(words);
  const int before = store::InitStore(name);
  const int newest = store::NewestLayoutOf(name);
  const std::string now = std::to_string(newest), shown = store::ShownName(name);
  if (before == newest) {
    return Answers{shown + std::string(In(language, "：已是版式 ", ": has layout ")) + now +
                       std::string(In(language, "，没有改动", " already, nothing is changed")),
                   kFine};
  }
  const std::string_view done = before == 0
                                    ? In(language, "：已建立，版式 ", ": made, layout ")
                                    : In(language, "：已升级到版式 ", ": upgraded to layout ");
  return Answers{shown + std::string(done) + now, kFine};
}

std::optional<Answers> Import(const StoreWords& words, Diagnostics& diagnostics) {
  const app::ArrivingFiles files{{words.words.begin(), words.words.end()},
                                 words.format,
                                 {words.evidence.begin(), words.evidence.end()},
                                 {words.zones.begin(), words.zones.end()}};
  const auto store = OpenStore(words);
  auto arrivals = app::ReadArrivals(files, DataFolder() / "reference", diagnostics);
  if (!arrivals) return std::nullopt;
  app::AddStoredSamples(*store, *arrivals);
  const auto entries = store->Import(*arrivals, ActOf(words), diagnostics);
  if (!entries) return std::nullopt;
  for (const store::Event& entry : *entries) app::ReportInputsNotKept(*store, entry, diagnostics);
  std::cout << StoreTable(*entries, LoadLabels(), LanguageOf(words));
  return Answers{"", kFine};
}

// Proves a copy and says so; false after reports.
bool PrintProof(const std::string& copy, Language language, Diagnostics& diagnostics) {
  if (diagnostics.has_errors()) return false;
  const auto verification =
      app::VerifyPublications(*store::OpenStore(copy), std::nullopt, diagnostics);
  if (diagnostics.has_errors()) return false;
  std::cout << VerificationTable(verification, language);
  return true;
}

// A copy of one store as another. A file is proved before it stands there; what goes to a server,
// on its way, in one transaction.
std::optional<Answers> Copy(const std::string& from, const std::string& to, Language language,
                            Diagnostics& diagnostics) {
  if (store::IsServer(to)) {
    const InterruptWatch watch([] {}, language);  // the server rolls back
    store::CopyStore(from, to, diagnostics);
    if (!PrintProof(to, language, diagnostics)) return std::nullopt;
    return Answers{"", kFine};
  }
  // SQLite makes files of its own beside one that is open, at any moment.
  io::ScratchFolder scratch(to);
  const InterruptWatch watch([&scratch] { scratch.Remove(); }, language);
  const fs::path name = fs::path(to).filename();
  const std::string copy = scratch.path() / name;
  store::CopyStore(from, copy, diagnostics);
  if (!PrintProof(copy, language, diagnostics)) return std::nullopt;
  scratch.Keep(name, to);
  return Answers{"", kFine};
}

std::optional<Answers> BackUp(const StoreWords& words, Diagnostics& diagnostics) {
  return Copy(StorePath(words), words.words.front(), LanguageOf(words), diagnostics);
}

std::optional<Answers> Restore(const StoreWords& words, Diagnostics& diagnostics) {
  return Copy(words.words.front(), StorePath(words), LanguageOf(words), diagnostics);
}

// Where the copy is to stand, nothing may be: a store is never overwritten.
std::optional<Diagnostic> FindCopyFault(const Command& command, const StoreWords& words,
                                        bool is_backup) {
  if (const auto fault = FaultOf(command, words)) return fault;
  if (words.words.empty()) return Diagnostic{Code::kMissingWord, {}, {"FILE"}};
  if (words.words.size() > 1) return Diagnostic{Code::kUnexpectedWord, {}, {words.words[1]}};
  const std::string target = is_backup ? words.words.front() : StorePath(words);
  std::error_code ignored;
  if (!fs::exists(target, ignored) && !fs::exists(target + "-wal", ignored)) return std::nullopt;
  const std::string allowed{In(LanguageOf(words), "还没有文件的路径", "a path where no file is")};
  return Diagnostic{Code::kOptionNotAllowed, {}, {is_backup ? "FILE" : "--store", target, allowed}};
}

void AddCopy(const Command& program, bool is_backup, Action& action) {
  const Command command = program.AddCommand(
      is_backup ? "backup" : "restore",
      is_backup ? "备份存储，办理可同时进行\na copy of the store, while others work with it"
                : "由备份恢复存储\na store from a backup");
  const auto words = std::make_shared<StoreWords>();
  command.DressHelp("FILE [--store PATH] [OPTIONS]");
  const OptionGroup options(command);
  options.Add("FILE", words->words, "", "备份文件\nfile of the backup");
  AddStore(options, *words);
  AddLanguage(options, words->language);
  AddDiagnostics(options, words->diagnostics);
  ActOn(
      command, words, action,
      [is_backup](const Command& named, const StoreWords& said) {
        return FindCopyFault(named, said, is_backup);
      },
      [is_backup](const StoreWords& said) {
        return RunOverStore(said, is_backup ? BackUp : Restore);
      });
}

std::optional<Diagnostic> FindImportFault(const Command& command, const StoreWords& words) {
  if (const auto fault = FaultOf(command, words)) return fault;
  if (words.words.empty()) return Diagnostic{Code::kMissingWord, {}, {"FILE"}};
  return std::nullopt;
}

}  // namespace

void AddImportCommand(const Command& program, Action& action) {
  const Command group = program.AddCommand("import", "收入存储\ninto the store");
  group.DressHelp("publication|samples|classes ...");
  const Command command = group.AddCommand(
      "publication", "把基准地价收入存储，作为草案\npublications into the store, as drafts");
  const auto words = std::make_shared<StoreWords>();
  command.DressHelp("FILE... --actor NAME [OPTIONS]");
  const OptionGroup options(command);
  options.Add("FILE", words->words, "",
              "基准地价：JSON、XLSX、ODS\npublications as JSON or workbooks");
  options.Add("--evidence", words->evidence, "FILE",
              "证据文件，一并保存：evidence.json 及其所列方案、样点表\n"
              "files kept with it: evidence.json, and the plan and samples it names");
  options.Add("--zones", words->zones, "FILE",
              "级别和区片的图形：GeoPackage、Shapefile、GeoJSON，核对后一并保存\n"
              "maps of its grades and zones, checked and kept with it");
  options.Add("--format", words->format, "FORMAT",
              "json、xlsx 或 ods；默认按扩展名\nby the extension when absent");
  AddStore(options, *words);
  AddActor(options, *words);
  AddLanguage(options, words->language);
  AddDiagnostics(options, words->diagnostics);
  ActOn(command, words, action, FindImportFault,
        [](const StoreWords& said) { return RunOverStore(said, Import); });
  AddSampleImport(group, action);
  AddLandClassImport(group, action);
  AddGroupHelp(group, action);
}

void AddInitCommand(const Command& program, Action& action) {
  const Command command = program.AddCommand(
      "init", "建立存储，或把旧版式升级\nmakes a store, or upgrades an older one");
  const auto words = std::make_shared<StoreWords>();
  command.DressHelp("[--store PATH] [OPTIONS]");
  const OptionGroup options(command);
  AddStore(options, *words);
  AddLanguage(options, words->language);
  ActOn(
      command, words, action,
      [](const Command& named, const StoreWords& said) { return FaultOf(named, said); },
      [](const StoreWords& said) { return RunOverStore(said, Init); });
}

void AddBackupCommands(const Command& program, Action& action) {
  AddCopy(program, true, action);
  AddCopy(program, false, action);
}

}  // namespace dijia::cli
