// The log of a store in the form that other systems read over HTTP.
#pragma once

#include "dijia/publication.h"
#include "json/value.h"
#include "store/access_key.h"
#include "store/event.h"

namespace dijia::app {

// {entry, county, id, area, status_before, status, effective_from, effective_until,
// content_sha256, evidence: [{name, sha256}], submitted_by, actor, note, recorded_at, previous,
// hash}.
json::Value WriteEntry(const store::Event& event);

// {entry, key, action, name, role, county, actor, note, recorded_at, previous, hash}, without the
// verifier.
json::Value WriteKeyEntry(const store::KeyEntry& entry);

// Examples for descriptions: the entries that importing a publication into an empty store and
// submitting it make, by one person at one time.
struct ExampleEntries {
  json::Value imported, submitted;
};
ExampleEntries ExampleEntriesOf(const Publication& publication, const store::Act& imported,
                                const store::Act& submitted);

}  // namespace dijia::app
