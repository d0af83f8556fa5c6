#include <algorithm>

#include "dijia/base/decimal.h"
#include "http/computation_parts.h"
#include "http/openapi.h"
#include "json/change_codec.h"
#include "json/parcel_codec.h"
#include "json/session_codec.h"
#include "json/simulation_codec.h"
#include "json/text.h"

namespace dijia::http {
namespace {

using json::Value;
using rules::Fact;
using rules::FactType;

// Answers and problems. A test holds real answers against them, field by field.
constexpr std::string_view kAnswerSchemas = R"json({
  "RulePack": {"type": "object", "required": ["id", "version", "sha256"], "additionalProperties": false,
    "properties": {"id": {"type": "string"}, "version": {"type": "string"}, "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"}}},
  "Verdict": {"type": "string", "enum": ["lawful", "unlawful", "needs_facts", "conflict_review", "not_applicable"]},
  "Amount": {"type": ["number", "null"], "description": "exact decimal, at most 4 decimals"},
  "Citation": {"type": "object", "required": ["instrument", "article", "in_force_from", "confidence"], "additionalProperties": true,
    "properties": {"instrument": {"type": "string"}, "article": {"type": "string"}, "in_force_from": {"type": ["string", "null"], "format": "date"},
      "confidence": {"type": "string", "enum": ["seen", "memory", "unclear", "reading"]}}},
  "Finding": {"type": "object", "required": ["rule", "clause", "outcome", "reason", "citation", "values", "words_sha256"], "additionalProperties": true,
    "properties": {"rule": {"type": "string"}, "clause": {"type": "string"},
      "outcome": {"type": "string", "enum": ["lawful", "unlawful", "needs_facts", "conflict_review", "not_applicable", "defect"]},
      "reason": {"type": "string"}, "citation": {"$ref": "#/components/schemas/Citation"},
      "values": {"type": "object", "additionalProperties": {"type": "number"}}, "words_sha256": {"type": "string"}}},
  "MissingFact": {"type": "object", "required": ["fact", "question", "evidence", "matters_because", "answers"], "additionalProperties": true,
    "properties": {"fact": {"type": "string"}, "question": {"type": "string"}, "evidence": {"type": "string"}, "matters_because": {"type": "string"},
      "answers": {"type": "array", "items": {"type": "object", "properties": {"value": {"type": "string"}, "verdict": {"$ref": "#/components/schemas/Verdict"},
        "lawful_minimum_yuan_per_sqm": {"$ref": "#/components/schemas/Amount"}}}}}},
  "Check": {"type": "object", "additionalProperties": true,
    "required": ["case_id", "verdict", "lawful_minimum_yuan_per_sqm", "price_yuan_per_sqm", "price_50y_yuan_per_sqm", "standard_yuan_per_sqm", "ratio",
      "deficit_yuan_per_sqm", "equal_within_rounding", "deciding_rule", "findings", "missing", "readings", "decided_on", "rule_pack"],
    "properties": {"case_id": {"type": "string"}, "verdict": {"$ref": "#/components/schemas/Verdict"},
      "lawful_minimum_yuan_per_sqm": {"$ref": "#/components/schemas/Amount"}, "price_yuan_per_sqm": {"$ref": "#/components/schemas/Amount"},
      "price_50y_yuan_per_sqm": {"$ref": "#/components/schemas/Amount"}, "standard_yuan_per_sqm": {"$ref": "#/components/schemas/Amount"},
      "ratio": {"type": ["number", "null"]}, "deficit_yuan_per_sqm": {"$ref": "#/components/schemas/Amount"},
      "equal_within_rounding": {"type": "boolean"}, "deciding_rule": {"type": "string"},
      "findings": {"type": "array", "items": {"$ref": "#/components/schemas/Finding"}},
      "missing": {"type": "array", "items": {"$ref": "#/components/schemas/MissingFact"}},
      "lowest_lawful": {"type": "object", "description": "with inverse=1", "additionalProperties": false, "properties": {
        "price_yuan_per_sqm": {"$ref": "#/components/schemas/Amount"}, "rent_yuan_per_sqm_year": {"$ref": "#/components/schemas/Amount"},
        "transfer_price_yuan_per_sqm": {"$ref": "#/components/schemas/Amount"}, "longest_term_years": {"$ref": "#/components/schemas/Amount"}}},
      "nearest_lawful_facts": {"type": "array", "description": "with inverse=1", "items": {"type": "object", "additionalProperties": false, "properties": {
        "changes": {"type": "array", "items": {"type": "object", "additionalProperties": false,
          "properties": {"fact": {"type": "string"}, "from": {"type": ["string", "null"]}, "to": {"type": "string"}}}},
        "lawful_minimum_yuan_per_sqm": {"$ref": "#/components/schemas/Amount"}}}},
      "readings": {"type": "array", "items": {"type": "object", "required": ["reading", "verdict"],
        "properties": {"reading": {"type": "string"}, "verdict": {"$ref": "#/components/schemas/Verdict"}}}},
      "decided_on": {"type": ["string", "null"], "format": "date"}, "rule_pack": {"$ref": "#/components/schemas/RulePack"},
      "kept": {"type": "object", "description": "with keep=1", "additionalProperties": false, "required": ["id", "recorded_at", "hash"],
        "properties": {"id": {"type": "string"}, "recorded_at": {"type": "string", "format": "date-time"}, "hash": {"type": "string"}}}}},
  "KeptCheck": {"type": "object", "additionalProperties": false,
    "required": ["id", "county", "case_id", "verdict", "lawful_minimum_yuan_per_sqm", "deciding_rule", "clauses", "missing", "decided_on", "rule_pack", "actor", "note",
      "recorded_at", "hash", "case"],
    "properties": {"id": {"type": "string"}, "county": {"type": "string"}, "case_id": {"type": "string"}, "verdict": {"$ref": "#/components/schemas/Verdict"},
      "lawful_minimum_yuan_per_sqm": {"$ref": "#/components/schemas/Amount"}, "deciding_rule": {"type": "string"},
      "clauses": {"type": "array", "items": {"type": "object", "additionalProperties": false,
        "properties": {"outcome": {"type": "string"}, "rule": {"type": "string"}, "clause": {"type": "string"}, "citation": {"type": "string"}}}},
      "missing": {"type": "array", "items": {"type": "string"}}, "decided_on": {"type": ["string", "null"], "format": "date"},
      "rule_pack": {"$ref": "#/components/schemas/RulePack"}, "actor": {"type": "string"}, "note": {"type": "string"},
      "recorded_at": {"type": "string", "format": "date-time"}, "hash": {"type": "string"},
      "case": {"description": "as it was given", "type": ["object", "string"]}}},
  "KeptChecks": {"type": "object", "additionalProperties": false, "required": ["checks", "next"],
    "properties": {"checks": {"type": "array", "items": {"$ref": "#/components/schemas/KeptCheck"}}, "next": {"type": ["string", "null"]}}},
  "ValuationStep": {"type": "object", "required": ["name", "kind", "input", "source", "after_yuan_per_sqm"], "additionalProperties": false,
    "properties": {"name": {"type": "string"}, "kind": {"type": "string"}, "coefficient": {"type": "number"}, "add_yuan_per_sqm": {"type": "number"},
      "input": {"type": "string"}, "source": {"type": "string"}, "after_yuan_per_sqm": {"type": "number"},
      "factors": {"type": "array", "items": {"type": "object", "required": ["factor", "level", "percent", "input"], "additionalProperties": false,
        "properties": {"factor": {"type": "string"}, "level": {"type": "string"}, "percent": {"type": "number"}, "input": {"type": "string"}}}}}},
  "ValuationNote": {"type": "object", "required": ["field", "code", "text"], "additionalProperties": false,
    "properties": {"field": {"type": ["string", "null"]}, "code": {"type": "string"}, "text": {"type": "string"}}},
  "Valuation": {"type": "object", "additionalProperties": false,
    "required": ["parcel_id", "status", "unit_price_yuan_per_sqm", "floor_price_yuan_per_sqm", "total_yuan", "base_price_yuan_per_sqm", "publication", "steps", "warnings", "missing"],
    "properties": {"parcel_id": {"type": ["string", "null"]}, "status": {"type": "string", "enum": ["valued", "withheld"]},
      "unit_price_yuan_per_sqm": {"$ref": "#/components/schemas/Amount"}, "floor_price_yuan_per_sqm": {"$ref": "#/components/schemas/Amount"},
      "total_yuan": {"$ref": "#/components/schemas/Amount"}, "base_price_yuan_per_sqm": {"$ref": "#/components/schemas/Amount"},
      "publication": {"type": ["string", "null"]}, "steps": {"type": "array", "items": {"$ref": "#/components/schemas/ValuationStep"}},
      "parts": {"type": "array", "description": "of mixed use", "items": {"type": "object", "required": ["name", "use", "weight", "base_price_yuan_per_sqm", "steps"], "additionalProperties": false,
        "properties": {"name": {"type": "string"}, "use": {"type": "string"}, "weight": {"type": "string"}, "base_price_yuan_per_sqm": {"type": "number"},
          "steps": {"type": "array", "items": {"$ref": "#/components/schemas/ValuationStep"}}}}},
      "warnings": {"type": "array", "items": {"$ref": "#/components/schemas/ValuationNote"}},
      "missing": {"type": "array", "items": {"$ref": "#/components/schemas/ValuationNote"}}}},
  "PublicationStatus": {"type": "string", "enum": ["draft", "submitted", "approved", "published", "superseded", "withdrawn"]},
  "PublicationList": {"type": "object", "required": ["publications"], "additionalProperties": false, "properties": {"publications": {"type": "array", "items": {
    "type": "object", "additionalProperties": false,
    "required": ["id", "county", "area", "title", "document_no", "base_date", "effective_from", "effective_until", "status", "recorded_at", "has_zones", "uses"],
    "properties": {"id": {"type": "string"}, "county": {"type": "string"}, "area": {"type": "string"}, "title": {"type": "string"}, "document_no": {"type": "string"},
      "base_date": {"type": "string", "format": "date"}, "effective_from": {"type": "string", "format": "date"}, "effective_until": {"type": ["string", "null"], "format": "date"},
      "status": {"$ref": "#/components/schemas/PublicationStatus"},
      "recorded_at": {"type": ["string", "null"], "format": "date-time", "description": "null: of a file"},
      "has_zones": {"type": "boolean", "description": "shapes of its grades and zones are kept"},
      "uses": {"type": "array", "items": {"type": "object", "required": ["use", "name"], "additionalProperties": false,
        "properties": {"use": {"type": "string"}, "name": {"type": "string"}}}}}}}}},
  "Publication": {"type": "object", "description": "dijia-publication/1", "required": ["format", "id", "county", "base_date", "status", "uses"], "additionalProperties": true},
  "GradePrices": {"type": "object", "additionalProperties": false,
    "required": ["publication", "county", "area", "base_date", "effective_from", "effective_until", "status", "prices"],
    "properties": {"publication": {"type": "string"}, "county": {"type": "string"}, "area": {"type": "string"},
      "base_date": {"type": "string", "format": "date"}, "effective_from": {"type": "string", "format": "date"}, "effective_until": {"type": ["string", "null"], "format": "date"},
      "status": {"$ref": "#/components/schemas/PublicationStatus"},
      "prices": {"type": "array", "items": {"type": "object", "required": ["use", "name", "grade", "term_years", "capitalization_rate", "development_level"], "additionalProperties": false,
        "properties": {"use": {"type": "string"}, "name": {"type": "string"}, "grade": {"type": ["integer", "null"]}, "sub_use": {"type": "string"},
          "zone": {"type": "string"}, "route": {"type": "string"}, "term_years": {"type": "number"}, "capitalization_rate": {"type": "number"}, "development_level": {"type": "string"},
          "price_yuan_per_sqm": {"$ref": "#/components/schemas/Amount"}, "price_wan_yuan_per_mu": {"$ref": "#/components/schemas/Amount"},
          "price_yuan_per_sqm_floor": {"$ref": "#/components/schemas/Amount"}, "far": {"type": ["number", "null"]}, "standard_depth_m": {"type": ["number", "null"]},
          "status": {"type": "string", "description": "of a computed price"}, "method": {"type": "string", "description": "of a computed price"}}}}}},
  "Geometry": {"type": "object", "required": ["type", "coordinates"], "additionalProperties": false, "description": "RFC 7946; longitude and latitude of CGCS2000",
    "properties": {"type": {"type": "string", "enum": ["Polygon", "MultiPolygon"]}, "coordinates": {"type": "array"}}},
  "Link": {"type": "object", "required": ["href", "rel", "type", "title"], "additionalProperties": false,
    "properties": {"href": {"type": "string", "format": "uri-reference"}, "rel": {"type": "string"}, "type": {"type": "string"}, "title": {"type": "string"}}},
  "Feature": {"type": "object", "required": ["type", "id", "geometry", "properties"], "additionalProperties": false,
    "properties": {"type": {"type": "string", "enum": ["Feature"]}, "id": {"type": "string"}, "geometry": {"$ref": "#/components/schemas/Geometry"},
      "properties": {"type": "object", "required": ["publication", "county", "area", "use", "name", "sub_use", "grade", "zone", "far", "effective_from", "effective_until", "status"], "additionalProperties": false,
        "properties": {"publication": {"type": "string"}, "county": {"type": "string"}, "area": {"type": "string"}, "use": {"type": "string"}, "name": {"type": "string"},
          "sub_use": {"type": "string"}, "grade": {"type": "integer"}, "zone": {"type": ["string", "null"], "description": "null: the extent of the grade"},
          "price_yuan_per_sqm": {"$ref": "#/components/schemas/Amount"}, "price_wan_yuan_per_mu": {"$ref": "#/components/schemas/Amount"},
          "price_yuan_per_sqm_floor": {"$ref": "#/components/schemas/Amount"}, "far": {"type": ["number", "null"]},
          "effective_from": {"type": "string", "format": "date"}, "effective_until": {"type": ["string", "null"], "format": "date"}, "status": {"$ref": "#/components/schemas/PublicationStatus"}}},
      "links": {"type": "array", "items": {"$ref": "#/components/schemas/Link"}}}},
  "ZoneFeatures": {"type": "object", "required": ["type", "publication", "county", "area", "effective_from", "effective_until", "status", "features"], "additionalProperties": false,
    "properties": {"type": {"type": "string", "enum": ["FeatureCollection"]}, "publication": {"type": "string"}, "county": {"type": "string"}, "area": {"type": "string"},
      "effective_from": {"type": "string", "format": "date"}, "effective_until": {"type": ["string", "null"], "format": "date"}, "status": {"$ref": "#/components/schemas/PublicationStatus"},
      "features": {"type": "array", "items": {"$ref": "#/components/schemas/Feature"}}}},
  "FeaturePage": {"type": "object", "required": ["type", "numberMatched", "numberReturned", "links", "features"], "additionalProperties": false,
    "properties": {"type": {"type": "string", "enum": ["FeatureCollection"]}, "numberMatched": {"type": "integer"}, "numberReturned": {"type": "integer"},
      "links": {"type": "array", "items": {"$ref": "#/components/schemas/Link"}}, "features": {"type": "array", "items": {"$ref": "#/components/schemas/Feature"}}}},
  "FeatureService": {"type": "object", "required": ["title", "description", "links"], "additionalProperties": false,
    "properties": {"title": {"type": "string"}, "description": {"type": "string"}, "links": {"type": "array", "items": {"$ref": "#/components/schemas/Link"}}}},
  "Conformance": {"type": "object", "required": ["conformsTo"], "additionalProperties": false,
    "properties": {"conformsTo": {"type": "array", "items": {"type": "string"}}}},
  "Collection": {"type": "object", "required": ["id", "title", "description", "extent", "itemType", "crs", "links"], "additionalProperties": false,
    "properties": {"id": {"type": "string"}, "title": {"type": "string"}, "description": {"type": "string"}, "itemType": {"type": "string", "enum": ["feature"]},
      "crs": {"type": "array", "items": {"type": "string"}}, "links": {"type": "array", "items": {"$ref": "#/components/schemas/Link"}},
      "extent": {"type": "object", "required": ["spatial", "temporal"], "additionalProperties": false, "properties": {
        "spatial": {"type": "object", "required": ["bbox", "crs"], "additionalProperties": false, "properties": {"bbox": {"type": "array"}, "crs": {"type": "string"}}},
        "temporal": {"type": "object", "required": ["interval", "trs"], "additionalProperties": false, "properties": {"interval": {"type": "array"}, "trs": {"type": "string"}}}}}}},
  "Collections": {"type": "object", "required": ["links", "collections"], "additionalProperties": false,
    "properties": {"links": {"type": "array", "items": {"$ref": "#/components/schemas/Link"}}, "collections": {"type": "array", "items": {"$ref": "#/components/schemas/Collection"}}}},
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
      "keys": {"type": "array", "items": {"$ref": "#/components/schemas/KeyLogEntry"}}}},
  "NamedPublication": {"type": "object", "additionalProperties": false, "required": ["id", "county", "area", "title", "document_no", "status", "base_date", "effective_from"],
    "properties": {"id": {"type": "string"}, "county": {"type": "string"}, "area": {"type": ["string", "null"]}, "title": {"type": ["string", "null"]}, "document_no": {"type": ["string", "null"]},
      "status": {"$ref": "#/components/schemas/PublicationStatus"}, "base_date": {"type": "string", "format": "date"}, "effective_from": {"type": ["string", "null"], "format": "date"}}},
  "SampleCell": {"type": "object", "additionalProperties": false,
    "required": ["use", "name", "sub_use", "grade", "status", "method", "price_yuan_per_sqm", "computed_price_yuan_per_sqm", "rows", "screened", "used", "excluded", "included",
      "mean", "median", "cv", "estimate", "interval_low", "interval_high", "interval_coverage"],
    "properties": {"use": {"type": "string"}, "name": {"type": "string"}, "sub_use": {"type": "string"}, "grade": {"type": "integer"},
      "status": {"type": "string", "enum": ["computed", "thin", "modelled", "carried_forward", "withheld"]}, "method": {"type": "string"},
      "price_yuan_per_sqm": {"type": ["number", "null"], "description": "of the document"},
      "computed_price_yuan_per_sqm": {"type": ["number", "null"], "description": "made again from what is kept"},
      "rows": {"type": "integer"}, "screened": {"type": "integer", "description": "of the rows, those that reached the screening"}, "used": {"type": "integer"},
      "excluded": {"type": "integer", "description": "by decision of appraisers"}, "included": {"type": "integer", "description": "the same, against a screening rule"},
      "mean": {"type": ["number", "null"]}, "median": {"type": ["number", "null"]}, "cv": {"type": ["number", "null"]}, "estimate": {"type": ["number", "null"]},
      "interval_low": {"type": ["number", "null"]}, "interval_high": {"type": ["number", "null"]}, "interval_coverage": {"type": ["number", "null"]},
      "samples": {"type": "array", "description": "where use and grade are asked for", "items": {"$ref": "#/components/schemas/ReviewedSample"}}}},
  "ReviewedSample": {"type": "object", "additionalProperties": false,
    "required": ["row", "source", "sample_id", "date", "raw_price_yuan_per_sqm", "normalized_price_yuan_per_sqm", "kept", "reason", "rule", "figure", "limit", "decision", "overruled"],
    "properties": {"row": {"type": "integer", "description": "as in the file, header = 1"}, "source": {"type": "string"}, "sample_id": {"type": "string"},
      "date": {"type": ["string", "null"], "format": "date"}, "raw_price_yuan_per_sqm": {"type": ["number", "null"]},
      "normalized_price_yuan_per_sqm": {"type": ["number", "null"]}, "kept": {"type": "boolean"}, "reason": {"type": "string"},
      "rule": {"type": ["string", "null"], "description": "of screening"}, "figure": {"type": ["number", "null"]}, "limit": {"type": ["number", "null"]},
      "decision": {"type": ["string", "null"], "enum": ["include", "exclude", null]}, "overruled": {"type": ["string", "null"], "description": "the screening rule that an inclusion overrules"}}},
  "SampleDecision": {"type": "object", "required": ["sample_id", "decision", "reason", "decided_by", "decided_at"], "additionalProperties": false,
    "properties": {"sample_id": {"type": "string"}, "decision": {"type": "string", "enum": ["include", "exclude"]}, "reason": {"type": "string"}, "decided_by": {"type": "string"}, "decided_at": {"type": "string"}}},
  "CellState": {"type": ["object", "null"], "description": "null: there is no such cell", "required": ["status", "price_yuan_per_sqm"], "additionalProperties": false,
    "properties": {"status": {"type": "string"}, "price_yuan_per_sqm": {"type": ["number", "null"]}}},
  "DecisionEffect": {"type": "object", "required": ["before", "after", "others", "notes"], "additionalProperties": false,
    "properties": {"before": {"$ref": "#/components/schemas/SampleCells"}, "after": {"type": ["object", "null"], "description": "the same; null: there is no such cell any more"},
      "others": {"type": "array", "description": "other cells whose price or status is another", "items": {"type": "object", "required": ["use", "name", "sub_use", "grade", "before", "after"], "additionalProperties": false,
        "properties": {"use": {"type": "string"}, "name": {"type": "string"}, "sub_use": {"type": "string"}, "grade": {"type": "integer"},
          "before": {"$ref": "#/components/schemas/CellState"}, "after": {"$ref": "#/components/schemas/CellState"}}}},
      "notes": {"type": "array", "description": "decisions that change nothing", "items": {"type": "object"}}}},
  "SampleCells": {"type": "object", "required": ["publication", "county", "area", "cells", "left_out", "decisions"], "additionalProperties": false,
    "properties": {"publication": {"type": "string"}, "county": {"type": "string"}, "area": {"type": "string"},
      "cells": {"type": "array", "items": {"$ref": "#/components/schemas/SampleCell"}},
      "left_out": {"type": "array", "items": {"type": "object", "required": ["reason", "rows"], "additionalProperties": false,
        "properties": {"reason": {"type": "string"}, "rows": {"type": "integer"}}}},
      "decisions": {"type": "array", "description": "of appraisers, in the whole run", "items": {"$ref": "#/components/schemas/SampleDecision"}}}},
  "PriceDifference": {"type": "object", "additionalProperties": false, "required": ["use", "place", "name", "kind", "old", "new", "change_percent"],
    "properties": {"use": {"type": "string"}, "place": {"type": "string", "enum": ["grade", "zone", "route"]}, "name": {"type": ["string", "null"]}, "kind": {"type": "string"},
      "old": {"type": ["object", "null"]}, "new": {"type": ["object", "null"]}, "change_percent": {"type": ["number", "null"]}}},
  "PublicationDiff": {"type": "object", "required": ["old", "new", "conditions", "prices", "tables", "counts"], "additionalProperties": false,
    "properties": {"old": {"$ref": "#/components/schemas/NamedPublication"}, "new": {"$ref": "#/components/schemas/NamedPublication"},
      "conditions": {"type": "array", "items": {"type": "object", "required": ["use", "name", "old", "new"], "additionalProperties": false,
        "properties": {"use": {"type": ["string", "null"]}, "name": {"type": "string"}, "old": {"type": ["string", "null"]}, "new": {"type": ["string", "null"]}}}},
      "prices": {"type": "array", "items": {"$ref": "#/components/schemas/PriceDifference"}},
      "tables": {"type": "array", "items": {"type": "object", "required": ["use", "name", "kind"], "additionalProperties": false,
        "properties": {"use": {"type": "string"}, "name": {"type": "string"}, "kind": {"type": "string"}}}},
      "counts": {"type": "array", "items": {"type": "object", "required": ["use", "raised", "lowered", "same", "unlike"], "additionalProperties": false,
        "properties": {"use": {"type": "string"}, "raised": {"type": "integer"}, "lowered": {"type": "integer"}, "same": {"type": "integer"}, "unlike": {"type": "integer"}}}}}},
  "ImpactSums": {"type": "object", "additionalProperties": false,
    "required": ["parcels", "raised", "lowered", "same", "not_valued", "mean_change_percent", "largest_rise_percent", "largest_fall_percent", "with_total", "old_total_yuan",
      "new_total_yuan", "total_change_percent", "more_yuan", "less_yuan"],
    "properties": {"use": {"type": ["string", "null"], "description": "of a group and of a use; null: mixed, or not stated"},
      "grade": {"type": ["integer", "null"], "description": "of a group; null: it states a zone, a street or nothing"},
      "parcels": {"type": "integer"}, "raised": {"type": "integer", "description": "by unit price"}, "lowered": {"type": "integer"}, "same": {"type": "integer"},
      "not_valued": {"type": "integer", "description": "withheld by either publication"},
      "mean_change_percent": {"type": ["number", "null"], "description": "of unit prices, every parcel alike"},
      "largest_rise_percent": {"type": ["number", "null"]}, "largest_fall_percent": {"type": ["number", "null"]},
      "with_total": {"type": "integer", "description": "valued by both, and the area is known: the parcels of the totals"},
      "old_total_yuan": {"type": "number"}, "new_total_yuan": {"type": "number"}, "total_change_percent": {"type": ["number", "null"]},
      "more_yuan": {"type": "number", "description": "what those whose total rises pay more together"},
      "less_yuan": {"type": "number", "description": "what those whose total falls pay less together"}}},
  "PublicationImpact": {"type": "object", "required": ["old", "new", "groups", "by_use", "total", "withheld", "elsewhere", "rows", "refused", "problems"], "additionalProperties": false,
    "properties": {"old": {"$ref": "#/components/schemas/NamedPublication"}, "new": {"$ref": "#/components/schemas/NamedPublication"},
      "groups": {"type": "array", "items": {"$ref": "#/components/schemas/ImpactSums"}}, "by_use": {"type": "array", "items": {"$ref": "#/components/schemas/ImpactSums"}},
      "total": {"$ref": "#/components/schemas/ImpactSums"},
      "withheld": {"type": "array", "description": "why parcels were not valued, by code; a parcel counts once for each of its reasons", "items": {"type": "object", "additionalProperties": false,
        "required": ["code", "parcels", "example"], "properties": {"code": {"type": "string"}, "parcels": {"type": "integer"}, "example": {"type": "string"}}}},
      "elsewhere": {"type": "integer", "description": "parcels that state another county or area; in no sum"},
      "rows": {"type": "integer"}, "refused": {"type": "integer", "description": "rows that cannot be read; in no sum"},
      "problems": {"type": "array", "description": "what is wrong with rows; the first 1,000", "items": {"type": "object", "required": ["code", "detail"], "additionalProperties": false,
        "properties": {"code": {"type": "string"}, "detail": {"type": "string"}, "pointer": {"type": "string", "format": "json-pointer"},
          "source": {"type": "string"}, "row": {"type": "integer"}, "column": {"type": "integer"}}}}}},
  "FlipGroup": {"type": "object", "additionalProperties": false, "required": ["flips", "to_lawful", "to_unlawful", "to_open", "deficit_before_yuan", "deficit_after_yuan"],
    "properties": {"clause": {"type": "string", "description": "that the price fails, or failed"}, "county": {"type": "string", "description": "empty: not stated"},
      "flips": {"type": "integer"}, "to_lawful": {"type": "integer"}, "to_unlawful": {"type": "integer"}, "to_open": {"type": "integer"},
      "deficit_before_yuan": {"type": ["integer", "null"]}, "deficit_after_yuan": {"type": ["integer", "null"]}}},
  "Flip": {"type": "object", "additionalProperties": false,
    "required": ["case_id", "county", "before", "after", "clause", "price_yuan_per_sqm", "minimum_before_yuan_per_sqm", "minimum_after_yuan_per_sqm", "deficit_before_yuan_per_sqm",
      "deficit_after_yuan_per_sqm"],
    "properties": {"case_id": {"type": "string"}, "county": {"type": "string"}, "before": {"$ref": "#/components/schemas/Verdict"}, "after": {"$ref": "#/components/schemas/Verdict"},
      "clause": {"type": "string"}, "price_yuan_per_sqm": {"$ref": "#/components/schemas/Amount"}, "minimum_before_yuan_per_sqm": {"$ref": "#/components/schemas/Amount"},
      "minimum_after_yuan_per_sqm": {"$ref": "#/components/schemas/Amount"}, "deficit_before_yuan_per_sqm": {"$ref": "#/components/schemas/Amount"},
      "deficit_after_yuan_per_sqm": {"$ref": "#/components/schemas/Amount"}}},
  "RuleSimulation": {"type": "object", "additionalProperties": false,
    "required": ["rule_pack", "before", "after", "cases", "flips", "verdicts", "deficit_before_yuan", "deficit_after_yuan", "by_clause", "by_county", "listed", "problems"],
    "properties": {"rule_pack": {"$ref": "#/components/schemas/RulePack"}, "before": {"$ref": "#/components/schemas/LawSide"}, "after": {"$ref": "#/components/schemas/LawSide"},
      "tried_pack": {"$ref": "#/components/schemas/RulePack", "description": "of `after`, where the request brought a pack"},
      "cases": {"type": "integer"}, "flips": {"type": "integer", "description": "cases whose verdict changes"},
      "verdicts": {"type": "array", "items": {"type": "object", "required": ["before", "after", "cases"], "additionalProperties": false,
        "properties": {"before": {"$ref": "#/components/schemas/Verdict"}, "after": {"$ref": "#/components/schemas/Verdict"}, "cases": {"type": "integer"}}}},
      "deficit_before_yuan": {"type": ["integer", "null"], "description": "of the cases that change, where their area is known, in whole yuan"},
      "deficit_after_yuan": {"type": ["integer", "null"]},
      "by_clause": {"type": "array", "items": {"$ref": "#/components/schemas/FlipGroup"}}, "by_county": {"type": "array", "items": {"$ref": "#/components/schemas/FlipGroup"}},
      "listed": {"type": "array", "description": "the first 1,000 cases that change", "items": {"$ref": "#/components/schemas/Flip"}},
      "problems": {"type": "array", "description": "kept cases that cannot be read any more; the first 1,000", "items": {"type": "object", "required": ["code", "detail"], "additionalProperties": false,
        "properties": {"code": {"type": "string"}, "detail": {"type": "string"}, "pointer": {"type": "string", "format": "json-pointer"},
          "source": {"type": "string"}, "row": {"type": "integer"}, "column": {"type": "integer"}}}}}},
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

