// Columns of cases: verdicts over millions of them, the same as VerdictOf gives one by one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "dijia/rules/reserve_price.h"

namespace dijia::rules {

// One fact as a case states it.
struct StatedFact {
  std::uint16_t fact = 0;  // index of RulePack::facts
  std::int64_t value = kNotStated;
};

// Values of a fact that has a column, a row each.
struct FactValues {
  std::uint16_t fact = 0;
  const std::int64_t* values = nullptr;
};

// Cases of one vocabulary, column by column. Facts with few values are kept together as profiles,
// each stored once; amounts, areas and dates are columns of their own. A case takes 4 bytes and
// 8 for every such column that any case states.
class CaseColumns {
 public:
  // Takes the facts of the pack as vocabulary; the columns may be judged by any pack whose facts of
  // the same name mean the same.
  explicit CaseColumns(const RulePack& pack);
  ~CaseColumns();
  CaseColumns(CaseColumns&&) noexcept;
  CaseColumns& operator=(CaseColumns&&) noexcept;

  // Appends a case. The values must be those that ParseFact reads; a fact is stated at most once.
  void Add(std::span<const StatedFact> stated, std::uint64_t land_class_candidates = 0);
  void Add(const ReservePriceCase& the_case);

  // Whether a fact has a column of its own; the others are parts of profiles.
  bool HasColumn(std::uint16_t fact) const;
  // The number of the profile of a case, for Append; it lasts as long as the object. Of facts with
  // a column only counts that they are stated. Preconditions as for Add.
  std::uint32_t ProfileOf(std::span<const StatedFact> stated,
                          std::uint64_t land_class_candidates = 0);
  // Appends a row for every profile. Precondition: a column has as many values as there are rows,
  // kNotStated exactly where the profile does not state its fact; columns that no profile states
  // may be left out.
  void Append(std::span<const std::uint32_t> profiles, std::span<const FactValues> columns);

  // Takes the cases away and keeps the profiles, for reading a file block by block.
  void Clear();

  std::size_t size() const;
  // How many different profiles there have been.
  std::size_t profiles() const;
  // Where the profile of a row stands among them.
  std::uint32_t ProfileAt(std::size_t row) const;
  // What the case of a row states of a fact; kNotStated.
  std::int64_t ValueAt(std::size_t row, std::uint16_t fact) const;
  // The case of a row, without its id.
  ReservePriceCase At(std::size_t row) const;

  struct Store;
  const Store& store() const { return *store_; }

 private:
  std::unique_ptr<Store> store_;
};

// Judges cases of columns and remembers, for every profile and span of time, which comparisons of
// amounts led to which verdict; a case that compares alike is not judged again. The answers are
// those of VerdictOf, whatever was judged before. One judge serves one thread; the columns may grow
// or be cleared meanwhile, the rules are shared.
class ColumnJudge {
 public:
  ColumnJudge(const CaseColumns& columns, const PreparedRules& rules);
  ~ColumnJudge();
  ColumnJudge(ColumnJudge&&) noexcept;
  ColumnJudge& operator=(ColumnJudge&&) noexcept;

  // verdicts[i] = VerdictOf(columns.At(first + i)). Precondition: the rows exist.
  void Judge(std::size_t first, std::span<Verdict> verdicts);

  // How many cases were judged one by one so far.
  std::size_t judged_singly() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// The verdicts of all cases, on the thread of the caller.
std::vector<Verdict> VerdictsOf(const CaseColumns& columns, const PreparedRules& rules);

}  // namespace dijia::rules
