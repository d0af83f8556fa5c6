#include "app/publication_file.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "dijia/base/codes.h"
#include "dijia/table_lint.h"
#include "io/file_error.h"
#include "io/file_reason.h"
#include "io/file_text.h"
#include "io/input_format.h"
#include "io/workbook.h"
#include "json/publication_codec.h"
#include "json/text.h"
#include "law/industrial_minimum.h"
#include "workbook/publication_reader.h"
#include "workbook/publication_writer.h"
#include "workbook/words.h"

namespace dijia::app {
namespace {

std::optional<PublicationFile> ReadJson(const std::filesystem::path& path,
                                        Diagnostics& diagnostics) {
  auto publication = json::ReadPublication(io::ReadText(path), path.string(), diagnostics);
  if (!publication) return std::nullopt;
  return PublicationFile{path.string(), *std::move(publication), std::nullopt};
}

std::optional<PublicationFile> ReadBook(const std::filesystem::path& path, io::TableFormat format,
                                        Diagnostics& diagnostics) {
  Diagnostics found;
  const auto sheets = io::ReadWorkbook(path, format, found);
  for (const Diagnostic& problem : found.kept()) {
    if (io::IsFileTrouble(problem.code)) throw io::FileError(problem);
  }
  diagnostics.Append(found);
  if (!sheets) return std::nullopt;
  auto book = workbook::ReadPublicationBook(*sheets, path.string(), diagnostics);
  if (!book) return std::nullopt;
  return PublicationFile{path.string(), std::move(book->publication), std::move(book->places)};
}

TableLintOptions OptionsOf(const Publication& publication, const PublicationLintRequest& request,
                           const rules::RulePack& pack) {
  TableLintOptions options;
  for (const auto& ladder : workbook::kLadders) {
    options.ladders.emplace_back(std::begin(ladder), std::end(ladder));
  }
  const Days day = ToDays(FirstDay(publication));
  const auto land_class =
      request.land_class ? request.land_class : law::LandClassOf(pack, publication.county, day);
  if (land_class) options.industrial_minimum = law::IndustrialMinimum(pack, *land_class, day);
  return options;
}

}  // namespace

std::optional<PublicationFile> ReadPublicationFile(const std::filesystem::path& path,
                                                   const std::string& format,
                                                   Diagnostics& diagnostics) {
  std::string word;
  const auto known = io::InputFormat(path, format, word);
  // A name that says nothing is that of a document.
  const bool says_nothing = word.empty() || (!known && format.empty());
  if (known == "json" || says_nothing) return ReadJson(path, diagnostics);
  if (known == "xlsx") return ReadBook(path, io::TableFormat::kXlsx, diagnostics);
  if (known == "ods") return ReadBook(path, io::TableFormat::kOds, diagnostics);
  throw io::FileError({Code::kNotAPublicationFile, {path.string(), 0, 0, ""}, {word}});
}

std::vector<Publication> ReadPublications(const std::vector<std::filesystem::path>& files,
                                          Diagnostics& diagnostics) {
  std::vector<Publication> publications;
  for (const std::filesystem::path& file : files) {
    Diagnostics problems;
    auto read = ReadPublicationFile(file, "", problems);
    diagnostics.Append(problems);
    if (read) {
      AddOnce(std::move(read->publication), publications);
    } else {
      diagnostics.Add(Code::kPublicationNotUsable, {file.string(), 0, 0, ""},
                      {std::to_string(problems.errors())});
    }
  }
  return publications;
}

void AddOnce(Publication publication, std::vector<Publication>& publications) {
  if (std::ranges::find(publications, publication) != publications.end()) return;
  publications.push_back(std::move(publication));
}

void LintPublicationFile(const PublicationFile& file, const PublicationLintRequest& request,
                         const rules::RulePack& pack, Diagnostics& diagnostics) {
  std::vector<Diagnostic> findings =
      LintTables(file.publication, OptionsOf(file.publication, request, pack));
  if (!request.officials.empty()) {
    std::ranges::move(CompareWithOfficial(file.publication, request.officials),
                      std::back_inserter(findings));
  }
  workbook::Problems told;  // a sheet that several uses share is told of once
  for (Diagnostic& finding : findings) {
    if (file.places) {
      finding.where = file.places->Find(file.source, finding.where.field);
    } else {
      finding.where.source = file.source;
    }
  }
  told.Add(findings);
  diagnostics.Append(told.found());
}

void WritePublicationJson(const Publication& publication, io::OutputFile& file) {
  file.Write(json::ToPretty(json::WritePublication(publication)));
  file.Commit();
}

bool WritePublicationWorkbook(const Publication& publication, io::OutputFile& file,
                              Diagnostics& diagnostics) {
  const auto written = workbook::WritePublicationBook(publication, file.staged(), diagnostics);
  if (!written) {
    throw io::FileError(
        {written.error().code, {}, {file.staged().string(), written.error().detail}});
  }
  if (*written) file.Commit();
  return *written;
}

}  // namespace dijia::app
