// Conditions, clauses and periods of a pack in words that a director can read.
#pragma once

#include <string>
#include <vector>

#include "dijia/rules/rule_pack.h"

namespace dijia::rules {

// One sentence part without an end: "工业用地出让，且年限低于最高年期". Definitions stand under
// their name in quotes. A condition that is always true is 一切情形 / every case.
std::string ConditionInWords(const RulePack& pack, const Predicate& condition, Language language);

// The same with a definition's own condition instead of its name at the top.
std::string DefinitionInWords(const RulePack& pack, const Definition& definition,
                              Language language);

// A condition as a list of lists, for documents. A node with parts says how they stand together.
struct ConditionTree {
  std::string text;
  std::vector<ConditionTree> parts;
};
ConditionTree ConditionAsTree(const RulePack& pack, const Predicate& condition, Language language);
ConditionTree DefinitionAsTree(const RulePack& pack, const Definition& definition,
                               Language language);

// What the clause gives: "按标准的70%", "价格不低于标准", …
std::string ResultInWords(const RulePack& pack, const Clause& clause, Language language);

// "自2009-05-11起", "2007-01-01至2014-11-22（不含）", "长期有效".
std::string PeriodInWords(const Period& period, Language language);

// "国土资发〔2006〕307号 二".
std::string CitationInWords(const Citation& citation);

// 已见原文 / 凭记忆 / 不明 / 解释.
std::string ConfidenceInWords(Confidence confidence, Language language);

// The names for people; the id where the pack gives none.
std::string NameOf(const Fact& fact, Language language);
std::string NameOf(const Table& table, Language language);
std::string NameOf(const Definition& definition, Language language);
std::string NameOfValue(const RulePack& pack, std::uint16_t value_id, Language language);

// A value of a fact for people: the name of a choice, 是 / yes, a number.
std::string ValueInWords(const Fact& fact, std::int64_t value, Language language);

}  // namespace dijia::rules
