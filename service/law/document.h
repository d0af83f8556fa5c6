// A rule pack as a document for people, before it is written as Markdown or HTML.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "dijia/rules/words.h"

namespace dijia::law {

struct Paragraph {
  std::string text;
};

struct List {
  std::vector<std::string> items;
};

struct Grid {
  std::string caption;
  std::vector<std::string> columns;
  std::vector<bool> numbers;  // by column: a number, aligned to the right
  std::vector<std::vector<std::string>> rows;
};

// A clause, a definition or a reading.
struct Card {
  std::string id, title;
  std::string label, tone;  // of the label: lawful, unlawful, note, ratio
  std::optional<rules::ConditionTree> when;
  std::vector<std::pair<std::string, std::string>> lines;  // name and text
};

struct Heading {
  std::string text;
};

using Block = std::variant<Paragraph, List, Grid, Card, Heading>;

struct Section {
  std::string id, title;
  std::vector<Block> blocks;
};

struct Document {
  Language language = Language::kZh;
  std::string kicker, title, notice;
  std::vector<std::pair<std::string, std::string>> facts;  // under the title
  std::vector<Section> sections;
};

// The law of a pack as it stands on a day: clauses with their conditions in words, definitions,
// numbers, tables, readings, what is not certain, the facts that are asked for.
Document LawOn(const rules::RulePack& pack, Days day, Language language);

// The name of a unit of the price facts ("元/㎡"); others as they stand.
std::string UnitInWords(const rules::RulePack& pack, const std::string& unit, Language language);

// The day on which the law last changed: the last beginning of a clause, value or option.
Days LastChange(const rules::RulePack& pack);

std::string ToMarkdown(const Document& document);

// One self-contained page without scripts; may be printed.
std::string ToHtml(const Document& document, std::string_view engine_version);

}  // namespace dijia::law
