#include "app/refresh.h"

#include <iterator>
#include <utility>

#include "app/csv_text.h"
#include "app/evidence.h"
#include "app/output_names.h"
#include "app/publication_file.h"
#include "dijia/base/sha256.h"
#include "dijia/publication_diff.h"
#include "io/file_text.h"
#include "io/fingerprint.h"
#include "io/refresh_plan_toml.h"
#include "json/publication_codec.h"
#include "json/text.h"

namespace dijia::app {
namespace {

namespace fs = std::filesystem;

// Why a price went its way: the plan's reason for the use, or that the plan does not name it.
std::string ReasonOf(const RefreshPlan& plan, LandUse use) {
  const auto how = plan.uses.find(use);
  return how == plan.uses.end() ? "not in the plan" : how->second.reason;
}

// The files a draft came from, as the evidence names them.
std::vector<InputRecord> InputsOf(const Refreshed& refreshed) {
  const fs::path files[] = {refreshed.plan_file, refreshed.from_file};
  const char* const contents[] = {"plan", "previous"};
  const auto names = DisplayNames(files);
  std::vector<InputRecord> inputs(std::size(files));
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    io::FileFingerprint fingerprint = io::FingerprintOf(files[i]);
    inputs[i].name = names[i];
    inputs[i].contents = contents[i];
    inputs[i].bytes = fingerprint.bytes;
    inputs[i].sha256 = std::move(fingerprint.sha256);
  }
  return inputs;
}

}  // namespace

std::optional<Refreshed> Refresh(const fs::path& plan, const fs::path& from,
                                 Diagnostics& diagnostics) {
  auto read = io::ReadRefreshPlanToml(io::ReadText(plan), plan.string(), diagnostics);
  auto before = ReadPublicationFile(from, "", diagnostics);
  if (!read || !before) return std::nullopt;
  Diagnostics found;
  auto result = RefreshPublication(before->publication, *read, found);
  for (Diagnostic problem : found.kept()) {
    problem.where.source = plan.string();
    diagnostics.Add(problem);
  }
  if (!result) return std::nullopt;
  return Refreshed{std::move(before->publication), *std::move(read), plan, from,
                   *std::move(result)};
}

std::string RefreshCsv(const Refreshed& refreshed) {
  CsvText csv;
  csv += "use,place,grade,name,method,reason,old,proposed,cap,ordered,new,change_percent\n";
  for (const RefreshedPrice& price : refreshed.result.prices) {
    const std::string cells[] = {std::string(CodeOf(price.use)),
                                 std::string(CodeOf(price.place)),
                                 price.grade == 0 ? "" : std::to_string(price.grade),
                                 price.name,
                                 std::string(CodeOf(price.method)),
                                 ReasonOf(refreshed.plan, price.use),
                                 price.before.ToString(),
                                 price.proposed.ToString(),
                                 std::string(CodeOf(price.cap)),
                                 price.ordered ? "true" : "false",
                                 price.price.ToString()};
    for (const std::string& cell : cells) {
      csv.PutText(cell);
      csv += ",";
    }
    const auto change = ChangePercent(price.before, price.price);
    if (change) csv += change->ToString();
    csv += "\n";
  }
  return std::string(csv.view());
}

void WriteRefreshed(const Refreshed& refreshed, const fs::path& folder) {
  std::vector<OutputRecord> outputs;
  const auto write = [&](const std::string& file, const std::string& text) {
    io::WriteText(folder / file, text);
    outputs.push_back({file, {text.size(), Sha256Of(text)}});
  };
  write("publication.json", json::ToPretty(json::WritePublication(refreshed.result.draft)));
  write("refresh.csv", RefreshCsv(refreshed));
  const std::vector<InputRecord> inputs = InputsOf(refreshed);
  const std::string plan = io::WriteRefreshPlanToml(refreshed.plan);
  json::Value evidence = EvidenceOf({{}, plan, inputs}, refreshed.result.draft);
  AddOutputs(evidence, outputs);
  io::WriteText(folder / std::string(kEvidenceFile), json::ToPretty(evidence));
}

}  // namespace dijia::app
