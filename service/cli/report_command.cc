#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/committee_report.h"
#include "app/output_folder.h"
#include "app/publication_file.h"
#include "app/reference.h"
#include "app/stored_publications.h"
#include "cli/command.h"
#include "cli/data_folder.h"
#include "cli/diagnostics_output.h"
#include "cli/exit_code.h"
#include "cli/interrupt.h"
#include "cli/language_text.h"
#include "cli/store_words.h"
#include "dijia/base/codes.h"

namespace dijia::cli {
namespace {

namespace fs = std::filesystem;

// The words of the command line as they are.
struct ReportWords {
  std::string publication, store, county, out, diagnostics, language = "zh";
  std::vector<std::string> zones;
  bool force = false;
};

std::optional<Diagnostic> FindFault(const Command& command, const ReportWords& words) {
  if (const auto unasked = command.UnexpectedWord()) return unasked;
  if (words.publication.empty()) return Diagnostic{Code::kMissingWord, {}, {"FILE|ID"}};
  if (words.out.empty()) return Diagnostic{Code::kMissingWord, {}, {"--out DIR"}};
  if (!words.zones.empty() && !NamesFile(words.publication, words.store)) {
    return Diagnostic{
        Code::kOptionNotAllowed, {}, {"--zones", words.zones.front(), "FILE --zones FILE"}};
  }
  return FaultOf(words.language, "0");
}

// What is known of the publication: of a file, only what stands in it.
std::optional<app::CommitteeReport> Gather(const ReportWords& words, Diagnostics& diagnostics) {
  const fs::path reference = DataFolder() / "reference";
  if (!NamesFile(words.publication, words.store)) {
    const auto store = OpenStoreAt(words.store);
    const auto event =
        app::FindPublication(*store, words.county, words.publication, "", diagnostics);
    if (!event) return std::nullopt;
    return app::GatherReport(*store, *event, reference, diagnostics);
  }
  auto read = app::ReadPublicationFile(words.publication, "", diagnostics);
  if (!read) return std::nullopt;
  app::CommitteeReport report;
  report.notice.publication = std::move(read->publication);
  report.notice.county_name =
      app::LoadReference(reference).CountyName(report.notice.publication.county);
  if (!words.zones.empty()) {
    report.zones = app::ReadZoneMap({words.zones.begin(), words.zones.end()},
                                    report.notice.publication, reference, diagnostics);
    if (report.zones == nullptr) return std::nullopt;
  }
  return report;
}

std::optional<Answers> Work(const ReportWords& words, Language language, Diagnostics& diagnostics) {
  const auto report = Gather(words, diagnostics);
  if (!report) return std::nullopt;
  const auto folder = app::OpenOutputFolder(words.out, words.force);
  const InterruptWatch watch([&folder] { folder->Discard(); }, language);
  if (!app::WriteCommitteeReport(*report, LoadLabels(), folder->folder(), diagnostics)) {
    return std::nullopt;
  }
  folder->Commit();
  std::cout << In(language, "公告稿：", "notice: ")
            << (fs::path(words.out) / "notice.html").string() << "\n";
  return Answers{"", kFine};
}

}  // namespace

void AddReportCommand(const Command& program, Action& action) {
  const Command command = program.AddCommand("report",
                                             "验收成果：公告稿、技术表、数据包\nfor the committee: "
                                             "the notice, the technical tables, the data");
  const auto words = std::make_shared<ReportWords>();
  command.DressHelp("FILE|ID --out DIR [--store PATH] [OPTIONS]");
  const OptionGroup options(command);
  options.Add("PUBLICATION", words->publication, "",
              "基准地价：JSON、工作簿，或存储中的成果代号\na publication: JSON, a workbook, or its "
              "id in the store");
  options.Add("--store", words->store, "PATH", "成果代号所在的存储\nthe store of the id");
  options.Add("--zones", words->zones, "FILE",
              "文件中成果的级别和区片图形：GeoPackage、Shapefile、GeoJSON；存储中的成果用所存图形\n"
              "maps of its grades and zones; a publication of the store has its own");
  options.Add("--county", words->county, "CODE", "县代码\ncode of the county");
  options.Add("-o,--out", words->out, "DIR", "成果文件夹\nfolder for the deliverables");
  options.AddFlag("--force", words->force,
                  "允许写入已有其他文件的文件夹，其他文件保留\n"
                  "write into a folder that holds other files, which stay");
  AddLanguage(options, words->language);
  AddDiagnostics(options, words->diagnostics);
  ActOn(command, words, action, FindFault,
        [](const ReportWords& said) { return AnswerFiles(said, Work); });
}

}  // namespace dijia::cli
