#include "http/trial_answers.h"

#include <utility>

#include "app/impact.h"
#include "app/simulation_text.h"
#include "http/problem.h"
#include "json/rules_writer.h"

namespace dijia::http {

using json::Value;

Value ImpactAnswer(const ImpactFound& found, Language language) {
  Value document = app::ImpactJson(found.before, found.after, found.impact, language);
  document.Add("rows", Value::Unsigned(found.rows));
  document.Add("refused", Value::Unsigned(found.refused));
  document.Add("problems", WriteProblems(found.problems, language));
  return document;
}

Value SimulationAnswer(const SimulationFound& found, Value listed, Language language) {
  Value document{Value::Object()}, sums = app::SimulationJson(found.simulation);
  document.Add("rule_pack", json::WritePackIdentity(found.pack));
  document.Add("before", json::WriteLawSide(found.order.before));
  document.Add("after", json::WriteLawSide(found.order.after));
  if (found.tried != nullptr) document.Add("tried_pack", json::WritePackIdentity(*found.tried));
  for (Value::Member& member : *sums.object()) document.Add(member.name, std::move(member.value));
  document.Add("listed", std::move(listed));
  document.Add("problems", WriteProblems(found.problems, language));
  return document;
}

}  // namespace dijia::http