Value Types(std::initializer_list<std::string_view> names) {
  Value types{Value::Array()};
  for (const std::string_view name : names) types.array()->push_back(Value::Text(name));
  return types;
}

Value Units(std::int64_t units, int scale) {
  return Value(Value::Number{FormatDecimal(units, scale)});
}

Value Choices(const Fact& fact) {
  Value choices{Value::Array()};
  for (const std::string& choice : fact.choices) choices.array()->push_back(Value(choice));
  choices.array()->push_back(Value());
  return choices;
}

void AddType(const Fact& fact, Value& schema) {
  switch (fact.type) {
    case FactType::kYesNo:
      schema.Add("type", Types({"boolean", "null"}));
      break;
    case FactType::kChoice:
      schema.Add("enum", Choices(fact));
      break;
    case FactType::kInteger:
      schema.Add("type", Types({"integer", "null"}));
      schema.Add("minimum", Units(fact.lowest, fact.scale));
      schema.Add("maximum", Units(fact.highest, fact.scale));
      break;
    case FactType::kDecimal:
      schema.Add("type", Types({"number", "string", "null"}));
      schema.Add("minimum", Units(fact.lowest, fact.scale));
      schema.Add("maximum", Units(fact.highest, fact.scale));
      schema.Add("pattern", Value(R"(^[0-9]+(\.[0-9]{1,)" + std::to_string(fact.scale) + "})?$"));
      break;
    case FactType::kDate:
      schema.Add("type", Types({"string", "null"}));
      schema.Add("format", Value::Text("date"));
      break;
    case FactType::kCounty:
      schema.Add("type", Types({"string", "null"}));
      schema.Add("pattern", Value::Text("^[0-9]{6}$"));
      break;
    case FactType::kIndustry:
      schema.Add("type", Types({"string", "null"}));
      schema.Add("pattern", Value::Text("^[0-9]{2,4}$"));
      break;
  }
}

