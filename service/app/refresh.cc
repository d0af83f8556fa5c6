#include "app/refresh.h"

#include <iterator>
#include <utility>

#include "app/csv_text.h"
#include "app/evidence.h"
#include "app/output_names.h"
#include "app/publication_file.h"
#include "app/version.h"
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
using json::Value;

// Why a price went its way: the plan's reason for the use, or that the plan does not name it.
std::string ReasonOf(const RefreshPlan& plan, LandUse use) {
  const auto how = plan.uses.find(use);
  return how == plan.uses.end() ? "not in the plan" : how->second.reason;
}

Value FileValue(const std::string& name, std::string_view contents,
                const io::FileFingerprint& fingerprint) {
  Value file(Value::Object{});
  file.Add("file", Value(name));
  if (!contents.empty()) file.Add("contents", Value::Text(contents));
  file.Add("bytes", Value::Unsigned(fingerprint.bytes));
  file.Add("sha256", Value(fingerprint.sha256));
  return file;
}

Value EvidenceOf(const Refreshed& refreshed, Value::Array outputs) {
  const std::string plan = io::WriteRefreshPlanToml(refreshed.plan);
  const fs::path files[] = {refreshed.plan_file, refreshed.from_file};
  const auto names = DisplayNames(files);
  Value::Array inputs;
  inputs.push_back(FileValue(names[0], "plan", io::FingerprintOf(files[0])));
  inputs.push_back(FileValue(names[1], "previous", io::FingerprintOf(files[1])));
  Value effective(Value::Object{});
  effective.Add("effective_sha256", Value(Sha256Of(plan)));
  effective.Add("effective_toml", Value(plan));
  const Publication& draft = refreshed.result.draft;
  Value evidence(Value::Object{});
  evidence.Add("format", Value::Text(kEvidenceFormat));
  evidence.Add("engine_version", Value::Text(Version()));
  evidence.Add("plan", std::move(effective));
  evidence.Add("rule_packs", Value(Value::Array()));
  evidence.Add("inputs", Value(std::move(inputs)));
  evidence.Add("publication", Value(draft.id));
  evidence.Add("publication_sha256",
               Value(Sha256Of(json::ToCanonical(json::WritePublication(draft)))));
  evidence.Add("outputs", Value(std::move(outputs)));
  return evidence;
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
  Value::Array outputs;
  const auto write = [&](const std::string& file, const std::string& text) {
    io::WriteText(folder / file, text);
    outputs.push_back(FileValue(file, "", {text.size(), Sha256Of(text)}));
  };
  write("publication.json", json::ToPretty(json::WritePublication(refreshed.result.draft)));
  write("refresh.csv", RefreshCsv(refreshed));
  io::WriteText(folder / std::string(kEvidenceFile),
                json::ToPretty(EvidenceOf(refreshed, std::move(outputs))));
}

}  // namespace dijia::app
