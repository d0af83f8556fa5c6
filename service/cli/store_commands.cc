#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/stored_publications.h"
#include "cli/command.h"
#include "cli/diagnostics_output.h"
#include "cli/exit_code.h"
#include "cli/language_text.h"
#include "cli/store_table.h"
#include "cli/store_words.h"
#include "dijia/base/codes.h"
#include "io/file_error.h"
#include "store/sqlite_store.h"

namespace dijia::cli {
namespace {

namespace fs = std::filesystem;

std::optional<Answers> Init(const StoreWords& words, Diagnostics&) {
  const Language language = LanguageOf(words);
  const std::string path = StorePath(words);
  if (path.find("://") != std::string::npos) {
    throw io::FileError({Code::kStoreKindNotKnown, {}, {path}});
  }
  const int before = store::InitSqliteStore(path);
  const std::string now = std::to_string(store::NewestSqliteLayout());
  if (before == store::NewestSqliteLayout()) {
    return Answers{path + std::string(In(language, "：已是版式 ", ": has layout ")) + now +
                       std::string(In(language, "，没有改动", " already, nothing is changed")),
                   kFine};
  }
  const std::string_view done = before == 0
                                    ? In(language, "：已建立，版式 ", ": made, layout ")
                                    : In(language, "：已升级到版式 ", ": upgraded to layout ");
  return Answers{path + std::string(done) + now, kFine};
}

std::optional<Answers> Import(const StoreWords& words, Diagnostics& diagnostics) {
  const std::vector<fs::path> files(words.words.begin(), words.words.end());
  const std::vector<fs::path> evidence(words.evidence.begin(), words.evidence.end());
  const auto store = OpenStore(words);
  const auto arrivals = app::ReadArrivals(files, words.format, evidence, diagnostics);
  if (!arrivals) return std::nullopt;
  const auto entries = store->Import(*arrivals, ActOf(words), diagnostics);
  if (!entries) return std::nullopt;
  std::cout << StoreTable(*entries, LoadLabels(), LanguageOf(words));
  return Answers{"", kFine};
}

std::optional<Diagnostic> FindImportFault(const CLI::App& command, const StoreWords& words) {
  if (const auto fault = FaultOf(command, words)) return fault;
  if (words.words.empty()) return Diagnostic{Code::kMissingWord, {}, {"FILE"}};
  return std::nullopt;
}

}  // namespace

void AddImportCommand(CLI::App& program, Action& action) {
  CLI::App* group = program.add_subcommand("import", "收入存储\ninto the store");
  DressHelp(*group, "publication ...");
  CLI::App* command = group->add_subcommand(
      "publication", "把基准地价收入存储，作为草案\npublications into the store, as drafts");
  const auto words = std::make_shared<StoreWords>();
  DressHelp(*command, "FILE... --actor NAME [OPTIONS]");
  const OptionGroup options(*command);
  options.Add("FILE", words->words, "",
              "基准地价：JSON、XLSX、ODS\npublications as JSON or workbooks");
  options.Add("--evidence", words->evidence, "FILE",
              "证据文件（如 evidence.json、样点表），一并保存\n"
              "files that are kept with it, such as evidence.json and the samples");
  options.Add("--format", words->format, "FORMAT",
              "json、xlsx 或 ods；默认按扩展名\nby the extension when absent");
  AddStore(options, *words);
  AddActor(options, *words);
  AddLanguage(options, words->language);
  AddDiagnostics(options, words->diagnostics);
  ActOn(*command, words, action, FindImportFault,
        [](const StoreWords& said) { return RunOverStore(said, Import); });
  AddGroupHelp(*group, action);
}

void AddInitCommand(CLI::App& program, Action& action) {
  CLI::App* command = program.add_subcommand(
      "init", "建立存储，或把旧版式升级\nmakes a store, or upgrades an older one");
  const auto words = std::make_shared<StoreWords>();
  DressHelp(*command, "[--store PATH] [OPTIONS]");
  const OptionGroup options(*command);
  AddStore(options, *words);
  AddLanguage(options, words->language);
  ActOn(
      *command, words, action,
      [](const CLI::App& named, const StoreWords& said) { return FaultOf(named, said); },
      [](const StoreWords& said) { return RunOverStore(said, Init); });
}

}  // namespace dijia::cli