Value FactSchema(const Fact& fact, Language language) {
  Value schema{Value::Object()};
  AddType(fact, schema);
  std::string description = fact.question.In(language);
  if (!fact.evidence.In(language).empty()) description += " (" + fact.evidence.In(language) + ")";
  schema.Add("description", Value(std::move(description)));
  return schema;
}

Value ObjectSchema() {
  Value schema{Value::Object()};
  schema.Add("type", Value::Text("object"));
  schema.Add("additionalProperties", Value(false));
  schema.Add("properties", Value(Value::Object()));
  return schema;
}

Value& PropertiesOf(Value& schema) {
  return std::ranges::find(*schema.object(), "properties", &Value::Member::name)->value;
}

Value ReviewsSchema() {
  constexpr std::string_view kText =
      R"json({"type": ["array", "null"], "items": {"type": "object", "required": ["after_years", "rent"], "additionalProperties": false,
       "properties": {"after_years": {"type": ["number", "string"]}, "rent": {"type": ["number", "string"]}}}})json";
  Diagnostics none;
  return *json::ParseJson(kText, "", none);
}

// `price.amount` is a property of the object `price`; the two figures of `rent_reviews.` stand for
// a list.
Value CaseSchema(const rules::RulePack& pack, Language language) {
  Value schema = ObjectSchema(), price = ObjectSchema(), facts = ObjectSchema();
  const auto text = [] {
    Value type{Value::Object()};
    type.Add("type", Value::Text("string"));
    return type;
  };
  PropertiesOf(schema).Add("case_id", text());
  for (const Fact& fact : pack.facts) {
    const std::size_t dot = fact.id.find('.');
    const std::string group = dot == std::string::npos ? "" : fact.id.substr(0, dot);
    if (group == "rent_reviews") continue;
    Value& owner = group == "price" ? price : group == "facts" ? facts : schema;
    PropertiesOf(owner).Add(group.empty() ? fact.id : fact.id.substr(dot + 1),
                            FactSchema(fact, language));
  }
  PropertiesOf(schema).Add("price", std::move(price));
  PropertiesOf(schema).Add("rent_reviews", ReviewsSchema());
  PropertiesOf(schema).Add("facts", std::move(facts));
  return schema;
}

