// `dijia check --mapping landchina`: past sales against the industrial floor.
#pragma once

#include <filesystem>
#include <vector>

#include "app/check_output.h"
#include "io/samples.h"

namespace dijia::cli {

struct AuditOrder {
  std::vector<std::filesystem::path> files;  // a folder stands for the CSV files in it
  io::ReadSamplesOptions reading;
  app::AnswerFormat format = app::AnswerFormat::kTable;  // kTable, kJson or kCsv
  Language language = Language::kZh;
};

// Reads, sorts and writes. Throws FileError; what is wrong inside the files is reported.
void AuditFiles(const AuditOrder& order, const rules::PreparedRules& rules, io::OutputFile& file,
                Diagnostics& diagnostics);

}  // namespace dijia::cli
