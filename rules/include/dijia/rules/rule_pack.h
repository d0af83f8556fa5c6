// Rule packs: the law as data. A pack is a layer of TOML and CSV texts; layers stand on each other
// (nation ← region ← office) and may add, tighten or select a reading, never loosen. A clause is
// never edited when the law changes: its period is closed and a new clause is added.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dijia/base/diagnostic.h"
#include "dijia/rules/citation.h"
#include "dijia/rules/fact.h"
#include "dijia/rules/predicate.h"
#include "dijia/rules/refresh.h"

namespace dijia::rules {

// A document of the law.
struct Instrument {
  std::string id, number;
  Bilingual title;
  Days verified_on = kNoDate;
  bool background = false;  // no clause cites it, readers should know it
  Location where;
};

// One period of a dated number. Values of one id follow each other in time.
struct DatedValue {
  std::string id;
  std::int64_t value = 0;  // units of 10^-6
  std::string unit;
  Bilingual name;  // for conditions in words; empty = the id
  Citation citation;
  Location where;
};

struct TableRow {
  std::int64_t key = 0, second_key = 0;
  Period period;
  std::int64_t value = 0;  // in units of the table's scale
};

// A long table, one CSV file. Rows ascend by keys and period.
struct Table {
  std::string id, unit;
  std::vector<std::uint16_t> keys;  // facts, one or two
  int scale = 0;
  std::vector<TableRow> rows;
  Bilingual name;  // empty = the id
  Bilingual note;
  Citation citation;
  Location where;

  // Nothing when the table has no such row: a missing cell is unknown, never interpolated.
  std::optional<std::int64_t> Find(std::int64_t key, std::int64_t second_key, Days day) const;
};

// One way to read a contested point.
struct ReadingOption {
  std::string id;
  Period period;
  bool contested = true;  // false: only when somebody selects it
  Bilingual text;
  Citation citation;
};

struct Reading {
  std::string id;
  Bilingual question;
  std::vector<ReadingOption> options;
  std::uint8_t chosen = 0;  // the default
  bool selected = false;    // an office has decided: the others are not evaluated
  std::string chosen_by;
  Days chosen_on = kNoDate;
  Location where;

