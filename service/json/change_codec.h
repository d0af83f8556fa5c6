// What callers send to change publications.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dijia/base/diagnostic.h"
#include "dijia/publication.h"
#include "dijia/sample_decisions.h"
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

// Where the decisions of a request stand.
inline constexpr std::string_view kDecisionsPointer = "/decisions";

// Everything that is wrong is reported at once with its JSON pointer.
ImportRequest ReadImportRequest(const Value& document, Diagnostics& diagnostics);
TransitionRequest ReadTransitionRequest(const Value& document, Diagnostics& diagnostics);
// {"decisions": [{"sample_id", "decision", "reason"}]}: all that hold, `decided_by` and
// `decided_at` as they are given. Their source is kDecisionsPointer and their rows count from 1.
SampleDecisions ReadDecisionsRequest(const Value& document, Diagnostics& diagnostics);

// The bytes of a Base64 text (RFC 4648 §4, with padding, without line breaks); nothing for any
// other text.
std::optional<std::string> ReadBase64(std::string_view text);

// The fields of these documents.
std::vector<FieldMeaning> ImportFields();
std::vector<FieldMeaning> EvidenceFields();
std::vector<FieldMeaning> TransitionFields();
std::vector<FieldMeaning> DecisionsFields();
std::vector<FieldMeaning> DecisionFields();

}  // namespace dijia::json
