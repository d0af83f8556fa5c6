#include "http/openapi_answers.h"

namespace dijia::http {

std::string_view PlaceAnswers() {
  return R"json({
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
    "properties": {"links": {"type": "array", "items": {"$ref": "#/components/schemas/Link"}}, "collections": {"type": "array", "items": {"$ref": "#/components/schemas/Collection"}}}}
})json";
}

}  // namespace dijia::http
