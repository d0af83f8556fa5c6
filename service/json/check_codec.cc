#include "json/check_codec.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

#include "dijia/base/codes.h"
#include "dijia/base/date.h"
#include "dijia/base/decimal.h"
#include "dijia/base/names.h"

namespace dijia::json {
namespace {

constexpr int kPriceScale = 4;
constexpr int kRatioScale = 6;

class CaseReader {
 public:
  CaseReader(const rules::RulePack& pack, const std::string& source, Diagnostics& diagnostics)
      : pack_(pack), source_(source), diagnostics_(diagnostics), case_(EmptyCase(pack)) {}

  rules::ReservePriceCase Read(const Value& value) {
    if (value.object() == nullptr) {
      Report(Code::kNotAnObject, value, "", {value.Shown()});
      return case_;
    }
    ReadMembers(value, "", "");
    const Value* reviews = value.Find("rent_reviews");
    if (reviews != nullptr && !reviews->is_null()) ReadReviews(*reviews);
    ValidateCase(pack_, case_, diagnostics_);
    return case_;
  }

 private:
  void Report(Code code, const Value& value, std::string pointer,
              std::vector<std::string> arguments) {
    diagnostics_.Add(code, {source_, value.place.line, value.place.column, std::move(pointer)},
                     std::move(arguments));
  }

  void ReadMembers(const Value& object, const std::string& prefix, const std::string& pointer) {
    for (const Value::Member& member : *object.object()) {
      const std::string id = prefix + member.name, at = pointer + "/" + member.name;
      const bool group = prefix.empty() && (member.name == "price" || member.name == "facts");
      if (id == "rent_reviews") continue;
      if (id == "case_id") {
        if (const std::string* text = member.value.text()) case_.case_id = *text;
      } else if (group && member.value.object() != nullptr) {
        ReadMembers(member.value, member.name + ".", at);
      } else {
        ReadFact(id, member.value, at);
      }
    }
  }

  void ReadFact(const std::string& id, const Value& value, const std::string& pointer) {
    const auto fact = pack_.FindFact(id);
    if (!fact) return ReportUnknown(id, value, pointer);
    if (value.is_null()) return;
    if (id == "land_class" && value.array() != nullptr)
      return ReadCandidates(*fact, value, pointer);
    if (const auto units = Units(pack_.facts[*fact], value, pointer)) case_.values[*fact] = *units;
  }

  std::optional<std::int64_t> Units(const rules::Fact& fact, const Value& value,
                                    const std::string& pointer) {
    std::string text = value.Shown();
    if (value.text() != nullptr) text = *value.text();
    if (value.number() != nullptr) text = value.number()->text;
    if (value.boolean() != nullptr) text = *value.boolean() ? "true" : "false";
    const Result<std::int64_t> units = ParseFact(fact, text);
    if (units) return *units;
    ReportFactError(units.error(), fact, {source_, value.place.line, value.place.column, pointer},
                    diagnostics_);
    return std::nullopt;
  }

  void ReadCandidates(std::uint16_t fact, const Value& list, const std::string& pointer) {
    for (const Value& item : *list.array()) {
      const auto units = Units(pack_.facts[fact], item, pointer);
      if (units) case_.land_class_candidates |= std::uint64_t{1} << static_cast<unsigned>(*units);
    }
  }

  // The reviews as the two figures the law looks at: the shortest interval and the highest rise,
  // rounded up, which keeps every comparison with a limit of six places.
  void ReadReviews(const Value& list) {
    const auto interval = pack_.FindFact("rent_reviews.shortest_interval_years");
    const auto rise = pack_.FindFact("rent_reviews.highest_rise");
    const auto amount = pack_.FindFact("price.amount");
    if (!interval || !rise || !amount) return;
    if (list.array() == nullptr) {
      return Report(Code::kNotAList, list, "/rent_reviews", {list.Shown()});
    }
    std::int64_t shortest = pack_.facts[*interval].highest, highest = PowerOfTen(kRatioScale);
    std::int64_t before = case_.values[*amount];
    for (std::size_t i = 0; i < list.array()->size(); ++i) {
      const Value& review = (*list.array())[i];
      const std::string pointer = "/rent_reviews/" + std::to_string(i);
      const Value *years = review.Find("after_years"), *rent = review.Find("rent");
      if (years == nullptr || rent == nullptr) {
        Report(Code::kMissingField, review, pointer, {"after_years, rent"});
        continue;
      }
      const auto gap = Units(pack_.facts[*interval], *years, pointer + "/after_years");
      const auto next = Units(pack_.facts[*amount], *rent, pointer + "/rent");
      if (!gap || !next) continue;
      shortest = std::min(shortest, *gap);
      if (before > 0) {
        const auto ratio =
            RoundQuotient(Int128{*next} * PowerOfTen(kRatioScale), before, 1, RoundingMode::kUp);
        highest = std::max(highest, ratio.value_or(pack_.facts[*rise].highest));
      }
      before = *next;
    }
    case_.values[*interval] = shortest;
    case_.values[*rise] = std::min(highest, pack_.facts[*rise].highest);
  }

