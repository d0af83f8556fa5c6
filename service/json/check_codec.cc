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
    Validate();
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
        ReadId(member.value, at);
      } else if (group && member.value.object() != nullptr) {
        ReadMembers(member.value, member.name + ".", at);
      } else if (group && !member.value.is_null()) {
        Report(Code::kNotAnObject, member.value, at, {member.value.Shown()});
      } else if (!group) {
        ReadFact(id, member.value, at);
      }
    }
  }

  void ReadId(const Value& value, const std::string& pointer) {
    if (const std::string* text = value.text()) {
      case_.case_id = *text;
    } else if (const Value::Number* number = value.number()) {
      case_.case_id = number->text;
    } else if (!value.is_null()) {
      Report(Code::kNotText, value, pointer, {value.Shown()});
    }
  }

  void ReadFact(const std::string& id, const Value& value, const std::string& pointer) {
    const auto fact = pack_.FindFact(id);
    if (!fact) return ReportUnknown(id, value, pointer);
    if (value.is_null()) return;
    if (case_.values[*fact] != rules::kNotStated) {
      return Report(Code::kDuplicateField, value, pointer, {id});
    }
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
    if (list.array()->empty()) {
      const rules::Fact& land_class = pack_.facts[fact];
      Report(Code::kNotAFactValue, list, pointer,
             {"[]", FormatFact(land_class, land_class.lowest) + " – " +
                        FormatFact(land_class, land_class.highest)});
    }
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
      CheckReviewNames(review, pointer);
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

  void CheckReviewNames(const Value& review, const std::string& pointer) {
    if (review.object() == nullptr) return;
    for (const Value::Member& member : *review.object()) {
      if (member.name == "after_years" || member.name == "rent") continue;
      Report(Code::kUnknownField, member.value, pointer + "/" + member.name,
             {member.name, "after_years, rent"});
    }
  }

  // What the facts say together; places become pointers.
  void Validate() {
    Diagnostics together;
    ValidateCase(pack_, case_, together);
    for (Diagnostic problem : together.kept()) {
      std::ranges::replace(problem.where.field, '.', '/');
      problem.where.field.insert(0, "/");
      problem.where.source = source_;
      diagnostics_.Add(std::move(problem));
    }
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

}  // namespace

rules::ReservePriceCase ReadCase(const Value& value, const rules::RulePack& pack,
                                 const std::string& source, Diagnostics& diagnostics) {
  return CaseReader(pack, source, diagnostics).Read(value);
}

}  // namespace dijia::json
