#include "dijia/rules/words.h"

#include <algorithm>
#include <bit>
#include <vector>

#include "dijia/base/decimal.h"

namespace dijia::rules {
namespace {

using Op = Predicate::Op;

constexpr std::int64_t kWhole = 1'000'000;  // 1 in units of 10^-kFactorScale
constexpr std::uint64_t kYes = 2;           // the choices of a yes/no fact that is "yes"

class Words {
 public:
  Words(const RulePack& pack, Language language) : pack_(pack), zh_(language == Language::kZh) {}

  std::string Of(const Predicate& condition, bool inside = false) const {
    if (condition.definition != kNoDefinition) {
      return Quoted(NameOf(pack_.definitions[condition.definition], language()));
    }
    return OfContent(condition, inside);
  }

  // `inside`: of a list of another kind, so that a list needs brackets.
  std::string OfContent(const Predicate& condition, bool inside) const {
    switch (condition.op) {
      case Op::kAll:
        return List(condition, Say("，且", ", and "), inside);
      case Op::kAny:
        return List(condition, Say("，或", ", or "), inside);
      case Op::kNot:
        return Negated(condition.parts[0]);
      case Op::kIn:
        return Membership(condition, false);
      case Op::kCompare:
        return Comparison(condition);
      case Op::kYearsSince:
        return Years(condition);
      case Op::kStated:
        return Say("案件说明了", "the case states the ") + FactName(condition.subject);
      case Op::kReading:
        return Option(condition);
      case Op::kMeetsStandard:
        return Say("价格达到标准全额", "the price meets the full standard");
    }
    return {};
  }

  ConditionTree TreeOf(const Predicate& condition, bool open_definition) const {
    const bool named = condition.definition != kNoDefinition && !open_definition;
    const bool list = condition.op == Op::kAll || condition.op == Op::kAny;
    if (named || (!list && condition.op != Op::kNot)) {
      return {named ? Of(condition) : OfContent(condition, false), {}};
    }
    if (condition.op == Op::kNot) {
      if (condition.parts[0].definition != kNoDefinition || condition.parts[0].parts.empty()) {
        return {Of(condition), {}};
      }
      return {Say("以下不成立", "this does not hold"), {TreeOf(condition.parts[0], false)}};
    }
    if (condition.parts.size() == 1) return TreeOf(condition.parts[0], false);
    ConditionTree tree;
    tree.text = condition.op == Op::kAll ? Say("以下各项同时成立", "all of these hold")
                                         : Say("以下至少一项成立", "at least one of these holds");
    if (condition.parts.empty()) tree.text = OfContent(condition, false);
    for (const Predicate& part : condition.parts) tree.parts.push_back(TreeOf(part, false));
    return tree;
  }

  std::string Amount(const Limit& limit) const {
    if (limit.amount == Limit::Amount::kStandard) {
      return Say("等别标准乘以适用的最低比例",
                 "the class standard times the lowest ratio that applies");
    }
    return Times(FactName(limit.fact), limit.times);
  }

  std::string Say(std::string_view zh, std::string_view en) const {
    return std::string(zh_ ? zh : en);
  }

 private:
  Language language() const { return zh_ ? Language::kZh : Language::kEn; }
  std::string Quoted(const std::string& text) const {
    return Say("“", "\"") + text + Say("”", "\"");
  }
  std::string Bracketed(const std::string& text) const {
    return Say("（", "(") + text + Say("）", ")");
  }
  std::string FactName(std::uint16_t fact) const { return NameOf(pack_.facts[fact], language()); }

  std::string List(const Predicate& condition, const std::string& joint, bool inside) const {
    if (condition.parts.empty()) {
      return condition.op == Op::kAll ? Say("一切情形", "every case") : Say("没有情形", "no case");
    }
    if (condition.parts.size() == 1) return Of(condition.parts[0], inside);
    std::string text;
    for (const Predicate& part : condition.parts) {
      if (!text.empty()) text += joint;
      text += Of(part, true);
    }
    return inside ? Bracketed(text) : text;
  }

  std::string Negated(const Predicate& part) const {
    if (part.definition == kNoDefinition && part.op == Op::kIn) return Membership(part, true);
    return Say("并非", "not ") + Bracketed(Of(part));
  }

