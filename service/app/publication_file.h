// Publications in files: JSON documents and workbooks, read, checked as tables, written.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "dijia/base/diagnostic.h"
#include "dijia/publication.h"
#include "dijia/rules/rule_pack.h"
#include "io/output_file.h"
#include "workbook/places.h"

namespace dijia::app {

struct PublicationFile {
  std::string source;
  Publication publication;
  std::optional<workbook::CellPlaces> places;  // of a workbook: the cells of its parts
};

// Reads a file: by `format` (json, xlsx, ods) or else by its extension; JSON without one. Nothing
// after reports. Throws FileError for what the system does not give, and for a format that is none
// of these.
std::optional<PublicationFile> ReadPublicationFile(const std::filesystem::path& path,
                                                   const std::string& format,
                                                   Diagnostics& diagnostics);

// The publications of several files, each once, in the order of the files. What is wrong in any of
// them is reported, each with a last word on what could not be used.
std::vector<Publication> ReadPublications(const std::vector<std::filesystem::path>& files,
                                          Diagnostics& diagnostics);

// Adds a publication unless the same one is there: it would compete with itself.
void AddOnce(Publication publication, std::vector<Publication>& publications);

// What the lint needs to know beside the publication.
struct PublicationLintRequest {
  std::vector<Publication> officials;  // tables to compare with; empty = none
  std::optional<int> land_class;       // of the county; nothing = that of the rules
};

// The findings of LintTables and CompareWithOfficial, each at its cell or JSON pointer. The minimum
// of industrial land is that of the rules on the day from which the publication is in force.
void LintPublicationFile(const PublicationFile& file, const PublicationLintRequest& request,
                         const rules::RulePack& pack, Diagnostics& diagnostics);

// Writes the document as JSON; commits the file.
void WritePublicationJson(const Publication& publication, io::OutputFile& file);
// Writes the workbook; false after reports of what it cannot hold. Commits the file.
bool WritePublicationWorkbook(const Publication& publication, io::OutputFile& file,
                              Diagnostics& diagnostics);

}  // namespace dijia::app
