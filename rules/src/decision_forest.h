// Verdicts by the outcomes of comparisons: a tree for every profile and span of time, grown from
// the traces of judgements. Equal trees are the same nodes: most profiles differ in nothing that
// matters, and what thousands of them share stays in the caches.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "dijia/rules/reserve_price.h"
#include "trace.h"

namespace dijia::rules {

class DecisionForest {
 public:
  // Where a case stands: at a test, or at an end.
  using Branch = std::uint32_t;
  // An end with a value below 2^30, of the caller.
  static constexpr Branch EndWith(std::uint32_t value) { return kEnd | value; }
  static constexpr Branch kUnseen = 0xffff'ffff;  // nothing judged yet
  static constexpr Branch kSingly = 0xffff'fffe;  // every such case is judged by itself
  // The value of an end of the caller; nothing for other branches.
  static constexpr std::optional<std::uint32_t> ValueOf(Branch branch) {
    if (branch < kEnd || branch >= kSingly) return std::nullopt;
    return branch - kEnd;
  }

  // Values of columns: [0] is any readable column, column c of the cases is [c + 1].
  using ColumnValues = std::span<const std::int64_t* const>;

  // `column_of_slot`: the column of facts that have one, as ColumnValues counts; `farthest`: how
  // far from 0 the values of a column can be, counted alike.
  DecisionForest(std::vector<std::int16_t> column_of_slot, std::vector<std::int64_t> farthest);

  // Adds a judged case that ends at `end` below `root`; kSingly where the trace is irregular.
  // Beyond the largest size nothing is added.
  void Grow(Branch& root, const Trace& trace, Branch end);

  // Once most nodes are of no tree any more, gives them up and puts the others side by side, as
  // the trees below `roots`, which are all there are, ask them. Branches change, trees do not.
  void Tidy(std::span<std::vector<Branch>> roots);

  // Where the case of a row arrives from a branch.
  Branch Find(Branch from, ColumnValues columns, std::size_t row) const;

  // Cases whose way through the forest is followed together, at the most.
  static constexpr std::size_t kBlock = 256;
  // Moves every case of a block from its branch to its end. Case i is row first + i.
  void FindAll(std::span<Branch> at, ColumnValues columns, std::size_t first) const;

 private:
  // Branches below kWide are nodes, from kEnd on ends; between them are wide tests.
  static constexpr Branch kWide = 0x8000'0000, kEnd = 0xc000'0000;

  // Σ factors × columns ≥ least; no sum leaves int64.
  struct Sum {
    std::int64_t least = 0;
    std::int32_t factors[3] = {0, 0, 0};
    std::int16_t columns[3] = {0, 0, 0};

    bool Holds(const std::int64_t* const* values, std::size_t row) const {
      return factors[0] * values[columns[0]][row] + factors[1] * values[columns[1]][row] +
                 factors[2] * values[columns[2]][row] >=
             least;
    }
    friend auto operator<=>(const Sum&, const Sum&) = default;
  };
  // A test of one of the sums. Small: many nodes ask the same few sums.
  struct Node {
    std::uint32_t sum = 0;
    Branch branches[2] = {kUnseen, kUnseen};  // when it does not hold, when it holds
    friend bool operator==(const Node&, const Node&) = default;
  };
  // A test that does not fit a node; slots are columns. None is shared.
  struct WideTest {
    Test test;
    Branch branches[2] = {kUnseen, kUnseen};
  };

  const Branch* BranchesOf(Branch test) const;
  std::optional<Sum> SumOf(const Test& test) const;
  Branch AddTest(const Test& test);
  std::int16_t ColumnOf(std::int16_t slot) const;

  // The test with another branch on one side: what is shared stays as it is.
  Branch With(Branch test, bool side, Branch branch);
  bool IsWhole(Branch branch) const;
  std::size_t PlaceOf(const Node& node) const;
  Branch NodeLike(const Node& node);
  void IndexNodes(std::size_t places);

  std::vector<std::int16_t> column_of_slot_;
  std::vector<std::int64_t> farthest_;
  std::vector<Sum> sums_;                       // no two of them equal, …
  std::map<Sum, std::uint32_t> number_of_sum_;  // … which this sees to
  std::vector<Node> nodes_;                     // no two of them equal
  std::vector<std::uint8_t> whole_;             // by node: nothing below it is unseen
  std::vector<std::uint32_t> index_;            // node + 1 by hash, open addressing; 0 = free
  std::vector<WideTest> wide_;
  std::size_t tidied_ = 0;  // nodes that the last Tidy left
};

}  // namespace dijia::rules