  std::string Membership(const Predicate& condition, bool negated) const {
    const Fact& fact = pack_.facts[condition.subject];
    if (fact.type == FactType::kYesNo) {
      const bool yes = (condition.choices == kYes) != negated;
      return FactName(condition.subject) + (yes ? Say("：是", ": yes") : Say("：否", ": no"));
    }
    std::vector<std::string> values;
    for (std::uint64_t bits = condition.choices; bits != 0; bits &= bits - 1) {
      values.push_back(ValueInWords(fact, std::countr_zero(bits), language()));
    }
    std::string text =
        FactName(condition.subject) + (negated ? Say("不为", " is not ") : Say("为", " is "));
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (i > 0) text += i + 1 == values.size() ? Say("或", " or ") : Say("、", ", ");
      text += values[i];
    }
    return text;
  }

  std::string Comparison(const Predicate& condition) const {
    static constexpr std::string_view kZh[] = {"不低于", "高于", "不高于", "低于"};
    static constexpr std::string_view kEn[] = {" is at least ", " is more than ", " is at most ",
                                               " is less than "};
    static constexpr std::string_view kZhDate[] = {"不早于", "晚于", "不晚于", "早于"};
    static constexpr std::string_view kEnDate[] = {" is not before ", " is after ",
                                                   " is not after ", " is before "};
    const bool date = pack_.facts[condition.subject].type == FactType::kDate;
    const auto relation = static_cast<std::size_t>(condition.relation);
    const std::string word =
        date ? Say(kZhDate[relation], kEnDate[relation]) : Say(kZh[relation], kEn[relation]);
    return FactName(condition.subject) + word + RightSide(condition);
  }

  std::string RightSide(const Predicate& condition) const {
    const Operand& operand = condition.operand;
    switch (operand.kind) {
      case Operand::Kind::kConstant:
        return ValueInWords(pack_.facts[condition.subject], operand.constant, language());
      case Operand::Kind::kFact:
        return Times(FactName(operand.index), operand.times);
      case Operand::Kind::kValue:
        return Times(NameOfValue(pack_, operand.index, language()), operand.times);
      case Operand::Kind::kTable:
        return Times(NameOf(pack_.tables[operand.index], language()), operand.times);
    }
    return {};
  }

  std::string Times(const std::string& name, std::int64_t times) const {
    if (times == kWhole) return name;
    if (times > kWhole) {
      const std::string number = FormatDecimal(times, kFactorScale);
      return zh_ ? name + "的 " + number + " 倍" : number + " times the " + name;
    }
    const std::string percent = FormatDecimal(times, kFactorScale - 2);
    return zh_ ? name + "的 " + percent + "%" : percent + " % of the " + name;
  }

  std::string Years(const Predicate& condition) const {
    const std::string from = FactName(condition.subject), to = FactName(condition.other);
    const std::string years = std::to_string(condition.years);
    const bool more = condition.relation == Relation::kMoreThan;
    if (zh_) return from + "至" + to + (more ? "超过 " : "满 ") + years + " 年";
    return (more ? "more than " : "at least ") + years + " years lie between the " + from +
           " and the " + to;
  }

  std::string Option(const Predicate& condition) const {
    const Reading& reading = pack_.readings[condition.subject];
    std::string options;
    for (std::uint64_t bits = condition.choices; bits != 0; bits &= bits - 1) {
      const auto index = static_cast<std::size_t>(std::countr_zero(bits));
      if (!options.empty()) options += Say("或", " or ");
      options += Quoted(reading.options[index].text.In(language()));
    }
    return Say("按解释", "read as ") + options;
  }

  const RulePack& pack_;
  bool zh_;
};

std::string DayText(Days day) { return FormatDate(FromDays(day)); }

}  // namespace

std::string NameOf(const Fact& fact, Language language) {
  const std::string& name = fact.name.In(language);
  return name.empty() ? fact.id : name;
}

std::string NameOf(const Table& table, Language language) {
  const std::string& name = table.name.In(language);
  return name.empty() ? table.id : name;
}

std::string NameOf(const Definition& definition, Language language) {
  const std::string& name = definition.name.In(language);
  return name.empty() ? definition.id : name;
}

