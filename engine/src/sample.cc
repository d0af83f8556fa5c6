#include "dijia/sample.h"

namespace dijia {

std::uint32_t Dictionary::Add(std::string_view name) {
  if (const auto found = codes_.find(name); found != codes_.end()) return found->second;
  const auto code = static_cast<std::uint32_t>(names_.size());
  names_.emplace_back(name);
  codes_.emplace(name, code);
  return code;
}

std::uint32_t Dictionary::Find(std::string_view name) const {
  const auto found = codes_.find(name);
  return found == codes_.end() ? kAbsent : found->second;
}

void TextColumn::Reserve(std::size_t rows, std::size_t bytes) {
  ends_.reserve(rows + 1);
  bytes_.reserve(bytes);
}

void TextColumn::Append(std::string_view text) {
  bytes_.append(text);
  ends_.push_back(bytes_.size());
}

void SampleTable::Resize(std::size_t rows, bool with_coordinates) {
  source.resize(rows);
  row.resize(rows);
  county.resize(rows);
  area.resize(rows);
  sub_use.resize(rows);
  development_level.resize(rows);
  zone.resize(rows);
  use.resize(rows, kMissing8);
  grade.resize(rows);
  land_class.resize(rows);
  kind.resize(rows, static_cast<std::uint8_t>(SampleKind::kTransfer));
  method.resize(rows, kMissing8);
  date.resize(rows, kNoDate);
  price.resize(rows, kMissing64);
  price_unit.resize(rows, static_cast<std::uint8_t>(PriceUnit::kYuanPerSqm));
  area_sqm.resize(rows, kMissing64);
  far.resize(rows, kMissing64);
  term_years.resize(rows, kMissing32);
  circumstance.resize(rows, kMissing32);
  if (with_coordinates) {
    x.resize(rows);
    y.resize(rows);
  }
  fate.resize(rows, Fate::kUsed);
}

}  // namespace dijia
