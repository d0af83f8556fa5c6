#include "app/log_document.h"

#include <optional>
#include <span>
#include <string>
#include <utility>

#include "app/stored_publications.h"
#include "store/chain.h"
#include "store/lifecycle.h"

namespace dijia::app {
namespace {

using json::Value;

Value DayValue(const std::optional<Date>& day) { return day ? Value(FormatDate(*day)) : Value(); }

Value EvidenceOf(const std::string& manifest) {
  Value files{Value::Array()};
  for (const store::ManifestLine& line : store::ReadManifest(manifest)) {
    Value file{Value::Object()};
    file.Add("name", Value(line.name));
    file.Add("sha256", Value(line.sha256));
    files.array()->push_back(std::move(file));
  }
  return files;
}

}  // namespace

Value WriteEntry(const store::Event& event) {
  Value entry{Value::Object()};
  entry.Add("entry", Value::Integer(event.entry));
  entry.Add("county", Value(event.key.county));
  entry.Add("id", Value(event.key.publication));
  entry.Add("area", Value(event.area));
  entry.Add("status_before", event.before ? Value::Text(CodeOf(*event.before)) : Value());
  entry.Add("status", Value::Text(CodeOf(event.status)));
  entry.Add("effective_from", Value(FormatDate(event.from)));
  entry.Add("effective_until", DayValue(event.until));
  entry.Add("content_sha256", Value(event.content));
  entry.Add("evidence", EvidenceOf(event.evidence));
  entry.Add("submitted_by", Value(event.submitted_by));
  entry.Add("actor", Value(event.actor));
  entry.Add("note", Value(event.reason));
  entry.Add("recorded_at", Value(event.recorded_at));
  entry.Add("previous", Value(event.previous));
  entry.Add("hash", Value(event.hash));
  return entry;
}

Value WriteKeyEntry(const store::KeyEntry& entry) {
  Value value{Value::Object()};
  value.Add("entry", Value::Integer(entry.entry));
  value.Add("key", Value(entry.key));
  value.Add("action", Value::Text(CodeOf(entry.action)));
  value.Add("name", Value(entry.about.name));
  value.Add("role", Value::Text(CodeOf(entry.about.role)));
  value.Add("county", Value(entry.about.county));
  value.Add("actor", Value(entry.actor));
  value.Add("note", Value(entry.reason));
  value.Add("recorded_at", Value(entry.recorded_at));
  value.Add("previous", Value(entry.previous));
  value.Add("hash", Value(entry.hash));
  return value;
}

ExampleEntries ExampleEntriesOf(const Publication& publication, const store::Act& imported,
                                const store::Act& submitted) {
  Diagnostics none;
  store::Event draft = *store::Arrive(ArrivalOf(publication), nullptr, imported, none);
  store::Seal(draft, nullptr);
  store::Event next = store::Move(std::span(&draft, 1), {}, draft.key,
                                  PublicationStatus::kSubmitted, submitted, none)
                          ->front();
  store::Seal(next, &draft);
  return {WriteEntry(draft), WriteEntry(next)};
}

}  // namespace dijia::app
