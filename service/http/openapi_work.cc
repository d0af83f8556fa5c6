#include "http/openapi_answers.h"

namespace dijia::http {

std::string_view WorkAnswers() {
  return R"json({
  "Session": {"type": "object", "required": ["caller", "session"], "additionalProperties": false,
    "properties": {"caller": {"type": ["object", "null"], "description": "null: no key is needed", "required": ["key", "name", "role", "county"], "additionalProperties": false,
        "properties": {"key": {"type": "string"}, "name": {"type": "string"}, "role": {"type": "string", "enum": ["viewer", "clerk", "approver", "admin"]}, "county": {"type": "string"}}},
      "session": {"type": ["object", "null"], "description": "null: the request came with a key", "required": ["csrf_token", "idle_seconds", "seconds_left"], "additionalProperties": false,
        "properties": {"csrf_token": {"type": "string"}, "idle_seconds": {"type": "integer"}, "seconds_left": {"type": "integer"}}}}},
  "DueArea": {"type": "object", "additionalProperties": false,
    "required": ["county", "county_name", "area", "status", "publication", "document_no", "base_date", "effective_from", "age_months", "since", "clause", "next"],
    "properties": {"county": {"type": "string"}, "county_name": {"type": ["string", "null"]}, "area": {"type": ["string", "null"]},
      "status": {"type": "string", "enum": ["current", "due", "overdue", "barred", "none"]}, "publication": {"type": ["string", "null"]}, "document_no": {"type": ["string", "null"]},
      "base_date": {"type": ["string", "null"], "format": "date"}, "effective_from": {"type": ["string", "null"], "format": "date"}, "age_months": {"type": ["integer", "null"]},
      "since": {"type": ["string", "null"], "format": "date"},
      "clause": {"type": ["object", "null"], "description": "key, citation, text, is_open"}, "next": {"type": ["object", "null"], "description": "status, on, days_left"}}},
  "RefreshStatus": {"type": "object", "required": ["as_of", "areas"], "additionalProperties": false,
    "properties": {"as_of": {"type": "string", "format": "date"}, "areas": {"type": "array", "items": {"$ref": "#/components/schemas/DueArea"}}}},
  "JobMessage": {"type": "object", "additionalProperties": false, "required": ["code", "severity", "source", "row", "column", "field", "text"],
    "properties": {"code": {"type": "string"}, "severity": {"type": "string", "enum": ["note", "warning", "error"]}, "source": {"type": "string", "description": "the file, by the name it was sent with"},
      "row": {"type": ["integer", "null"], "description": "as in the file, the header is 1"}, "column": {"type": ["integer", "null"]}, "field": {"type": "string"}, "text": {"type": "string"}}},
  "Job": {"type": "object", "additionalProperties": false,
    "required": ["id", "kind", "state", "title", "county", "actor", "created_at", "started_at", "ended_at", "progress", "cancelling", "cancelled_by", "code", "errors", "warnings",
      "publications", "links"],
    "properties": {"id": {"type": "string"}, "kind": {"type": "string", "enum": ["compute", "refresh", "check", "value"]},
      "state": {"type": "string", "enum": ["queued", "running", "done", "failed", "cancelled", "interrupted"]}, "title": {"type": "string"},
      "county": {"type": ["string", "null"], "description": "null: several, or none"}, "actor": {"type": ["string", "null"]},
      "created_at": {"type": "string", "format": "date-time"}, "started_at": {"type": ["string", "null"], "format": "date-time"}, "ended_at": {"type": ["string", "null"], "format": "date-time"},
      "progress": {"type": ["object", "null"], "description": "of a running job: stage, done, total"},
      "cancelling": {"type": "boolean"}, "cancelled_by": {"type": ["string", "null"]}, "code": {"type": ["string", "null"], "description": "why it did not end well"},
      "errors": {"type": "integer"}, "warnings": {"type": "integer"},
      "publications": {"type": "array", "items": {"type": "object", "additionalProperties": false, "required": ["id", "county", "area", "imported"],
        "properties": {"id": {"type": "string"}, "county": {"type": "string"}, "area": {"type": "string"}, "imported": {"type": "boolean", "description": "it is a draft in the store"}}}},
      "messages": {"type": "array", "description": "what is wrong with the inputs; the first 1,000. Not in lists", "items": {"$ref": "#/components/schemas/JobMessage"}},
      "files": {"type": "array", "description": "what it made. Not in lists", "items": {"type": "object", "additionalProperties": false, "required": ["name", "bytes"],
        "properties": {"name": {"type": "string"}, "bytes": {"type": "integer"}}}},
      "links": {"type": "object", "additionalProperties": false, "required": ["self", "events"],
        "properties": {"self": {"type": "string"}, "events": {"type": "string"}, "result": {"type": "string"}}}}},
  "JobList": {"type": "object", "required": ["jobs"], "additionalProperties": false, "properties": {"jobs": {"type": "array", "items": {"$ref": "#/components/schemas/Job"}}}},
  "JobResult": {"type": "object", "required": ["publications"], "additionalProperties": false,
    "properties": {"publications": {"type": "array", "items": {"type": "object", "required": ["id", "county", "area", "folder", "prices"], "additionalProperties": false,
      "properties": {"id": {"type": "string"}, "county": {"type": "string"}, "area": {"type": "string"}, "folder": {"type": "string", "description": "of its files"},
        "counts": {"type": "object", "description": "of a computation: rows, and how many of them had which fate"},
        "prices": {"type": "array", "description": "columns of grade_prices.csv, or of refresh.csv",
          "items": {"type": "object", "required": ["use", "grade", "price_yuan_per_sqm", "method", "samples", "ci95_low", "ci95_high"], "additionalProperties": true}}}}}}},
  "Problem": {"type": "object", "description": "RFC 9457", "required": ["type", "title", "status", "code", "detail", "instance", "request_id"], "additionalProperties": false,
    "properties": {"type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"}, "code": {"type": "string", "pattern": "^DJ-[0-9]{4}$"},
      "detail": {"type": "string"}, "instance": {"type": "string"}, "request_id": {"type": "string"},
      "errors": {"type": "array", "items": {"type": "object", "required": ["code", "detail"], "additionalProperties": false,
        "properties": {"code": {"type": "string"}, "detail": {"type": "string"}, "pointer": {"type": "string", "format": "json-pointer"}, "source": {"type": "string", "description": "the file, where several were sent"},
          "row": {"type": "integer"}, "column": {"type": "integer"}}}}}}
})json";
}

}  // namespace dijia::http
