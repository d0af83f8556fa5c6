#include <algorithm>
#include <functional>
#include <set>

#include "dijia/base/decimal.h"
#include "law/document.h"

namespace dijia::law {
namespace {

using rules::Clause;
using rules::ClauseKind;
using rules::RulePack;

constexpr int kValueScale = 6;

class LawWriter {
 public:
  LawWriter(const RulePack& pack, Days day, Language language)
      : pack_(pack), day_(day), language_(language) {}

  Document Write() {
    document_.language = language_;
    document_.kicker = Say("规则包", "Rule pack");
    document_.title = pack_.title.In(language_);
    document_.facts = {{Say("标识", "id"), pack_.id},
                       {Say("版本", "version"), pack_.version},
                       {Say("规则日期", "as of"), FormatDate(FromDays(day_))},
                       {"SHA-256", pack_.sha256}};
    document_.notice =
        Say("本文由规则包自动生成，只列该日有效的条款。所引文件以原文为准；标明“凭记忆”“不明”"
            "或“解释”的内容须先核对原文。",
            "Generated from the rule pack; lists what is in force on that day. The documents "
            "themselves decide; what is marked as from memory, unclear or our interpretation must "
            "be compared with them first.");
    AddStandard();
    AddClauses();
    AddDefinitions();
    AddReadings();
    AddValues();
    AddTables();
    AddOpenPoints();
    AddClaims();
    AddFacts();
    AddInstruments();
    return std::move(document_);
  }

 private:
  std::string Say(std::string_view zh, std::string_view en) const {
    return std::string(In(language_, zh, en));
  }
  bool InForce(const rules::Citation& citation) const { return citation.in_force.Contains(day_); }
  Section& Add(std::string id, std::string title) {
    return document_.sections.emplace_back(Section{std::move(id), std::move(title), {}});
  }

  // The ratios in force, the highest first, with the rules that give them.
  std::vector<std::int64_t> Ratios() const {
    std::set<std::int64_t, std::greater<>> ratios;
    for (const Clause& clause : pack_.clauses) {
      if (clause.kind == ClauseKind::kRatio && InForce(clause.citation)) {
        ratios.insert(clause.ratio);
      }
    }
    return {ratios.begin(), ratios.end()};
  }

  void AddStandard() {
    const rules::Table& table = pack_.tables[pack_.formula.standard_table];
    const rules::Fact& key = pack_.facts[table.keys[0]];
    Grid grid;
    grid.caption = rules::NameOf(table, language_) + " · " +
                   rules::CitationInWords(table.citation) + " · " +
                   UnitInWords(pack_, table.unit, language_);
    grid.columns = {rules::NameOf(key, language_), "100%"};
    for (const std::int64_t ratio : Ratios()) {
      grid.columns.push_back(FormatDecimal(ratio, kValueScale - 2) + "%");
    }
    grid.numbers.assign(grid.columns.size(), true);
    for (const rules::TableRow& row : table.rows) {
      if (!row.period.Contains(day_)) continue;
      std::vector<std::string> cells = {FormatFact(key, row.key),
                                        FormatDecimal(row.value, table.scale)};
      for (const std::int64_t ratio : Ratios()) {
        cells.push_back(FormatDecimal(row.value * ratio, table.scale + kValueScale));
      }
      grid.rows.push_back(std::move(cells));
    }
    if (grid.rows.empty()) return;
    Section& section = Add("standard", Say("最低价一览", "Minimum prices at a glance"));
    section.blocks.emplace_back(Paragraph{
        Say("比例只在所列条件全部成立时适用；几个比例同时成立时取最低者，不连乘。价格和成本之和"
            "另行比较，取高者。",
            "A ratio applies only where all its conditions hold; of several the lowest counts, "
            "never their product. The sum of costs is compared as well; the higher one counts.")});
    section.blocks.emplace_back(std::move(grid));
  }

  void AddClauses() {
    Section& section = Add("clauses", Say("条款", "Clauses"));
    std::vector<std::string> order;
    for (const rules::RuleTitle& rule : pack_.rules) order.push_back(rule.id);
    for (const Clause& clause : pack_.clauses) {
      if (std::ranges::find(order, clause.rule) == order.end()) order.push_back(clause.rule);
    }
    for (const std::string& rule : order) {
      bool begun = false;
      for (const Clause& clause : pack_.clauses) {
        if (clause.rule != rule || !InForce(clause.citation)) continue;
        if (!begun) section.blocks.emplace_back(Heading{pack_.TitleOf(rule).In(language_)});
        begun = true;
        section.blocks.emplace_back(CardOf(clause));
      }
    }
  }

