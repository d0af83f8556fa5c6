#include "app/kept_inputs.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/evidence.h"
#include "app/output_names.h"
#include "app/recompute.h"
#include "app/stored_publications.h"
#include "dijia/base/codes.h"
#include "io/file_text.h"
#include "io/mapping.h"

namespace dijia::app {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 6> kTaken{"plan",    "compute_plan", "samples",
                                                 "mapping", "previous",     "comparable"};

std::optional<Evidence> KeptEvidence(store::Store& store, const store::Event& event,
                                     Diagnostics& diagnostics) {
  for (const store::ManifestLine& line : store::ReadManifest(event.evidence)) {
    if (line.name != kEvidenceFile) continue;
    const auto text = store.Text(event.key.county, line.sha256);
    if (text) return ReadEvidence(*text, event.key.publication, diagnostics);
  }
  return std::nullopt;
}

bool Has(const Evidence& evidence, std::string_view contents) {
  return std::ranges::count(evidence.inputs, contents, &InputRecord::contents) > 0;
}

// Names of files in one folder, different from those that are there; those of an evidence never
// become paths.
std::string FreeName(const InputRecord& input, const fs::path& folder) {
  std::string name = fs::path(input.name).filename().string();
  if (name.empty() || name.front() == '.' || name == kEvidenceFile) name = "input";
  for (std::string prefix = "kept-"; fs::exists(folder / name);) name.insert(0, prefix);
  return name;
}

// A refresh begins with the one publication before it.
void Name(const InputRecord& input, const std::string& file, bool is_refresh,
          ComputationOrder& order) {
  if (input.contents == "plan") order.plan = file;
  if (input.contents == "compute_plan") order.compute_plan = file;
  if (input.contents == "samples") order.samples.push_back(file);
  if (input.contents == "previous" && is_refresh) order.from = file;
  if (input.contents == "previous" && !is_refresh) order.previous.push_back(file);
  if (input.contents == "comparable") order.comparable = file;
  if (input.contents == "mapping") order.mapping = file;
}

}  // namespace

bool TakeKeptInputs(store::Store& store, const store::Event& event, const fs::path& folder,
                    ComputationOrder& order, Diagnostics& diagnostics) {
  const auto evidence = KeptEvidence(store, event, diagnostics);
  if (!evidence || !Has(*evidence, "plan") || !Has(*evidence, "samples")) return false;
  const bool is_refresh = Has(*evidence, "compute_plan");
  const std::size_t before = diagnostics.total();
  std::vector<const InputRecord*> samples;
  for (const InputRecord& input : evidence->inputs) {
    if (std::ranges::count(kTaken, input.contents) == 0) continue;
    const auto bytes = store.Text(event.key.county, input.sha256);
    if (!bytes) {
      diagnostics.Add(Code::kInputNotKept, {}, {event.key.publication, input.name, input.sha256});
      continue;
    }
    const std::string file = FreeName(input, folder);
    io::WriteText(folder / file, *bytes);
    Name(input, file, is_refresh, order);
    if (input.contents == "samples") samples.push_back(&input);
  }
  order.encoding = SharedBy(samples, &InputRecord::encoding);
  order.layer = SharedBy(samples, &InputRecord::layer);
  return diagnostics.total() == before;
}

}  // namespace dijia::app
