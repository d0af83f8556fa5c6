#include "app/simulation_text.h"

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

#include "app/check_words.h"
#include "app/csv_text.h"

namespace dijia::app {
namespace {

// Money in whole yuan.
std::string YuanOf(Int128 units) {
  const auto yuan = RoundQuotient(units, Int128{PowerOfTen(8)}, 1, RoundingMode::kHalfUp);
  return yuan ? FormatDecimal(*yuan, 0) : "–";
}

// Groups with flips, most flips first.
using Groups = std::vector<std::pair<std::string, const law::FlipGroup*>>;
Groups Flipped(const std::map<std::string, law::FlipGroup>& groups) {
  Groups flipped;
  for (const auto& [name, group] : groups) {
    if (group.flips > 0) flipped.emplace_back(name, &group);
  }
  std::ranges::stable_sort(flipped, std::greater(),
                           [](const auto& one) { return one.second->flips; });
  return flipped;
}

using json::Value;

// Whole yuan; null beyond what a number holds.
Value YuanValue(Int128 units) {
  const auto yuan = RoundQuotient(units, Int128{PowerOfTen(8)}, 1, RoundingMode::kHalfUp);
  return yuan ? Value::Integer(*yuan) : Value();
}

void AddDeficits(const law::Money& deficits, Value& value) {
  value.Add("deficit_before_yuan", YuanValue(deficits.before));
  value.Add("deficit_after_yuan", YuanValue(deficits.after));
}

Value GroupsJson(std::string_view name, const std::map<std::string, law::FlipGroup>& groups) {
  Value::Array list;
  for (const auto& [key, group] : Flipped(groups)) {
    Value value(Value::Object{});
    value.Add(name, Value(key));
    value.Add("flips", Value::Unsigned(group->flips));
    value.Add("to_lawful", Value::Unsigned(group->to_lawful));
    value.Add("to_unlawful", Value::Unsigned(group->to_unlawful));
    value.Add("to_open", Value::Unsigned(group->to_open));
    AddDeficits(group->deficits, value);
    list.push_back(std::move(value));
  }
  return Value(std::move(list));
}

// How many cases went from which verdict to which; also those that stayed.
Value VerdictChanges(const law::Simulation& simulation) {
  Value::Array list;
  for (std::size_t i = 0; i < law::Simulation::kVerdicts; ++i) {
    for (std::size_t k = 0; k < law::Simulation::kVerdicts; ++k) {
      if (simulation.verdicts[i][k] == 0) continue;
      Value value(Value::Object{});
      value.Add("before", Value::Text(CodeOf(static_cast<rules::Verdict>(i))));
      value.Add("after", Value::Text(CodeOf(static_cast<rules::Verdict>(k))));
      value.Add("cases", Value::Unsigned(simulation.verdicts[i][k]));
      list.push_back(std::move(value));
    }
  }
  return Value(std::move(list));
}

class TextWriter {
 public:
  TextWriter(const law::Simulation& simulation, std::size_t most, Language language)
      : simulation_(simulation), most_(most), language_(language) {}

  std::string Write() {
    Line(Say("案例 ", "cases ") + std::to_string(simulation_.cases) +
         Say("，结论改变 ", ", verdict changed ") + std::to_string(simulation_.flips));
    Line(Say("改变者的价差合计（元）：原 ", "deficits of those together (yuan): before ") +
         YuanOf(simulation_.deficits.before) + Say("，新 ", ", after ") +
         YuanOf(simulation_.deficits.after));
    WriteVerdicts();
    WriteGroups(Say("按条款", "by clause"), simulation_.by_clause);
    WriteGroups(Say("按县（市、区、旗）", "by county"), simulation_.by_county);
    WriteFlips();
    return std::move(out_);
  }

 private:
  std::string Say(std::string_view zh, std::string_view en) const {
    return std::string(In(language_, zh, en));
  }
  std::string Named(rules::Verdict verdict) const {
    return std::string(NameOf(verdict, language_));
  }
  void Line(const std::string& text) { out_ += text + "\n"; }

  void WriteVerdicts() {
    for (std::size_t i = 0; i < law::Simulation::kVerdicts; ++i) {
      for (std::size_t k = 0; k < law::Simulation::kVerdicts; ++k) {
        const std::size_t count = simulation_.verdicts[i][k];
        if (count == 0 || i == k) continue;
        Line("  " + Named(static_cast<rules::Verdict>(i)) + " → " +
             Named(static_cast<rules::Verdict>(k)) + ": " + std::to_string(count));
      }
    }
  }