// A parcel from the table of its fields; what a field holds is judged when it is read.
Value ParcelSchema() {
  Value schema = ObjectSchema();
  const std::vector<std::string_view> names = json::ParcelFields();
  const std::vector<std::string_view> meanings = json::ParcelFieldMeanings();
  for (std::size_t i = 0; i < names.size(); ++i) {
    Value field{Value::Object()};
    field.Add("description", Value::Text(meanings[i]));
    PropertiesOf(schema).Add(std::string(names[i]), std::move(field));
  }
  return schema;
}

// What the fields of the documents below hold, where it is no text.
constexpr std::pair<std::string_view, std::string_view> kFieldTypes[] = {
    {"publication", R"({"$ref": "#/components/schemas/Publication"})"},
    {"evidence", R"({"type": "array", "items": {"$ref": "#/components/schemas/EvidenceFile"}})"},
    {"decisions", R"({"type": "array", "items": {"$ref": "#/components/schemas/Decision"}})"},
    {"before", R"({"$ref": "#/components/schemas/LawSide"})"},
    {"after", R"({"$ref": "#/components/schemas/LawSide"})"},
    {"readings", R"({"type": "object", "additionalProperties": {"type": "string"}})"},
    {"pack", R"({"type": "object", "additionalProperties": {"type": "string"}})"},
    {"decided_on", R"({"type": ["string", "null"], "format": "date"})"},
    {"from", R"({"type": ["string", "null"], "format": "date"})"},
    {"until", R"({"type": ["string", "null"], "format": "date"})"},
};

// A document that callers send, from the table of its fields.
Value ChangeSchema(const std::vector<json::FieldMeaning>& fields) {
  Value schema = ObjectSchema(), required{Value::Array()};
  for (const json::FieldMeaning& field : fields) {
    std::string_view type = R"({"type": "string"})";
    for (const auto& [name, text] : kFieldTypes) {
      if (name == field.name) type = text;
    }
    Diagnostics none;
    Value property = *json::ParseJson(type, "", none);
    property.Add("description", Value::Text(field.meaning));
    PropertiesOf(schema).Add(field.name, std::move(property));
    if (field.is_required) required.array()->push_back(Value::Text(field.name));
  }
  schema.Add("required", std::move(required));
  return schema;
}

// The parts of a computation, from their table.
Value ComputationSchema(Language language) {
  Value schema = ObjectSchema(), required{Value::Array()};
  for (const PartRow& row : ComputationParts()) {
    Value part{Value::Object()};
    part.Add("type", Value::Text("string"));
    if (row.kind != PartKind::kField) part.Add("format", Value::Text("binary"));
    if (row.many) {
      Value list{Value::Object()};
      list.Add("type", Value::Text("array"));
      list.Add("items", std::move(part));
      part = std::move(list);
    }
    part.Add("description", Value::Text(language == Language::kZh ? row.zh : row.en));
    PropertiesOf(schema).Add(row.name, std::move(part));
    if (row.is_required) required.array()->push_back(Value::Text(row.name));
  }
  schema.Add("required", std::move(required));
  return schema;
}

}  // namespace

Value OpenApiSchemas(const rules::RulePack& pack, Language language) {
  Diagnostics none;
  Value schemas{Value::Object()};
  schemas.Add("Case", CaseSchema(pack, language));
  schemas.Add("Parcel", ParcelSchema());
  schemas.Add("PublicationImport", ChangeSchema(json::ImportFields()));
  schemas.Add("EvidenceFile", ChangeSchema(json::EvidenceFields()));
  schemas.Add("SignIn", ChangeSchema(json::SignInFields()));
  schemas.Add("Transition", ChangeSchema(json::TransitionFields()));
  schemas.Add("Decisions", ChangeSchema(json::DecisionsFields()));
  schemas.Add("Decision", ChangeSchema(json::DecisionFields()));
  schemas.Add("RuleSimulationOrder", ChangeSchema(json::SimulationFields()));
  schemas.Add("LawSide", ChangeSchema(json::LawSideFields()));
  schemas.Add("Computation", ComputationSchema(language));
  Value answers = *json::ParseJson(kAnswerSchemas, "", none);
  for (Value::Member& member : *answers.object()) {
    schemas.Add(member.name, std::move(member.value));
  }
  return schemas;
}

}  // namespace dijia::http
