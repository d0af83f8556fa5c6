#include "json/parcel_codec.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "dijia/base/codes.h"
#include "json/codec.h"
#include "json/field.h"

namespace dijia::json {
namespace {

using enum Presence;

// A number as cells and documents write it; nothing for other values.
const std::string* NumberText(const Value& value) {
  return value.number() != nullptr ? &value.number()->text : value.text();
}

// A level, a measurement, or `{"level": …, "coefficient": …}`.
void ReadState(Reader& reader, const Value& value, FactorInput& out) {
  if (const std::string* text = NumberText(value)) {
    out.level = *text;
    const Result<Measure> measure = Measure::Parse(*text);
    if (measure) out.measure = *measure;
    // A text that is no number is a level; a number must be one.
    if (!measure && value.number() != nullptr) {
      reader.Report(measure.error().code, value, {*text, std::to_string(Measure::kScale)});
    }
    return;
  }
  reader.Report(Code::kNotText, value, {value.Shown()});
}

bool IsChoice(const Value& value) {
  return value.Find("level") != nullptr && value.Find("coefficient") != nullptr;
}

void ReadChoice(Reader& reader, const Value& value, FactorInput& out) {
  for (const Value::Member& member : *value.object()) {
    const Reader::Step step(reader, member.name);
    if (member.name == "level") {
      ReadState(reader, member.value, out);
    } else if (member.name == "coefficient") {
      Codec<Coefficient>::Read(reader, member.value, out.chosen.emplace());
    } else {
      constexpr std::string_view kNames[] = {"level", "coefficient"};
      reader.ReportUnknownField(member, kNames);
    }
  }
}

void ReadFactor(Reader& reader, const Value::Member& member, ParcelUse& out) {
  const Reader::Step step(reader, member.name);
  if (member.value.is_null()) return;
  if (member.value.object() == nullptr) {
    return ReadState(reader, member.value, out.factors[member.name]);
  }
  if (IsChoice(member.value)) {
    return ReadChoice(reader, member.value, out.factors[member.name]);
  }
  FactorInputs& sum = out.sums[member.name];
  for (const Value::Member& factor : *member.value.object()) {
    const Reader::Step name(reader, factor.name);
    if (!factor.value.is_null()) ReadState(reader, factor.value, sum[factor.name]);
  }
}

// null = not known.
template <auto kMember>
constexpr auto Known(std::string_view name, std::string_view meaning) {
  using Owner = decltype(OwnerOf(kMember));
  using Member = decltype(MemberOf(kMember));
  return Field<Owner>{name, kOptional, meaning,
                      [](Reader& reader, const Value& value, Owner& owner) {
                        if (!value.is_null()) Codec<Member>::Read(reader, value, owner.*kMember);
                      },
                      nullptr};
}

// A quantity that must be above 0 where it is known.
template <auto kMember>
constexpr auto Positive(std::string_view name, std::string_view meaning) {
  using Owner = decltype(OwnerOf(kMember));
  using Member = decltype(MemberOf(kMember));
  return Field<Owner>{name, kOptional, meaning,
                      [](Reader& reader, const Value& value, Owner& owner) {
                        using Kind = typename Member::value_type;
                        if (value.is_null()) return;
                        const auto units = reader.Decimal(value, Kind::kScale);
                        if (!units) return;
                        owner.*kMember = Kind::FromUnits(*units);
                        if (*units > 0) return;
                        reader.Report(Code::kNotPositive, value, {value.Shown()});
                      },
                      nullptr};
}

constexpr Field<ParcelUse> kUseFields[] = {
    {"use", kOptional, "code of the use",
     [](Reader& reader, const Value& value, ParcelUse& out) {
       Codec<std::optional<LandUse>>::Read(reader, value, out.use);
     },
     nullptr},
    Known<&ParcelUse::sub_use>("sub_use", "as published"),
    {"grade", kOptional, "1 = best",
     [](Reader& reader, const Value& value, ParcelUse& out) {
       if (value.is_null()) return;
       if (const auto grade = reader.Integer(value, 1, 255)) out.grade = static_cast<int>(*grade);
     },
     nullptr},
    Known<&ParcelUse::zone>("zone", "code of the zone"),
    Known<&ParcelUse::route>("route", "code of the street that it fronts"),
    Positive<&ParcelUse::far>("far", "floor area ratio"),
    Positive<&ParcelUse::term>("term_years", "remaining term"),
    {"factors", kOptional, "levels, measurements and choices by coefficient",
     [](Reader& reader, const Value& value, ParcelUse& out) {
       if (value.is_null() || reader.Object(value) == nullptr) return;
       for (const Value::Member& member : *value.object()) ReadFactor(reader, member, out);
     },
     nullptr},
};

}  // namespace

template <>
struct FieldsOf<ParcelUse> {
  static std::span<const Field<ParcelUse>> Table() {
    static const std::vector<Field<ParcelUse>> kTable = [] {
      std::vector<Field<ParcelUse>> fields(std::begin(kUseFields), std::end(kUseFields));
      fields.push_back(Positive<&ParcelUse::share>("share", "of the parcel"));
      return fields;
    }();
    return kTable;
  }
};

namespace {

// A field of the use as a field of the parcel.
template <std::size_t kIndex>
constexpr Field<Parcel> OfSite() {
  return {kUseFields[kIndex].name, kOptional, kUseFields[kIndex].meaning,
          [](Reader& reader, const Value& value, Parcel& parcel) {
            kUseFields[kIndex].read(reader, value, parcel.site);
          },
          nullptr};
}

// A coordinate as a number or as a text. Coordinates are measured: they have as many digits as the
// instrument or the program gave them.
template <auto kMember>
constexpr Field<Parcel> Measured(std::string_view name, std::string_view meaning) {
  return {name, kOptional, meaning,
          [](Reader& reader, const Value& value, Parcel& parcel) {
            if (value.is_null()) return;
            const std::string* text = NumberText(value);
            if (text == nullptr) return reader.Report(Code::kNotADecimal, value, {value.Shown()});
            double number = 0;
            const char* const end = text->data() + text->size();
            const auto [stop, wrong] = std::from_chars(text->data(), end, number);
            if (wrong == std::errc() && stop == end && std::isfinite(number)) {
              parcel.*kMember = number;
            } else {
              reader.Report(Code::kNotANumber, value, {*text});
            }
          },
          nullptr};
}

}  // namespace

template <>
struct FieldsOf<Parcel> {
  static std::span<const Field<Parcel>> Table() {
    static constexpr Field<Parcel> kTable[] = {
        Known<&Parcel::parcel_id>("parcel_id", "name of the parcel"),
        Known<&Parcel::county>("county", "GB/T 2260 code"),
        Known<&Parcel::area>("area", "grading area"),
        OfSite<0>(),
        OfSite<1>(),
        OfSite<2>(),
        OfSite<3>(),
        Measured<&Parcel::x>("x",
                             "easting or longitude; says the place where grade and zone do not"),
        Measured<&Parcel::y>("y", "northing or latitude"),
        Known<&Parcel::crs>(
            "crs",
            "of x and y, as EPSG:4490; absent: degrees, or metres with the zone number in front"),
        Positive<&Parcel::area_sqm>("area_sqm", "m² of land"),
        OfSite<5>(),
        OfSite<6>(),
        Known<&Parcel::valuation_date>("valuation_date", "ISO 8601"),
        Known<&Parcel::development_level>("development_level", "of the parcel"),
        OfSite<7>(),
        OfSite<4>(),
        Positive<&Parcel::width>("width_m", "frontage along the street"),
        Positive<&Parcel::depth>("depth_m", "behind the frontage"),
        Known<&Parcel::set_back>("set_back_m", "from the street"),
        Known<&Parcel::parts>("parts", "of mixed use"),
    };
    return kTable;
  }
};

namespace {

Parcel ReadWith(const Value& value, const std::string& source, PathStyle style,
                Diagnostics& diagnostics) {
  Parcel parcel;
  Reader reader(source, style, diagnostics);
  Codec<Parcel>::Read(reader, value, parcel);
  return parcel;
}

// Cells are texts; those of whole numbers become numbers.
Value CellValue(const Value::Member& cell) {
  if (cell.name != "grade" || cell.value.text() == nullptr) return cell.value;
  return Value(Value::Number{*cell.value.text()});
}

void AddCell(const Value::Member& cell, Value& parcel) {
  constexpr std::string_view kFactors = "factors.";
  if (!cell.name.starts_with(kFactors)) return parcel.Add(cell.name, CellValue(cell));
  Value& factors = parcel.ObjectAt("factors");
  const std::string name = cell.name.substr(kFactors.size());
  const std::size_t point = name.find('.');
  if (point == std::string::npos) return factors.Add(name, cell.value);
  Value& sum = factors.ObjectAt(name.substr(0, point));
  if (sum.object() != nullptr) sum.Add(name.substr(point + 1), cell.value);
}

Value Text(const std::string& text) { return text.empty() ? Value() : Value(text); }

Value Number(const std::string& text) {
  return text.empty() ? Value() : Value(Value::Number{text});
}

template <class Unit, int Scale>
Value Number(const std::optional<Quantity<Unit, Scale>>& quantity) {
  return quantity ? Number(quantity->ToString()) : Value();
}

Value WriteStep(const ValuationStep& step) {
  Value out{Value::Object()};
  out.Add("name", Value(step.name));
  out.Add("kind", Value(step.kind));
  if (step.coefficient) {
    out.Add("coefficient", Number(step.coefficient->ToString()));
  } else {
    out.Add("add_yuan_per_sqm", Number(step.add));
  }
  out.Add("input", Value(step.input));
  out.Add("source", Value(step.source));
  out.Add("after_yuan_per_sqm", Number(step.after));
  if (step.factors.empty()) return out;
  Value::Array factors;
  for (const FactorChoice& choice : step.factors) {
    Value factor{Value::Object()};
    factor.Add("factor", Value(choice.factor));
    factor.Add("level", Value(choice.level));
    factor.Add("percent", Number(choice.percent.ToString()));
    factor.Add("input", Value(choice.input));
    factors.push_back(std::move(factor));
  }
  out.Add("factors", Value(std::move(factors)));
  return out;
}

Value WriteSteps(const std::vector<ValuationStep>& steps) {
  Value::Array out;
  for (const ValuationStep& step : steps) out.push_back(WriteStep(step));
  return Value(std::move(out));
}

Value WriteParts(const std::vector<ValuedPart>& parts) {
  Value::Array out;
  for (const ValuedPart& part : parts) {
    Value value{Value::Object()};
    value.Add("name", Value(part.name));
    value.Add("use", Value::Text(CodeOf(part.use)));
    value.Add("weight", Value(part.weight));
    value.Add("base_price_yuan_per_sqm", Number(part.base.ToString()));
    value.Add("steps", WriteSteps(part.steps));
    out.push_back(std::move(value));
  }
  return Value(std::move(out));
}

Value WriteNotes(const std::vector<Diagnostic>& notes, Language language) {
  Value::Array out;
  for (const Diagnostic& note : notes) {
    Value value{Value::Object()};
    value.Add("field", Text(note.where.field));
    value.Add("code", Value(CodeId(note.code)));
    value.Add("text", Value(TextOf(note, language)));
    out.push_back(std::move(value));
  }
  return Value(std::move(out));
}

Value WriteProblem(const Diagnostic& problem, Language language) {
  Value out{Value::Object()};
  out.Add("code", Value(CodeId(problem.code)));
  const Location& where = problem.where;
  if (where.field.starts_with('/')) {
    out.Add("pointer", Value(where.field));
  } else {
    if (where.row > 0) out.Add("row", Value::Unsigned(where.row));
    if (where.column > 0) out.Add("column", Value::Unsigned(where.column));
    if (!where.field.empty()) out.Add("field", Value(where.field));
  }
  out.Add("text", Value(TextOf(problem, language)));
  return out;
}

}  // namespace

std::vector<std::string_view> ParcelFields() { return NamesOf(FieldsOf<Parcel>::Table()); }

std::vector<std::string_view> ParcelFieldMeanings() {
  std::vector<std::string_view> meanings;
  for (const Field<Parcel>& field : FieldsOf<Parcel>::Table()) meanings.push_back(field.meaning);
  return meanings;
}

Parcel ReadParcel(const Value& value, const std::string& source, Diagnostics& diagnostics) {
  return ReadWith(value, source, PathStyle::kPointer, diagnostics);
}

Parcel ReadParcelCells(const Value::Object& cells, const std::string& source,
                       Diagnostics& diagnostics) {
  Value parcel{Value::Object()};
  for (const Value::Member& cell : cells) AddCell(cell, parcel);
  return ReadWith(parcel, source, PathStyle::kDotted, diagnostics);
}

Value WriteValuation(const Valuation& valuation, Language language) {
  Value out{Value::Object()};
  out.Add("parcel_id", Text(valuation.parcel_id));
  out.Add("status", Value::Text(CodeOf(valuation.status)));
  out.Add("unit_price_yuan_per_sqm", Number(valuation.unit_price));
  out.Add("floor_price_yuan_per_sqm", Number(valuation.floor_price));
  out.Add("total_yuan", Number(valuation.total));
  out.Add("base_price_yuan_per_sqm", Number(valuation.base_price));
  out.Add("publication", Text(valuation.publication));
  out.Add("steps", WriteSteps(valuation.steps));
  if (!valuation.parts.empty()) out.Add("parts", WriteParts(valuation.parts));
  out.Add("warnings", WriteNotes(valuation.warnings, language));
  out.Add("missing", WriteNotes(valuation.missing, language));
  return out;
}

Value WriteParcelError(const std::string& parcel_id, const Diagnostics& problems,
                       Language language) {
  Value::Array list;
  for (const Diagnostic& problem : problems.kept()) {
    if (RowOf(problem.code).severity != Severity::kError) continue;
    list.push_back(WriteProblem(problem, language));
  }
  Value error{Value::Object()};
  error.Add("code", Value(CodeId(Code::kParcelNotUsable)));
  const std::string count = std::to_string(problems.errors());
  error.Add("title", Value(TextOf({Code::kParcelNotUsable, {}, {count}}, language)));
  error.Add("errors", Value(std::move(list)));
  Value out{Value::Object()};
  out.Add("parcel_id", Text(parcel_id));
  out.Add("error", std::move(error));
  return out;
}

}  // namespace dijia::json