  Card CardOf(const Clause& clause) const {
    struct Kind {
      const char *zh, *en, *tone;
    };
    static constexpr Kind kKinds[] = {{"比例", "ratio", "ratio"},
                                      {"底线", "floor", "floor"},
                                      {"不合法情形", "unlawful", "unlawful"},
                                      {"提示", "note", "note"},
                                      {"缴费", "duty", "note"}};
    const Kind& kind = kKinds[static_cast<std::size_t>(clause.kind)];
    Card card;
    card.id = clause.key;
    card.title = clause.says.In(language_);
    card.label = Say(kind.zh, kind.en);
    card.tone = kind.tone;
    card.when = rules::ConditionAsTree(pack_, clause.when, language_);
    card.lines.emplace_back(Say("结果", "result"), rules::ResultInWords(pack_, clause, language_));
    card.lines.emplace_back(Say("依据", "source"), SourceOf(clause.citation));
    card.lines.emplace_back(Say("施行", "in force"),
                            rules::PeriodInWords(clause.citation.in_force, language_));
    return card;
  }

  std::string SourceOf(const rules::Citation& citation) const {
    return rules::CitationInWords(citation) + Say("（", " (") +
           rules::ConfidenceInWords(citation.confidence, language_) + Say("）", ")");
  }

  void AddDefinitions() {
    Section& section = Add("definitions", Say("定义", "Definitions"));
    for (const rules::Definition& definition : pack_.definitions) {
      Card card;
      card.id = definition.id;
      card.title = rules::NameOf(definition, language_);
      card.when = rules::DefinitionAsTree(pack_, definition, language_);
      section.blocks.emplace_back(std::move(card));
    }
  }

  void AddReadings() {
    Section& section = Add("readings", Say("有争议的条文与所取解释", "Contested points"));
    section.blocks.emplace_back(Paragraph{
        Say("每个案件按所有有争议的解释分别判断；结论不同时答复“解释冲突，须研究”。",
            "Every case is judged under all contested readings; when they disagree the answer is "
            "a conflict to be reviewed.")});
    for (const rules::Reading& reading : pack_.readings) {
      Card card;
      card.id = reading.id;
      card.title = reading.question.In(language_);
      for (std::size_t i = 0; i < reading.options.size(); ++i) {
        const rules::ReadingOption& option = reading.options[i];
        std::string name = Say("选项", "option");
        if (i == reading.chosen) name = Say("所取", "chosen");
        if (!option.contested && i != reading.chosen) name = Say("可选（从严）", "on request");
        card.lines.emplace_back(name, option.text.In(language_) + Say("；", "; ") +
                                          SourceOf(option.citation) + Say("；", "; ") +
                                          rules::PeriodInWords(option.period, language_));
      }
      card.lines.emplace_back(
          Say("由谁选定", "chosen by"),
          reading.chosen_by + Say("，", ", ") + FormatDate(FromDays(reading.chosen_on)));
      section.blocks.emplace_back(std::move(card));
    }
  }

  void AddValues() {
    Grid grid;
    grid.columns = {Say("名称", "name"), Say("数值", "value"), Say("单位", "unit"),
                    Say("期间", "period"), Say("依据", "source")};
    grid.numbers = {false, true, false, false, false};
    for (const rules::DatedValue& value : pack_.values) {
      if (!InForce(value.citation)) continue;
      const std::string& name = value.name.In(language_);
      grid.rows.push_back({name.empty() ? value.id : name, FormatDecimal(value.value, kValueScale),
                           UnitInWords(pack_, value.unit, language_),
                           rules::PeriodInWords(value.citation.in_force, language_),
                           SourceOf(value.citation)});
    }
    Add("values", Say("数值", "Values")).blocks.emplace_back(std::move(grid));
  }

  void AddTables() {
    Section& section = Add("tables", Say("表", "Tables"));
    for (const rules::Table& table : pack_.tables) {
      Grid grid = GridOf(table);
      grid.caption = rules::NameOf(table, language_) + " · " + SourceOf(table.citation);
      if (grid.rows.empty()) {
        section.blocks.emplace_back(
            Paragraph{grid.caption + Say("：没有数据。缺少的行按“未知”处理，不推测。",
                                         ": no data. A missing row is unknown, never guessed.")});
      } else {
        section.blocks.emplace_back(std::move(grid));
      }
      const std::string& note = table.note.In(language_);
      if (!note.empty()) section.blocks.emplace_back(Paragraph{note});
    }
  }

  // Rows in force, side by side so that long tables stay short.
  Grid GridOf(const rules::Table& table) const {
    constexpr std::size_t kSideBySide = 4, kLong = 16;
    std::vector<std::vector<std::string>> rows;
    for (const rules::TableRow& row : table.rows) {
      if (!row.period.Contains(day_)) continue;
      std::vector<std::string> cells;
      const std::int64_t keys[] = {row.key, row.second_key};
      for (std::size_t i = 0; i < table.keys.size(); ++i) {
        cells.push_back(rules::ValueInWords(pack_.facts[table.keys[i]], keys[i], language_));
      }
      cells.push_back(FormatDecimal(row.value, table.scale));
      rows.push_back(std::move(cells));
    }
    Grid grid;
    const std::size_t across = rows.size() > kLong ? kSideBySide : 1;
    for (std::size_t i = 0; i < across; ++i) {
      for (const std::uint16_t key : table.keys) {
        grid.columns.push_back(rules::NameOf(pack_.facts[key], language_));
        grid.numbers.push_back(false);
      }
      grid.columns.push_back(UnitInWords(pack_, table.unit, language_));
      grid.numbers.push_back(true);
    }
    const std::size_t width = table.keys.size() + 1;
    const std::size_t down = (rows.size() + across - 1) / across;
    for (std::size_t i = 0; i < down; ++i) {
      std::vector<std::string>& line = grid.rows.emplace_back();
      for (std::size_t k = 0; k < across; ++k) {
        const std::size_t at = k * down + i;
        for (std::size_t c = 0; c < width; ++c) {
          line.push_back(at < rows.size() ? rows[at][c] : std::string());
        }
      }
    }
    return grid;
  }