std::string NameOfValue(const RulePack& pack, std::uint16_t value_id, Language language) {
  const std::string& id = pack.value_ids[value_id];
  for (const DatedValue& value : pack.values) {
    if (value.id == id && !value.name.In(language).empty()) return value.name.In(language);
  }
  return id;
}

std::string ValueInWords(const Fact& fact, std::int64_t value, Language language) {
  const bool zh = language == Language::kZh;
  if (fact.type == FactType::kYesNo) {
    if (value != 0) return zh ? "是" : "yes";
    return zh ? "否" : "no";
  }
  const auto choice = static_cast<std::size_t>(value);
  const bool named = fact.type == FactType::kChoice && choice < fact.choice_names.size();
  return named ? fact.choice_names[choice].In(language) : FormatFact(fact, value);
}

std::string ConditionInWords(const RulePack& pack, const Predicate& condition, Language language) {
  return Words(pack, language).Of(condition);
}

std::string DefinitionInWords(const RulePack& pack, const Definition& definition,
                              Language language) {
  return Words(pack, language).OfContent(definition.when, false);
}

ConditionTree ConditionAsTree(const RulePack& pack, const Predicate& condition, Language language) {
  return Words(pack, language).TreeOf(condition, false);
}

ConditionTree DefinitionAsTree(const RulePack& pack, const Definition& definition,
                               Language language) {
  return Words(pack, language).TreeOf(definition.when, true);
}

std::string ResultInWords(const RulePack& pack, const Clause& clause, Language language) {
  const Words words(pack, language);
  const std::string percent = FormatDecimal(clause.ratio, kFactorScale - 2);
  switch (clause.kind) {
    case ClauseKind::kRatio:
      return words.Say("按标准的 " + percent + "%", percent + " % of the standard");
    case ClauseKind::kUnlawful:
      return words.Say("不合法", "unlawful");
    case ClauseKind::kDefect:
      if (clause.refresh == Refresh::kBarred) {
        return words.Say("不得按其修正系数评估宗地（不改变结论）",
                         "bars valuations by its coefficients (does not change the verdict)");
      }
      return words.Say("提示（不改变结论）", "noted (does not change the verdict)");
    case ClauseKind::kDuty:
      return words.Say("缴纳价款的 " + percent + "%", percent + " % of the price is to be paid");
    case ClauseKind::kLimit:
      break;
  }
  static constexpr std::string_view kZh[] = {"价格不低于", "年租金不低于",
                                             "租金与租后出让价的现值不低于"};
  static constexpr std::string_view kEn[] = {
      "the price is at least ", "the annual rent is at least ", "the present value is at least "};
  const auto side = static_cast<std::size_t>(clause.limit.side);
  std::string text = words.Say(kZh[side], kEn[side]) + words.Amount(clause.limit);
  if (clause.limit.normalised)
    text += words.Say("（换算到最高年期）", " (restated to the full term)");
  return text;
}

std::string PeriodInWords(const Period& period, Language language) {
  const bool zh = language == Language::kZh;
  const bool begins = period.from != kNoBeginning, ends = period.until != kNoEnd;
  if (!begins && !ends) return zh ? "不限期" : "without limit";
  if (!ends) return zh ? "自 " + DayText(period.from) + " 起" : "from " + DayText(period.from);
  if (!begins) {
    return zh ? DayText(period.until) + " 之前" : "before " + DayText(period.until);
  }
  return zh ? DayText(period.from) + " 至 " + DayText(period.until) + "（不含）"
            : DayText(period.from) + " until " + DayText(period.until) + " (not included)";
}

std::string CitationInWords(const Citation& citation) {
  return citation.article.empty() ? citation.instrument
                                  : citation.instrument + " " + citation.article;
}

std::string ConfidenceInWords(Confidence confidence, Language language) {
  static constexpr std::string_view kZh[] = {"已见原文或摘录", "凭记忆，待核", "不明，待核",
                                             "本引擎的解释"};
  static constexpr std::string_view kEn[] = {"text or excerpt seen", "from memory, to be checked",
                                             "unclear, to be checked", "our interpretation"};
  const auto index = static_cast<std::size_t>(confidence);
  return std::string(language == Language::kZh ? kZh[index] : kEn[index]);
}

}  // namespace dijia::rules
