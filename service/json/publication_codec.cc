#include "json/publication_codec.h"

#include "json/codec.h"
#include "json/coefficient_codec.h"
#include "json/field.h"
#include "json/publication_rules.h"
#include "json/rounding_codec.h"
#include "json/text.h"

namespace dijia::json {

using enum Presence;

namespace {

// A member that is a grade, 1–255.
template <auto kMember>
constexpr auto GradeKey() {
  using Owner = decltype(OwnerOf(kMember));
  return Field<Owner>{"grade", kRequired, "1 = best",
                      [](Reader& reader, const Value& value, Owner& owner) {
                        const auto grade = reader.Integer(value, 1, 255);
                        if (grade) owner.*kMember = static_cast<int>(*grade);
                      },
                      [](const Owner& owner) { return Value::Integer(owner.*kMember); }};
}

}  // namespace

template <>
struct FieldsOf<PublishedGrade> {
  static std::span<const Field<PublishedGrade>> Table() {
    static constexpr Field<PublishedGrade> kTable[] = {
        GradeKey<&PublishedGrade::grade>(),
        Key<&PublishedGrade::sub_use>("sub_use", kUnlessAbsent, "as published"),
        Key<&PublishedGrade::price>("price", kRequired, "yuan per m² of land; null = withheld"),
        Key<&PublishedGrade::far>("far", kUnlessAbsent, "base floor area ratio"),
        Key<&PublishedGrade::status>("status", kUnlessAbsent, "of a computed price"),
        Key<&PublishedGrade::method>("method", kUnlessAbsent, "of a computed price"),
    };
    return kTable;
  }
};

template <>
struct FieldsOf<PublishedZone> {
  static std::span<const Field<PublishedZone>> Table() {
    static constexpr Field<PublishedZone> kTable[] = {
        Key<&PublishedZone::zone>("zone", kRequired, "code of the zone"),
        GradeKey<&PublishedZone::grade>(),
        Key<&PublishedZone::price>("price", kRequired, "yuan per m² of land; null = withheld"),
        Key<&PublishedZone::far>("far", kUnlessAbsent, "base floor area ratio"),
    };
    return kTable;
  }
};

template <>
struct FieldsOf<PriceFormula> {
  static std::span<const Field<PriceFormula>> Table() {
    static constexpr Field<PriceFormula> kTable[] = {
        Key<&PriceFormula::sum>("sum", kUnlessAbsent, "coefficient of summed percentages"),
        Key<&PriceFormula::product>("product", kOptional, "coefficients that multiply"),
        Key<&PriceFormula::add>("add", kOptional, "coefficients that are added"),
        Key<&PriceFormula::excess>("excess", kUnlessAbsent,
                                   "coefficients whose excess over 1 is summed"),
    };
    return kTable;
  }
};

template <>
struct FieldsOf<PublishedRoute> {
  static std::span<const Field<PublishedRoute>> Table() {
    static constexpr Field<PublishedRoute> kTable[] = {
        Key<&PublishedRoute::route>("route", kRequired, "code of the street or section"),
        Key<&PublishedRoute::price>("price", kRequired, "yuan per m² of land"),
        Key<&PublishedRoute::grade>("grade", kOptional, "whose tables hold; 0 = the parcel's"),
        Key<&PublishedRoute::standard_depth>("standard_depth_m", kUnlessAbsent, "metres"),
    };
    return kTable;
  }
};

template <>
struct FieldsOf<PublishedUse> {
  static std::span<const Field<PublishedUse>> Table() {
    static constexpr Field<PublishedUse> kTable[] = {
        Key<&PublishedUse::name>("name", kOptional, "as published"),
        Key<&PublishedUse::term>("term_years", kRequired, "statutory term"),
        Key<&PublishedUse::capitalization_rate>("capitalization_rate", kRequired, "per year"),
        Key<&PublishedUse::development_level>("development_level", kUnlessAbsent, "of the prices"),
        Key<&PublishedUse::grades>("grades", kRequired, "prices by grade"),
        Key<&PublishedUse::zones>("zones", kUnlessAbsent, "prices by zone"),
        Key<&PublishedUse::formula>("formula", kOptional, "price of a parcel"),
        Key<&PublishedUse::routes>("routes", kUnlessAbsent, "prices by street"),
        Key<&PublishedUse::frontage_formula>("frontage_formula", kUnlessAbsent,
                                             "price of a parcel from a route price"),
        Key<&PublishedUse::coefficients>("coefficients", kOptional, "by name"),
    };
    return kTable;
  }
};

template <>
struct FieldsOf<MagnitudeRounding> {
  static std::span<const Field<MagnitudeRounding>> Table() {
    static constexpr Field<MagnitudeRounding> kTable[] = {
        Key<&MagnitudeRounding::from>("from", kRequired, "yuan per m² of land, included"),
        Key<&MagnitudeRounding::rounding>("rounding", kRequired, "of prices from there on"),
    };
    return kTable;
  }
};

template <>
struct FieldsOf<Publication> {
  static std::span<const Field<Publication>> Table() {
    static constexpr Field<Publication> kTable[] = {
        {"format", kRequired, "dijia-publication/1",
         [](Reader& reader, const Value& value, Publication&) {
           const auto text = reader.Text(value);
           const std::string_view only[] = {kPublicationFormat};
           if (text && *text != kPublicationFormat) reader.ReportUnknownChoice(value, only);
         },
         [](const Publication&) { return Value::Text(kPublicationFormat); }},
        Key<&Publication::id>("id", kRequired, "unique"),
        Key<&Publication::county>("county", kRequired, "GB/T 2260 code"),
        Key<&Publication::area>("area", kOptional, "grading area"),
        Key<&Publication::title>("title", kOptional, "of the notice"),
        Key<&Publication::document_no>("document_no", kOptional, "of the notice"),
        Key<&Publication::base_date>("base_date", kRequired, "day the prices stand for"),
        Key<&Publication::effective_from>("effective_from", kOptional, "first day in force"),
        Key<&Publication::effective_until>("effective_until", kOptional, "first day after"),
        Key<&Publication::status>("status", kRequired, "life of the document"),
        Key<&Publication::primary_unit>("primary_unit", kOptional, "unit the prices were set in"),
        Key<&Publication::mixed_use>("mixed_use", kUnlessAbsent, "what shares are shares of"),
        Key<&Publication::rounding>("rounding", kRequired, "of each named result"),
        Key<&Publication::unit_price_by_magnitude>("unit_price_by_magnitude", kUnlessAbsent,
                                                   "rounding of larger prices, ascending"),
        Key<&Publication::uses>("uses", kRequired, "prices by use"),
    };
    return kTable;
  }
};

std::optional<Publication> ReadPublication(std::string_view text, const std::string& source,
                                           Diagnostics& diagnostics) {
  const std::optional<Value> document = ParseJson(text, source, diagnostics);
  return document ? ReadPublication(*document, source, diagnostics) : std::nullopt;
}

std::optional<Publication> ReadPublication(const Value& document, const std::string& source,
                                           Diagnostics& diagnostics) {
  Diagnostics found;
  Reader reader(source, PathStyle::kPointer, found);
  std::optional<Publication> publication(std::in_place);
  Codec<Publication>::Read(reader, document, *publication);
  if (!found.has_errors()) CheckPublication(reader, *publication);
  if (found.has_errors()) publication.reset();
  diagnostics.Append(found);
  return publication;
}

Value WritePublication(const Publication& publication) {
  return Codec<Publication>::Write(publication);
}

Value WriteCoefficient(const CoefficientTable& table) {
  return Codec<CoefficientTable>::Write(table);
}

}  // namespace dijia::json