  // The option that counts on a day when `option` is the one that was decided for: itself; while
  // it is not in force, the first contested one that is; itself where there is none.
  std::size_t InForce(std::size_t option, Days day) const;
};

// A condition that several clauses share. Predicate::definition says where it stands.
struct Definition {
  std::string id;
  Bilingual name;  // empty = the id
  Predicate when;
  Location where;
};

// What the pack says about itself and `rules lint` proves: to every case to which `when` applies in
// the period, some of the clauses apply, or exactly one.
struct Claim {
  std::string id;
  Bilingual says;
  Period period;
  Predicate when;
  std::vector<std::string> clauses;  // keys of clauses; all clauses of a rule are written out
  bool exactly_one = false;
  Location where;
};

// Two tables that confirm each other: a row of the first is `times` × that of the second.
struct TableIdentity {
  std::uint16_t table = 0, other = 0;
  std::int64_t times = 1'000'000;
  Location where;
};

// What the price is compared with.
enum class PriceSide : std::uint8_t {
  kTransfer,  // the price of the transfer, yuan per m²
  kRent,      // the annual rent, yuan per m²
  kPackage,   // present value of a lease and the transfer after it
};

// A limit the price must not stay below.
struct Limit {
  enum class Amount : std::uint8_t {
    kStandard,  // the lowest eligible ratio × the standard of the class
    kFact,      // `times` × a fact in yuan per m²
  };
  PriceSide side = PriceSide::kTransfer;
  Amount amount = Amount::kStandard;
  bool normalised = true;  // compared at the full term (K(n), rent factor)
  std::uint16_t fact = 0;
  std::int64_t times = 1'000'000;
};

enum class ClauseKind : std::uint8_t {
  kRatio,     // the standard counts only in part; the lowest eligible ratio, never a product
  kLimit,     // the price must not stay below
  kUnlawful,  // the condition itself is unlawful
  kDefect,    // a fault of procedure or a warning; does not change the verdict
  kDuty,      // something to pay: `ratio` × the price
};

struct Clause {
  std::string key, rule;
  ClauseKind kind = ClauseKind::kDefect;
  Citation citation;
  Predicate when;
  std::int64_t ratio = 0;               // kRatio, kDuty: units of 10^-6
  Limit limit;                          // kLimit
  Refresh refresh = Refresh::kCurrent;  // kDefect on the age of benchmark prices
  Bilingual says;                       // what the clause says, in our own words
  // Of `says` in both languages and the clause's own number (ratio, duty or share), a line each: a
  // changed wording is noticed.
  std::string sha256;
  // Sentences for outcomes, with placeholders such as {price} and {facts.far}.
  Bilingual met, failed, open;
  std::uint8_t layer = 0;
  Location where;
};

// A case with the answer the pack must give.
struct Example {
  std::string name, source;
  std::vector<std::pair<std::uint16_t, std::int64_t>> facts;
  std::string verdict;
  std::string minimum, rule, finding, outcome;  // empty = not checked
  std::vector<std::string> missing;
  bool equal_within_rounding = false;
  Location where;
};

// The name of a rule for headings; several clauses may speak under one rule.
struct RuleTitle {
  std::string id;
  Bilingual title;
};

// What the formulas take from the pack besides clauses.
struct FormulaValues {
  std::uint16_t standard_table = 0;  // land class → yuan per m²
  std::uint16_t full_term = 0;       // value: years to which prices are restated
  std::uint16_t tolerance = 0;       // value: a deficit below it hides in rounding
};

// A fact that a local pack gives for every case of its region.
struct GivenFact {
  std::uint16_t fact = 0;
  std::int64_t value = 0;
  Citation citation;
};

struct RulePack {
  std::string id, version;
  std::string sha256;  // of all layers, names and bytes
  Bilingual title;
  std::vector<std::string> layers;
  std::vector<Fact> facts;
  std::vector<Instrument> instruments;
  std::vector<DatedValue> values;      // grouped by id, ascending in time
  std::vector<std::string> value_ids;  // what Operand::index and FormulaValues mean
  std::vector<Table> tables;
  std::vector<Reading> readings;
  std::vector<Clause> clauses;
  std::vector<RuleTitle> rules;  // in the order in which headings list them
  std::vector<GivenFact> given;
  std::vector<Definition> definitions;
  std::vector<Claim> claims;
  std::vector<TableIdentity> identities;
  std::vector<Example> examples;
  FormulaValues formula;

  // The index of a name; nothing when there is none.
  std::optional<std::uint16_t> FindFact(std::string_view id) const;
  std::optional<std::uint16_t> FindReading(std::string_view id) const;
  // The title of a rule; its id where no layer gives one.
  Bilingual TitleOf(std::string_view rule) const;
  // The value of an id (an index into value_ids) on a day.
  const DatedValue* ValueOn(std::uint16_t value_id, Days day) const;
};

// One file of a layer; `name` is used in messages and must end in .toml or .csv.
struct PackFile {
  std::string name, text;
};
using PackLayer = std::vector<PackFile>;

// The id of the layer that a layer stands on (`on` of its [pack]); empty for one that stands alone.
// Says nothing about mistakes: LoadRulePack does.
std::string LayerBelow(const PackLayer& layer);

// Reads layers, the nation first. Everything that is wrong is reported with file, line and column;
// nothing is returned when there is an error.
std::optional<RulePack> LoadRulePack(std::span<const PackLayer> layers, Diagnostics& diagnostics);

// The same for looking into a pack that is refused: what loosens a lower layer is reported and
// kept.
std::optional<RulePack> LoadRulePackThatLoosens(std::span<const PackLayer> layers,
                                                Diagnostics& diagnostics);

}  // namespace dijia::rules
