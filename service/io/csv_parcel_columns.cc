#include "io/csv_parcel_columns.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "dijia/simd.h"
#include "io/cell.h"
#include "io/record_cutter.h"

namespace dijia::io {
namespace {

constexpr std::size_t kMostTexts = std::size_t{1} << 15;

struct NumberField {
  std::string_view field;
  int scale;
  bool may_be_any;
};
constexpr NumberField kNumberFields[] = {
    {"area_sqm", Area::kScale, false},
    {"far", FloorAreaRatio::kScale, false},
    {"term_years", Years::kScale, false},
    {"width_m", Metres::kScale, false},
    {"depth_m", Metres::kScale, false},
    {"set_back_m", Metres::kScale, true},
    {"x", 6, true},
    {"y", 6, true},
};

bool IsDigits(std::string_view cell) {
  return std::ranges::all_of(cell, [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
}

SaidByCell SaidBy(const std::string& field, ParcelRow& read) {
  SaidByCell said;
  said.careful = read.problems.total() > 0;
  Parcel& parcel = read.parcel;
  if (parcel == Parcel()) return said;
  said.is_stated = true;
  ParcelUse& site = parcel.site;
  said.use = site.use;
  said.grade = site.grade;
  if (parcel.valuation_date) said.date = ToDays(*parcel.valuation_date);
  for (std::string* text : {&parcel.county, &parcel.area, &site.sub_use, &site.zone, &site.route,
                            &parcel.development_level}) {
    if (!text->empty()) said.text = std::move(*text);
  }
  if (!field.starts_with("factors.")) return said;
  if (!site.factors.empty()) {
    said.factor = site.factors.begin()->second;
  } else {
    said.factor = site.sums.begin()->second.begin()->second;
  }
  return said;
}

}  // namespace

CsvParcelColumns::CsvParcelColumns(const CsvParcels& input)
    : input_(input),
      kernels_(KernelsFor(BestSimdLevel())),
      block_(input.path(), input.delimiter(), input.layout().header(), input.layout().width()),
      cells_(std::make_unique<ShortCells>()),
      decimals_(std::make_unique<ShortDecimals>()) {
  for (const ParcelLayout::Column& column : input.layout().columns()) {
    const auto number = std::ranges::find(kNumberFields, column.field, &NumberField::field);
    if (column.field == "parcel_id") {
      id_ = column.position;
    } else if (number != std::end(kNumberFields)) {
      numbers_.push_back({column.field,
                          &column,
                          number->scale,
                          number->may_be_any,
                          FactorsOfScale(number->scale),
                          {}});
    } else {
      Texts& texts = texts_.emplace_back();
      texts.field = column.field;
      texts.column = &column;
      texts.memo.Keep("\0\0\0\0\0\0\0", 0, 0, 0);
      texts.said.emplace_back();
    }
  }
}

bool CsvParcelColumns::is_full() const {
  return std::ranges::any_of(texts_,
                             [](const auto& texts) { return texts.said.size() > kMostTexts; });
}

std::span<const CsvParcelColumns::Row> CsvParcelColumns::Next() {
  rows_.clear();
  if (!block_.Next(kBatch, records_)) return rows_;
  for (Numbers& numbers : numbers_) ReadNumbers(numbers);
  for (Texts& texts : texts_) ReadTexts(texts);
  for (CsvCells::Record& record : records_) {
    Row& row = rows_.emplace_back();
    row.number = record.number;
    row.careful = record.careful || !ReadId(record, row.id);
  }
  return rows_;
}

ParcelRow CsvParcelColumns::Careful(std::size_t row) const {
  RecordCutter cutter(records_[row].text, input_.delimiter());
  cutter.Next();
  return input_.ReadRecord(cutter, records_[row].number);
}

void CsvParcelColumns::ReadTexts(Texts& texts) {
  for (std::size_t row = 0; row < records_.size(); ++row) {
    const std::string_view cell = block_.Cell(records_[row], texts.column->position);
    const auto length = static_cast<std::uint32_t>(cell.size());
    const CellMemo::Entry* const entry = texts.memo.Find(cell.data(), length);
    texts.ids[row] = entry != nullptr ? entry->id : Learn(texts, cell);
    if (texts.said[texts.ids[row]].careful) records_[row].careful = true;
  }
}

std::uint32_t CsvParcelColumns::Learn(Texts& texts, std::string_view cell) const {
  const auto id = static_cast<std::uint32_t>(texts.said.size());
  ParcelRow read = input_.layout().ReadCell(0, *texts.column, cell);
  texts.said.push_back(SaidBy(texts.field, read));
  texts.memo.Keep(cell.data(), static_cast<std::uint32_t>(cell.size()), id, 0);
  return id;
}

void CsvParcelColumns::ReadNumbers(Numbers& numbers) {
  constexpr std::size_t kWord = sizeof(std::uint64_t);
  for (std::size_t row = 0; row < records_.size(); ++row) {
    const std::string_view cell = block_.Cell(records_[row], numbers.column->position);
    std::memcpy(&cells_->words[row], cell.data(), kWord);
    if (cell.size() > kWord) cells_->words[row] = 0;
    cells_->lengths[row] = std::min(cell.size(), kWord);
  }
  kernels_.parse_decimals(*cells_, numbers.factors, *decimals_);
  for (std::size_t row = 0; row < records_.size(); ++row) {
    std::int64_t units = decimals_->units[row];
    const bool stated = cells_->lengths[row] != 0;
    const bool read = decimals_->odd[row] == 0 && (units > 0 || numbers.may_be_any);
    if (stated && !read) {
      const std::string_view cell = block_.Cell(records_[row], numbers.column->position);
      units = ReadNumber(numbers, cell, records_[row].careful);
    }
    numbers.units[row] = units;
  }
}

// A cell that the kernel does not read: long, with a unit, or wrong.
std::int64_t CsvParcelColumns::ReadNumber(const Numbers& numbers, std::string_view cell,
                                          bool& careful) const {
  if (IsDigits(cell)) {
    const auto units = ParseDecimal(cell, numbers.scale);
    if (units && *units > 0) return *units;
  }
  careful = true;
  return kNotStated;
}

// The id as the careful way reads it; false when it is not a part of the text.
bool CsvParcelColumns::ReadId(const CsvCells::Record& record, std::string_view& id) {
  const auto is_sign = [](char c) { return c > ' ' && c <= '~'; };
  if (!id_) return true;
  const std::string_view cell = block_.Cell(record, *id_);
  id = Plain(cell, id_buffer_);
  if (SaysNothing(id)) return false;
  const bool plain = !block_.has_high_bytes() && is_sign(id.front()) && is_sign(id.back());
  return plain || (id.data() >= cell.data() && id.data() < cell.data() + cell.size());
}

}  // namespace dijia::io
