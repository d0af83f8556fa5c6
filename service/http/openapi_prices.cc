#include "http/openapi_answers.h"

namespace dijia::http {

std::string_view PriceAnswers() {
  return R"json({
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
          "status": {"type": "string", "description": "of a computed price"}, "method": {"type": "string", "description": "of a computed price"}}}}}}
})json";
}

}  // namespace dijia::http
