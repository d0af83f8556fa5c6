#include "cli/store_words.h"

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <utility>

#include "app/publication_file.h"
#include "app/record_time.h"
#include "app/reference.h"
#include "app/stored_publications.h"
#include "cli/data_folder.h"
#include "cli/language_text.h"
#include "dijia/base/codes.h"
#include "io/file_text.h"
#include "store/named_store.h"

namespace dijia::cli {
namespace {

std::string Environment(const char* name) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe)
  return value == nullptr ? "" : value;
}

}  // namespace

Language LanguageOf(const StoreWords& words) {
  return FromCode<Language>(words.language).value_or(Language::kZh);
}

std::string StorePath(const StoreWords& words) {
  if (!words.store.empty()) return words.store;
  const std::string stated = Environment("DIJIA_STORE");
  return stated.empty() ? kUsualStore : stated;
}

std::unique_ptr<store::Store> OpenStore(const StoreWords& words) {
  return store::OpenStore(StorePath(words));
}

std::unique_ptr<store::Store> OpenStoreAt(const std::string& name) {
  StoreWords words;
  words.store = name;
  return OpenStore(words);
}

std::vector<Publication> PricesOfStore(const std::string& path, app::ZoneMaps& zones,
                                       Diagnostics& diagnostics) {
  return app::PublishedPrices(*OpenStoreAt(path), &zones, diagnostics);
}

bool NamesFile(const std::string& word, const std::string& store) {
  std::error_code ignored;
  return store.empty() ||
         (std::filesystem::exists(word, ignored) && !std::filesystem::is_directory(word, ignored));
}

std::optional<Publication> PublicationNamed(const std::string& word, const std::string& format,
                                            const std::string& store, Diagnostics& diagnostics) {
  if (NamesFile(word, store)) {
    auto read = app::ReadPublicationFile(word, format, diagnostics);
    return read ? std::optional(std::move(read->publication)) : std::nullopt;
  }
  const auto opened = OpenStoreAt(store);
  const auto event = app::FindPublication(*opened, "", word, "", diagnostics);
  return event ? app::StoredPublication(*opened, *event, diagnostics) : std::nullopt;
}

std::optional<std::filesystem::path> FileNamed(const std::string& word, const std::string& store,
                                               const std::filesystem::path& folder,
                                               Diagnostics& diagnostics) {
  if (NamesFile(word, store)) return word;
  const auto opened = OpenStoreAt(store);
  const auto event = app::FindPublication(*opened, "", word, "", diagnostics);
  if (!event) return std::nullopt;
  const auto text = opened->Text(event->key.county, event->content);
  if (!text) {
    diagnostics.Add(Code::kContentMissing, {},
                    {event->key.county, std::to_string(event->entry), word, event->content});
    return std::nullopt;
  }
  std::filesystem::path file = folder / "previous.json";
  io::WriteText(file, *text);
  return file;
}

store::Act ActOf(const StoreWords& words) {
  return {words.actor.empty() ? Environment("DIJIA_ACTOR") : words.actor, words.note,
          app::TimeOfAct()};
}

void AddStore(const OptionGroup& options, StoreWords& words) {
  options.Add("--store", words.store, "PATH",
              "文件，或 postgresql://用户@主机/数据库；默认 DIJIA_STORE，再默认 dijia.db\n"
              "a file, or postgresql://user@host/database; else DIJIA_STORE, else dijia.db");
}

void AddActor(const OptionGroup& options, StoreWords& words) {
  options.Add("--actor", words.actor, "NAME",
              "办理人；默认 DIJIA_ACTOR\nwho does this; DIJIA_ACTOR when absent");
  options.Add("--note", words.note, "TEXT", "理由，记入日志\nwhy, for the log");
}

void AddListFormat(const OptionGroup& options, StoreWords& words) {
  options.Add("--output-format", words.output_format, "FORMAT",
              "table（默认）或 json\na table, or json");
}

std::optional<Diagnostic> FaultOf(const Command& command, const StoreWords& words) {
  if (const auto unasked = command.UnexpectedWord()) return unasked;
  if (const auto common = FaultOf(words.language, "0")) return common;
  if (!words.as_of.empty() && !ParseDate(words.as_of)) {
    return Diagnostic{Code::kOptionNotAllowed, {}, {"--as-of", words.as_of, "YYYY-MM-DD"}};
  }
  if (!words.known_at.empty() && !app::RecordTimeOf(words.known_at)) {
    return Diagnostic{Code::kOptionNotAllowed,
                      {},
                      {"--known-at", words.known_at, "YYYY-MM-DD, YYYY-MM-DDThh:mm:ssZ"}};
  }
  const bool has_status =
      words.status.empty() || FromCode<PublicationStatus>(words.status).has_value();
  if (has_status) return std::nullopt;
  return Diagnostic{
      Code::kOptionNotAllowed,
      {},
      {"--status", words.status, "draft, submitted, approved, published, superseded, withdrawn"}};
}

std::optional<Diagnostic> FaultOfListFormat(const StoreWords& words) {
  const std::string& format = words.output_format;
  if (format.empty() || format == "table" || format == "json") return std::nullopt;
  return Diagnostic{Code::kOptionNotAllowed, {}, {"--output-format", format, "table, json"}};
}

bool IsCounty(const std::string& word) {
  constexpr std::size_t kDigits = 6;
  return word.size() == kDigits &&
         std::ranges::all_of(word, [](char c) { return c >= '0' && c <= '9'; });
}

report::Labels LoadLabels() { return app::LoadReference(DataFolder() / "reference").labels; }

int RunOverStore(
    const StoreWords& words,
    const std::function<std::optional<Answers>(const StoreWords&, Diagnostics&)>& job) {
  std::optional<std::filesystem::path> file;
  if (!words.diagnostics.empty()) file = words.diagnostics;
  return AnswerFiles([&](Diagnostics& diagnostics) { return job(words, diagnostics); }, file,
                     LanguageOf(words));
}

}  // namespace dijia::cli
