#include "pack_builder.h"

#include <algorithm>

#include "dijia/base/codes.h"
#include "dijia/base/decimal.h"
#include "dijia/base/land.h"
#include "dijia/base/names.h"
#include "dijia/base/sha256.h"
#include "formula_facts.h"
#include "program.h"

namespace dijia::rules {

template <class Read>
void PackBuilder::EachTable(std::string_view section, Read read) {
  for (const PackDocument& document : documents_) {
    for (const TomlNode& table : document.text.Tables(document.root, section)) {
      read(document, table);
    }
  }
}

namespace {

template <class Enum>
std::vector<std::string> CodesOf() {
  const auto& rows = EnumTableOf<Enum>::kRows;
  std::vector<std::string> codes(rows.size());
  std::ranges::transform(rows, codes.begin(),
                         [](const auto& row) { return std::string(row.code); });
  return codes;
}

// The choices that a formula fact must list, in this order.
std::vector<std::string> ChoicesOf(const FormulaFactShape& shape) {
  if (shape.id == "method") return CodesOf<AssignmentMethod>();
  if (shape.id == "price.unit") return CodesOf<PriceUnit>();
  if (shape.id == "price.kind") return {kPriceKinds.begin(), kPriceKinds.end()};
  if (shape.id == "rent_timing") return {kRentTimings.begin(), kRentTimings.end()};
  return {};
}

bool HasShape(const Fact& fact, const FormulaFactShape& shape) {
  if (fact.type != shape.type || fact.choices != ChoicesOf(shape)) return false;
  if (fact.type == FactType::kChoice) return true;
  return fact.scale == shape.scale && fact.lowest >= shape.lowest && fact.highest <= shape.highest;
}

// What the formulas take, for messages: `decimal, scale 4, 0.0001 to 100`.
std::string Shown(const FormulaFactShape& shape) {
  const std::vector<std::string> choices = ChoicesOf(shape);
  std::string type(CodeOf(shape.type));
  if (!choices.empty()) {
    return type + ": " + JoinNames(std::vector<std::string_view>(choices.begin(), choices.end()));
  }
  if (shape.type == FactType::kDate) return type;
  return type + ", scale " + std::to_string(shape.scale) + ", " +
         FormatDecimal(shape.lowest, shape.scale) + " to " +
         FormatDecimal(shape.highest, shape.scale);
}

}  // namespace

std::optional<RulePack> PackBuilder::Build(bool may_loosen) {
  if (!Parse()) return std::nullopt;
  ReadIdentity();
  using Document = const PackDocument&;
  using Node = const TomlNode&;
  EachTable("instrument", [this](Document d, Node t) { ReadInstrument(d, t); });
  EachTable("fact", [this](Document d, Node t) { ReadFact(d, t); });
  EachTable("value", [this](Document d, Node t) { ReadValue(d, t); });
  CheckValues();
  EachTable("table", [this](Document d, Node t) { ReadTable(d, t); });
  EachTable("fact", [this](Document d, Node t) { ReadDerivation(d, t); });
  EachTable("reading", [this](Document d, Node t) { ReadReading(d, t); });
  EachTable("select", [this](Document d, Node t) { ReadSelection(d, t); });
  EachTable("given", [this](Document d, Node t) { ReadGiven(d, t); });
  EachTable("definition", [this](Document d, Node t) { ReadDefinition(d, t); });
  EachTable("clause", [this](Document d, Node t) { ReadClause(d, t); });
  EachTable("rule", [this](Document d, Node t) { ReadRuleTitle(d, t); });
  EachTable("claim", [this](Document d, Node t) { ReadClaim(d, t); });
  EachTable("identity", [this](Document d, Node t) { ReadIdentityOfTables(d, t); });
  EachTable("example", [this](Document d, Node t) { ReadExample(d, t); });
  ReadFormula();
  CheckFormulaFacts();
  const std::size_t allowed = may_loosen ? loosenings_ : 0;
  if (diagnostics_.errors() > allowed) return std::nullopt;
  CheckFormulaValues();
  if (diagnostics_.errors() > allowed) return std::nullopt;
  return std::move(pack_);
}

bool PackBuilder::Parse() {
  static constexpr std::string_view kSections[] = {
      "pack",  "formula",    "instrument", "fact",    "value", "table", "reading", "select",
      "given", "definition", "clause",     "example", "rule",  "claim", "identity"};
  bool all_read = true;
  Sha256 hash;
  for (std::size_t layer = 0; layer < layers_.size(); ++layer) {
    for (const PackFile& file : layers_[layer]) {
      hash.Update(file.name + '\n' + std::to_string(file.text.size()) + '\n' + file.text);
      if (!file.name.ends_with(".toml")) continue;
      std::optional<TomlNode> root = ParseToml(file.text, file.name, diagnostics_);
      all_read = all_read && root.has_value();
      if (!root) continue;
      documents_.push_back(
          {static_cast<std::uint8_t>(layer), PackText(file.name, diagnostics_), std::move(*root)});
      documents_.back().text.Only(documents_.back().root, kSections);
    }
  }
  pack_.sha256 = hash.Hex();
  return all_read;
}

void PackBuilder::ReadIdentity() {
  static constexpr std::string_view kFields[] = {"id", "on", "version", "title_zh", "title_en"};
  for (const PackDocument& document : documents_) {
    const TomlNode* table = document.root.Find("pack");
    if (table == nullptr) continue;
    document.text.Only(*table, kFields);
    pack_.id = document.text.Text(*table, "id").value_or("");
    pack_.version = document.text.Text(*table, "version").value_or("");
    pack_.title = document.text.Both(*table, "title");
    pack_.layers.push_back(pack_.id + " " + pack_.version);
  }
}

void PackBuilder::ReadRuleTitle(const PackDocument& document, const TomlNode& table) {
  static constexpr std::string_view kFields[] = {"id", "title_zh", "title_en"};
  const PackText& text = document.text;
  text.Only(table, kFields);
  RuleTitle rule{text.Text(table, "id").value_or(""), text.Both(table, "title")};
  if (std::ranges::find(pack_.rules, rule.id, &RuleTitle::id) != pack_.rules.end()) {
    text.Report(Code::kNameTwice, table, "id", {rule.id});
  }
  pack_.rules.push_back(std::move(rule));
}

void PackBuilder::ReadFormula() {
  static constexpr std::string_view kFields[] = {"standard_table", "full_term", "tolerance"};
  for (const PackDocument& document : documents_) {
    const TomlNode* table = document.root.Find("formula");
    if (table == nullptr) continue;
    const PackText& text = document.text;
    text.Only(*table, kFields);
    const auto standard = text.Text(*table, "standard_table");
    const auto term = text.Text(*table, "full_term");
    const auto tolerance = text.Text(*table, "tolerance");
    if (!standard || !term || !tolerance) return;
    const auto table_index = text.Choice(*table, *standard, TableNames());
    const auto term_index = ValueNamed(text, *table, *term);
    const auto tolerance_index = ValueNamed(text, *table, *tolerance);
    if (!table_index || !term_index || !tolerance_index) return;
    pack_.formula = {static_cast<std::uint16_t>(*table_index), *term_index, *tolerance_index};
    return;
  }
  diagnostics_.Add(Code::kMissingField, {}, {"formula"});
}

void PackBuilder::CheckFormulaFacts() {
  const std::size_t names = pack_.facts.size() + pack_.readings.size();
  if (names > kMostSlots) {
    diagnostics_.Add(Code::kTooManyPackNames, {},
                     {std::to_string(names), std::to_string(kMostSlots)});
  }
  for (std::size_t i = 0; i < kFormulaFacts; ++i) {
    const FormulaFactShape& shape = kFormulaFactShapes[i];
    const auto index = pack_.FindFact(shape.id);
    if (!index) {
      diagnostics_.Add(Code::kFormulaFactMissing, {}, {std::string(shape.id)});
    } else if (!HasShape(pack_.facts[*index], shape)) {
      diagnostics_.Add(Code::kWrongFactType, {}, {std::string(shape.id), Shown(shape)});
    }
  }
}

// The full term enters as an exponent and a divisor.
void PackBuilder::CheckFormulaValues() {
  constexpr std::int64_t kYear = 1'000'000, kLongest = 100;
  const std::string& full_term = pack_.value_ids[pack_.formula.full_term];
  for (const DatedValue& value : pack_.values) {
    const bool possible =
        value.value % kYear == 0 && value.value >= kYear && value.value <= kLongest * kYear;
    if (value.id != full_term || possible) continue;
    diagnostics_.Add(Code::kFactOutOfRange, {"", 0, 0, full_term},
                     {FormatDecimal(value.value, 6), "1", std::to_string(kLongest)});
  }
}

namespace {
std::string_view NameOf(const Fact& fact) { return fact.id; }
std::string_view NameOf(const Table& table) { return table.id; }
std::string_view NameOf(const Reading& reading) { return reading.id; }

template <class Item>
std::vector<std::string_view> NamesOf(const std::vector<Item>& items) {
  std::vector<std::string_view> names;
  names.reserve(items.size());
  for (const Item& item : items) names.push_back(NameOf(item));
  return names;
}
}  // namespace

PackBuilder::Names PackBuilder::FactNames() const { return NamesOf(pack_.facts); }
PackBuilder::Names PackBuilder::TableNames() const { return NamesOf(pack_.tables); }
PackBuilder::Names PackBuilder::ReadingNames() const { return NamesOf(pack_.readings); }

std::optional<std::uint16_t> PackBuilder::FactNamed(const PackText& text, const TomlNode& at,
                                                    std::string_view id) const {
  const auto index = text.Choice(at, id, FactNames());
  if (!index) return std::nullopt;
  return static_cast<std::uint16_t>(*index);
}

std::optional<std::uint16_t> PackBuilder::ValueNamed(const PackText& text, const TomlNode& at,
                                                     std::string_view id) const {
  const Names names(pack_.value_ids.begin(), pack_.value_ids.end());
  const auto index = text.Choice(at, id, names);
  if (!index) return std::nullopt;
  return static_cast<std::uint16_t>(*index);
}

std::optional<std::int64_t> PackBuilder::FactValue(const PackText& text, const TomlNode& at,
                                                   const Fact& fact, std::string_view value) const {
  const Result<std::int64_t> parsed = ParseFact(fact, value);
  if (parsed) return *parsed;
  ReportFactError(parsed.error(), fact, text.At(at, fact.id), diagnostics_);
  return std::nullopt;
}

Citation PackBuilder::ReadCitation(const PackText& text, const TomlNode& table) const {
  Citation citation;
  citation.in_force = text.When(table);
  const auto id = text.Text(table, "instrument");
  if (id) {
    Names names;
    for (const Instrument& instrument : pack_.instruments) names.push_back(instrument.id);
    if (const auto index = text.Choice(table, *id, names)) {
      citation.instrument = pack_.instruments[*index].number;
      citation.verified_on = pack_.instruments[*index].verified_on;
    }
  }
  citation.article = text.Text(table, "article", false).value_or("");
  const auto word = text.Text(table, "confidence");
  if (!word) return citation;
  Names names;
  for (const auto& row : EnumTableOf<Confidence>::kRows) names.push_back(row.code);
  if (const auto index = text.Choice(table, *word, names)) {
    citation.confidence = static_cast<Confidence>(*index);
  }
  return citation;
}

void PackBuilder::ReportLoosening(const PackText& text, const TomlNode& at, std::string_view field,
                                  std::string what) {
  text.Report(Code::kLoosens, at, field, {std::move(what)});
  ++loosenings_;
}

std::optional<RulePack> LoadRulePack(std::span<const PackLayer> layers, Diagnostics& diagnostics) {
  return PackBuilder(layers, diagnostics).Build();
}

std::optional<RulePack> LoadRulePackThatLoosens(std::span<const PackLayer> layers,
                                                Diagnostics& diagnostics) {
  return PackBuilder(layers, diagnostics).Build(true);
}

std::string LayerBelow(const PackLayer& layer) {
  Diagnostics unheard;
  for (const PackFile& file : layer) {
    if (!file.name.ends_with(".toml")) continue;
    const std::optional<TomlNode> root = ParseToml(file.text, file.name, unheard);
    const TomlNode* identity = root ? root->Find("pack") : nullptr;
    const TomlNode* below = identity != nullptr ? identity->Find("on") : nullptr;
    if (below != nullptr) return below->text;
  }
  return {};
}

Bilingual RulePack::TitleOf(std::string_view rule) const {
  const auto found = std::ranges::find(rules, rule, &RuleTitle::id);
  return found != rules.end() ? found->title : Bilingual{std::string(rule), std::string(rule)};
}

std::optional<std::uint16_t> RulePack::FindFact(std::string_view name) const {
  const auto found = std::ranges::find(facts, name, &Fact::id);
  if (found == facts.end()) return std::nullopt;
  return static_cast<std::uint16_t>(found - facts.begin());
}

std::optional<std::uint16_t> RulePack::FindReading(std::string_view name) const {
  const auto found = std::ranges::find(readings, name, &Reading::id);
  if (found == readings.end()) return std::nullopt;
  return static_cast<std::uint16_t>(found - readings.begin());
}

std::size_t Reading::InForce(std::size_t option, Days day) const {
  if (options[option].period.Contains(day)) return option;
  const auto other = std::ranges::find_if(
      options, [&](const ReadingOption& one) { return one.contested && one.period.Contains(day); });
  return other == options.end() ? option : static_cast<std::size_t>(other - options.begin());
}

const DatedValue* RulePack::ValueOn(std::uint16_t value_id, Days day) const {
  for (const DatedValue& value : values) {
    if (value.id == value_ids[value_id] && value.citation.in_force.Contains(day)) return &value;
  }
  return nullptr;
}

std::optional<std::int64_t> Table::Find(std::int64_t key, std::int64_t second_key, Days day) const {
  const auto order = [](const TableRow& row, const std::pair<std::int64_t, std::int64_t>& wanted) {
    return std::pair(row.key, row.second_key) < wanted;
  };
  auto row = std::lower_bound(rows.begin(), rows.end(), std::pair(key, second_key), order);
  for (; row != rows.end() && row->key == key && row->second_key == second_key; ++row) {
    if (row->period.Contains(day)) return row->value;
  }
  return std::nullopt;
}

}  // namespace dijia::rules
