#include "io/parcel_layout.h"

#include <algorithm>
#include <utility>

#include "dijia/base/codes.h"
#include "dijia/base/names.h"
#include "io/cell.h"
#include "io/header_row.h"
#include "json/parcel_codec.h"

namespace dijia::io {
namespace {

constexpr std::string_view kFactors = "factors.";

// The fields that one cell can hold.
const std::vector<std::string_view>& CellFields() {
  static const auto kFields = [] {
    std::vector<std::string_view> fields = json::ParcelFields();
    std::erase_if(fields,
                  [](std::string_view field) { return field == "factors" || field == "parts"; });
    return fields;
  }();
  return kFields;
}

bool IsCellField(std::string_view name) {
  if (!name.starts_with(kFactors))
    return std::ranges::find(CellFields(), name) != CellFields().end();
  const std::string_view factor = name.substr(kFactors.size());
  const std::size_t point = factor.find('.');
  return !factor.empty() && point != 0 && point + 1 != factor.size();
}

// The field that a header stands for; empty for an unknown one. Parcels and samples share the
// names of what they have in common.
std::string FieldOf(const std::string& header, const Reference& reference) {
  if (IsCellField(header)) return header;
  if (const std::string* field = reference.parcel_columns.Find(header)) return *field;
  const std::string* column = reference.columns.Find(header);
  if (column == nullptr) return {};
  if (*column == "sample_id") return "parcel_id";
  return IsCellField(*column) ? *column : std::string();
}

// Two columns for one place: the same field, or a coefficient and a factor below it.
bool Collide(const std::string& one, const std::string& other) {
  const auto is_below = [](const std::string& low, const std::string& high) {
    return high.starts_with(kFactors) && low.starts_with(high + ".");
  };
  return one == other || is_below(one, other) || is_below(other, one);
}

}  // namespace

std::optional<ParcelLayout> ParcelLayout::Match(const std::vector<std::vector<std::string>>& head,
                                                const Reference& reference, std::string source,
                                                Diagnostics& diagnostics) {
  ParcelLayout layout;
  layout.reference_ = &reference;
  layout.source_ = std::move(source);
  const auto header = FindHeaderRow(
      head, [&](const std::string& name) { return !FieldOf(name, reference).empty(); },
      layout.source_, "parcel_id, use, grade, valuation_date, term_years, far, factors.…",
      diagnostics);
  if (!header) return std::nullopt;
  layout.header_ = *header;
  const std::vector<std::string>& headers = head[*header];
  layout.width_ = headers.size();
  const std::size_t before = diagnostics.errors();
  for (std::size_t i = 0; i < headers.size(); ++i) layout.Use(i, headers[i], diagnostics);
  const auto is_used = [&](std::size_t i) {
    return std::ranges::find(layout.columns_, i, &Column::position) != layout.columns_.end();
  };
  ReportUnusedColumns(headers, is_used, {layout.source_, *header + 1, 0, ""}, diagnostics);
  if (diagnostics.errors() > before) return std::nullopt;
  return layout;
}

void ParcelLayout::Use(std::size_t position, const std::string& header, Diagnostics& diagnostics) {
  const Location where{source_, header_ + 1, static_cast<std::uint32_t>(position + 1), header};
  std::string field = FieldOf(header, *reference_);
  if (field.empty()) {
    if (!LooksLikeAField(header)) return;
    const std::string_view nearest = NearestName(header, CellFields());
    if (nearest.empty()) {
      diagnostics.Add(Code::kUnknownField, where, {header, JoinNames(CellFields())});
    } else {
      diagnostics.Add(Code::kMisspeltField, where, {header, std::string(nearest)});
    }
    return;
  }
  const auto twice = std::ranges::find_if(
      columns_, [&](const Column& other) { return Collide(other.field, field); });
  if (twice != columns_.end()) {
    diagnostics.Add(Code::kColumnTwice, where,
                    {std::min(field, twice->field), std::to_string(twice->position + 1),
                     std::to_string(position + 1)});
    return;
  }
  columns_.push_back({position, std::move(field)});
}

std::vector<std::size_t> ParcelLayout::positions() const {
  std::vector<std::size_t> positions;
  for (const Column& column : columns_) positions.push_back(column.position);
  return positions;
}

ParcelRow ParcelLayout::Read(std::uint64_t row, std::span<const std::string_view> cells) const {
  Cells used;
  for (const Column& column : columns_) used.emplace_back(&column, cells[column.position]);
  return ReadCells(row, used);
}

ParcelRow ParcelLayout::ReadCell(std::uint64_t row, const Column& column,
                                 std::string_view cell) const {
  return ReadCells(row, {{&column, cell}});
}

ParcelRow ParcelLayout::ReadCells(std::uint64_t row, const Cells& cells) const {
  ParcelRow out;
  out.row = row;
  json::Value::Object values;
  std::string buffer;
  for (const auto& [column, text] : cells) {
    const std::string_view cell = Plain(text, buffer);
    if (SaysNothing(cell)) continue;
    values.push_back({column->field, json::Value(Understood(column->field, cell))});
  }
  Diagnostics problems;
  out.parcel = json::ReadParcelCells(values, source_, problems);
  for (Diagnostic problem : problems.kept()) {
    problem.where.row = row;
    const auto column = std::ranges::find(columns_, problem.where.field, &Column::field);
    problem.where.column =
        column == columns_.end() ? 0 : static_cast<std::uint32_t>(column->position + 1);
    out.problems.Add(std::move(problem));
  }
  return out;
}

// The cell as documents write it. What is not understood stays as it is and is refused by its
// reader.
std::string ParcelLayout::Understood(const std::string& field, std::string_view cell) const {
  std::optional<std::string> text;
  const auto named = [&](const NameTable& names) {
    if (const std::string* code = names.Find(cell)) text = *code;
  };
  if (field == "use") named(reference_->land_uses);
  if (field == "county") named(reference_->counties);
  if (field == "grade") {
    const auto read = ReadGradeCell(cell).value;
    if (read && read->grade != Grade{}) text = std::to_string(read->grade.value);
  } else if (field == "area_sqm") {
    if (const auto area = ReadAreaCell(cell, AreaUnit::kSqm).value) text = area->ToString();
  } else if (field == "term_years") {
    const auto read = ReadTermCell(cell).value;
    if (read && read->years) text = read->years->ToString();
  } else if (field == "valuation_date") {
    if (const auto date = ReadDateCell(cell).value) text = FormatDate(*date);
  }
  return text ? *std::move(text) : std::string(cell);
}

}  // namespace dijia::io
