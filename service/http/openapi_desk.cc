#include "http/openapi_answers.h"

namespace dijia::http {

std::string_view DeskAnswers() {
  return R"json({
  "LogEntry": {"type": "object", "additionalProperties": false,
    "required": ["entry", "county", "id", "area", "status_before", "status", "effective_from", "effective_until", "content_sha256", "evidence", "submitted_by",
      "actor", "note", "recorded_at", "previous", "hash"],
    "properties": {"entry": {"type": "integer"}, "county": {"type": "string"}, "id": {"type": "string"}, "area": {"type": "string"},
      "status_before": {"type": ["string", "null"], "description": "null: was not in the store"}, "status": {"$ref": "#/components/schemas/PublicationStatus"},
      "effective_from": {"type": "string", "format": "date"}, "effective_until": {"type": ["string", "null"], "format": "date"},
      "content_sha256": {"type": "string"},
      "evidence": {"type": "array", "items": {"type": "object", "required": ["name", "sha256"], "additionalProperties": false,
        "properties": {"name": {"type": "string"}, "sha256": {"type": "string"}}}},
      "submitted_by": {"type": "string"}, "actor": {"type": "string"}, "note": {"type": "string"}, "recorded_at": {"type": "string", "format": "date-time"},
      "previous": {"type": "string"}, "hash": {"type": "string"},
      "warnings": {"type": "array", "description": "of an import: what of its inputs is not kept", "items": {"type": "object", "required": ["code", "detail"],
        "additionalProperties": true, "properties": {"code": {"type": "string"}, "detail": {"type": "string"}}}}}},
  "DeskEntry": {"type": "object", "additionalProperties": false,
    "required": ["entry", "county", "id", "area", "status_before", "status", "effective_from", "effective_until", "content_sha256", "evidence", "submitted_by",
      "actor", "note", "recorded_at", "previous", "hash", "title", "document_no", "base_date", "uses"],
    "properties": {"entry": {"type": "integer"}, "county": {"type": "string"}, "id": {"type": "string"}, "area": {"type": "string"},
      "status_before": {"type": ["string", "null"], "description": "null: was not in the store"}, "status": {"$ref": "#/components/schemas/PublicationStatus"},
      "effective_from": {"type": "string", "format": "date"}, "effective_until": {"type": ["string", "null"], "format": "date"},
      "content_sha256": {"type": "string"},
      "evidence": {"type": "array", "items": {"type": "object", "required": ["name", "sha256"], "additionalProperties": false,
        "properties": {"name": {"type": "string"}, "sha256": {"type": "string"}}}},
      "submitted_by": {"type": "string"}, "actor": {"type": "string"}, "note": {"type": "string"}, "recorded_at": {"type": "string", "format": "date-time"},
      "previous": {"type": "string"}, "hash": {"type": "string"},
      "title": {"type": "string"}, "document_no": {"type": "string"},
      "base_date": {"type": ["string", "null"], "format": "date", "description": "null: the document cannot be read"},
      "uses": {"type": "array", "items": {"type": "object", "required": ["use", "name"], "additionalProperties": false,
        "properties": {"use": {"type": "string"}, "name": {"type": "string"}}}}}},
  "Desk": {"type": "object", "required": ["publications"], "additionalProperties": false,
    "properties": {"publications": {"type": "array", "items": {"$ref": "#/components/schemas/DeskEntry"}}}},
  "KeyLogEntry": {"type": "object", "additionalProperties": false,
    "required": ["entry", "key", "action", "name", "role", "county", "actor", "note", "recorded_at", "previous", "hash"],
    "properties": {"entry": {"type": "integer"}, "key": {"type": "string"}, "action": {"type": "string", "enum": ["added", "revoked"]}, "name": {"type": "string"},
      "role": {"type": "string", "enum": ["viewer", "clerk", "approver", "admin"]}, "county": {"type": "string"}, "actor": {"type": "string"},
      "note": {"type": "string"}, "recorded_at": {"type": "string", "format": "date-time"}, "previous": {"type": "string"}, "hash": {"type": "string"}}},
  "Transitions": {"type": "object", "required": ["entries"], "additionalProperties": false,
    "properties": {"entries": {"type": "array", "items": {"$ref": "#/components/schemas/LogEntry"}}}},
  "Audit": {"type": "object", "required": ["entries", "keys"], "additionalProperties": false,
    "properties": {"entries": {"type": "array", "items": {"$ref": "#/components/schemas/LogEntry"}},
      "keys": {"type": "array", "items": {"$ref": "#/components/schemas/KeyLogEntry"}}}}
})json";
}

}  // namespace dijia::http
