// How the coefficients of a publication are written as JSON; included by the codecs of publications
// and of plans of tables only.
#pragma once

#include <algorithm>
#include <optional>
#include <span>
#include <string_view>
#include <variant>

#include "dijia/coefficient.h"
#include "json/codec.h"
#include "json/field.h"

namespace dijia::json {

template <>
struct FieldsOf<Breaks> {
  static std::span<const Field<Breaks>> Table() {
    static constexpr Field<Breaks> kTable[] = {
        Key<&Breaks::bounds>("bounds", Presence::kRequired, "ascending"),
        Key<&Breaks::closed>("closed", Presence::kRequired, "which end belongs to a range"),
        Key<&Breaks::order>("order", Presence::kRequired, "level of each range"),
    };
    return kTable;
  }
};

template <>
struct FieldsOf<Curve::Row> {
  static std::span<const Field<Curve::Row>> Table() {
    static constexpr Field<Curve::Row> kTable[] = {
        Key<&Curve::Row::at>("at", Presence::kRequired, "the property"),
        Key<&Curve::Row::values>("values", Presence::kRequired,
                                 "coefficient by grade, * = all others"),
    };
    return kTable;
  }
};

template <>
struct FieldsOf<IndexSeries::Point> {
  static std::span<const Field<IndexSeries::Point>> Table() {
    static constexpr Field<IndexSeries::Point> kTable[] = {
        Key<&IndexSeries::Point::date>("date", Presence::kRequired, "day of the index"),
        Key<&IndexSeries::Point::index>("index", Presence::kRequired, "of one fixed base"),
    };
    return kTable;
  }
};

template <>
struct FieldsOf<Depth::Row> {
  static std::span<const Field<Depth::Row>> Table() {
    static constexpr Field<Depth::Row> kTable[] = {
        Key<&Depth::Row::at>("at", Presence::kRequired, "depth ÷ standard depth"),
        Key<&Depth::Row::percent>("percent", Presence::kRequired, "average percentage"),
    };
    return kTable;
  }
};

template <>
struct FieldsOf<Factors::Factor> {
  static std::span<const Field<Factors::Factor>> Table() {
    static constexpr Field<Factors::Factor> kTable[] = {
        Key<&Factors::Factor::factor>("factor", Presence::kRequired, "name"),
        Key<&Factors::Factor::levels>("levels", Presence::kRequired, "per cent by level"),
        Key<&Factors::Factor::breaks>("breaks", Presence::kUnlessAbsent, "level of a measurement"),
    };
    return kTable;
  }
};

// `kind` in the order of the alternatives of CoefficientTable.
inline constexpr std::string_view kCoefficientKinds[] = {"term_formula", "curve",  "monthly_rate",
                                                         "index",        "levels", "factors",
                                                         "additive",     "depth",  "matrix"};
static_assert(std::size(kCoefficientKinds) == std::variant_size_v<CoefficientTable>);

// The field that every kind has: already read when a kind's own fields are, so reading it is
// nothing.
template <class Kind>
constexpr Field<Kind> KindField() {
  return {
      "kind", Presence::kRequired, "which coefficient", [](Reader&, const Value&, Kind&) {},
      [](const Kind& in) { return Value::Text(kCoefficientKinds[CoefficientTable(in).index()]); }};
}

// A field that can only have one text.
template <class Owner, const std::string_view& kText>
constexpr Field<Owner> Constant(std::string_view name, std::string_view meaning) {
  return {name, Presence::kRequired, meaning,
          [](Reader& reader, const Value& value, Owner&) {
            const auto text = reader.Text(value);
            const std::string_view only[] = {kText};
            if (text && *text != kText) reader.ReportUnknownChoice(value, only);
          },
          [](const Owner&) { return Value::Text(kText); }};
}

inline constexpr std::string_view kPercentUnit = "percent";

template <>
struct FieldsOf<TermFormula> {
  static std::span<const Field<TermFormula>> Table() {
    static constexpr Field<TermFormula> kTable[] = {KindField<TermFormula>()};
    return kTable;
  }
};

template <>
struct FieldsOf<Curve> {
  static std::span<const Field<Curve>> Table() {
    static constexpr Field<Curve> kTable[] = {
        KindField<Curve>(),
        Key<&Curve::by>("by", Presence::kOptional, "whether it differs by grade"),
        Key<&Curve::interpolation>("interpolation", Presence::kOptional, "between rows"),
        Key<&Curve::outside>("outside", Presence::kOptional, "beyond the rows"),
        Key<&Curve::rows>("rows", Presence::kUnlessAbsent, "ascending"),
        Key<&Curve::exponents>("exponents", Presence::kUnlessAbsent, "of a power curve, by grade"),
        Key<&Curve::base>("base", Presence::kUnlessAbsent, "f0, if not the base FAR of the grade"),
        {"relative", Presence::kUnlessAbsent, "divided by the coefficient of f0",
         [](Reader& reader, const Value& value, Curve& out) {
           Codec<bool>::Read(reader, value, out.relative);
         },
         [](const Curve& in) { return in.relative ? Value(true) : Value(); }},
    };
    return kTable;
  }
};

template <>
struct FieldsOf<MonthlyRate> {
  static std::span<const Field<MonthlyRate>> Table() {
    static constexpr Field<MonthlyRate> kTable[] = {
        KindField<MonthlyRate>(),
        Key<&MonthlyRate::rate>("rate", Presence::kRequired, "per month"),
        Key<&MonthlyRate::months>("months", Presence::kOptional, "how months are counted"),
    };
    return kTable;
  }
};

template <>
struct FieldsOf<IndexSeries> {
  static std::span<const Field<IndexSeries>> Table() {
    static constexpr Field<IndexSeries> kTable[] = {
        KindField<IndexSeries>(),
        Key<&IndexSeries::points>("points", Presence::kRequired, "ascending"),
        Key<&IndexSeries::outside>("outside", Presence::kOptional,
                                   "before the first and after the last"),
    };
    return kTable;
  }
};

template <>
struct FieldsOf<Levels::Range> {
  static std::span<const Field<Levels::Range>> Table() {
    static constexpr Field<Levels::Range> kTable[] = {
        Key<&Levels::Range::low>("low", Presence::kRequired, "lowest coefficient"),
        Key<&Levels::Range::high>("high", Presence::kRequired, "highest coefficient"),
    };
    return kTable;
  }
};

template <>
struct FieldsOf<Levels> {
  static std::span<const Field<Levels>> Table() {
    static constexpr Field<Levels> kTable[] = {
        KindField<Levels>(),
        Key<&Levels::levels>("levels", Presence::kRequired, "coefficient by level"),
        Key<&Levels::ranges>("ranges", Presence::kUnlessAbsent, "to choose inside, by level"),
        Key<&Levels::breaks>("breaks", Presence::kUnlessAbsent, "level of a measurement"),
    };
    return kTable;
  }
};

template <>
struct FieldsOf<Factors> {
  static std::span<const Field<Factors>> Table() {
    static constexpr Field<Factors> kTable[] = {
        KindField<Factors>(),
        Constant<Factors, kPercentUnit>("unit", "of the levels"),
        Key<&Factors::by>("by", Presence::kOptional, "whether it differs by grade"),
        Key<&Factors::tables>("tables", Presence::kRequired, "factors by grade, * = all others"),
    };
    return kTable;
  }
};

template <>
struct FieldsOf<Additive> {
  static std::span<const Field<Additive>> Table() {
    static constexpr Field<Additive> kTable[] = {
        KindField<Additive>(),
        Key<&Additive::levels>("levels", Presence::kRequired, "yuan per m² by level"),
    };
    return kTable;
  }
};

template <>
struct FieldsOf<Depth> {
  static std::span<const Field<Depth>> Table() {
    static constexpr Field<Depth> kTable[] = {
        KindField<Depth>(),
        Key<&Depth::standard_depth>("standard_depth_m", Presence::kRequired, "metres"),
        Key<&Depth::outside>("outside", Presence::kOptional, "beyond the rows"),
        Key<&Depth::rows>("rows", Presence::kRequired, "ascending"),
        Key<&Depth::percent_of>("percent_of", Presence::kOptional, "average or cumulative"),
        Key<&Depth::beyond>("beyond", Presence::kOptional, "deeper than the standard depth"),
    };
    return kTable;
  }
};

template <>
struct FieldsOf<Matrix> {
  static std::span<const Field<Matrix>> Table() {
    static constexpr Field<Matrix> kTable[] = {
        KindField<Matrix>(),
        Key<&Matrix::standard>("standard", Presence::kRequired,
                               "level that the price stands for, by grade, * = all others"),
        Key<&Matrix::rows>("rows", Presence::kRequired, "coefficient by standard, then by level"),
        Key<&Matrix::breaks>("breaks", Presence::kUnlessAbsent, "level of a measurement"),
    };
    return kTable;
  }
};

// Reads the alternative of the variant that stands at `index`.
template <std::size_t kIndex = 0>
void ReadAlternative(Reader& reader, const Value& value, std::size_t index, CoefficientTable& out) {
  if constexpr (kIndex < std::variant_size_v<CoefficientTable>) {
    if (index != kIndex) return ReadAlternative<kIndex + 1>(reader, value, index, out);
    using Kind = std::variant_alternative_t<kIndex, CoefficientTable>;
    Codec<Kind>::Read(reader, value, out.emplace<kIndex>());
  }
}

template <>
struct Codec<CoefficientTable> {
  static void Read(Reader& reader, const Value& value, CoefficientTable& out) {
    if (reader.Object(value) == nullptr) return;
    if (const auto kind = ReadKind(reader, value)) ReadAlternative(reader, value, *kind, out);
  }
  static Value Write(const CoefficientTable& in) {
    return std::visit(
        [](const auto& kind) { return Codec<std::remove_cvref_t<decltype(kind)>>::Write(kind); },
        in);
  }

 private:
  static std::optional<std::size_t> ReadKind(Reader& reader, const Value& value) {
    const Value* kind = value.Find("kind");
    if (kind == nullptr) {
      reader.ReportMissingField(value, "kind");
      return std::nullopt;
    }
    const Reader::Step step(reader, "kind");
    const auto name = reader.Text(*kind);
    if (!name) return std::nullopt;
    const auto* known = std::ranges::find(kCoefficientKinds, *name);
    if (known != std::end(kCoefficientKinds)) {
      return static_cast<std::size_t>(known - std::begin(kCoefficientKinds));
    }
    reader.ReportUnknownChoice(*kind, kCoefficientKinds);
    return std::nullopt;
  }
};

}  // namespace dijia::json
