#include "pack_diff.h"

#include <algorithm>
#include <map>

#include "dijia/base/decimal.h"
#include "dijia/rules/words.h"

namespace dijia::rules {
namespace {

constexpr int kValueScale = 6;

// What is written at the named places of a pack, in order.
class Places {
 public:
  Places(const RulePack& pack, Language language) : pack_(pack), language_(language) {
    for (const Clause& clause : pack.clauses) AddClause(clause);
    for (const DatedValue& value : pack.values) AddValue(value);
    for (const Table& table : pack.tables) AddTable(table);
    for (const Reading& reading : pack.readings) AddReading(reading);
    for (const Fact& fact : pack.facts) {
      Add("fact", Say("事实 ", "fact ") + fact.id, fact.question.In(language));
    }
    for (const GivenFact& given : pack.given) {
      const Fact& fact = pack.facts[given.fact];
      Add("given", Say("统一给定 ", "given ") + fact.id,
          ValueInWords(fact, given.value, language) + Say("，", ", ") +
              PeriodInWords(given.citation.in_force, language));
    }
  }

  struct Place {
    std::string section, name, text;
  };
  const std::vector<Place>& all() const { return places_; }
  const Place* Find(const std::string& name) const {
    const auto found = index_.find(name);
    return found == index_.end() ? nullptr : &places_[found->second];
  }

 private:
  std::string Say(std::string_view zh, std::string_view en) const {
    return std::string(In(language_, zh, en));
  }

  void Add(std::string section, std::string name, std::string text) {
    index_.emplace(name, places_.size());
    places_.push_back({std::move(section), std::move(name), std::move(text)});
  }

  void AddClause(const Clause& clause) {
    const std::string name = Say("条款 ", "clause ") + clause.key + " · ";
    Add("clause", name + Say("期间", "period"), PeriodInWords(clause.citation.in_force, language_));
    Add("clause", name + Say("条件", "condition"), ConditionInWords(pack_, clause.when, language_));
    Add("clause", name + Say("结果", "result"), ResultInWords(pack_, clause, language_));
    Add("clause", name + Say("文字", "words"), clause.says.In(language_));
    Add("clause", name + Say("依据", "source"),
        CitationInWords(clause.citation) + Say("（", " (") +
            ConfidenceInWords(clause.citation.confidence, language_) + Say("）", ")"));
  }

  void AddValue(const DatedValue& value) {
    const std::string& title = value.name.In(language_);
    Add("value",
        Say("数值 ", "value ") + (title.empty() ? value.id : title) + Say("，", ", ") +
            PeriodInWords(value.citation.in_force, language_),
        FormatDecimal(value.value, kValueScale));
  }

  void AddTable(const Table& table) {
    for (const TableRow& row : table.rows) {
      std::string name = Say("表 ", "table ") + NameOf(table, language_) + " · ";
      const std::int64_t keys[] = {row.key, row.second_key};
      for (std::size_t i = 0; i < table.keys.size(); ++i) {
        const Fact& fact = pack_.facts[table.keys[i]];
        name += NameOf(fact, language_) + " " + ValueInWords(fact, keys[i], language_) +
                Say("，", ", ");
      }
      Add("table", name + PeriodInWords(row.period, language_),
          FormatDecimal(row.value, table.scale));
    }
  }

  void AddReading(const Reading& reading) {
    const std::string name = Say("解释 ", "reading ") + reading.id;
    std::string chosen = reading.options[reading.chosen].text.In(language_);
    if (reading.selected) {
      chosen += Say("（已由 ", " (selected by ") + reading.chosen_by + Say(" 选定）", ")");
    }
    Add("reading", name, chosen);
    for (const ReadingOption& option : reading.options) {
      Add("reading", name + " · " + option.id,
          option.text.In(language_) + Say("，", ", ") + PeriodInWords(option.period, language_));
    }
  }

  const RulePack& pack_;
  Language language_;
  std::vector<Place> places_;
  std::map<std::string, std::size_t> index_;
};

}  // namespace

std::vector<WrittenChange> WrittenChanges(const RulePack& before, const RulePack& after,
                                          Language language) {
  const Places old_places(before, language), new_places(after, language);
  std::vector<WrittenChange> changes;
  for (const Places::Place& place : old_places.all()) {
    const Places::Place* now = new_places.Find(place.name);
    if (now != nullptr && now->text == place.text) continue;
    changes.push_back({place.section, place.name, place.text, now == nullptr ? "" : now->text});
  }
  for (const Places::Place& place : new_places.all()) {
    if (old_places.Find(place.name) != nullptr) continue;
    changes.push_back({place.section, place.name, "", place.text});
  }
  return changes;
}

PackDiff DiffPacks(const RulePack& before, const RulePack& after, Language language) {
  return {WrittenChanges(before, after, language), EffectChanges(before, after, language)};
}

}  // namespace dijia::rules
