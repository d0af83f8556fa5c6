#include "workbook/publication_reader.h"

#include <algorithm>
#include <utility>

#include "dijia/base/codes.h"
#include "dijia/base/names.h"
#include "json/publication_codec.h"
#include "workbook/draft.h"

namespace dijia::workbook {
namespace {

using json::Value;

void MissFact(Draft& draft, const Column& fact, const Location& where) {
  draft.problems.Add(Code::kCellMissing, where,
                     {std::string(fact.header), std::string(fact.example)});
  draft.document.Add(fact.field, StandIn(fact));
}

// 概况: one field of the document a row.
void ReadFacts(Draft& draft) {
  const auto table = draft.Open(kFactsSheet, kFactColumns, false, true);
  if (!table) return;
  std::set<std::string_view> seen;
  for (const std::size_t row : table->rows()) {
    const std::string item(table->Cell(row, 0));
    const auto* fact = std::ranges::find(kFacts, item, &Column::header);
    if (fact == std::end(kFacts)) {
      std::vector<std::string_view> items;
      for (const Column& known : kFacts) items.push_back(known.header);
      draft.problems.Add(Code::kUnknownField, table->At(row, 0), {item, JoinNames(items)});
      continue;
    }
    if (!seen.insert(fact->header).second) {
      draft.problems.Add(Code::kListedTwice, table->At(row, 0), {item});
      continue;
    }
    const std::string_view cell = table->Cell(row, 1);
    draft.places.Put(PointerTo("", fact->field), table->At(row, 1));
    if (!cell.empty()) {
      draft.document.Add(fact->field, ReadCell(*fact, cell, table->At(row, 1), draft.problems));
    } else if (fact->required) {
      MissFact(draft, *fact, table->At(row, 1));
    }
  }
  for (const Column& fact : kFacts) {
    if (fact.required && !seen.contains(fact.header)) MissFact(draft, fact, table->Header());
  }
}

// 取整: a named result a row, or a price from which another rounding holds.
void ReadRounding(Draft& draft) {
  const auto table = draft.Open(kRoundingSheet, kRoundingColumns, false, true);
  Value plan{Value::Object()};
  Value::Array magnitudes;
  for (const std::size_t row : table ? table->rows() : std::vector<std::size_t>()) {
    const auto result = table->ReadWord(row, kRoundingResult, draft.problems);
    const auto from = table->Read(row, kRoundingFrom, draft.problems);
    if (!result) continue;
    Value rounding{Value::Object()};
    if (!from) {
      const std::string pointer = PointerTo("/rounding", *result);
      draft.places.Put(pointer, table->At(row, kRoundingResult));
      table->ReadFields(row, pointer, rounding, draft.places, draft.problems);
      if (plan.Find(*result) != nullptr) {
        draft.problems.Add(Code::kListedTwice, table->At(row, kRoundingResult),
                           {std::string(table->Cell(row, kRoundingResult))});
      } else {
        plan.Add(*result, std::move(rounding));
      }
      continue;
    }
    if (*result != "unit_price") {
      draft.problems.Add(Code::kCellNotUsed, table->At(row, kRoundingFrom),
                         {std::string(kRoundingColumns[kRoundingFrom].header),
                          std::string(table->Cell(row, kRoundingResult))});
    }
    const std::string pointer = "/unit_price_by_magnitude/" + std::to_string(magnitudes.size());
    draft.places.Put(pointer, table->At(row, kRoundingFrom));
    table->ReadFields(row, pointer + "/rounding", rounding, draft.places, draft.problems);
    Value magnitude{Value::Object()};
    magnitude.Add("from", *from);
    magnitude.Add("rounding", std::move(rounding));
    magnitudes.push_back(std::move(magnitude));
  }
  draft.document.Add("rounding", std::move(plan));
  if (!magnitudes.empty()) draft.document.Add("unit_price_by_magnitude", Value(magnitudes));
}

// 用途: a use a row; prices and coefficients come from other sheets.
void ReadUses(Draft& draft) {
  draft.document.Add("uses", Value(Value::Object()));
  const auto table = draft.Open(kUsesSheet, kUseColumns, false, true);
  draft.uses_are_whole = table.has_value();
  if (!table) return;
  Value& uses = draft.document.ObjectAt("uses");
  for (const std::size_t row : table->rows()) {
    const auto code = table->ReadWord(row, 0, draft.problems);
    const bool twice = code && uses.Find(*code) != nullptr;
    draft.uses_are_whole = draft.uses_are_whole && code && !twice;
    if (!code) continue;
    if (twice) {
      draft.problems.Add(Code::kListedTwice, table->At(row, 0), {std::string(table->Cell(row, 0))});
      continue;
    }
    const std::string pointer = PointerTo("/uses", *code);
    draft.places.Put(pointer, table->At(row, 0));
    Value use{Value::Object()};
    table->ReadFields(row, pointer, use, draft.places, draft.problems);
    use.Add("grades", Value(Value::Array()));
    uses.Add(*code, std::move(use));
  }
}

// Adds a coefficient to a part of the formula at `pointer`.
void AddToFormula(Draft& draft, const SheetTable& table, std::size_t row, std::string pointer,
                  Value& formula) {
  const auto part = table.ReadWord(row, kFormulaPart, draft.problems);
  const auto name = table.ReadWord(row, kFormulaCoefficient, draft.problems);
  if (!part || !name) return;
  pointer = PointerTo(pointer, *part);
  if (formula.Find(*part) == nullptr) {
    formula.Add(*part, *part == "sum" ? Value(*name) : Value(Value::Array()));
  } else if (*part == "sum") {
    draft.problems.Add(Code::kListedTwice, table.At(row, kFormulaPart),
                       {std::string(table.Cell(row, kFormulaPart))});
  }
  Value::Array* names = MemberOf(formula, *part).array();
  if (names != nullptr) {
    pointer += "/" + std::to_string(names->size());
    names->push_back(Value(*name));
  }
  draft.places.Put(pointer, table.At(row, kFormulaCoefficient));
}

// A row of 公式: one coefficient of a formula, or a formula without any.
void ReadFormulaRow(Draft& draft, const SheetTable& table, std::size_t row) {
  Value* use = draft.UseOf(table, row);
  const auto kind = table.ReadWord(row, kFormulaKind, draft.problems);
  if (use == nullptr || !kind) return;
  const auto code = table.ReadWord(row, kFormulaUse, draft.problems);
  const std::string pointer = PointerTo(PointerTo("/uses", *code), *kind);
  Value& formula = use->ObjectAt(*kind);
  if (table.Cell(row, kFormulaPart).empty() && table.Cell(row, kFormulaCoefficient).empty()) return;
  if (table.Need(row, kFormulaPart, draft.problems) &&
      table.Need(row, kFormulaCoefficient, draft.problems)) {
    AddToFormula(draft, table, row, pointer, formula);
  }
}

void ReadFormulas(Draft& draft) {
  const auto table = draft.Open(kFormulasSheet, kFormulaColumns, false, false);
  if (!table) return;
  for (const std::size_t row : table->rows()) ReadFormulaRow(draft, *table, row);
}

// Sheets that nobody asked for: a table under another name would be left out without a word.
void ReportUnknownSheets(Draft& draft) {
  for (const io::WorkbookSheet& sheet : draft.sheets) {
    if (draft.read.contains(sheet.name) || sheet.name.starts_with(kNotesPrefix)) continue;
    draft.problems.Add(Code::kSheetUnknown, {draft.source, 0, 0, sheet.name},
                       {sheet.name, JoinNames(kFixedSheets)});
  }
}

// The document's own reader, its findings at their cells. It speaks of fields where a workbook has
// rows.
std::optional<Publication> ReadDocument(Draft& draft) {
  Diagnostics found;
  auto publication = json::ReadPublication(draft.document, draft.source, found);
  for (const Diagnostic& problem : found.kept()) {
    std::vector<std::string> arguments = problem.arguments;
    if (problem.code == Code::kMissingField && problem.where.field.ends_with("/exponents")) {
      arguments = {std::string(kExponent)};
    } else if (problem.code == Code::kMissingField && problem.where.field.ends_with("/rows")) {
      arguments = {"数值"};
    }
    draft.problems.Add(problem.code, draft.places.Find(draft.source, problem.where.field),
                       std::move(arguments));
  }
  return publication;
}

}  // namespace

Value& MemberOf(Value& object, std::string_view name) {
  return std::ranges::find(*object.object(), name, &Value::Member::name)->value;
}

std::optional<SheetTable> Draft::Open(std::string_view name, Columns columns, bool free,
                                      bool needed) {
  read.emplace(name);
  const auto sheet = std::ranges::find(sheets, name, &io::WorkbookSheet::name);
  std::optional<SheetTable> table;
  if (sheet != sheets.end()) {
    table = SheetTable::Open(*sheet, source, columns, free, problems);
    is_whole = is_whole && table;
  } else if (needed) {
    problems.Add(Code::kSheetMissing, {source, 0, 0, std::string(name)}, {std::string(name)});
    is_whole = false;
  }
  return table;
}

Value* Draft::UseOf(const SheetTable& table, std::size_t row) {
  const auto code = table.ReadWord(row, 0, problems);
  if (!code) return nullptr;
  Value::Object& uses = *document.ObjectAt("uses").object();
  const auto use = std::ranges::find(uses, *code, &Value::Member::name);
  if (use != uses.end()) return &use->value;
  is_whole = false;
  if (!uses_are_whole) return nullptr;
  std::string known;
  for (const Value::Member& member : uses) {
    known += known.empty() ? "" : "、";
    known += WordOf(kUseWords, member.name);
  }
  problems.Add(Code::kNameNotKnown, table.At(row, 0),
               {std::string(table.Cell(row, 0)), std::string(kUsesSheet), known});
  return nullptr;
}

std::optional<PublicationBook> ReadPublicationBook(const std::vector<io::WorkbookSheet>& sheets,
                                                   const std::string& source,
                                                   Diagnostics& diagnostics) {
  Draft draft{sheets, source};
  ReadFacts(draft);
  ReadRounding(draft);
  ReadUses(draft);
  ReadFormulas(draft);
  ReadPrices(draft);
  ReadCoefficients(draft);
  ReportUnknownSheets(draft);
  std::optional<Publication> publication;
  if (draft.is_whole) publication = ReadDocument(draft);
  diagnostics.Append(draft.problems.found());
  if (!publication || draft.problems.found().has_errors()) return std::nullopt;
  return PublicationBook{*std::move(publication), std::move(draft.places)};
}

}  // namespace dijia::workbook
