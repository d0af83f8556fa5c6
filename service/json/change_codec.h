// What callers send to change publications.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dijia/base/diagnostic.h"
#include "dijia/publication.h"
#include "json/field_meaning.h"
#include "json/value.h"

namespace dijia::json {

// {"publication": …, "note": "…", "evidence": [{"name", "text" or "base64"}]}
struct ImportRequest {
  struct File {
    std::string name, bytes;
  };
  std::optional<Publication> publication;  // there unless errors were reported
  std::string note;
  std::vector<File> evidence;
};

// {"to": "submitted", "note": "…"}
struct TransitionRequest {
  PublicationStatus to = PublicationStatus::kDraft;
  std::string note;
};

// Everything that is wrong is reported at once with its JSON pointer.
ImportRequest ReadImportRequest(const Value& document, Diagnostics& diagnostics);
TransitionRequest ReadTransitionRequest(const Value& document, Diagnostics& diagnostics);

// The bytes of a Base64 text (RFC 4648 §4, with padding, without line breaks); nothing for any
// other text.
std::optional<std::string> ReadBase64(std::string_view text);

// The fields of these documents.
std::vector<FieldMeaning> ImportFields();
std::vector<FieldMeaning> EvidenceFields();
std::vector<FieldMeaning> TransitionFields();

}  // namespace dijia::json
