// Facts, instruments, values, tables and readings of a pack.
#include <algorithm>

#include "dijia/base/codes.h"
#include "dijia/base/decimal.h"
#include "dijia/base/names.h"
#include "pack_builder.h"

namespace dijia::rules {
namespace {

constexpr int kValueScale = 6;
constexpr std::int64_t kFinestScale = 6;
// Numbers of a pack in units of their scale: products of two of them and a factor fit 128 bits.
constexpr std::int64_t kLargestNumber = 10'000'000'000'000'000;
constexpr std::size_t kMostOptions = 64;  // one bit each

template <class Enum>
std::vector<std::string_view> CodesOf() {
  const auto& rows = EnumTableOf<Enum>::kRows;
  std::vector<std::string_view> codes(rows.size());
  std::ranges::transform(rows, codes.begin(), &EnumRow<Enum>::code);
  return codes;
}

// Takes one comma-separated line off the front of a text, without its line break.
std::vector<std::string_view> TakeCells(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  std::vector<std::string_view> cells;
  for (std::size_t comma = line.find(','); comma != std::string_view::npos;
       comma = line.find(',')) {
    cells.push_back(line.substr(0, comma));
    line.remove_prefix(comma + 1);
  }
  cells.push_back(line);
  return cells;
}

void SortRows(std::vector<TableRow>& rows) {
  std::ranges::sort(rows, {}, [](const TableRow& row) {
    return std::tuple(row.key, row.second_key, row.period.from);
  });
}

// What the check can reckon with, in units of 10^-scale.
struct Bounds {
  std::int64_t lowest = 0, highest = 0;
  int scale = 0;
};

// Reports a number of a table that is outside.
void ExpectWithin(const PackText& text, const TomlNode& table, std::string_view name,
                  std::int64_t value, const Bounds& bounds) {
  if (value >= bounds.lowest && value <= bounds.highest) return;
  const auto shown = [&](std::int64_t units) { return FormatDecimal(units, bounds.scale); };
  text.Report(Code::kFactOutOfRange, table, name,
              {shown(value), shown(bounds.lowest), shown(bounds.highest)});
}

// Can every value of `from` stand for a value of `fact`?
bool Fits(const Fact& from, const Fact& fact) {
  return from.type == fact.type && from.scale == fact.scale && from.choices == fact.choices &&
         from.lowest >= fact.lowest && from.highest <= fact.highest;
}

bool Fits(const Table& table, const Fact& fact) {
  const bool is_number = fact.type == FactType::kInteger || fact.type == FactType::kDecimal;
  return is_number && table.scale == fact.scale &&
         std::ranges::all_of(table.rows, [&](const TableRow& row) {
           return row.value >= fact.lowest && row.value <= fact.highest;
         });
}

bool Overlap(const Period& a, const Period& b) { return a.from < b.until && b.from < a.until; }

bool Replaces(const TableRow& row, const TableRow& old) {
  return old.key == row.key && old.second_key == row.second_key && Overlap(old.period, row.period);
}

// What is left of a row's period before and after that of the one which replaces it.
void KeepRest(const TableRow& old, const TableRow& row, std::vector<TableRow>& kept) {
  TableRow before = old, after = old;
  before.period.until = row.period.from;
  after.period.from = row.period.until;
  if (before.period.from < before.period.until) kept.push_back(before);
  if (after.period.from < after.period.until) kept.push_back(after);
}

}  // namespace

void PackBuilder::ReadInstrument(const PackDocument& document, const TomlNode& table) {
  static constexpr std::string_view kFields[] = {
      "id",    "number",    "title_zh",  "title_en",    "issued",    "effective",
      "until", "status_zh", "status_en", "verified_on", "background"};
  const PackText& text = document.text;
  text.Only(table, kFields);
  Instrument instrument;
  instrument.id = text.Text(table, "id").value_or("");
  instrument.number = text.Text(table, "number").value_or("");
  instrument.title = text.Both(table, "title");
  instrument.background = text.Flag(table, "background").value_or(false);
  instrument.where = text.At(table);
  instrument.verified_on = text.Day(table, "verified_on", false).value_or(kNoDate);
  for (const Instrument& other : pack_.instruments) {
    if (other.id == instrument.id) text.Report(Code::kNameTwice, table, "id", {instrument.id});
  }
  pack_.instruments.push_back(std::move(instrument));
}

void PackBuilder::ReadFact(const PackDocument& document, const TomlNode& table) {
  static constexpr std::string_view kFields[] = {
      "id",          "type",       "unit",      "scale",       "choices",     "lowest",
      "highest",     "regional",   "asked_as",  "question_zh", "question_en", "evidence_zh",
      "evidence_en", "first",      "table",     "by",          "division_of", "name_zh",
      "name_en",     "choices_zh", "choices_en"};
  const PackText& text = document.text;
  text.Only(table, kFields);
  Fact fact;
  fact.id = text.Text(table, "id").value_or("");
  fact.question = text.Both(table, "question");
  fact.evidence = text.Both(table, "evidence", false);
  fact.name = text.Both(table, "name", false);
  fact.where = text.At(table);
  fact.regional = text.Flag(table, "regional").value_or(false);
  fact.asked_as = text.Text(table, "asked_as", false).value_or("");
  ReadFactType(text, table, fact);
  if (pack_.FindFact(fact.id)) text.Report(Code::kNameTwice, table, "id", {fact.id});
  pack_.facts.push_back(std::move(fact));
}

void PackBuilder::ReadFactType(const PackText& text, const TomlNode& table, Fact& fact) const {
  const auto word = text.Text(table, "type");
  if (!word) return;
  const auto type = text.Choice(table, *word, CodesOf<FactType>());
  if (!type) return;
  fact.type = static_cast<FactType>(*type);
  const std::int64_t finest = fact.type == FactType::kDecimal ? kFinestScale : 0;
  fact.scale = static_cast<int>(text.Integer(table, "scale", finest, false).value_or(0));
  ReadChoices(text, table, fact);
  switch (fact.type) {
    case FactType::kYesNo:
      break;
    case FactType::kChoice:
      fact.highest = static_cast<std::int64_t>(fact.choices.size()) - 1;
      ExpectWithin(text, table, "choices", std::ssize(fact.choices), {1, kMostOptions});
      break;
    case FactType::kInteger:
    case FactType::kDecimal:
      fact.lowest = text.Decimal(table, "lowest", fact.scale).value_or(0);
      fact.highest = text.Decimal(table, "highest", fact.scale).value_or(0);
      ExpectWithin(text, table, "lowest", fact.lowest,
                   {-kLargestNumber, kLargestNumber, fact.scale});
      ExpectWithin(text, table, "highest", fact.highest, {fact.lowest, kLargestNumber, fact.scale});
      break;
    case FactType::kDate:
      fact.lowest = ToDays(*ParseDate("1900-01-01"));
      fact.highest = ToDays(*ParseDate("2199-12-31"));
      break;
    case FactType::kCounty:
      fact.highest = 999'999;
      break;
    case FactType::kIndustry:
      fact.highest = 9'999;
      break;
  }
}

// Names of choices stand in two lists of the same length, or are missing.
void PackBuilder::ReadChoices(const PackText& text, const TomlNode& table, Fact& fact) const {
  for (const TomlNode& choice : text.Items(table, "choices")) fact.choices.push_back(choice.text);
  const auto zh = text.Items(table, "choices_zh"), en = text.Items(table, "choices_en");
  if (zh.empty() && en.empty()) return;
  if (zh.size() != fact.choices.size() || en.size() != fact.choices.size()) {
    text.Report(Code::kMissingField, table, "choices_zh", {"choices_zh, choices_en"});
    return;
  }
  for (std::size_t i = 0; i < zh.size(); ++i) {
    fact.choice_names.push_back({zh[i].text, en[i].text});
  }
}

void PackBuilder::ReadDerivation(const PackDocument& document, const TomlNode& table) {
  const PackText& text = document.text;
  const auto id = text.Text(table, "id", false);
  const auto index = id ? pack_.FindFact(*id) : std::nullopt;
  if (!index) return;
  const Fact& fact = pack_.facts[*index];
  const auto must_fit = [&](std::string_view name, bool fits) {
    if (!fits) text.Report(Code::kWrongFactType, table, name, {fact.id, std::string(name)});
  };
  Derivation derivation;
  if (const auto first = text.Text(table, "first", false)) {
    derivation.first = FactNamed(text, table, *first);
    if (derivation.first) must_fit("first", Fits(pack_.facts[*derivation.first], fact));
  }
  if (const auto code = text.Text(table, "division_of", false)) {
    derivation.kind = Derivation::Kind::kDivision;
    must_fit("division_of", fact.type == FactType::kInteger);
    if (const auto key = FactNamed(text, table, *code)) derivation.keys.push_back(*key);
  } else if (const auto name = text.Text(table, "table", false)) {
    const auto found = text.Choice(table, *name, TableNames());
    if (!found) return;
    derivation.kind = Derivation::Kind::kTable;
    derivation.table = static_cast<std::uint16_t>(*found);
    derivation.keys = pack_.tables[*found].keys;
    must_fit("table", Fits(pack_.tables[*found], fact));
  }
  pack_.facts[*index].derivation = std::move(derivation);
}

void PackBuilder::ReadValue(const PackDocument& document, const TomlNode& table) {
  static constexpr std::string_view kFields[] = {"id",      "value",     "unit",  "name_zh",
                                                 "name_en", "from",      "until", "instrument",
                                                 "article", "confidence"};
  const PackText& text = document.text;
  text.Only(table, kFields);
  DatedValue value;
  value.id = text.Text(table, "id").value_or("");
  value.value = text.Decimal(table, "value", kValueScale).value_or(0);
  value.unit = text.Text(table, "unit").value_or("");
  value.name = text.Both(table, "name", false);
  value.where = text.At(table);
  value.citation = ReadCitation(text, table);
  const bool known = std::ranges::find(pack_.value_ids, value.id) != pack_.value_ids.end();
  ExpectWithin(text, table, "value", value.value, {-kLargestNumber, kLargestNumber, kValueScale});
  if (known && document.layer > 0) {
    ReportLoosening(text, table, "id", value.id);
  }
  for (const DatedValue& other : pack_.values) {
    if (other.id == value.id && Overlap(other.citation.in_force, value.citation.in_force)) {
      text.Report(Code::kPeriodsOverlap, table, "from", {value.id});
    }
  }
  if (!known) pack_.value_ids.push_back(value.id);
  pack_.values.push_back(std::move(value));
}

void PackBuilder::CheckValues() {
  std::ranges::stable_sort(pack_.values, {}, [](const DatedValue& value) {
    return std::pair(std::string_view(value.id), value.citation.in_force.from);
  });
}

void PackBuilder::ReadTable(const PackDocument& document, const TomlNode& node) {
  static constexpr std::string_view kFields[] = {
      "id",      "file",       "unit",    "scale",      "keys",    "from",    "until",  "note_zh",
      "tighten", "instrument", "article", "confidence", "note_en", "name_zh", "name_en"};
  const PackText& text = document.text;
  text.Only(node, kFields);
  Table table;
  table.id = text.Text(node, "id").value_or("");
  table.unit = text.Text(node, "unit").value_or("");
  table.scale = static_cast<int>(text.Integer(node, "scale", kFinestScale, false).value_or(0));
  for (const TomlNode& key : text.Items(node, "keys")) {
    if (const auto fact = FactNamed(text, key, key.text)) table.keys.push_back(*fact);
  }
  table.name = text.Both(node, "name", false);
  table.note = text.Both(node, "note", false);
  table.where = text.At(node);
  table.citation = ReadCitation(text, node);
  const std::string file = text.Text(node, "file").value_or("");
  const auto below = std::ranges::find(pack_.tables, table.id, &Table::id);
  if (table.keys.empty() || table.keys.size() > 2) {
    text.Report(Code::kMissingField, node, "keys", {"keys"});
    return;
  }
  std::vector<TableRow> rows = ReadRows(document, node, table, file);
  if (below == pack_.tables.end()) {
    table.rows = std::move(rows);
    pack_.tables.push_back(std::move(table));
  } else if (text.Flag(node, "tighten").value_or(false)) {
    Tighten(document, node, *below, rows);
  } else {
    // More rows of a table of the layer below, such as the classes of a region's counties.
    below->rows.insert(below->rows.end(), rows.begin(), rows.end());
    SortRows(below->rows);
    for (std::size_t i = 1; i < below->rows.size(); ++i) {
      const TableRow &a = below->rows[i - 1], &b = below->rows[i];
      if (a.key == b.key && a.second_key == b.second_key && Overlap(a.period, b.period)) {
        ReportLoosening(text, node, "id", table.id);
      }
    }
  }
}

void PackBuilder::Tighten(const PackDocument& document, const TomlNode& at, Table& below,
                          const std::vector<TableRow>& rows) {
  for (const TableRow& row : rows) {
    std::vector<TableRow> kept;
    for (const TableRow& old : below.rows) {
      if (!Replaces(row, old)) {
        kept.push_back(old);
        continue;
      }
      if (row.value < old.value) {
        ReportLoosening(
            document.text, at, below.id,
            FormatDecimal(row.value, below.scale) + " < " + FormatDecimal(old.value, below.scale));
      }
      KeepRest(old, row, kept);
    }
    kept.push_back(row);
    below.rows = std::move(kept);
  }
  SortRows(below.rows);
}

std::vector<TableRow> PackBuilder::ReadRows(const PackDocument& document, const TomlNode& at,
                                            const Table& table, const std::string& file) {
  const PackLayer& layer = layers_[document.layer];
  const auto found = std::ranges::find(layer, file, &PackFile::name);
  if (found == layer.end()) {
    document.text.Report(Code::kTableFileMissing, at, "file", {file});
    return {};
  }
  Names header;
  for (const std::uint16_t key : table.keys) header.push_back(pack_.facts[key].id);
  for (const std::string_view name : {"value", "from", "until", "note"}) header.push_back(name);
  std::string_view rest = found->text;
  const Names first = TakeCells(rest);
  const PackText text(file, diagnostics_);
  TomlNode place;
  place.line = 1;
  if (first != header) {
    text.Report(Code::kTableHeader, place, "", {JoinNames(header), JoinNames(first)});
    return {};
  }
  std::vector<TableRow> rows;
  std::vector<std::uint64_t> lines;
  while (!rest.empty()) {
    ++place.line;
    const Names cells = TakeCells(rest);
    if (cells.size() == 1 && cells[0].empty()) continue;
    const auto row = ReadRow(text, place, table, cells);
    if (!row) continue;
    const auto twin = std::ranges::find_if(rows, [&](const TableRow& other) {
      return other.key == row->key && other.second_key == row->second_key &&
             Overlap(other.period, row->period);
    });
    if (twin != rows.end()) {
      const auto index = static_cast<std::size_t>(twin - rows.begin());
      text.Report(Code::kTableRowTwice, place, "", {std::to_string(lines[index])});
      continue;
    }
    rows.push_back(*row);
    lines.push_back(place.line);
  }
  SortRows(rows);
  return rows;
}

std::optional<TableRow> PackBuilder::ReadRow(const PackText& text, TomlNode place,
                                             const Table& table, const Names& cells) const {
  const std::size_t keys = table.keys.size();
  if (cells.size() != keys + 4) {
    text.Report(Code::kTableCells, place, "",
                {std::to_string(cells.size()), std::to_string(keys + 4)});
    return std::nullopt;
  }
  Fact value;
  value.type = FactType::kDecimal;
  value.id = "value";
  value.scale = table.scale;
  value.highest = PowerOfTen(15);
  Fact day;
  day.type = FactType::kDate;
  day.id = "from, until";
  day.lowest = kNoBeginning;
  day.highest = kNoEnd;
  bool good = true;
  const auto read = [&](std::size_t column, const Fact& fact, std::int64_t missing) {
    if (&fact == &day && cells[column].empty()) return missing;
    place.column = static_cast<std::uint32_t>(column + 1);
    const auto cell = FactValue(text, place, fact, cells[column]);
    good = good && cell.has_value();
    return cell.value_or(missing);
  };
  TableRow row;
  row.key = read(0, pack_.facts[table.keys[0]], 0);
  if (keys == 2) row.second_key = read(1, pack_.facts[table.keys[1]], 0);
  row.value = read(keys, value, 0);
  const Period whole = table.citation.in_force;
  row.period.from = static_cast<Days>(read(keys + 1, day, whole.from));
  row.period.until = static_cast<Days>(read(keys + 2, day, whole.until));
  if (!good) return std::nullopt;
  return row;
}

// [[identity]]: table = "standard", equals = "new_land_fee", times = "6"
void PackBuilder::ReadIdentityOfTables(const PackDocument& document, const TomlNode& node) {
  static constexpr std::string_view kFields[] = {"table", "equals", "times"};
  const PackText& text = document.text;
  text.Only(node, kFields);
  const auto table = text.Text(node, "table"), other = text.Text(node, "equals");
  const auto times = text.Decimal(node, "times", kFactorScale);
  if (!table || !other || !times) return;
  const auto index = text.Choice(node, *table, TableNames());
  const auto other_index = text.Choice(node, *other, TableNames());
  if (!index || !other_index) return;
  pack_.identities.push_back({static_cast<std::uint16_t>(*index),
                              static_cast<std::uint16_t>(*other_index), *times, text.At(node)});
}

void PackBuilder::ReadReading(const PackDocument& document, const TomlNode& table) {
  static constexpr std::string_view kFields[] = {
      "id", "question_zh", "question_en", "default", "chosen_by", "chosen_on", "options"};
  static constexpr std::string_view kOptionFields[] = {"id",         "from",    "until",
                                                       "contested",  "text_zh", "text_en",
                                                       "instrument", "article", "confidence"};
  const PackText& text = document.text;
  text.Only(table, kFields);
  Reading reading;
  reading.id = text.Text(table, "id").value_or("");
  reading.question = text.Both(table, "question");
  reading.where = text.At(table);
  reading.chosen_by = text.Text(table, "chosen_by").value_or("");
  reading.chosen_on = text.Day(table, "chosen_on", true).value_or(kNoDate);
  Names names;
  for (const TomlNode& node : text.Tables(table, "options")) {
    text.Only(node, kOptionFields);
    ReadingOption option;
    option.id = text.Text(node, "id").value_or("");
    option.period = text.When(node);
    option.contested = text.Flag(node, "contested").value_or(true);
    option.text = text.Both(node, "text");
    option.citation = ReadCitation(text, node);
    reading.options.push_back(std::move(option));
  }
  for (const ReadingOption& option : reading.options) names.push_back(option.id);
  if (names.empty()) text.Report(Code::kReadingWithoutDefault, table, "options", {reading.id});
  if (names.size() > kMostOptions) {
    ExpectWithin(text, table, "options", std::ssize(names), {1, kMostOptions});
  }
  if (const auto word = text.Text(table, "default")) {
    if (const auto index = text.Choice(table, *word, names)) {
      reading.chosen = static_cast<std::uint8_t>(*index);
    }
  }
  if (pack_.FindReading(reading.id)) text.Report(Code::kNameTwice, table, "id", {reading.id});
  pack_.readings.push_back(std::move(reading));
}

void PackBuilder::ReadSelection(const PackDocument& document, const TomlNode& table) {
  static constexpr std::string_view kFields[] = {"reading",   "option",  "chosen_by",
                                                 "chosen_on", "note_zh", "note_en"};
  const PackText& text = document.text;
  text.Only(table, kFields);
  const auto id = text.Text(table, "reading");
  const auto word = text.Text(table, "option");
  const auto who = text.Text(table, "chosen_by");
  const auto day = text.Day(table, "chosen_on", true);
  if (!id || !word || !who || !day) return;
  const auto index = text.Choice(table, *id, ReadingNames());
  if (!index) return;
  Reading& reading = pack_.readings[*index];
  Names names;
  for (const ReadingOption& option : reading.options) names.push_back(option.id);
  const auto option = text.Choice(table, *word, names);
  if (!option) return;
  reading.chosen = static_cast<std::uint8_t>(*option);
  reading.selected = true;
  reading.chosen_by = *who;
  reading.chosen_on = *day;
}

void PackBuilder::ReadGiven(const PackDocument& document, const TomlNode& table) {
  static constexpr std::string_view kFields[] = {"fact",       "value",   "from",      "until",
                                                 "instrument", "article", "confidence"};
  const PackText& text = document.text;
  text.Only(table, kFields);
  const auto id = text.Text(table, "fact");
  const auto word = text.Text(table, "value");
  if (!id || !word) return;
  const auto fact = FactNamed(text, table, *id);
  if (!fact) return;
  if (!pack_.facts[*fact].regional) text.Report(Code::kNotRegional, table, "fact", {*id});
  const auto value = FactValue(text, table, pack_.facts[*fact], *word);
  if (value) pack_.given.push_back({*fact, *value, ReadCitation(text, table)});
}

}  // namespace dijia::rules
