#include "app/decision_effect.h"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dijia/base/diagnostic.h"
#include "json/text.h"
#include "json/value.h"

namespace dijia::app {
namespace {

using json::Value;

Value Parsed(const std::string& text) {
  Diagnostics none;
  return *json::ParseJson(text, "", none);
}

// The cells of a document in its order, by what names them.
class Cells {
 public:
  explicit Cells(const std::string& text) : document_(Parsed(text)) {
    for (const Value& cell : *document_.Find("cells")->array()) {
      places_[NameOf(cell)] = &cell;
      names_.push_back(NameOf(cell));
    }
  }
  static std::string NameOf(const Value& cell) {
    std::string name;
    for (const std::string_view part : {"use", "grade", "sub_use"}) {
      name += cell.Find(part)->Shown() + " ";
    }
    return name;
  }
  const Value* Find(const std::string& name) const {
    const auto found = places_.find(name);
    return found == places_.end() ? nullptr : found->second;
  }
  const std::vector<std::string>& names() const { return names_; }

 private:
  Value document_;
  std::map<std::string, const Value*> places_;
  std::vector<std::string> names_;
};

Value StateOf(const Value* cell) {
  if (cell == nullptr) return Value();
  Value state{Value::Object()};
  state.Add("status", *cell->Find("status"));
  state.Add("price_yuan_per_sqm", *cell->Find("computed_price_yuan_per_sqm"));
  return state;
}

Value OthersOf(const Cells& before, const Cells& after, const std::string& own) {
  std::vector<std::string> names = before.names();
  for (const std::string& name : after.names()) {
    if (before.Find(name) == nullptr) names.push_back(name);
  }
  Value others{Value::Array()};
  for (const std::string& name : names) {
    const Value* was = before.Find(name);
    const Value* is = after.Find(name);
    Value then = StateOf(was), now = StateOf(is);
    if (name == own || json::ToLine(then) == json::ToLine(now)) continue;
    const Value& known = was != nullptr ? *was : *is;
    Value one{Value::Object()};
    for (const std::string_view part : {"use", "name", "sub_use", "grade"}) {
      one.Add(part, *known.Find(part));
    }
    one.Add("before", std::move(then));
    one.Add("after", std::move(now));
    others.array()->push_back(std::move(one));
  }
  return others;
}

}  // namespace

json::Value WriteEffect(const SampleDocuments& before, const SampleDocuments& after,
                        const CellName& cell) {
  const auto now = after.of_cell.find(cell);
  Value effect{Value::Object()}, then = Parsed(before.of_cell.at(cell));
  const std::string own = Cells::NameOf(then.Find("cells")->array()->front());
  effect.Add("before", std::move(then));
  effect.Add("after", now == after.of_cell.end() ? Value() : Parsed(now->second));
  effect.Add("others", OthersOf(Cells(before.cells), Cells(after.cells), own));
  return effect;
}

}  // namespace dijia::app