  void WriteGroups(const std::string& title, const std::map<std::string, law::FlipGroup>& groups) {
    const Groups flipped = Flipped(groups);
    if (flipped.empty()) return;
    Line(title + ":");
    for (const auto& [name, group] : flipped) {
      Line("  " + (name.empty() ? Say("未说明", "not stated") : name) + ": " +
           std::to_string(group->flips) + Say("（合法 ", " (lawful ") +
           std::to_string(group->to_lawful) + Say("，不合法 ", ", unlawful ") +
           std::to_string(group->to_unlawful) + Say("，待定 ", ", open ") +
           std::to_string(group->to_open) + Say("；价差 ", "; deficits ") +
           YuanOf(group->deficits.before) + " → " + YuanOf(group->deficits.after) +
           Say(" 元）", " yuan)"));
    }
  }

  void WriteFlips() {
    const std::size_t shown = std::min(most_, simulation_.listed.size());
    if (shown > 0) Line(Say("逐案：", "one by one:"));
    for (std::size_t i = 0; i < shown; ++i) {
      const law::Flip& flip = simulation_.listed[i];
      Line("  " + flip.case_id + " " + Named(flip.before) + " → " + Named(flip.after) + " " +
           flip.clause + " " + PriceText(flip.price) + Say(" 元/㎡，最低 ", " yuan/m², minimum ") +
           Known(flip.minimum_before) + " → " + Known(flip.minimum_after));
    }
    if (shown < simulation_.listed.size()) {
      Line(Say("  ……其余用 --out FILE.csv 写出", "  … --out FILE.csv writes all of them"));
    }
  }
  static std::string Known(const std::optional<std::int64_t>& units) {
    return units ? PriceText(units) : "?";
  }

  const law::Simulation& simulation_;
  std::size_t most_;
  Language language_;
  std::string out_;
};

}  // namespace

std::string SimulationText(const law::Simulation& simulation, std::size_t most, Language language) {
  return TextWriter(simulation, most, language).Write();
}

json::Value SimulationJson(const law::Simulation& simulation) {
  Value document(Value::Object{});
  document.Add("cases", Value::Unsigned(simulation.cases));
  document.Add("flips", Value::Unsigned(simulation.flips));
  document.Add("verdicts", VerdictChanges(simulation));
  AddDeficits(simulation.deficits, document);
  document.Add("by_clause", GroupsJson("clause", simulation.by_clause));
  document.Add("by_county", GroupsJson("county", simulation.by_county));
  return document;
}

json::Value FlipJson(const law::Flip& flip) {
  const auto price = [](const std::optional<std::int64_t>& units) {
    return units ? Value(Value::Number{PriceText(units)}) : Value();
  };
  Value value(Value::Object{});
  value.Add("case_id", Value(flip.case_id));
  value.Add("county", Value(flip.county));
  value.Add("before", Value::Text(CodeOf(flip.before)));
  value.Add("after", Value::Text(CodeOf(flip.after)));
  value.Add("clause", Value(flip.clause));
  value.Add("price_yuan_per_sqm", price(flip.price));
  value.Add("minimum_before_yuan_per_sqm", price(flip.minimum_before));
  value.Add("minimum_after_yuan_per_sqm", price(flip.minimum_after));
  value.Add("deficit_before_yuan_per_sqm", price(flip.deficit_before));
  value.Add("deficit_after_yuan_per_sqm", price(flip.deficit_after));
  return value;
}

std::string_view FlipCsvHeader() {
  return "case_id,county,verdict_before,verdict_after,clause,price_yuan_per_sqm,"
         "minimum_before_yuan_per_sqm,minimum_after_yuan_per_sqm,deficit_before_yuan_per_sqm,"
         "deficit_after_yuan_per_sqm\n";
}

void PutFlip(const law::Flip& flip, CsvText& csv) {
  csv.PutText(flip.case_id);
  for (const std::string_view cell : {std::string_view(flip.county), CodeOf(flip.before),
                                      CodeOf(flip.after), std::string_view(flip.clause)}) {
    csv += ",";
    csv.PutText(cell);
  }
  for (const auto& units : {flip.price, flip.minimum_before, flip.minimum_after,
                            flip.deficit_before, flip.deficit_after}) {
    csv += ",";
    csv += PriceText(units);
  }
  csv += "\n";
}

std::string SimulationCsv(const law::Simulation& simulation) {
  CsvText csv;
  csv += FlipCsvHeader();
  for (const law::Flip& flip : simulation.listed) PutFlip(flip, csv);
  return std::string(csv.view());
}

}  // namespace dijia::app
