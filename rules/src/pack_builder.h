// Puts the layers of a pack together, section by section.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dijia/rules/rule_pack.h"
#include "pack_text.h"

namespace dijia::rules {

// One TOML file of a layer.
struct PackDocument {
  std::uint8_t layer = 0;
  PackText text;
  TomlNode root;
};

class PackBuilder {
 public:
  PackBuilder(std::span<const PackLayer> layers, Diagnostics& diagnostics)
      : layers_(layers), diagnostics_(diagnostics) {}

  // `may_loosen`: a layer that loosens is reported like any mistake, but does not stop the pack.
  std::optional<RulePack> Build(bool may_loosen = false);

 private:
  using Names = std::vector<std::string_view>;
  // pack_builder.cc: order of work, identity, names
  // False when a text is no TOML: what it would have said must not be missed elsewhere.
  bool Parse();
  void ReadIdentity();
  void ReadRuleTitle(const PackDocument& document, const TomlNode& table);
  void ReadFormula();
  void CheckFormulaFacts();
  void CheckFormulaValues();
  void ReportLoosening(const PackText& text, const TomlNode& at, std::string_view field,
                       std::string what);
  template <class Read>
  void EachTable(std::string_view section, Read read);
  Names FactNames() const;
  Names TableNames() const;
  Names ReadingNames() const;
  std::optional<std::uint16_t> FactNamed(const PackText& text, const TomlNode& at,
                                         std::string_view id) const;
  std::optional<std::uint16_t> ValueNamed(const PackText& text, const TomlNode& at,
                                          std::string_view id) const;
  std::optional<std::int64_t> FactValue(const PackText& text, const TomlNode& at, const Fact& fact,
                                        std::string_view value) const;
  Citation ReadCitation(const PackText& text, const TomlNode& table) const;

  // pack_vocabulary.cc: facts, instruments, values, tables, readings
  void ReadFact(const PackDocument& document, const TomlNode& table);
  void ReadFactType(const PackText& text, const TomlNode& table, Fact& fact) const;
  void ReadChoices(const PackText& text, const TomlNode& table, Fact& fact) const;
  void ReadIdentityOfTables(const PackDocument& document, const TomlNode& table);
  void ReadDerivation(const PackDocument& document, const TomlNode& table);
  void ReadInstrument(const PackDocument& document, const TomlNode& table);
  void ReadValue(const PackDocument& document, const TomlNode& table);
  void CheckValues();
  void ReadTable(const PackDocument& document, const TomlNode& table);
  std::vector<TableRow> ReadRows(const PackDocument& document, const TomlNode& at,
                                 const Table& table, const std::string& file);
  std::optional<TableRow> ReadRow(const PackText& text, TomlNode place, const Table& table,
                                  const Names& cells) const;
  void Tighten(const PackDocument& document, const TomlNode& at, Table& below,
               const std::vector<TableRow>& rows);
  void ReadReading(const PackDocument& document, const TomlNode& table);
  void ReadSelection(const PackDocument& document, const TomlNode& table);
  void ReadGiven(const PackDocument& document, const TomlNode& table);

  // pack_clauses.cc: conditions, clauses, examples
  void ReadDefinition(const PackDocument& document, const TomlNode& table);
  void ReadClause(const PackDocument& document, const TomlNode& table);
  void ReadClaim(const PackDocument& document, const TomlNode& table);
  void ReadGives(const PackText& text, const TomlNode& table, Clause& clause) const;
  void ReadLimit(const PackText& text, const TomlNode& table, Limit& limit) const;
  void CheckSentences(const PackText& text, const TomlNode& table, const Clause& clause) const;
  Predicate ReadCondition(const PackText& text, const TomlNode& node) const;
  Predicate ReadWord(const PackText& text, const TomlNode& node) const;
  Predicate ReadParts(const PackText& text, const TomlNode& list, Predicate::Op op) const;
  Predicate ReadTest(const PackText& text, const TomlNode& node) const;
  Predicate ReadMembership(const PackText& text, const TomlNode& node, std::uint16_t fact) const;
  Predicate ReadComparison(const PackText& text, const TomlNode& node, std::uint16_t fact) const;
  Predicate ReadYears(const PackText& text, const TomlNode& node) const;
  Predicate ReadReadingTest(const PackText& text, const TomlNode& node) const;
  Operand ReadOperand(const PackText& text, const TomlNode& node, const Fact& left) const;
  void ReadExampleFacts(const PackText& text, const TomlNode& facts, Example& example) const;
  void ReadExample(const PackDocument& document, const TomlNode& table);

  std::span<const PackLayer> layers_;
  Diagnostics& diagnostics_;
  RulePack pack_;
  std::size_t loosenings_ = 0;
  std::vector<PackDocument> documents_;
};

}  // namespace dijia::rules
