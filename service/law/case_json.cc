#include "law/case_json.h"

#include <bit>
#include <string>

namespace dijia::law {
namespace {

using json::Value;
using rules::Fact;
using rules::FactType;

Value ValueOf(const Fact& fact, std::int64_t value) {
  if (fact.type == FactType::kYesNo) return Value(value != 0);
  const std::string text = FormatFact(fact, value);
  const bool number = fact.type == FactType::kInteger || fact.type == FactType::kDecimal;
  return number ? Value(Value::Number{text}) : Value(text);
}

}  // namespace

Value ToJson(const rules::ReservePriceCase& the_case, const rules::RulePack& pack) {
  Value object{Value::Object()};
  if (!the_case.case_id.empty()) object.Add("case_id", Value(the_case.case_id));
  for (std::size_t i = 0; i < pack.facts.size(); ++i) {
    if (the_case.values[i] == rules::kNotStated) continue;
    const std::string& id = pack.facts[i].id;
    const std::size_t dot = id.find('.');
    const Value value = ValueOf(pack.facts[i], the_case.values[i]);
    // Groups that a case is read with; other dots are part of a flat name.
    const bool grouped = id.starts_with("price.") || id.starts_with("facts.");
    if (grouped) {
      object.ObjectAt(id.substr(0, dot)).Add(id.substr(dot + 1), value);
    } else {
      object.Add(id, value);
    }
  }
  if (the_case.land_class_candidates != 0) {
    Value list{Value::Array()};
    for (std::uint64_t bits = the_case.land_class_candidates; bits != 0; bits &= bits - 1) {
      list.array()->push_back(Value::Integer(std::countr_zero(bits)));
    }
    object.Add("land_class", std::move(list));
  }
  return object;
}

}  // namespace dijia::law