  void ReportUnknown(const std::string& id, const Value& value, const std::string& pointer) {
    std::vector<std::string_view> names;
    for (const rules::Fact& fact : pack_.facts) names.push_back(fact.id);
    const std::string_view nearest = NearestName(id, names);
    if (nearest.empty()) {
      Report(Code::kFactUnknown, value, pointer, {id, JoinNames(names)});
    } else {
      Report(Code::kFactMisspelt, value, pointer, {id, std::string(nearest)});
    }
  }

  const rules::RulePack& pack_;
  const std::string& source_;
  Diagnostics& diagnostics_;
  rules::ReservePriceCase case_;
};

Value Number(std::int64_t units, int scale) {
  return Value(Value::Number{FormatDecimal(units, scale)});
}

Value Optional(const std::optional<std::int64_t>& units, int scale) {
  return units ? Number(*units, scale) : Value();
}

Value WriteCitation(const rules::Citation& citation) {
  Value value{Value::Object()};
  value.Add("instrument", Value::Text(citation.instrument));
  value.Add("article", Value::Text(citation.article));
  const Days from = citation.in_force.from;
  const bool dated = from != rules::kNoBeginning;
  value.Add("in_force_from", dated ? Value(FormatDate(FromDays(from))) : Value());
  value.Add("confidence", Value::Text(CodeOf(citation.confidence)));
  return value;
}

Value WriteFinding(const rules::Finding& finding, Language language) {
  Value value{Value::Object()};
  value.Add("rule", Value::Text(finding.rule));
  value.Add("clause", Value::Text(finding.clause));
  value.Add("outcome", Value::Text(CodeOf(finding.outcome)));
  value.Add("reason", Value::Text(finding.reason.In(language)));
  value.Add("citation", WriteCitation(finding.citation));
  Value values{Value::Object()};
  for (const rules::NamedNumber& number : finding.values) {
    values.Add(number.name, Number(number.units, number.scale));
  }
  value.Add("values", std::move(values));
  value.Add("words_sha256", Value::Text(finding.words_sha256));
  return value;
}

Value WriteMissing(const rules::MissingFact& missing, Language language) {
  Value value{Value::Object()};
  value.Add("fact", Value::Text(missing.fact));
  value.Add("question", Value::Text(missing.question.In(language)));
  value.Add("evidence", Value::Text(missing.evidence.In(language)));
  value.Add("matters_because", Value::Text(missing.matters_because.In(language)));
  Value answers{Value::Array()};
  for (const rules::Answer& answer : missing.answers) {
    Value one{Value::Object()};
    one.Add("value", Value::Text(answer.value));
    one.Add("verdict", Value::Text(CodeOf(answer.verdict)));
    one.Add("lawful_minimum_yuan_per_sqm", Optional(answer.minimum, kPriceScale));
    answers.array()->push_back(std::move(one));
  }
  value.Add("answers", std::move(answers));
  return value;
}

}  // namespace

rules::ReservePriceCase ReadCase(const Value& value, const rules::RulePack& pack,
                                 const std::string& source, Diagnostics& diagnostics) {
  return CaseReader(pack, source, diagnostics).Read(value);
}

Value WriteCheck(const rules::ReservePriceCheck& check, const rules::RulePack& pack,
                 Language language) {
  Value value{Value::Object()};
  value.Add("case_id", Value::Text(check.case_id));
  value.Add("verdict", Value::Text(CodeOf(check.verdict)));
  value.Add("lawful_minimum_yuan_per_sqm", Optional(check.lawful_minimum, kPriceScale));
  value.Add("price_yuan_per_sqm", Optional(check.price, kPriceScale));
  value.Add("price_50y_yuan_per_sqm", Optional(check.price_full_term, kPriceScale));
  value.Add("standard_yuan_per_sqm", Optional(check.standard, kPriceScale));
  value.Add("ratio", Optional(check.ratio, kRatioScale));
  value.Add("deficit_yuan_per_sqm", Optional(check.deficit, kPriceScale));
  value.Add("equal_within_rounding", Value(check.equal_within_rounding));
  value.Add("deciding_rule", Value::Text(check.deciding_rule));
  Value findings{Value::Array()}, missing{Value::Array()}, readings{Value::Array()};
  for (const auto& finding : check.findings) {
    findings.array()->push_back(WriteFinding(finding, language));
  }
  for (const auto& fact : check.missing) missing.array()->push_back(WriteMissing(fact, language));
  for (const auto& reading : check.readings) {
    Value one{Value::Object()};
    one.Add("reading", Value::Text(reading.reading));
    one.Add("verdict", Value::Text(CodeOf(reading.verdict)));
    readings.array()->push_back(std::move(one));
  }
  value.Add("findings", std::move(findings));
  value.Add("missing", std::move(missing));
  value.Add("readings", std::move(readings));
  const bool dated = check.decided_on != kNoDate;
  value.Add("decided_on", dated ? Value(FormatDate(FromDays(check.decided_on))) : Value());
  Value identity{Value::Object()};
  identity.Add("id", Value::Text(pack.id));
  identity.Add("version", Value::Text(pack.version));
  identity.Add("sha256", Value::Text(pack.sha256));
  value.Add("rule_pack", std::move(identity));
  return value;
}

}  // namespace dijia::json
