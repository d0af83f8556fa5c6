#include "columns.h"

#include <algorithm>

#include "formula_facts.h"

namespace dijia::rules {
namespace {

std::uint64_t Mixed(std::uint64_t value) {
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9U;
  value = (value ^ (value >> 27)) * 0x94d049bb133111ebU;
  return value ^ (value >> 31);
}

std::uint64_t HashOf(const Profile& profile) {
  // A sum of independent terms: none waits for the one before.
  std::uint64_t hash = profile.land_class_candidates;
  for (const StatedFact& one : profile.stated) {
    hash += Mixed(0x9e3779b97f4a7c15U * (one.fact + 1U) ^ static_cast<std::uint64_t>(one.value));
  }
  return Mixed(hash);
}

// Formulas in which a fact is not linear, or has few values in practice.
constexpr FormulaFact kInProfile[] = {FormulaFact::kTerm, FormulaFact::kRate,
                                      FormulaFact::kLeaseYears, FormulaFact::kTransferPrice};

// Facts that get a column of their own: amounts and dates from which no other fact is derived.
std::vector<bool> OwnColumns(const RulePack& pack) {
  std::vector<bool> own;
  for (const Fact& fact : pack.facts) {
    const bool plain = fact.derivation.kind == Derivation::Kind::kNone && !fact.derivation.first;
    own.push_back(plain && (fact.type == FactType::kDecimal || fact.type == FactType::kDate));
  }
  for (const Fact& fact : pack.facts) {
    if (fact.derivation.first) own[*fact.derivation.first] = false;
    for (const std::uint16_t key : fact.derivation.keys) own[key] = false;
  }
  for (const FormulaFact fact : kInProfile) {
    const auto index = pack.FindFact(kFormulaFactIds[static_cast<std::size_t>(fact)]);
    if (index) own[*index] = false;
  }
  return own;
}

void GrowIndex(CaseColumns::Store& store) {
  std::vector<std::uint32_t> index(std::max<std::size_t>(64, store.index.size() * 2));
  for (std::size_t profile = 0; profile < store.profiles.size(); ++profile) {
    std::size_t at = store.hash_of[profile] & (index.size() - 1);
    while (index[at] != 0) at = (at + 1) & (index.size() - 1);
    index[at] = static_cast<std::uint32_t>(profile + 1);
  }
  store.index = std::move(index);
}

std::uint32_t ProfileIndex(CaseColumns::Store& store) {
  if (store.profiles.size() * 2 >= store.index.size()) GrowIndex(store);
  const std::uint64_t hash = HashOf(store.next);
  std::size_t at = hash & (store.index.size() - 1);
  for (; store.index[at] != 0; at = (at + 1) & (store.index.size() - 1)) {
    const std::uint32_t profile = store.index[at] - 1;
    if (store.hash_of[profile] == hash && store.profiles[profile] == store.next) return profile;
  }
  const auto profile = static_cast<std::uint32_t>(store.profiles.size());
  store.index[at] = profile + 1;
  store.profiles.push_back(store.next);
  store.hash_of.push_back(hash);
  return profile;
}

}  // namespace

bool operator==(const Profile& a, const Profile& b) {
  return a.land_class_candidates == b.land_class_candidates &&
         std::ranges::equal(a.stated, b.stated, [](const StatedFact& x, const StatedFact& y) {
           return x.fact == y.fact && x.value == y.value;
         });
}

CaseColumns::CaseColumns(const RulePack& pack) : store_(std::make_unique<Store>()) {
  const std::vector<bool> own = OwnColumns(pack);
  for (std::size_t fact = 0; fact < pack.facts.size(); ++fact) {
    store_->facts.push_back(pack.facts[fact].id);
    store_->column_of.push_back(kNoColumn);
    if (!own[fact]) continue;
    store_->column_of.back() = static_cast<std::int16_t>(store_->fact_of.size());
    store_->fact_of.push_back(static_cast<std::uint16_t>(fact));
    store_->farthest.push_back(std::max(-pack.facts[fact].lowest, pack.facts[fact].highest));
  }
  store_->columns.resize(store_->fact_of.size());
}

CaseColumns::~CaseColumns() = default;
CaseColumns::CaseColumns(CaseColumns&&) noexcept = default;
CaseColumns& CaseColumns::operator=(CaseColumns&&) noexcept = default;

void CaseColumns::Add(std::span<const StatedFact> stated, std::uint64_t land_class_candidates) {
  Store& store = *store_;
  const std::size_t row = store.profile_of.size();
  for (const StatedFact& one : stated) {
    const std::int16_t column = store.column_of[one.fact];
    if (column == kNoColumn) continue;
    auto& values = store.columns[static_cast<std::size_t>(column)];
    values.resize(row, kNotStated);  // of the cases before, which did not state it
    values.push_back(one.value);
  }
  store.profile_of.push_back(ProfileOf(stated, land_class_candidates));
}

bool CaseColumns::HasColumn(std::uint16_t fact) const {
  return store_->column_of[fact] != kNoColumn;
}

std::uint32_t CaseColumns::ProfileOf(std::span<const StatedFact> stated,
                                     std::uint64_t land_class_candidates) {
  Store& store = *store_;
  store.next.stated.assign(stated.begin(), stated.end());
  store.next.land_class_candidates = land_class_candidates;
  if (!std::ranges::is_sorted(store.next.stated, {}, &StatedFact::fact)) {
    std::ranges::sort(store.next.stated, {}, &StatedFact::fact);
  }
  for (StatedFact& one : store.next.stated) {
    if (HasColumn(one.fact)) one.value = 1;
  }
  return ProfileIndex(store);
}

void CaseColumns::Append(std::span<const std::uint32_t> profiles,
                         std::span<const FactValues> columns) {
  Store& store = *store_;
  const std::size_t rows = store.profile_of.size();
  for (const auto& [fact, values] : columns) {
    auto& column = store.columns[static_cast<std::size_t>(store.column_of[fact])];
    column.resize(rows, kNotStated);
    column.insert(column.end(), values, values + profiles.size());
  }
  store.profile_of.insert(store.profile_of.end(), profiles.begin(), profiles.end());
}

void CaseColumns::Add(const ReservePriceCase& the_case) {
  std::vector<StatedFact> stated;
  for (std::size_t fact = 0; fact < the_case.values.size(); ++fact) {
    if (the_case.values[fact] == kNotStated) continue;
    stated.push_back({static_cast<std::uint16_t>(fact), the_case.values[fact]});
  }
  Add(stated, the_case.land_class_candidates);
}

void CaseColumns::Clear() {
  for (auto& column : store_->columns) column.clear();
  store_->profile_of.clear();
}

std::size_t CaseColumns::size() const { return store_->profile_of.size(); }
std::size_t CaseColumns::profiles() const { return store_->profiles.size(); }

std::uint32_t CaseColumns::ProfileAt(std::size_t row) const { return store_->profile_of[row]; }

std::int64_t CaseColumns::ValueAt(std::size_t row, std::uint16_t fact) const {
  const auto& stated = store_->profiles[store_->profile_of[row]].stated;
  const auto found = std::ranges::lower_bound(stated, fact, {}, &StatedFact::fact);
  if (found == stated.end() || found->fact != fact) return kNotStated;
  const std::int16_t column = store_->column_of[fact];
  return column == kNoColumn ? found->value
                             : store_->columns[static_cast<std::size_t>(column)][row];
}

ReservePriceCase CaseColumns::At(std::size_t row) const {
  const Profile& profile = store_->profiles[store_->profile_of[row]];
  ReservePriceCase the_case;
  the_case.values.assign(store_->facts.size(), kNotStated);
  the_case.land_class_candidates = profile.land_class_candidates;
  for (const StatedFact& one : profile.stated) {
    const std::int16_t column = store_->column_of[one.fact];
    the_case.values[one.fact] =
        column == kNoColumn ? one.value : store_->columns[static_cast<std::size_t>(column)][row];
  }
  return the_case;
}

}  // namespace dijia::rules
