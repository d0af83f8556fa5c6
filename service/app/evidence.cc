#include "app/evidence.h"

#include <string_view>

#include "app/version.h"
#include "dijia/base/sha256.h"
#include "json/publication_codec.h"
#include "json/reader.h"
#include "json/text.h"

namespace dijia::app {
namespace {

using json::Value;

void AddText(Value& object, std::string_view name, const std::string& text) {
  if (!text.empty()) object.Add(name, Value(text));
}

Value InputsOf(std::span<const InputRecord> records) {
  Value::Array inputs;
  for (const InputRecord& input : records) {
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

Value PlanOf(std::string_view effective) {
  Value plan{Value::Object()};
  plan.Add("effective_sha256", Value(Sha256Of(effective)));
  plan.Add("effective_toml", Value::Text(effective));
  return plan;
}

Value Begin(const EvidenceHead& head) {
  Value evidence{Value::Object()};
  evidence.Add("format", Value::Text(kEvidenceFormat));
  evidence.Add("engine_version", Value::Text(Version()));
  if (head.seed) evidence.Add("seed", Value::Unsigned(*head.seed));
  if (!head.effective_plan.empty()) evidence.Add("plan", PlanOf(head.effective_plan));
  if (!head.effective_compute_plan.empty()) {
    evidence.Add("compute_plan", PlanOf(head.effective_compute_plan));
  }
  evidence.Add("rule_packs", Value(Value::Array()));
  evidence.Add("inputs", InputsOf(head.inputs));
  return evidence;
}

EvidenceHead HeadOf(const Computed& computed) {
  return {computed.plan.seed, computed.effective_plan, computed.inputs};
}

// The text of a member; reports one that is missing or no text.
std::string TextOf(json::Reader& reader, const Value& object, std::string_view name) {
  const Value* member = object.Find(name);
  if (member == nullptr) {
    reader.ReportMissingField(object, name);
    return "";
  }
  const json::Reader::Step step(reader, std::string(name));
  return reader.Text(*member).value_or("");
}

// The text of a member that may be absent.
std::string OptionalTextOf(const Value& object, std::string_view name) {
  const Value* member = object.Find(name);
  const std::string* text = member == nullptr ? nullptr : member->text();
  return text == nullptr ? "" : *text;
}

InputRecord ReadInput(json::Reader& reader, const Value& value) {
  InputRecord input;
  if (reader.Object(value) == nullptr) return input;
  input.name = TextOf(reader, value, "file");
  input.contents = TextOf(reader, value, "contents");
  input.sha256 = TextOf(reader, value, "sha256");
  input.format = OptionalTextOf(value, "format");
  input.encoding = OptionalTextOf(value, "encoding");
  input.layer = OptionalTextOf(value, "layer");
  return input;
}

}  // namespace

Value EvidenceOf(const EvidenceHead& head, const Publication& draft) {
  Value evidence = Begin(head);
  evidence.Add("publication", Value(draft.id));
  evidence.Add("publication_sha256",
               Value(Sha256Of(json::ToCanonical(json::WritePublication(draft)))));
  return evidence;
}

Value EvidenceOf(const ComputedPublication& publication, const Computed& computed,
                 std::span<const OutputRecord> outputs) {
  Value evidence = EvidenceOf(HeadOf(computed), publication.draft);
  evidence.Add("counts", CountsOf(publication.scope.rows.size(), publication.fates));
  AddOutputs(evidence, outputs);
  return evidence;
}

Value EvidenceOfRun(const Computed& computed, std::span<const OutputRecord> outputs) {
  Value evidence = Begin(HeadOf(computed));
  Value::Array ids;
  for (const ComputedPublication& publication : computed.publications) {
    ids.emplace_back(publication.draft.id);
  }
  evidence.Add("publications", Value(std::move(ids)));
  evidence.Add("counts", CountsOf(computed.samples.size(), computed.report.fates));
  AddOutputs(evidence, outputs);
  return evidence;
}

void AddOutputs(Value& evidence, std::span<const OutputRecord> outputs) {
  Value::Array files;
  for (const OutputRecord& output : outputs) {
    Value object{Value::Object()};
    object.Add("file", Value(output.file));
    object.Add("bytes", Value::Unsigned(output.fingerprint.bytes));
    object.Add("sha256", Value(output.fingerprint.sha256));
    files.push_back(std::move(object));
  }
  evidence.Add("outputs", Value(std::move(files)));
}

std::optional<Evidence> ReadEvidence(std::string_view text, const std::string& source,
                                     Diagnostics& diagnostics) {
  Diagnostics found;
  const auto document = json::ParseJson(text, source, found);
  Evidence evidence;
  if (document) {
    json::Reader reader(source, json::PathStyle::kPointer, found);
    const Value& value = *document;
    const std::string format = reader.Object(value) ? TextOf(reader, value, "format") : "";
    if (!found.has_errors() && format != kEvidenceFormat) {
      const std::string_view known[] = {kEvidenceFormat};
      const json::Reader::Step step(reader, "format");
      reader.ReportUnknownChoice(*value.Find("format"), known);
    }
    evidence.engine_version = TextOf(reader, value, "engine_version");
    const Value* inputs = value.Find("inputs");
    if (inputs == nullptr) reader.ReportMissingField(value, "inputs");
    const json::Reader::Step step(reader, "inputs");
    if (const auto* items = inputs == nullptr ? nullptr : reader.Array(*inputs)) {
      for (std::size_t i = 0; i < items->size(); ++i) {
        const json::Reader::Step item(reader, i);
        evidence.inputs.push_back(ReadInput(reader, (*items)[i]));
      }
    }
  }
  const bool is_usable = document && !found.has_errors();
  diagnostics.Append(std::move(found));
  if (!is_usable) return std::nullopt;
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
