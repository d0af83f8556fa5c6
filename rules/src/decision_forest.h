// Verdicts by the outcomes of comparisons: a tree for every profile and span of time, grown from
// the traces of judgements.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "dijia/rules/reserve_price.h"
#include "trace.h"

namespace dijia::rules {

class DecisionForest {
 public:
  // The index of a node. Those below kFirstTest lead nowhere else: a verdict or a mark.
  using Branch = std::uint32_t;
  static constexpr Branch kUnseen = 5;  // nothing judged yet
  static constexpr Branch kSingly = 6;  // every such case is judged by itself
  static constexpr Branch kFirstTest = 8;

  // Values of columns: [0] is any readable column, column c of the cases is [c + 1].
  using ColumnValues = std::span<const std::int64_t* const>;

  // `column_of_slot`: the column of facts that have one, as ColumnValues counts.
  explicit DecisionForest(std::vector<std::int16_t> column_of_slot);

  // Adds a judged case that ends at `end` (a verdict, kSingly or an end of its own) below `root`.
  // Beyond the largest size nothing is added.
  void Grow(Branch& root, const Trace& trace, Branch end);

  // A new end with a value, below 2^31.
  Branch AddEnd(std::uint32_t value);
  // The value of such an end; nothing for other branches.
  std::optional<std::uint32_t> EndOf(Branch branch) const;

  // Where the case of a row arrives from a branch.
  Branch Find(Branch from, ColumnValues columns, std::size_t row) const;

  // Moves every case of a block from its branch to its end. Case i is row first + i.
  void FindAll(std::span<Branch> at, ColumnValues columns, std::size_t first) const;

 private:
  // Σ factors × columns ≥ least. Ends and wide tests are nodes that lead to themselves, so that a
  // block of cases can be moved without looking at their kinds.
  struct Node {
    std::int64_t least = 0;
    std::int32_t factors[3] = {0, 0, 0};
    Branch branches[2] = {0, 0};  // when it does not hold, when it holds
    std::int16_t columns[3] = {0, 0, 0};
    std::uint32_t wide = 0;  // index + 1 into wide_, or kEnd + the value of an end
  };
  static constexpr std::uint32_t kEnd = 0x80000000;
  // A test that does not fit a node; slots are columns.
  struct WideTest {
    Test test;
    Branch branches[2] = {kUnseen, kUnseen};
  };

  static Int128 SumOf(const Node& node, const std::int64_t* const* values, std::size_t row);
  Branch* BranchesOf(Branch node);
  Branch AddNode(const Test& test);
  Branch AddWide(const Test& test);
  std::int16_t ColumnOf(std::int16_t slot) const;

  std::vector<std::int16_t> column_of_slot_;
  std::vector<Node> nodes_;
  std::vector<WideTest> wide_;
};

}  // namespace dijia::rules
