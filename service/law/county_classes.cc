#include "law/county_classes.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "dijia/base/decimal.h"
#include "dijia/base/sha256.h"

namespace dijia::law {
namespace {

using rules::Period;
using rules::TableRow;

// What is said of one county.
struct Said {
  std::vector<TableRow> before;      // by the pack
  std::vector<CountyClass> classes;  // by the office
};

// The days on which something may change, ascending.
std::set<Days> DaysOf(const Said& said) {
  std::set<Days> days;
  for (const TableRow& row : said.before) days.insert({row.period.from, row.period.until});
  for (const CountyClass& one : said.classes) days.insert({one.period.from, one.period.until});
  return days;
}

std::optional<std::int64_t> ValueOn(const Said& said, Days day, std::int64_t one) {
  for (const CountyClass& own : said.classes) {
    if (!own.period.Contains(day)) continue;
    return own.land_class ? std::optional(*own.land_class * one) : std::nullopt;
  }
  for (const TableRow& row : said.before) {
    if (row.period.Contains(day)) return row.value;
  }
  return std::nullopt;
}

// The rows of a county, each as long as its value holds.
void AddRows(std::int64_t county, const Said& said, std::int64_t one, std::vector<TableRow>& rows) {
  const std::set<Days> days = DaysOf(said);
  for (auto day = days.begin(); std::next(day) != days.end(); ++day) {
    const auto value = ValueOn(said, *day, one);
    if (!value) continue;
    TableRow* last = rows.empty() || rows.back().key != county ? nullptr : &rows.back();
    if (last != nullptr && last->period.until == *day && last->value == *value) {
      last->period.until = *std::next(day);
    } else {
      rows.push_back({county, 0, {*day, *std::next(day)}, *value});
    }
  }
}

std::string TextOf(const std::vector<TableRow>& rows) {
  std::string text;
  for (const TableRow& row : rows) {
    text += std::to_string(row.key) + " " + std::to_string(row.period.from) + " " +
            std::to_string(row.period.until) + " " + std::to_string(row.value) + "\n";
  }
  return text;
}

}  // namespace

rules::RulePack WithCountyClasses(rules::RulePack pack, std::span<const CountyClass> classes) {
  const auto table = std::ranges::find(pack.tables, "county_class", &rules::Table::id);
  if (table == pack.tables.end() || classes.empty()) return pack;
  std::map<std::int64_t, Said> counties;
  for (const CountyClass& one : classes) counties[one.county].classes.push_back(one);
  std::vector<TableRow> rows;
  for (const TableRow& row : table->rows) {
    const auto county = counties.find(row.key);
    if (county == counties.end()) {
      rows.push_back(row);
    } else {
      county->second.before.push_back(row);
    }
  }
  for (const auto& [county, said] : counties) AddRows(county, said, PowerOfTen(table->scale), rows);
  std::ranges::stable_sort(rows, [](const TableRow& a, const TableRow& b) {
    return std::pair(a.key, a.period.from) < std::pair(b.key, b.period.from);
  });
  const std::string now = TextOf(rows);
  if (now == TextOf(table->rows)) return pack;
  table->rows = std::move(rows);
  pack.sha256 = Sha256Of("dijia-county-classes/1\n" + pack.sha256 + "\n" + now);
  return pack;
}

}  // namespace dijia::law
