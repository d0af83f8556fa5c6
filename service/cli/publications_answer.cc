#include "cli/publications_answer.h"

#include <utility>

#include "app/publication_file.h"
#include "app/reference.h"
#include "cli/command.h"
#include "cli/data_folder.h"
#include "cli/interrupt.h"
#include "dijia/base/codes.h"
#include "io/output_file.h"
#include "json/text.h"

namespace dijia::cli {

std::optional<Diagnostic> FaultOfOutput(const PublicationsOutput& output) {
  const auto format = OutputFormatOf(output.output_format, output.out);
  if (format == app::AnswerFormat::kTable || format == app::AnswerFormat::kJson) return {};
  return Diagnostic{
      Code::kOptionNotAllowed,
      {},
      {"--output-format", output.output_format.empty() ? output.out : output.output_format,
       "table, json"}};
}

std::optional<std::vector<Publication>> ReadPublications(std::span<const std::string> files,
                                                         Diagnostics& diagnostics) {
  std::vector<Publication> publications;
  for (const std::string& file : files) {
    auto read = app::ReadPublicationFile(file, "", diagnostics);
    if (read) publications.push_back(std::move(read->publication));
  }
  if (publications.size() != files.size()) return std::nullopt;
  return publications;
}

void WriteTableOrJson(const PublicationsOutput& output, Language language,
                      const std::function<std::string(const report::Labels&)>& table,
                      const std::function<json::Value()>& as_json) {
  io::OutputFile file(output.out);
  const InterruptWatch watch([&file] { file.Discard(); }, language);
  if (OutputFormatOf(output.output_format, output.out) == app::AnswerFormat::kJson) {
    file.Write(json::ToPretty(as_json()));
  } else {
    file.Write(table(app::LoadReference(DataFolder() / "reference").labels));
  }
  file.Commit();
}

}  // namespace dijia::cli
