#include "app/evidence.h"

#include <string_view>

#include "app/version.h"
#include "dijia/base/sha256.h"
#include "json/publication_codec.h"
#include "json/text.h"

namespace dijia::app {
namespace {

using json::Value;

void AddText(Value& object, std::string_view name, const std::string& text) {
  if (!text.empty()) object.Add(name, Value(text));
}

Value InputsOf(const Computed& computed) {
  Value::Array inputs;
  for (const InputRecord& input : computed.inputs) {
    Value object{Value::Object()};
    object.Add("file", Value(input.name));
    object.Add("contents", Value(input.contents));
    object.Add("bytes", Value::Unsigned(input.bytes));
    object.Add("sha256", Value(input.sha256));
    if (input.rows > 0) object.Add("rows", Value::Unsigned(input.rows));
    AddText(object, "format", input.format);
    AddText(object, "encoding", input.encoding);
    AddText(object, "layer", input.layer);
    inputs.push_back(std::move(object));
  }
  return Value(std::move(inputs));
}

Value OutputsOf(std::span<const OutputRecord> outputs) {
  Value::Array files;
  for (const OutputRecord& output : outputs) {
    Value object{Value::Object()};
    object.Add("file", Value(output.file));
    object.Add("bytes", Value::Unsigned(output.fingerprint.bytes));
    object.Add("sha256", Value(output.fingerprint.sha256));
    files.push_back(std::move(object));
  }
  return Value(std::move(files));
}

Value CountsOf(std::size_t rows, std::span<const std::size_t> fates) {
  Value by_fate{Value::Object()};
  for (const EnumRow<Fate>& row : EnumTableOf<Fate>::kRows) {
    const std::size_t count = fates[static_cast<std::size_t>(row.value)];
    if (count > 0) by_fate.Add(row.code, Value::Unsigned(count));
  }
  Value counts{Value::Object()};
  counts.Add("rows", Value::Unsigned(rows));
  counts.Add("fates", std::move(by_fate));
  return counts;
}

Value PlanOf(const Computed& computed) {
  Value plan{Value::Object()};
  plan.Add("effective_sha256", Value(Sha256Of(computed.effective_plan)));
  plan.Add("effective_toml", Value(computed.effective_plan));
  return plan;
}

Value Head(const Computed& computed) {
  Value evidence{Value::Object()};
  evidence.Add("format", Value::Text(kEvidenceFormat));
  evidence.Add("engine_version", Value::Text(Version()));
  evidence.Add("seed", Value::Unsigned(computed.plan.seed));
  evidence.Add("plan", PlanOf(computed));
  evidence.Add("rule_packs", Value(Value::Array()));
  evidence.Add("inputs", InputsOf(computed));
  return evidence;
}

}  // namespace

Value EvidenceOf(const ComputedPublication& publication, const Computed& computed,
                 std::span<const OutputRecord> outputs) {
  Value evidence = Head(computed);
  const std::string canonical = json::ToCanonical(json::WritePublication(publication.draft));
  evidence.Add("publication", Value(publication.draft.id));
  evidence.Add("publication_sha256", Value(Sha256Of(canonical)));
  evidence.Add("counts", CountsOf(publication.scope.rows.size(), publication.fates));
  evidence.Add("outputs", OutputsOf(outputs));
  return evidence;
}

Value EvidenceOfRun(const Computed& computed, std::span<const OutputRecord> outputs) {
  Value evidence = Head(computed);
  Value::Array ids;
  for (const ComputedPublication& publication : computed.publications) {
    ids.emplace_back(publication.draft.id);
  }
  evidence.Add("publications", Value(std::move(ids)));
  evidence.Add("counts", CountsOf(computed.samples.size(), computed.report.fates));
  evidence.Add("outputs", OutputsOf(outputs));
  return evidence;
}

report::EvidenceSummary EvidenceSummaryOf(const Computed& computed) {
  report::EvidenceSummary summary;
  summary.engine_version = Version();
  for (const InputRecord& input : computed.inputs) {
    summary.inputs.push_back({input.name, input.contents, input.sha256, input.rows});
  }
  summary.effective_plan = computed.effective_plan;
  summary.fates = computed.report.fates;
  return summary;
}

}  // namespace dijia::app
