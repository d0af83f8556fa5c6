#include "io/case_layout.h"

#include <algorithm>

#include "dijia/base/codes.h"
#include "dijia/base/decimal.h"
#include "dijia/base/names.h"
#include "io/byte_source.h"
#include "io/csv_head.h"
#include "io/file_error.h"
#include "io/header_row.h"

namespace dijia::io {
namespace {

constexpr std::size_t kMostRows = 100'000;

using Records = std::vector<std::vector<std::string>>;

Records ReadTable(const std::filesystem::path& path, std::size_t columns) {
  const Result<ByteSource> bytes = ByteSource::Open(path);
  if (!bytes) throw FileError({bytes.error().code, {}, {bytes.error().detail}});
  const Result<std::string> text = bytes->ReadAll();
  if (!text) throw FileError({text.error().code, {}, {text.error().detail}});
  Records records = SplitRecords(*text, ',', kMostRows, true);
  for (auto& record : records) record.resize(columns);
  if (!records.empty()) records.erase(records.begin());
  return records;
}

// `10000`, `1/100`, `2000/3`; empty = 1.
UnitFactor FactorOf(const std::string& text) {
  if (text.empty()) return {};
  const std::size_t slash = text.find('/');
  const auto whole = [](const std::string& digits) { return std::stoll(digits); };
  if (slash == std::string::npos) return {whole(text), 1};
  return {whole(text.substr(0, slash)), whole(text.substr(slash + 1))};
}

// `price.kind=reserve;price.unit=yuan_per_sqm`.
std::vector<std::pair<std::string, std::string>> StatesOf(std::string_view text) {
  std::vector<std::pair<std::string, std::string>> states;
  while (!text.empty()) {
    const std::string_view one = text.substr(0, text.find(';'));
    const std::size_t equals = std::min(one.find('='), one.size());
    states.emplace_back(one.substr(0, equals), one.substr(std::min(one.size(), equals + 1)));
    text.remove_prefix(std::min(text.size(), one.size() + 1));
  }
  return states;
}

std::vector<std::string_view> FactNames(const rules::RulePack& pack) {
  std::vector<std::string_view> names{"case_id"};
  for (const rules::Fact& fact : pack.facts) names.push_back(fact.id);
  return names;
}

const CaseHeader* FindHeader(const CaseReference& reference, const std::string& header) {
  const auto found = reference.headers.find(NameKey(header));
  return found == reference.headers.end() ? nullptr : &found->second;
}

}  // namespace

CaseReference LoadCaseReference(const std::filesystem::path& folder) {
  CaseReference reference;
  Result<Reference> names = LoadReference(folder);
  if (!names) throw FileError({names.error().code, {}, {names.error().detail}});
  reference.names = *std::move(names);
  std::size_t rank = 0;
  for (const auto& row : ReadTable(folder / "case_columns.csv", 4)) {
    reference.headers.emplace(NameKey(row[0]),
                              CaseHeader{row[1], FactorOf(row[2]), StatesOf(row[3]), rank++});
  }
  for (const auto& row : ReadTable(folder / "case_values.csv", 3)) {
    reference.values[row[0]].Add(row[1], row[2]);
  }
  return reference;
}

std::optional<CaseLayout> CaseLayout::Match(const Records& head, const rules::RulePack& pack,
                                            const CaseReference& reference, std::string source,
                                            Diagnostics& diagnostics) {
  CaseLayout columns;
  columns.pack_ = &pack;
  columns.validator_.emplace(pack);
  columns.reference_ = &reference;
  columns.source_ = std::move(source);
  columns.land_class_ = *pack.FindFact("land_class");
  columns.price_unit_ = *pack.FindFact("price.unit");
  const auto header = FindHeaderRow(
      head,
      [&](const std::string& name) {
        return name == "case_id" || pack.FindFact(name).has_value() ||
               FindHeader(reference, name) != nullptr;
      },
      columns.source_, "case_id, use, method, decided_on, land_class, price.amount, …",
      diagnostics);
  if (!header) return std::nullopt;
  columns.header_ = *header;
  const std::vector<std::string>& headers = head[columns.header_];
  columns.width_ = headers.size();
  const std::size_t before = diagnostics.errors();
  for (std::size_t i = 0; i < headers.size(); ++i) columns.Use(i, headers[i], diagnostics);
  ReportUnusedColumns(
      headers,
      [&](std::size_t i) {
        return std::ranges::find(columns.columns_, i, &Column::position) != columns.columns_.end();
      },
      {columns.source_, static_cast<std::uint64_t>(columns.header_ + 1), 0, ""}, diagnostics);
  if (diagnostics.errors() > before) return std::nullopt;
  return columns;
}

void CaseLayout::Use(std::size_t position, const std::string& header, Diagnostics& diagnostics) {
  const auto row = static_cast<std::uint64_t>(header_ + 1);
  const Location where{source_, row, static_cast<std::uint32_t>(position + 1), header};
  const CaseHeader* known = FindHeader(*reference_, header);
  const std::string id = known != nullptr ? known->fact : header;
  Column column;
  column.position = position;
  column.header = header;
  column.fact = pack_->FindFact(id);
  if (id == "case_id") {
    const std::size_t rank = known != nullptr ? known->rank : 0;
    if (rank >= id_rank_) return;
    std::erase_if(columns_, [](const Column& other) { return !other.fact; });
    id_rank_ = rank;
  } else if (!column.fact) {
    if (!LooksLikeAField(header)) return;
    const std::vector<std::string_view> names = FactNames(*pack_);
    const std::string_view nearest = NearestName(header, names);
    if (nearest.empty()) {
      diagnostics.Add(Code::kFactUnknown, where, {header, JoinNames(names)});
    } else {
      diagnostics.Add(Code::kFactMisspelt, where, {header, std::string(nearest)});
    }
    return;
  }
  const auto twice = std::ranges::find_if(
      columns_, [&](const Column& other) { return other.fact && other.fact == column.fact; });
  if (twice != columns_.end()) {
    return diagnostics.Add(Code::kColumnTwice, where,
                           {id, std::to_string(twice->position + 1), std::to_string(position + 1)});
  }
  if (known != nullptr) column.times = known->times;
  if (column.fact) column.names = NamesOf(pack_->facts[*column.fact]);
  if (known != nullptr) {
    for (const auto& [fact, value] : known->states) {
      const auto index = pack_->FindFact(fact);
      if (index) column.states.emplace_back(*index, *ParseFact(pack_->facts[*index], value));
    }
  }
  columns_.push_back(std::move(column));
}

const NameTable* CaseLayout::NamesOf(const rules::Fact& fact) const {
  if (fact.id == "use") return &reference_->names.land_uses;
  if (fact.id == "method") return &reference_->names.methods;
  if (fact.id == "price.unit") return &reference_->names.price_units;
  if (fact.type == rules::FactType::kCounty) return &reference_->names.counties;
  const bool yes_no = fact.type == rules::FactType::kYesNo;
  const auto found = reference_->values.find(yes_no ? "yes_no" : fact.id);
  return found == reference_->values.end() ? nullptr : &found->second;
}

std::vector<std::size_t> CaseLayout::positions() const {
  std::vector<std::size_t> positions;
  for (const Column& column : columns_) positions.push_back(column.position);
  return positions;
}

}  // namespace dijia::io