  // Everything in force that rests on less than a text that was seen.
  void AddOpenPoints() {
    List list;
    const auto add = [&](const std::string& what, const rules::Citation& citation) {
      const bool open = citation.confidence != rules::Confidence::kSeen && InForce(citation);
      if (open) list.items.push_back(what + Say("：", ": ") + SourceOf(citation));
    };
    for (const Clause& clause : pack_.clauses) add(clause.says.In(language_), clause.citation);
    for (const rules::DatedValue& value : pack_.values) add(value.id, value.citation);
    for (const rules::Table& table : pack_.tables) {
      add(rules::NameOf(table, language_), table.citation);
    }
    for (const rules::GivenFact& given : pack_.given) {
      const rules::Fact& fact = pack_.facts[given.fact];
      add(rules::NameOf(fact, language_) + Say("：", ": ") +
              rules::ValueInWords(fact, given.value, language_),
          given.citation);
    }
    Section& section = Add("open", Say("待核事项", "Points to be checked"));
    section.blocks.emplace_back(std::move(list));
  }

  void AddClaims() {
    if (pack_.claims.empty()) return;
    List list;
    for (const rules::Claim& claim : pack_.claims) {
      if (claim.period.Contains(day_)) list.items.push_back(claim.says.In(language_));
    }
    Section& section = Add("claims", Say("完备性声明", "Claims of completeness"));
    section.blocks.emplace_back(
        Paragraph{Say("以下各点由 dijia rules lint 对全部情形逐一证明。",
                      "`dijia rules lint` proves each of these for every case.")});
    section.blocks.emplace_back(std::move(list));
  }

  void AddFacts() {
    Grid grid;
    grid.columns = {Say("事实", "fact"), Say("提问", "question"), Say("证据", "evidence"),
                    Say("字段名", "field")};
    grid.numbers.assign(4, false);
    for (const rules::Fact& fact : pack_.facts) {
      if (!fact.asked_as.empty()) continue;  // another one is asked for it
      grid.rows.push_back({rules::NameOf(fact, language_), fact.question.In(language_),
                           fact.evidence.In(language_), fact.id});
    }
    Add("facts", Say("须查明的事实", "Facts")).blocks.emplace_back(std::move(grid));
  }

  void AddInstruments() {
    Grid grid;
    grid.columns = {Say("文号", "number"), Say("名称", "title"), Say("最近核对", "last compared")};
    grid.numbers.assign(3, false);
    for (const rules::Instrument& instrument : pack_.instruments) {
      const bool verified = instrument.verified_on != kNoDate;
      std::string compared =
          verified ? FormatDate(FromDays(instrument.verified_on)) : Say("未核对原文", "not yet");
      if (instrument.background) compared += Say("；背景文件", "; background");
      grid.rows.push_back({instrument.number, instrument.title.In(language_), compared});
    }
    Add("instruments", Say("文件", "Documents")).blocks.emplace_back(std::move(grid));
  }

  const RulePack& pack_;
  Days day_;
  Language language_;
  Document document_;
};

}  // namespace

Document LawOn(const rules::RulePack& pack, Days day, Language language) {
  return LawWriter(pack, day, language).Write();
}

std::string UnitInWords(const rules::RulePack& pack, const std::string& unit, Language language) {
  const auto fact = pack.FindFact("price.unit");
  if (!fact) return unit;
  const std::vector<std::string>& units = pack.facts[*fact].choices;
  const auto found = std::ranges::find(units, unit);
  if (found == units.end()) return unit;
  return rules::ValueInWords(pack.facts[*fact], found - units.begin(), language);
}

Days LastChange(const rules::RulePack& pack) {
  Days last = kNoDate;
  const auto take = [&](Days day) {
    if (day != rules::kNoBeginning) last = std::max(last, day);
  };
  for (const Clause& clause : pack.clauses) take(clause.citation.in_force.from);
  for (const rules::DatedValue& value : pack.values) take(value.citation.in_force.from);
  for (const rules::Reading& reading : pack.readings) {
    for (const rules::ReadingOption& option : reading.options) take(option.period.from);
  }
  return last;
}

}  // namespace dijia::law
