#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/stored_samples.h"
#include "cli/command.h"
#include "cli/data_folder.h"
#include "cli/exit_code.h"
#include "cli/language_text.h"
#include "cli/samples_words.h"
#include "cli/store_words.h"
#include "cli/table_words.h"
#include "cli/text_table.h"
#include "dijia/base/codes.h"
#include "dijia/base/names.h"
#include "io/file_text.h"
#include "io/mapping.h"
#include "io/scratch_folder.h"
#include "json/text.h"

namespace dijia::cli {
namespace {

namespace fs = std::filesystem;
using Outcome = std::optional<Answers>;

struct SamplesWords : TableWords {
  std::string mapping = "canonical", version;
};
using Job = Outcome (*)(const SamplesWords&, Diagnostics&);

std::string VersionTable(const std::vector<store::SampleVersion>& versions, Language language) {
  using Align = TextTable::Align;
  const auto say = [language](const char* zh, const char* en) {
    return std::string(In(language, zh, en));
  };
  TextTable table({Align::kLeft, Align::kRight, Align::kRight, Align::kRight, Align::kLeft,
                   Align::kLeft, Align::kLeft, Align::kLeft});
  table.Add({say("县代码", "county"), say("版", "version"), say("行", "rows"), say("新增", "added"),
             say("文件", "file"), say("列名对照", "mapping"), say("导入（UTC）", "imported (UTC)"),
             say("办理人", "by")});
  constexpr std::size_t kSeconds = 19;
  for (const store::SampleVersion& version : versions) {
    table.Add({version.county, std::to_string(version.version), std::to_string(version.rows),
               std::to_string(version.added), version.source, version.mapping,
               version.recorded_at.substr(0, kSeconds) + "Z", version.actor});
  }
  return table.ToString();
}

json::Value VersionList(const std::vector<store::SampleVersion>& versions) {
  using json::Value;
  Value list{Value::Array()};
  for (const store::SampleVersion& version : versions) {
    Value row{Value::Object()};
    row.Add("county", Value(version.county));
    row.Add("version", Value::Integer(version.version));
    row.Add("rows", Value::Integer(version.rows));
    row.Add("added", Value::Integer(version.added));
    row.Add("source", Value(version.source));
    row.Add("source_sha256", Value(version.source_sha256));
    row.Add("mapping", Value(version.mapping));
    row.Add("content_sha256", Value(version.content));
    row.Add("actor", Value(version.actor));
    row.Add("note", Value(version.reason));
    row.Add("recorded_at", Value(version.recorded_at));
    row.Add("hash", Value(version.hash));
    list.array()->push_back(std::move(row));
  }
  return list;
}

Outcome Import(const SamplesWords& words, Diagnostics& diagnostics) {
  io::ReadSamplesOptions reading;
  reading.mapping = words.mapping;
  reading.encoding = words.encoding;
  reading.layer = words.layer;
  reading.format = words.format;
  reading.reference_folder = DataFolder() / "reference";
  const auto store = OpenStore(words);
  const auto arrival =
      app::ReadSampleArrival(words.words.front(), words.county, reading, diagnostics);
  if (!arrival) return std::nullopt;
  const auto version = store->ImportSamples(*arrival, ActOf(words), diagnostics);
  if (!version) return std::nullopt;
  std::cout << VersionTable({*version}, LanguageOf(words));
  return Answers{"", kFine};
}

Outcome List(const SamplesWords& words, Diagnostics&) {
  const auto versions = OpenStore(words)->SampleVersions(words.county);
  std::cout << (words.output_format == "json" ? json::ToPretty(VersionList(versions))
                                              : VersionTable(versions, LanguageOf(words)));
  return Answers{"", kFine};
}

Outcome Export(const SamplesWords& words, Diagnostics& diagnostics) {
  const io::ScratchFolder folder;
  const auto samples = app::WriteStoredSamples(*OpenStore(words), words.county,
                                               ParseSampleVersion(words.version).value_or(0),
                                               folder.path(), diagnostics);
  if (!samples) return std::nullopt;
  const std::string text = io::ReadText(samples->file);
  if (words.out.empty()) {
    std::cout << text;
  } else {
    io::WriteText(words.out, text);
  }
  return Answers{"", kFine};
}

std::optional<Diagnostic> FindImportFault(const SamplesWords& words) {
  const auto not_allowed = [](const char* option, const std::string& value, std::string allowed) {
    return Diagnostic{Code::kOptionNotAllowed, {}, {option, value, std::move(allowed)}};
  };
  if (const auto fault = FaultOfTable(words)) return fault;
  if (!IsCounty(words.county)) return not_allowed("--county", words.county, "152502");
  // One of a file could be changed; those of the reference data are named in the evidence.
  const std::vector<std::string> names = io::MappingNames(DataFolder() / "reference");
  if (std::ranges::find(names, words.mapping) == names.end()) {
    const std::vector<std::string_view> allowed(names.begin(), names.end());
    return not_allowed("--mapping", words.mapping, JoinNames(allowed));
  }
  return std::nullopt;
}

std::optional<Diagnostic> FindFault(Job job, const Command& command, const SamplesWords& words) {
  if (const auto fault = FaultOf(command, words)) return fault;
  const std::size_t most = job == Import ? 1 : 0;
  if (words.words.size() > most) return Diagnostic{Code::kUnexpectedWord, {}, {words.words[most]}};
  if (job != List && words.county.empty()) {
    return Diagnostic{Code::kMissingWord, {}, {"--county CODE"}};
  }
  if (!words.version.empty() && !ParseSampleVersion(words.version)) {
    return Diagnostic{
        Code::kOptionNotAllowed, {}, {"--samples-version", words.version, "1, 2, 3, …"}};
  }
  return job == Import ? FindImportFault(words) : FaultOfListFormat(words);
}

void Act(const Command& command, Job job, const std::shared_ptr<SamplesWords>& words,
         Action& action) {
  const auto find_fault = [job](const Command& named, const SamplesWords& said) {
    return FindFault(job, named, said);
  };
  ActOverStore(command, words, action, find_fault, job);
}

void AddList(const Command& group, Action& action) {
  const Command command =
      group.AddCommand("list", "列出所存样点的各版\nthe versions of samples that the store keeps");
  const auto words = std::make_shared<SamplesWords>();
  command.DressHelp("[OPTIONS]");
  const OptionGroup options(command);
  AddCounty(options, *words);
  AddListFormat(options, *words);
  AddStore(options, *words);
  AddLanguage(options, words->language);
  Act(command, List, words, action);
}

void AddExport(const Command& group, Action& action) {
  const Command command = group.AddCommand(
      "export", "一版样点，写成 CSV\na version of samples as CSV, row by row as it was read");
  const auto words = std::make_shared<SamplesWords>();
  command.DressHelp("--county CODE [OPTIONS]");
  const OptionGroup options(command);
  AddCounty(options, *words);
  options.Add("--samples-version", words->version, "N",
              "版次，默认为最近一版\nwhich version; the last one when absent");
  options.Add("-o,--out", words->out, "FILE", "输出文件\nwrite into this file");
  AddStore(options, *words);
  AddLanguage(options, words->language);
  Act(command, Export, words, action);
}

}  // namespace

void AddSampleImport(const Command& group, Action& action) {
  const Command command =
      group.AddCommand("samples",
                       "把一县的样点收入存储，作为新的一版；相同的行只存一份\n"
                       "sale records of a county into the store, as a version; a row is kept once");
  const auto words = std::make_shared<SamplesWords>();
  command.DressHelp("FILE --county CODE --actor NAME [OPTIONS]");
  const OptionGroup options(command);
  options.Add("FILE", words->words, "", "样点文件：CSV、XLSX、ODS\nsale records in one of these");
  AddCounty(options, *words);
  options.Add("--mapping", words->mapping, "NAME",
              "列名对照：canonical（默认）、landchina 等\n"
              "column mapping of the reference data: canonical (default), landchina, …");
  AddTableReading(options, *words);
  AddStore(options, *words);
  AddActor(options, *words);
  AddLanguage(options, words->language);
  AddDiagnostics(options, words->diagnostics);
  Act(command, Import, words, action);
}

void AddSamplesCommand(const Command& program, Action& action) {
  const Command group = program.AddCommand("samples", "存储中的样点\nsamples of the store");
  AddList(group, action);
  AddExport(group, action);
  AddGroupHelp(group, action);
}

}  // namespace dijia::cli
