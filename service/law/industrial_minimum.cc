#include "law/industrial_minimum.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "dijia/base/decimal.h"
#include "dijia/rules/words.h"

namespace dijia::law {

std::optional<int> LandClassOf(const rules::RulePack& pack, const std::string& county, Days day) {
  const auto table = std::ranges::find(pack.tables, "county_class", &rules::Table::id);
  std::int64_t key = 0;
  const auto [end, error] = std::from_chars(county.data(), county.data() + county.size(), key);
  const bool is_code = error == std::errc() && end == county.data() + county.size();
  if (table == pack.tables.end() || !is_code) return std::nullopt;
  const auto units = table->Find(key, 0, day);
  if (!units) return std::nullopt;
  return static_cast<int>(*units / PowerOfTen(table->scale));
}

std::optional<TableLintOptions::Minimum> IndustrialMinimum(const rules::RulePack& pack,
                                                           int land_class, Days day) {
  const rules::Table& standard = pack.tables[pack.formula.standard_table];
  const auto units = standard.Find(land_class, 0, day);
  if (!units || standard.scale > UnitPrice::kScale) return std::nullopt;
  const std::int64_t price = *units * PowerOfTen(UnitPrice::kScale - standard.scale);
  return TableLintOptions::Minimum{UnitPrice::FromUnits(price), land_class,
                                   rules::CitationInWords(standard.citation)};
}

}  // namespace dijia::law
